/*
 * The gradient of the mean squared error over one shard of a mini-batch, and its averages over the shards. The numbers of
 * a shard are flat: the gradients of all parameters, the batch statistics of all normalizations, the loss of each output.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { isOnWasm, numbersInPlace } from '../backend/wasm-memory';
import type { NetworkSetup } from '../network/network-input';
import type { ParameterLayout, ParameterRange } from '../network/parameter-layout';
import { forwardInTraining, type BatchStatistics } from '../network/training-network';
import { shardOf, type Example } from './regression-dataset';

/** The count of numbers of a shard. */
export function shardSize({ parameterCount, statisticsCount, outputs }: ParameterLayout): number {
  return parameterCount + statisticsCount + outputs;
}

/** The weight of the newest batch in the running statistics (torch's default); it is larger in the first steps. */
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
  examples.forEach(({ image, symmetry, shift }, i) => encoder.encode(images, image, symmetry, pixels, i * encoder.size, shift));
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
    const { meanOffset, varianceOffset } = layout.statistics.find((plan) => plan.name === name)!;
    await readInto(target, layout.parameterCount + meanOffset, mean);
    await readInto(target, layout.parameterCount + varianceOffset, variance);
  }
  await readInto(target, layout.parameterCount + layout.statisticsCount, losses!);
  tf.dispose([input, labels, value, losses!, parameters, grads, statistics.map(({ mean, variance }) => [mean, variance])]);
}

/** The loss of each output over a mini-batch. */
export function lossesOf({ parameterCount, statisticsCount, outputs }: ParameterLayout, batch: readonly Example[], shards: readonly Float32Array[]): Float64Array {
  const losses = new Float64Array(outputs);
  for (const [s, values] of shards.entries()) {
    for (let p = 0; p < outputs; p++) losses[p]! += shareOf(batch, s) * values[parameterCount + statisticsCount + p]!;
  }
  return losses;
}

/** Averages the gradients of a range of parameters from the first shard to the last, weighted by their shares of the examples, into the first shard. */
export function averageGradients(batch: readonly Example[], shards: readonly Float32Array[], { from, to }: ParameterRange): Float32Array {
  const [average, ...others] = shards as readonly [Float32Array, ...Float32Array[]];
  const first = shareOf(batch, 0);
  for (let i = from; i < to; i++) average[i]! *= first;
  for (const [s, values] of others.entries()) {
    const share = shareOf(batch, s + 1);
    for (let i = from; i < to; i++) average[i]! += share * values[i]!;
  }
  return average;
}

/** Updates the running statistics with those of a mini-batch. */
export function updateStatistics({ parameterCount }: ParameterLayout, batch: readonly Example[], shards: readonly Float32Array[], step: number, statistics: Float32Array): void {
  const newest = Math.max(MOMENTUM, 1 / (step + 1));
  for (let i = 0; i < statistics.length; i++) statistics[i]! *= 1 - newest;
  for (const [s, values] of shards.entries()) {
    const share = newest * shareOf(batch, s);
    for (let i = 0; i < statistics.length; i++) statistics[i]! += share * values[parameterCount + i]!;
  }
}

/** A shard's share of the examples of a mini-batch. */
function shareOf(batch: readonly Example[], shard: number): number {
  return shardOf(batch, shard).length / batch.length;
}

async function readInto(target: Float32Array, offset: number, tensor: tf.Tensor): Promise<void> {
  target.set(isOnWasm() ? numbersInPlace(tensor) : ((await tensor.data()) as Float32Array), offset);
}
