/* Gradients of the operations that networks use, against difference quotients, on the JavaScript backend. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { learningContext } from '#test/support/learning-context';

beforeAll(async () => {
  await learningContext(0, 'cpu');
});

interface Case {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly operation: (...inputs: tf.Tensor[]) => tf.Tensor;
}

const cases: readonly Case[] = [
  { name: 'add, broadcast', shapes: [[2, 3, 4], [4]], operation: (a, b) => tf.add(a!, b!) },
  { name: 'sub, broadcast', shapes: [[3], [2, 3]], operation: (a, b) => tf.sub(a!, b!) },
  { name: 'mul, broadcast', shapes: [[2, 3, 4], [3, 1]], operation: (a, b) => tf.mul(a!, b!) },
  { name: 'squared difference', shapes: [[4, 1], [4, 3]], operation: (a, b) => tf.squaredDifference(a!, b!) },
  { name: 'square', shapes: [[5]], operation: (a) => tf.square(a!) },
  { name: 'rsqrt', shapes: [[5]], operation: (a) => tf.rsqrt(tf.add(tf.square(a!), 1)) },
  { name: 'relu', shapes: [[9]], operation: (a) => tf.relu(a!) },
  { name: 'sum over some axes', shapes: [[2, 3, 4]], operation: (a) => tf.sum(a!, [0, 2]) },
  { name: 'sum over all', shapes: [[2, 3]], operation: (a) => tf.sum(a!) },
  { name: 'mean over some axes, kept', shapes: [[2, 3, 4]], operation: (a) => tf.mean(a!, [1], true) },
  { name: 'mean over all', shapes: [[2, 3]], operation: (a) => tf.mean(a!) },
  { name: 'matrix product', shapes: [[2, 3], [3, 4]], operation: (a, b) => tf.matMul(a!, b!) },
  { name: 'max pooling', shapes: [[1, 6, 6, 2]], operation: (a) => tf.maxPool(a as tf.Tensor4D, 3, 2, 1) },
  { name: 'convolution', shapes: [[1, 5, 5, 2], [3, 3, 2, 3]], operation: (a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 1) },
];

test.each(cases)('$name', ({ shapes, operation }) => {
  const rng = createRng(11);
  const inputs = shapes.map((shape) => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal()));
  const tensors = (values: readonly Float32Array[]): tf.Tensor[] => values.map((value, i) => tf.tensor(value, [...shapes[i]!]));
  const change = tf.tidy(() => {
    const { shape, size } = operation(...tensors(inputs));
    return { shape, values: Float32Array.from({ length: size }, () => rng.normal()) };
  });
  const weigh = (values: readonly Float32Array[]): number =>
    tf.tidy(() => (operation(...tensors(values)).dataSync() as Float32Array).reduce((sum, value, i) => sum + value * change.values[i]!, 0));
  const gradients = tf.tidy(() => tf.grads(operation)(tensors(inputs), tf.tensor(change.values, change.shape)).map((gradient) => gradient.dataSync()));

  const step = 1e-2;
  for (const [i, gradient] of gradients.entries()) {
    for (let k = 0; k < gradient.length; k += Math.max(1, Math.floor(gradient.length / 7))) {
      const moved = (by: number): Float32Array[] => inputs.map((value, j) => (i === j ? value.map((number, l) => (l === k ? number + by : number)) : value));
      const slope = (weigh(moved(step)) - weigh(moved(-step))) / (2 * step);
      expect(Math.abs(slope - gradient[k]!)).toBeLessThan(3e-3 * (1 + Math.abs(slope)));
    }
  }
});

test('of a chain of convolutions are there without the changes of all activations at once', async () => {
  const filter = tf.randomNormal<tf.Rank.R4>([3, 3, 8, 8]);
  const input = tf.randomNormal<tf.Rank.R4>([1, 16, 16, 8]);
  const { kernels } = await tf.profile(() =>
    tf.tidy(() => {
      const chain = (x: tf.Tensor, weights: tf.Tensor): tf.Tensor =>
        tf.sum(Array.from({ length: 12 }).reduce<tf.Tensor4D>((y) => tf.conv2d(y, weights as tf.Tensor4D, 1, 1), x as tf.Tensor4D));
      tf.dispose(tf.grads(chain)([input, filter]));
    }),
  );
  tf.dispose([filter, input]);
  const memory = kernels.filter(({ name }) => name === 'Conv2DBackpropInput').map(({ totalBytesSnapshot }) => totalBytesSnapshot);
  expect(memory).toHaveLength(12);
  expect(memory.at(-1)! - memory[0]!).toBeLessThan(4 * input.size * 4);
});

test('nothing is left over', () => {
  expect(tf.memory().numTensors).toBe(0);
});
