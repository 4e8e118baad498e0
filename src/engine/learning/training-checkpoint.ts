/* Where a training of one or two networks is, to go on from after a kill. */
import type { Artifact, ArtifactArray } from '#engine/core/artifact';
import { failure, success, type Result } from '#engine/core/finding';
import type { EpochRecord, FitState } from './fit-network';
import { arrayOf, jsonOf } from './regressor-artifact';

/** State after a whole number of epochs. */
export interface TrainingCheckpoint {
  /** What the training was asked for; a checkpoint of anything else is refused. */
  readonly fingerprint: string;
  /** Finished networks, then the one in work, in the order in which they are trained. */
  readonly fits: readonly FitState[];
}

const blobs = ['parameters', 'statistics', 'first', 'second', 'bestParameters', 'bestStatistics'] as const;

/** The checkpoint as an artifact. */
export function encodeCheckpoint({ fingerprint, fits }: TrainingCheckpoint): Artifact {
  const arrays: Record<string, ArtifactArray> = {};
  for (const [i, fit] of fits.entries()) {
    const values = { ...fit, first: fit.moments.first, second: fit.moments.second };
    for (const blob of blobs) arrays[`${i}/${blob}`] = values[blob];
  }
  return { header: { fingerprint, fits: fits.map(({ curve, step, bestEpoch }) => jsonOf({ curve, step, bestEpoch })) }, arrays };
}

/** Reads `encodeCheckpoint`'s artifact. Finding: `checkpoint-unreadable`. */
export function decodeCheckpoint({ header, arrays }: Artifact): Result<TrainingCheckpoint> {
  try {
    const { fingerprint, fits } = header as unknown as {
      readonly fingerprint: string;
      readonly fits: readonly { readonly curve: readonly EpochRecord[]; readonly step: number; readonly bestEpoch: number }[];
    };
    return success({
      fingerprint,
      fits: fits.map(({ curve, step, bestEpoch }, i) => {
        const [parameters, statistics, first, second, bestParameters, bestStatistics] = blobs.map((blob) => arrayOf(arrays, `${i}/${blob}`, Float32Array));
        return {
          curve,
          step,
          bestEpoch,
          parameters: parameters!,
          statistics: statistics!,
          moments: { first: first!, second: second! },
          bestParameters: bestParameters!,
          bestStatistics: bestStatistics!,
        };
      }),
    });
  } catch (error) {
    return failure('checkpoint-unreadable', `The checkpoint of the training cannot be read: ${(error as Error).message}.`, 'Train from the start.');
  }
}
