/*
 * A network plan with weights. Training uses the statistics of the batch and reports them; evaluation
 * (see evaluate-network.ts) uses the running statistics, folded into the convolutions (fold-normalizations.ts).
 */
import * as tf from '@tensorflow/tfjs-core';
import { blocksOf, type NetworkPlan } from '#domain/networks';
import type { ParameterLayout } from './parameter-layout';
import { ensure } from '#engine/core/bug-error';
import { normalizeBatch } from '../backend/batch-normalization';
import { isOnWasm } from '../backend/wasm-memory';
import { foldNormalizations } from './fold-normalizations';

/** Parameters of a training step by name. */
export type ParameterTensors = ReadonlyMap<string, tf.Tensor>;

/** Mean and variance of one normalization in one forward pass; kept, to be disposed by the caller. */
export interface BatchStatistics {
  readonly name: string;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/** Inputs [n, h, w, c] → outputs [n, outputs]; appends the statistics of every normalization. */
export function forwardInTraining(
  plan: NetworkPlan,
  parameters: ParameterTensors,
  input: tf.Tensor4D,
  statistics: BatchStatistics[],
): tf.Tensor2D {
  const parameter = <T extends tf.Tensor>(name: string): T => {
    const tensor = parameters.get(name);
    ensure(tensor !== undefined, `network has ${name}`);
    return tensor as T;
  };
  const convolveAndNormalize = (
    x: tf.Tensor4D, name: string, normalization: string, stride: number, rectify: boolean, residual?: tf.Tensor4D,
  ): tf.Tensor4D => {
    const weights = parameter<tf.Tensor4D>(`${name}.weight`);
    const convolved = tf.conv2d(x, weights, stride, (weights.shape[0] - 1) / 2);
    const { result, mean, variance } = normalizeBatch(
      convolved,
      parameter(`${normalization}.weight`),
      parameter(`${normalization}.bias`),
      residual === undefined ? { rectify } : { rectify, residual },
    );
    statistics.push({ name: normalization, mean, variance });
    return result;
  };
  let x = convolveAndNormalize(input, 'conv1', 'bn1', plan.stem.stride, true);
  if (plan.stem.maxPooling) x = tf.maxPool(x, 3, 2, 1);
  for (const { name, stride, projects } of blocksOf(plan).flat()) {
    const inner = convolveAndNormalize(x, `${name}.conv1`, `${name}.bn1`, stride, true);
    const shortcut = projects ? convolveAndNormalize(x, `${name}.downsample.0`, `${name}.downsample.1`, stride, false) : x;
    x = convolveAndNormalize(inner, `${name}.conv2`, `${name}.bn2`, 1, true, shortcut);
  }
  return linearHead(x, parameter('fc.weight'), parameter('fc.bias'));
}

/** A network with fixed weights, ready to predict. */
export interface EvaluationNetwork {
  readonly plan: NetworkPlan;
  /** Folded convolutions by name, and the linear layer. */
  readonly convolutions: ReadonlyMap<string, { readonly weights: tf.Tensor4D; readonly bias: tf.Tensor1D }>;
  readonly linear: { readonly weights: tf.Tensor2D; readonly bias: tf.Tensor1D };
  dispose(): void;
}

/** Folds flat parameters and running statistics into an evaluation network; dispose it after use. */
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
 * The evaluation network of parameters that `foldNormalizations` wrote; dispose it after use. Parameters that are not
 * in shared memory must not change before: some backends keep them instead of a copy.
 */
export function loadEvaluationNetwork(plan: NetworkPlan, layout: ParameterLayout, folded: Float32Array): EvaluationNetwork {
  ensure(folded.length === layout.parameterCount, 'folded parameters fit the network');
  // The wasm backend copies numbers into its own memory; of the others not all take shared ones.
  const values = folded.buffer instanceof ArrayBuffer || isOnWasm() ? folded : folded.slice();
  const places = new Map(layout.parameters.map((place) => [place.name, place]));
  const valuesOf = (name: string): Float32Array => {
    const { offset, size } = places.get(name)!;
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
    weights: tf.tensor2d(valuesOf('fc.weight'), places.get('fc.weight')!.shape as [number, number]),
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

/** Global average pooling and the linear output. */
export function linearHead(features: tf.Tensor4D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.add(tf.matMul(tf.mean<tf.Tensor2D>(features, [1, 2]), weights), bias);
}
