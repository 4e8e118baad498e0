/* A trained regressor as plain data, and as an artifact that can be stored. */
import type { Artifact, ArtifactArray, Json } from '#engine/core/artifact';
import { failure, success, type Result } from '#engine/core/finding';
import type { Direction } from '#engine/core/material';
import type { BackendName } from './backend';
import type { EpochRecord } from './fit-network';
import type { NetworkKind } from './learning-settings';
import { layoutOf, planOf } from './network-plan';
import type { DatasetSplit, LabelScale } from './regression-dataset';

/** One trained network. */
export interface RegressorNetwork {
  /** Directions that it predicts: `x` from the image and `y` from the anti-transposed one, or one of them from the image. */
  readonly serves: readonly Direction[];
  readonly scale: LabelScale;
  /** All parameters of the best epoch, flat, in the order of `layoutOf(planOf(kind))`. */
  readonly parameters: Float32Array;
  /** Running mean and variance of all normalizations, flat, in the same order. */
  readonly statistics: Float32Array;
  /** Counted from 1. */
  readonly bestEpoch: number;
  readonly curve: readonly EpochRecord[];
}

/** How well one direction of the hold-out is predicted; entry i belongs to image `images[i]`. */
export interface HoldOutQuality {
  readonly direction: Direction;
  /** Coefficient of determination, at most 1. */
  readonly r2: number;
  /** Mean squared error of labels scaled to [0, 1] by the training images' smallest and largest. */
  readonly mse: number;
  /** SI. */
  readonly measured: Float64Array;
  /** SI. */
  readonly predicted: Float64Array;
  readonly images: Int32Array;
}

/** What a training gives. */
export interface TrainedRegressor {
  readonly kind: NetworkKind;
  readonly resolution: number;
  readonly backend: BackendName;
  /** Version of TensorFlow.js. */
  readonly version: string;
  /** Trainable parameters of one network. */
  readonly parameterCount: number;
  /** One for shared directions, else one for x and one for y. */
  readonly networks: readonly RegressorNetwork[];
  readonly split: DatasetSplit;
  /** x, then y. */
  readonly quality: readonly HoldOutQuality[];
}

/**
 * The regressor as an artifact. Each weight is an array of its own, named as in torchvision with the
 * directions of its network before it: `xy/layer1.0.conv1.weight`.
 */
export function encodeRegressor(regressor: TrainedRegressor): Artifact {
  const { kind, resolution, backend, version, networks, split, quality } = regressor;
  const arrays: Record<string, ArtifactArray> = { training: split.training, validation: split.validation, holdOut: split.holdOut };
  for (const { direction, measured, predicted } of quality) {
    arrays[`${direction}/measured`] = measured;
    arrays[`${direction}/predicted`] = predicted;
  }
  for (const network of networks) {
    for (const { name, values } of namedArrays(kind, network)) arrays[`${network.serves.join('')}/${name}`] = values;
  }
  return {
    header: {
      kind,
      resolution,
      backend,
      version,
      networks: networks.map(({ serves, scale, bestEpoch, curve }) => ({ serves, scale: { ...scale }, bestEpoch, curve: curve.map((record) => ({ ...record })) })),
      quality: quality.map(({ direction, r2, mse }) => ({ direction, r2, mse })),
    },
    arrays,
  };
}

/** Reads `encodeRegressor`'s artifact. Finding: `regressor-unreadable`. */
export function decodeRegressor({ header, arrays }: Artifact): Result<TrainedRegressor> {
  try {
    const { kind, resolution, backend, version, networks, quality } = header as unknown as RegressorHeader;
    const { parameterCount } = layoutOf(planOf(kind));
    const holdOut = arrayOf(arrays, 'holdOut', Int32Array);
    return success({
      kind,
      resolution,
      backend,
      version,
      parameterCount,
      networks: networks.map((network) => ({ ...network, ...flatArrays(kind, network.serves, arrays) })),
      split: { training: arrayOf(arrays, 'training', Int32Array), validation: arrayOf(arrays, 'validation', Int32Array), holdOut },
      quality: quality.map(({ direction, r2, mse }) => ({
        direction,
        r2,
        mse,
        measured: arrayOf(arrays, `${direction}/measured`, Float64Array),
        predicted: arrayOf(arrays, `${direction}/predicted`, Float64Array),
        images: holdOut,
      })),
    });
  } catch (error) {
    return failure('regressor-unreadable', `The stored network cannot be read: ${(error as Error).message}.`, 'Train it again.');
  }
}

/** What `encodeRegressor` keeps as JSON. */
interface RegressorHeader {
  readonly kind: NetworkKind;
  readonly resolution: number;
  readonly backend: BackendName;
  readonly version: string;
  readonly networks: readonly Pick<RegressorNetwork, 'serves' | 'scale' | 'bestEpoch' | 'curve'>[];
  readonly quality: readonly Pick<HoldOutQuality, 'direction' | 'r2' | 'mse'>[];
}

/** A network's arrays one by one, by torchvision's names; views of the flat ones. */
export function namedArrays(
  kind: NetworkKind,
  { parameters, statistics }: Pick<RegressorNetwork, 'parameters' | 'statistics'>,
): readonly { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array }[] {
  const layout = layoutOf(planOf(kind));
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
  serves: readonly Direction[],
  arrays: Artifact['arrays'],
): Pick<RegressorNetwork, 'parameters' | 'statistics'> {
  const { parameterCount, statisticsCount } = layoutOf(planOf(kind));
  const flat = { parameters: new Float32Array(parameterCount), statistics: new Float32Array(statisticsCount) };
  for (const { name, values } of namedArrays(kind, flat)) {
    const stored = arrayOf(arrays, `${serves.join('')}/${name}`, Float32Array);
    if (stored.length !== values.length) throw new RangeError(`${name} has ${stored.length} numbers instead of ${values.length}`);
    values.set(stored);
  }
  return flat;
}

/** An array of the wanted kind, or an error that names it. */
export function arrayOf<T extends ArtifactArray>(arrays: Artifact['arrays'], name: string, kind: abstract new (...args: never[]) => T): T {
  const array = arrays[name];
  if (!(array instanceof kind)) throw new TypeError(`${name} is missing or not a ${kind.name}`);
  return array;
}

/** The JSON value of plain data. */
export function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
