/* What a training stores, as artifacts: the trained networks, and checkpoints from which an interrupted training resumes. */
import { failure, success, type Result } from '#domain/finding';
import { planOf, type NetworkKind } from '#domain/networks';
import type { Property } from '#domain/objective';
import { artifactAs, type Artifact, type ArtifactArray, type Json } from '#engine/core/artifact';
import { layoutOf } from '../network/parameter-layout';
import type { FitProgress, FitState } from './fit-state';
import { regressorFor, type HoldOutQuality, type TrainedNetwork, type TrainedNetworks, type TrainedRegressor } from './regressor';

/**
 * Trained networks as an artifact. Each weight is an array of its own, with the directions of its network and torchvision's
 * name: `xy/layer1.0.conv1.weight`.
 */
export function encodeNetworks(trained: TrainedNetworks): Artifact {
  const { kind, resolution, backend, version, networks, split, quality } = trained;
  const arrays: Record<string, ArtifactArray> = { training: split.training, validation: split.validation, holdOut: split.holdOut };
  for (const { property, direction, measured, predicted } of quality) {
    arrays[`${property}/${direction}/measured`] = measured;
    arrays[`${property}/${direction}/predicted`] = predicted;
  }
  for (const network of networks) {
    for (const { name, values } of namedArrays(kind, network.outputs.length, network)) arrays[`${network.serves.join('')}/${name}`] = values;
  }
  return {
    header: {
      kind,
      resolution,
      backend,
      version,
      networks: networks.map(({ serves, outputs, bestEpoch, curve }) => jsonOf({ serves, outputs, bestEpoch, curve })),
      quality: quality.map(({ property, direction, r2, mse }) => ({ property, direction, r2, mse })),
    },
    arrays,
  };
}

/** The regressor of one property from an artifact of `encodeNetworks`. Finding: `regressor-unreadable`. */
export function decodeRegressor(artifact: Artifact, property: Property): Result<TrainedRegressor> {
  const trained = decodeNetworks(artifact);
  return trained.ok ? success(regressorFor(trained.value, property)) : trained;
}

/** The networks of an artifact of `encodeNetworks`. Finding: `regressor-unreadable`. */
export function decodeNetworks(artifact: Artifact): Result<TrainedNetworks> {
  try {
    const { header: { kind, resolution, backend, version, networks, quality }, arrays } = artifactAs<NetworksHeader, Artifact['arrays']>(artifact);
    const holdOut = arrayOf(arrays, 'holdOut', Int32Array);
    return success({
      kind,
      resolution,
      backend,
      version,
      networks: networks.map((network) => ({ ...network, ...flatArrays(kind, network, arrays) })),
      split: { training: arrayOf(arrays, 'training', Int32Array), validation: arrayOf(arrays, 'validation', Int32Array), holdOut },
      quality: quality.map(({ property, direction, r2, mse }) => ({
        property,
        direction,
        r2,
        mse,
        measured: arrayOf(arrays, `${property}/${direction}/measured`, Float64Array),
        predicted: arrayOf(arrays, `${property}/${direction}/predicted`, Float64Array),
        images: holdOut,
      })),
    });
  } catch (error) {
    return failure('regressor-unreadable', `The stored network cannot be read: ${(error as Error).message}.`, 'Train it again.');
  }
}

/** The header of an artifact of `encodeNetworks`. */
interface NetworksHeader {
  readonly kind: NetworkKind;
  readonly resolution: number;
  readonly backend: TrainedNetworks['backend'];
  readonly version: string;
  readonly networks: readonly Pick<TrainedNetwork, 'serves' | 'outputs' | 'bestEpoch' | 'curve'>[];
  readonly quality: readonly Pick<HoldOutQuality, 'property' | 'direction' | 'r2' | 'mse'>[];
}

/** The arrays of a network with the given number of outputs under torchvision's names; views of the flat arrays. */
export function namedArrays(
  kind: NetworkKind,
  outputs: number,
  { parameters, statistics }: Pick<TrainedNetwork, 'parameters' | 'statistics'>,
): readonly { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array }[] {
  const layout = layoutOf(planOf(kind), outputs);
  return [
    ...layout.parameters.map(({ name, shape, offset, size }) => ({ name, shape, values: parameters.subarray(offset, offset + size) })),
    ...layout.statistics.flatMap(({ name, channels, meanOffset, varianceOffset }) => [
      { name: `${name}.running_mean`, shape: [channels], values: statistics.subarray(meanOffset, meanOffset + channels) },
      { name: `${name}.running_var`, shape: [channels], values: statistics.subarray(varianceOffset, varianceOffset + channels) },
    ]),
  ];
}

function flatArrays(
  kind: NetworkKind,
  { serves, outputs }: Pick<TrainedNetwork, 'serves' | 'outputs'>,
  arrays: Artifact['arrays'],
): Pick<TrainedNetwork, 'parameters' | 'statistics'> {
  const { parameterCount, statisticsCount } = layoutOf(planOf(kind), outputs.length);
  const flat = { parameters: new Float32Array(parameterCount), statistics: new Float32Array(statisticsCount) };
  for (const { name, values } of namedArrays(kind, outputs.length, flat)) {
    const stored = arrayOf(arrays, `${serves.join('')}/${name}`, Float32Array);
    if (stored.length !== values.length) throw new RangeError(`${name} has ${stored.length} numbers instead of ${values.length}`);
    values.set(stored);
  }
  return flat;
}

/** An array of the expected kind; otherwise throws an error that names it. */
export function arrayOf<T extends ArtifactArray>(arrays: Artifact['arrays'], name: string, kind: abstract new (...args: never[]) => T): T {
  const array = arrays[name];
  if (!(array instanceof kind)) throw new TypeError(`${name} is missing or not a ${kind.name}`);
  return array;
}

/** Plain data as JSON. */
export function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** The state of a training after a whole number of epochs. */
export interface TrainingCheckpoint {
  /** Identifies data and settings; a checkpoint of another training is rejected. */
  readonly fingerprint: string;
  /** The finished networks, then the current one, in the order of training. */
  readonly fits: readonly FitState[];
}

const working = ['parameters', 'statistics', 'first', 'second'] as const;
const best = ['bestParameters', 'bestStatistics'] as const;

/** The checkpoint as an artifact, with the arrays themselves instead of copies. */
export function encodeCheckpoint({ fingerprint, fits }: TrainingCheckpoint): Artifact {
  const arrays: Record<string, ArtifactArray> = {};
  for (const [i, fit] of fits.entries()) {
    const values = { ...fit, first: fit.moments.first, second: fit.moments.second };
    for (const name of isAtSelectedEpoch(fit) ? working : [...working, ...best]) arrays[`${i}/${name}`] = values[name];
  }
  return { header: { fingerprint, fits: fits.map(({ curve, step, bestEpoch }) => jsonOf({ curve, step, bestEpoch })) }, arrays };
}

/** The checkpoint of an artifact of `encodeCheckpoint`. Finding: `checkpoint-unreadable`. */
export function decodeCheckpoint(artifact: Artifact): Result<TrainingCheckpoint> {
  try {
    const { header: { fingerprint, fits }, arrays } = artifactAs<CheckpointHeader, Artifact['arrays']>(artifact);
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
          ...(isAtSelectedEpoch({ curve, bestEpoch, parameters })
            ? { bestParameters: parameters, bestStatistics: statistics }
            : { bestParameters: read('bestParameters'), bestStatistics: read('bestStatistics') }),
        };
      }),
    });
  } catch (error) {
    return failure('checkpoint-unreadable', `The checkpoint of the training cannot be read: ${(error as Error).message}.`, 'Train from the start.');
  }
}

/** The header of an artifact of `encodeCheckpoint`. */
interface CheckpointHeader {
  readonly fingerprint: string;
  readonly fits: readonly FitProgress[];
}

/** Whether the current epoch is the selected one, so that its weights need not be stored twice. A finished network has no current weights. */
function isAtSelectedEpoch({ curve, bestEpoch, parameters }: Pick<FitState, 'curve' | 'bestEpoch' | 'parameters'>): boolean {
  return bestEpoch === curve.length && parameters.length > 0;
}
