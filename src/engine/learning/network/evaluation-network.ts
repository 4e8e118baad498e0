/*
 * Evaluation of a network with its running statistics. Batch normalization with fixed statistics is a factor and a shift
 * per channel, which the convolution before it can take over (W' = W s/√(v + ε), b' = shift − m s/√(v + ε)): the same
 * function with fewer passes.
 *
 * Evaluation goes step by step, so that feature maps can be taken at any layer and the rest computed from them. Steps are
 * named as the modules of torchvision's resnet.py; the step of a convolution includes its normalization, and the rectifier
 * where one follows directly.
 */
import * as tf from '@tensorflow/tfjs-core';
import { layersOf, type NetworkLayer, type NetworkPlan } from '#domain/networks';
import { ensure } from '#engine/core/bug-error';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { normalizationEpsilon } from '../backend/batch-normalization';
import { isOnWasm } from '../backend/wasm-memory';
import type { InputEncoder } from './network-input';
import type { ParameterLayout } from './parameter-layout';
import type { Symmetry } from './symmetry';
import { linearHead } from './training-network';

/** A network with fixed weights, ready to predict. */
export interface EvaluationNetwork {
  readonly plan: NetworkPlan;
  /** The folded convolutions by name, and the linear layer. */
  readonly convolutions: ReadonlyMap<string, { readonly weights: tf.Tensor4D; readonly bias: tf.Tensor1D }>;
  readonly linear: { readonly weights: tf.Tensor2D; readonly bias: tf.Tensor1D };
  dispose(): void;
}

/** Folds flat parameters and running statistics into an evaluation network; the caller disposes of it. */
export function createEvaluationNetwork(
  plan: NetworkPlan,
  layout: ParameterLayout,
  parameters: Float32Array,
  statistics: Float32Array,
): EvaluationNetwork {
  const folded = new Float32Array(layout.parameterCount);
  foldNormalizations(layout, parameters, statistics, folded);
  return loadEvaluationNetwork(plan, layout, folded);
}

/**
 * The evaluation network of parameters from `foldNormalizations`; the caller disposes of it. Until then, parameters that
 * are not in shared memory must not change: some backends keep them instead of a copy.
 */
export function loadEvaluationNetwork(plan: NetworkPlan, layout: ParameterLayout, folded: Float32Array): EvaluationNetwork {
  ensure(folded.length === layout.parameterCount, 'the folded parameters fit the network');
  // The wasm backend copies numbers into its own memory; not all other backends accept shared memory.
  const values = folded.buffer instanceof ArrayBuffer || isOnWasm() ? folded : folded.slice();
  const plans = new Map(layout.parameters.map((parameter) => [parameter.name, parameter]));
  const valuesOf = (name: string): Float32Array => {
    const { offset, size } = plans.get(name)!;
    return values.subarray(offset, offset + size);
  };
  const convolutions = new Map<string, { weights: tf.Tensor4D; bias: tf.Tensor1D }>();
  let convolution = 0;
  for (const { name, shape, role } of layout.parameters) {
    if (role !== 'convolution') continue;
    convolutions.set(name.slice(0, -'.weight'.length), {
      weights: tf.tensor4d(valuesOf(name), shape as [number, number, number, number]),
      bias: tf.tensor1d(valuesOf(`${layout.statistics[convolution++]!.name}.bias`)),
    });
  }
  const linear = {
    weights: tf.tensor2d(valuesOf('fc.weight'), plans.get('fc.weight')!.shape as [number, number]),
    bias: tf.tensor1d(valuesOf('fc.bias')),
  };
  return {
    plan,
    convolutions,
    linear,
    dispose() {
      for (const { weights, bias } of convolutions.values()) tf.dispose([weights, bias]);
      tf.dispose([linear.weights, linear.bias]);
    },
  };
}

/**
 * Writes flat parameters with the running statistics folded into them to `target`, in the same order: the weights of the
 * convolutions are the folded ones, the scale of each normalization is 1, and its shift is the folded bias.
 */
export function foldNormalizations(layout: ParameterLayout, parameters: Float32Array, statistics: Float32Array, target: Float32Array): void {
  ensure(parameters.length === layout.parameterCount, 'the parameters fit the network');
  ensure(statistics.length === layout.statisticsCount, 'the statistics fit the network');
  ensure(target.length === layout.parameterCount, 'the folded parameters fit the network');
  const plans = new Map(layout.parameters.map((parameter) => [parameter.name, parameter]));
  let convolution = 0;
  for (const { offset, size, role } of layout.parameters) {
    if (role === 'linear-weight' || role === 'linear-bias') target.set(parameters.subarray(offset, offset + size), offset);
    if (role !== 'convolution') continue;
    const { name, channels, meanOffset, varianceOffset } = layout.statistics[convolution++]!;
    const scale = plans.get(`${name}.weight`)!.offset;
    const shift = plans.get(`${name}.bias`)!.offset;
    const factors = new Float64Array(channels);
    for (let c = 0; c < channels; c++) {
      factors[c] = parameters[scale + c]! / Math.sqrt(statistics[varianceOffset + c]! + normalizationEpsilon);
      target[scale + c] = 1;
      target[shift + c] = parameters[shift + c]! - statistics[meanOffset + c]! * factors[c]!;
    }
    for (let i = offset; i < offset + size; i += channels) {
      for (let c = 0; c < channels; c++) target[i + c] = parameters[i + c]! * factors[c]!;
    }
  }
}

/** The feature maps between two steps, tensors [n, h, w, c]. */
export type Features = {
  readonly main: tf.Tensor4D;
  /** Inside a residual block, the tensor that is added at its end. */
  readonly shortcut?: tf.Tensor4D;
};

/** A position after a step. */
export interface LayerPosition {
  /** Number of steps before it. */
  readonly steps: number;
  /** The feature maps that the last of them computed. */
  readonly output: keyof Features;
}

/** Inputs [n, h, w, c] → outputs [n, 1]. */
export function forwardInEvaluation(network: EvaluationNetwork, input: tf.Tensor4D): tf.Tensor2D {
  return headOf(network, layersOf(network.plan).reduce((features, layer) => run(network, layer, features), { main: input } as Features));
}

/** Inputs [n, h, w, c] → features at each of the positions, in their order. Common steps are computed once. */
export function forwardTo(network: EvaluationNetwork, input: tf.Tensor4D, positions: readonly LayerPosition[]): Features[] {
  const after: Features[] = [{ main: input }];
  for (const layer of layersOf(network.plan).slice(0, Math.max(...positions.map(({ steps }) => steps)))) after.push(run(network, layer, after.at(-1)!));
  return positions.map(({ steps }) => after[steps]!);
}

/** Features at a position → outputs [n, 1]. */
export function forwardFrom(network: EvaluationNetwork, features: Features, { steps }: LayerPosition): tf.Tensor2D {
  return headOf(network, layersOf(network.plan).slice(steps).reduce((known, layer) => run(network, layer, known), features));
}

function headOf({ linear }: EvaluationNetwork, { main }: Features): tf.Tensor2D {
  return linearHead(main, linear.weights, linear.bias);
}

/** The position after a layer; undefined when the network has no layer of that name. */
export function positionAfter(plan: NetworkPlan, name: string): LayerPosition | undefined {
  const layers = layersOf(plan);
  const index = layers.findIndex((layer) => layer.name === name);
  return index < 0 ? undefined : { steps: index + 1, output: layers[index]!.kind === 'projection' ? 'shortcut' : 'main' };
}

function run(network: EvaluationNetwork, { name, kind, stride }: NetworkLayer, { main, shortcut }: Features): Features {
  switch (kind) {
    case 'stem':
      return { main: tf.relu(convolve(network, main, name, stride)) };
    case 'pooling':
      return { main: tf.maxPool(main, 3, stride, 1) };
    case 'projection':
      return { main, shortcut: convolve(network, main, name, stride) };
    case 'first':
      return { main: tf.relu(convolve(network, main, name, stride)), shortcut: shortcut ?? main };
    case 'second':
      return { main: convolve(network, main, name, stride), shortcut: shortcut! };
    case 'sum':
      return { main: tf.relu(tf.add<tf.Tensor4D>(main, shortcut!)) };
  }
}

function convolve({ convolutions }: EvaluationNetwork, x: tf.Tensor4D, name: string, stride: number): tf.Tensor4D {
  const { weights, bias } = convolutions.get(name)!;
  return tf.add(tf.conv2d(x, weights, stride, (weights.shape[0] - 1) / 2), bias);
}

/** Number of pixels that are processed at once. */
const PIXELS_AT_ONCE = 32 * 128 * 128;

/** The number of images with so many pixels that are processed at once, so that memory stays bounded. */
export function imagesAtOnce(pixels: number): number {
  return Math.max(1, Math.floor(PIXELS_AT_ONCE / pixels));
}

/** The input tensor [n, h, w, c] of some images under a symmetry. */
export function inputTensor(encoder: InputEncoder, images: MicrostructureBatch, indices: Int32Array, symmetry: Symmetry): tf.Tensor4D {
  const pixels = new Float32Array(indices.length * encoder.size);
  indices.forEach((image, i) => encoder.encode(images, image, symmetry, pixels, i * encoder.size));
  return tf.tensor4d(pixels, [indices.length, ...encoder.shape]);
}

/** Outputs (in units of their label scales) for the images `indices`, in their order; several outputs of an image are adjacent. */
export async function predictBatch(
  network: EvaluationNetwork,
  encoder: InputEncoder,
  images: MicrostructureBatch,
  indices: Int32Array,
  symmetry: Symmetry,
): Promise<Float32Array> {
  const perImage = network.linear.bias.size;
  const outputs = new Float32Array(perImage * indices.length);
  const count = imagesAtOnce(encoder.size);
  for (let first = 0; first < indices.length; first += count) {
    const some = indices.subarray(first, first + count);
    const output = tf.tidy(() => forwardInEvaluation(network, inputTensor(encoder, images, some, symmetry)));
    outputs.set((await output.data()) as Float32Array, perImage * first);
    output.dispose();
  }
  return outputs;
}
