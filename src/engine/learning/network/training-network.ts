/*
 * The forward pass of a training step: it normalizes with the statistics of the batch and returns them. Evaluation is in
 * evaluation-network.ts.
 */
import * as tf from '@tensorflow/tfjs-core';
import { blocksOf, type NetworkPlan } from '#domain/networks';
import { ensure } from '#engine/core/bug-error';
import { normalizeBatch } from '../backend/batch-normalization';

/** The parameters of a training step by name. */
export type ParameterTensors = ReadonlyMap<string, tf.Tensor>;

/** Mean and variance of one normalization in one forward pass; the caller disposes of them. */
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
    ensure(tensor !== undefined, `the network has ${name}`);
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

/** Global average pooling and the linear layer. */
export function linearHead(features: tf.Tensor4D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.add(tf.matMul(tf.mean<tf.Tensor2D>(features, [1, 2]), weights), bias);
}
