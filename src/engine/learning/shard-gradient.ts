/*
 * Gradient of the mean squared error over one shard of a mini-batch, and the average of the shards.
 * A shard's numbers lie flat: all parameters' gradients, the batch statistics of all normalizations,
 * the loss of each output.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { forwardInTraining, type BatchStatistics } from './network';
import type { ParameterLayout } from './network-plan';
import type { NetworkSetup } from './network-setup';
import { isOnWasm, numbersInPlace } from './wasm-memory';
import { shardOf, type Example } from './training-examples';

/** Numbers of one shard. */
export function shardSize({ parameterCount, statisticsCount, outputs }: ParameterLayout): number {
  return parameterCount + statisticsCount + outputs;
}

/** How much the newest batch counts in the running statistics (torch's default); more in the first steps. */
const MOMENTUM = 0.1;

/** Writes gradients, batch statistics and losses of one shard to `target`; the gradient is that of the mean of the losses. */
export async function computeShard(
  { plan, layout, encoder }: NetworkSetup,
  values: Float32Array,
  images: MicrostructureBatch,
  examples: readonly Example[],
  target: Float32Array,
): Promise<void> {
  const pixels = new Float32Array(examples.length * encoder.size);
  examples.forEach(({ image, symmetry }, i) => encoder.encode(images, image, symmetry, pixels, i * encoder.size));
  const input = tf.tensor4d(pixels, [examples.length, ...encoder.shape]);
  const labels = tf.tensor2d(Float32Array.from(examples.flatMap((example) => example.labels)), [examples.length, layout.outputs]);
  const parameters = layout.parameters.map(({ offset, size, shape }) => tf.tensor(values.subarray(offset, offset + size), [...shape]));
  const statistics: BatchStatistics[] = [];
  let losses: tf.Tensor1D | undefined;
  const { value, grads } = tf.valueAndGrads((...given: tf.Tensor[]) => {
    const named = new Map(layout.parameters.map(({ name }, i) => [name, given[i]!]));
    losses = tf.keep(tf.mean<tf.Tensor1D>(tf.squaredDifference(forwardInTraining(plan, named, input, statistics), labels), 0));
    return tf.mean<tf.Scalar>(losses);
  })(parameters);

  for (const [i, { offset }] of layout.parameters.entries()) await readInto(target, offset, grads[i]!);
  for (const { name, mean, variance } of statistics) {
    const place = layout.statistics.find((one) => one.name === name)!;
    await readInto(target, layout.parameterCount + place.meanOffset, mean);
    await readInto(target, layout.parameterCount + place.varianceOffset, variance);
  }
  await readInto(target, layout.parameterCount + layout.statisticsCount, losses!);
  tf.dispose([input, labels, value, losses!, parameters, grads, statistics.map(({ mean, variance }) => [mean, variance])]);
}

/**
 * Averages the shards of a mini-batch, first to last, each by its share of the examples: the gradient
 * into `gradient`, the batch statistics into the running ones. Returns the loss of each output.
 */
export function combineShards(
  layout: ParameterLayout,
  batch: readonly Example[],
  shards: readonly Float32Array[],
  step: number,
  gradient: Float32Array,
  statistics: Float32Array,
): Float64Array {
  const newest = Math.max(MOMENTUM, 1 / (step + 1));
  const losses = new Float64Array(layout.outputs);
  gradient.fill(0);
  for (let i = 0; i < statistics.length; i++) statistics[i]! *= 1 - newest;
  for (const [s, values] of shards.entries()) {
    const share = shardOf(batch, s).length / batch.length;
    for (let i = 0; i < gradient.length; i++) gradient[i]! += share * values[i]!;
    for (let i = 0; i < statistics.length; i++) statistics[i]! += newest * share * values[gradient.length + i]!;
    for (let p = 0; p < losses.length; p++) losses[p]! += share * values[layout.parameterCount + layout.statisticsCount + p]!;
  }
  return losses;
}

async function readInto(target: Float32Array, offset: number, tensor: tf.Tensor): Promise<void> {
  target.set(isOnWasm() ? numbersInPlace(tensor) : ((await tensor.data()) as Float32Array), offset);
}
