/* Where a training of one or two networks is, to go on from after a kill. */
import type { Artifact, ArtifactArray } from '#engine/core/artifact';
import { failure, success, type Result } from '#engine/core/finding';
import type { EpochRecord, FitState } from './fit-state';
import { arrayOf, jsonOf } from './regressor-artifact';

/** State after a whole number of epochs. */
export interface TrainingCheckpoint {
  /** What the training was asked for; a checkpoint of anything else is refused. */
  readonly fingerprint: string;
  /** Finished networks, then the one in work, in the order in which they are trained. */
  readonly fits: readonly FitState[];
}

const working = ['parameters', 'statistics', 'first', 'second'] as const;
const best = ['bestParameters', 'bestStatistics'] as const;

/** The checkpoint as an artifact, with the arrays themselves. */
export function encodeCheckpoint({ fingerprint, fits }: TrainingCheckpoint): Artifact {
  const arrays: Record<string, ArtifactArray> = {};
  for (const [i, fit] of fits.entries()) {
    const values = { ...fit, first: fit.moments.first, second: fit.moments.second };
    for (const name of isAtItsBest(fit) ? working : [...working, ...best]) arrays[`${i}/${name}`] = values[name];
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
        const read = (name: string): Float32Array => arrayOf(arrays, `${i}/${name}`, Float32Array);
        const [parameters, statistics] = [read('parameters'), read('statistics')];
        return {
          curve,
          step,
          bestEpoch,
          parameters,
          statistics,
          moments: { first: read('first'), second: read('second') },
          ...(isAtItsBest({ curve, bestEpoch, parameters })
            ? { bestParameters: parameters, bestStatistics: statistics }
            : { bestParameters: read('bestParameters'), bestStatistics: read('bestStatistics') }),
        };
      }),
    });
  } catch (error) {
    return failure('checkpoint-unreadable', `The checkpoint of the training cannot be read: ${(error as Error).message}.`, 'Train from the start.');
  }
}

/** Then the weights in work are the best ones, and need not be kept twice; a finished network has its best ones alone. */
function isAtItsBest({ curve, bestEpoch, parameters }: Pick<FitState, 'curve' | 'bestEpoch' | 'parameters'>): boolean {
  return bestEpoch === curve.length && parameters.length > 0;
}
