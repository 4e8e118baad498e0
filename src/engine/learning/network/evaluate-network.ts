/*
 * Evaluation of a network, step by step, so that feature maps can be taken at any layer and the rest
 * computed from them. Steps are named as the modules of torchvision's resnet.py; what a convolution's
 * step makes includes its normalization, and the rectifier where one follows directly.
 */
import * as tf from '@tensorflow/tfjs-core';
import { layersOf, type NetworkLayer, type NetworkPlan } from '#domain/networks';
import { linearHead, type EvaluationNetwork } from './network';

/** What is known between two steps, tensors [n, h, w, c]. */
export type Features = {
  readonly main: tf.Tensor4D;
  /** Inside a residual block: what will be added at its end. */
  readonly shortcut?: tf.Tensor4D;
};

/** A place behind a step. */
export interface LayerPlace {
  /** Steps before it. */
  readonly steps: number;
  /** Which features the last of them made. */
  readonly made: keyof Features;
}

/** Inputs [n, h, w, c] → outputs [n, 1]. */
export function forwardInEvaluation(network: EvaluationNetwork, input: tf.Tensor4D): tf.Tensor2D {
  return headOf(network, layersOf(network.plan).reduce((features, layer) => run(network, layer, features), { main: input } as Features));
}

/** Inputs [n, h, w, c] → features at each of the places, in their order. What leads to several of them is computed once. */
export function forwardTo(network: EvaluationNetwork, input: tf.Tensor4D, places: readonly LayerPlace[]): Features[] {
  const behind: Features[] = [{ main: input }];
  for (const layer of layersOf(network.plan).slice(0, Math.max(...places.map(({ steps }) => steps)))) behind.push(run(network, layer, behind.at(-1)!));
  return places.map(({ steps }) => behind[steps]!);
}

/** Features at a place → outputs [n, 1]. */
export function forwardFrom(network: EvaluationNetwork, features: Features, { steps }: LayerPlace): tf.Tensor2D {
  return headOf(network, layersOf(network.plan).slice(steps).reduce((known, layer) => run(network, layer, known), features));
}

function headOf({ linear }: EvaluationNetwork, { main }: Features): tf.Tensor2D {
  return linearHead(main, linear.weights, linear.bias);
}

/** The place behind a layer; undefined when the network has none of that name. */
export function placeBehind(plan: NetworkPlan, name: string): LayerPlace | undefined {
  const layers = layersOf(plan);
  const index = layers.findIndex((layer) => layer.name === name);
  return index < 0 ? undefined : { steps: index + 1, made: layers[index]!.kind === 'projection' ? 'shortcut' : 'main' };
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
