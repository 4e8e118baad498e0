/* Trained regressors as plain data: with all their outputs, and reduced to the prediction of one property. */
import { planOf, type NetworkKind } from '#domain/networks';
import type { Direction, Property } from '#domain/objective';
import { layoutOf } from '../network/parameter-layout';
import { ensure } from '#engine/core/bug-error';
import type { BackendName } from '../backend/backend';
import type { EpochRecord } from './fit-state';
import type { DatasetSplit, LabelScale } from './regression-dataset';

/** One output of a network: property = mean + deviation × output, SI. */
export interface NetworkOutput extends LabelScale {
  readonly property: Property;
}

/** One trained network with one output per property. */
export interface TrainedNetwork {
  /** The directions that it predicts: `x` from the image and `y` from the anti-transposed one, or one of them from the image. */
  readonly serves: readonly Direction[];
  readonly outputs: readonly NetworkOutput[];
  /** All parameters of the selected epoch, flat, in the order of `layoutOf(planOf(kind), outputs.length)`. */
  readonly parameters: Float32Array;
  /** Running mean and variance of all normalizations, flat, in the same order. */
  readonly statistics: Float32Array;
  /** Counted from 1. */
  readonly bestEpoch: number;
  readonly curve: readonly EpochRecord[];
}

/** The quality of the predictions of a property in one direction on the hold-out; entry i belongs to image `images[i]`. */
export interface HoldOutQuality {
  readonly property: Property;
  readonly direction: Direction;
  /** Coefficient of determination, at most 1. */
  readonly r2: number;
  /** Mean squared error of labels scaled to [0, 1] by the smallest and largest label of the training images. */
  readonly mse: number;
  /** SI. */
  readonly measured: Float64Array;
  /** SI. */
  readonly predicted: Float64Array;
  readonly images: Int32Array;
}

/** The result of a training. */
export interface TrainedNetworks {
  readonly kind: NetworkKind;
  readonly resolution: number;
  readonly backend: BackendName;
  /** Version of TensorFlow.js. */
  readonly version: string;
  /** One network for shared directions, otherwise one for x and one for y; all have the same outputs. */
  readonly networks: readonly TrainedNetwork[];
  readonly split: DatasetSplit;
  /** By property in the order of the outputs, then x and y. */
  readonly quality: readonly HoldOutQuality[];
}

/** A network reduced to the prediction of one property. */
export interface RegressorNetwork extends Omit<TrainedNetwork, 'outputs'> {
  readonly scale: LabelScale;
}

/** A regressor for one property in both directions, which predicts, is explained and is evaluated. */
export interface TrainedRegressor extends Omit<TrainedNetworks, 'networks'> {
  /** Trainable parameters of one network. */
  readonly parameterCount: number;
  readonly networks: readonly RegressorNetwork[];
}

/** The networks with the one output that predicts a property. */
export function regressorFor({ networks, quality, ...rest }: TrainedNetworks, property: Property): TrainedRegressor {
  const single = networks.map((network) => withOneOutput(rest.kind, network, property));
  return { ...rest, parameterCount: single[0]!.parameters.length, networks: single, quality: quality.filter((each) => each.property === property) };
}

function withOneOutput(kind: NetworkKind, { outputs, parameters, ...rest }: TrainedNetwork, property: Property): RegressorNetwork {
  const output = outputs.findIndex((each) => each.property === property);
  ensure(output >= 0, `the network predicts ${property}`);
  const { mean, deviation, minimum, maximum } = outputs[output]!;
  const scale = { mean, deviation, minimum, maximum };
  if (outputs.length === 1) return { ...rest, scale, parameters };
  const { headOffset, parameterCount } = layoutOf(planOf(kind));
  const features = parameterCount - headOffset - 1;
  const single = new Float32Array(parameterCount);
  single.set(parameters.subarray(0, headOffset));
  // The linear layer has the shape [features, outputs], followed by its biases.
  for (let f = 0; f <= features; f++) single[headOffset + f] = parameters[headOffset + f * outputs.length + output]!;
  return { ...rest, scale, parameters: single };
}
