/*
 * Evaluation of a network, step by step, so that feature maps can be taken at any layer and the rest
 * computed from them. Steps are named as the modules of torchvision's resnet.py; what a convolution's
 * step makes includes its normalization, and the rectifier where one follows directly.
 */
import * as tf from '@tensorflow/tfjs-core';
import { linearHead, type EvaluationNetwork } from './network';
import { blocksOf, type BlockPlan, type NetworkPlan } from './network-plan';

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

interface Step {
  readonly name: string;
  readonly made: keyof Features;
  run(network: EvaluationNetwork, features: Features): Features;
}

/** Inputs [n, h, w, c] → outputs [n, 1]. */
export function forwardInEvaluation(network: EvaluationNetwork, input: tf.Tensor4D): tf.Tensor2D {
  return headOf(network, stepsOf(network.plan).reduce((features, step) => step.run(network, features), { main: input } as Features));
}

/** Inputs [n, h, w, c] → features at each of the places, in their order. What leads to several of them is computed once. */
export function forwardTo(network: EvaluationNetwork, input: tf.Tensor4D, places: readonly LayerPlace[]): Features[] {
  const behind: Features[] = [{ main: input }];
  for (const step of stepsOf(network.plan).slice(0, Math.max(...places.map(({ steps }) => steps)))) behind.push(step.run(network, behind.at(-1)!));
  return places.map(({ steps }) => behind[steps]!);
}

/** Features at a place → outputs [n, 1]. */
export function forwardFrom(network: EvaluationNetwork, features: Features, { steps }: LayerPlace): tf.Tensor2D {
  return headOf(network, stepsOf(network.plan).slice(steps).reduce((known, step) => step.run(network, known), features));
}

function headOf({ linear }: EvaluationNetwork, { main }: Features): tf.Tensor2D {
  return linearHead(main, linear.weights, linear.bias);
}

/** The names of all layers in the order of evaluation. */
export function layerNamesOf(plan: NetworkPlan): readonly string[] {
  return stepsOf(plan).map(({ name }) => name);
}

/** The place behind a step of that name; undefined when the network has none. */
export function placeBehind(plan: NetworkPlan, name: string): LayerPlace | undefined {
  const steps = stepsOf(plan);
  const index = steps.findIndex((step) => step.name === name);
  return index < 0 ? undefined : { steps: index + 1, made: steps[index]!.made };
}

function stepsOf({ stem, ...plan }: NetworkPlan): readonly Step[] {
  const first: Step = { name: 'conv1', made: 'main', run: (network, { main }) => ({ main: tf.relu(convolve(network, main, 'conv1', stem.stride)) }) };
  const pooling: Step = { name: 'maxpool', made: 'main', run: (_, { main }) => ({ main: tf.maxPool(main, 3, 2, 1) }) };
  return [first, ...(stem.maxPooling ? [pooling] : []), ...blocksOf({ stem, ...plan }).flat().flatMap(stepsOfBlock)];
}

function stepsOfBlock({ name, stride, projects }: BlockPlan): Step[] {
  const [projection, first, second] = [`${name}.downsample.0`, `${name}.conv1`, `${name}.conv2`];
  const project: Step = { name: projection, made: 'shortcut', run: (network, { main }) => ({ main, shortcut: convolve(network, main, projection, stride) }) };
  return [
    ...(projects ? [project] : []),
    { name: first, made: 'main', run: (network, { main, shortcut = main }) => ({ main: tf.relu(convolve(network, main, first, stride)), shortcut }) },
    { name: second, made: 'main', run: (network, { main, shortcut }) => ({ main: convolve(network, main, second, 1), shortcut: shortcut! }) },
    { name, made: 'main', run: (_, { main, shortcut }) => ({ main: tf.relu(tf.add<tf.Tensor4D>(main, shortcut!)) }) },
  ];
}

function convolve({ convolutions }: EvaluationNetwork, x: tf.Tensor4D, name: string, stride: number): tf.Tensor4D {
  const { weights, bias } = convolutions.get(name)!;
  return tf.add(tf.conv2d(x, weights, stride, (weights.shape[0] - 1) / 2), bias);
}
