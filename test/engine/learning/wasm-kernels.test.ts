/* Our WebAssembly kernels against the plain JavaScript backend of TensorFlow.js, which is another program. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { normalizeBatch } from '#engine/learning/backend/batch-normalization';
import { learningContext } from '#test/support/learning-context';

type Shape4 = [number, number, number, number];

function numbers(shape: readonly number[], label: string): Float32Array {
  const rng = createRng(3).fork(label);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal());
}

/** Largest difference relative to the largest number. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  let error = 0;
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs(b[i]!));
    error = Math.max(error, Math.abs(a[i]! - b[i]!));
  }
  return error / largest;
}

afterEach(() => {
  expect(tf.memory().numTensors).toBe(0);
});

interface Case {
  readonly name: string;
  /** [images, height, width, inputs] */
  readonly x: Shape4;
  /** [height, width, inputs, outputs] */
  readonly filter: Shape4;
  readonly stride: number | [number, number];
  readonly pad: number | 'same' | 'valid';
}

const cases: readonly Case[] = [
  { name: 'a block of compact', x: [3, 8, 8, 16], filter: [3, 3, 16, 16], stride: 1, pad: 1 },
  { name: 'the first of a stage', x: [2, 8, 8, 16], filter: [3, 3, 16, 24], stride: 2, pad: 1 },
  { name: 'a projection', x: [2, 8, 8, 16], filter: [1, 1, 16, 24], stride: 2, pad: 0 },
  { name: 'the stem of resnet18', x: [2, 16, 16, 1], filter: [7, 7, 1, 8], stride: 2, pad: 3 },
  { name: 'tiles that do not fill up four', x: [3, 4, 12, 8], filter: [3, 3, 8, 24], stride: 1, pad: 1 },
  { name: 'more tiles than a block', x: [2, 64, 64, 8], filter: [3, 3, 8, 8], stride: 1, pad: 1 },
  { name: 'as many tiles as the last maps of resnet18', x: [16, 4, 4, 16], filter: [3, 3, 16, 8], stride: 1, pad: 1 },
  { name: 'odd sizes', x: [2, 7, 9, 3], filter: [3, 3, 3, 5], stride: 2, pad: 1 },
  { name: 'few channels', x: [1, 6, 5, 2], filter: [3, 2, 2, 3], stride: 1, pad: 'same' },
  { name: 'large stride', x: [2, 11, 10, 4], filter: [2, 3, 4, 9], stride: 3, pad: 'valid' },
  { name: 'unequal padding', x: [1, 8, 8, 4], filter: [3, 3, 4, 8], stride: 2, pad: 'same' },
  { name: 'one pixel', x: [3, 1, 1, 8], filter: [3, 3, 8, 8], stride: 2, pad: 1 },
  { name: 'more images than a block', x: [5, 32, 32, 24], filter: [1, 1, 24, 8], stride: 1, pad: 0 },
];

async function convolution(backend: 'wasm' | 'cpu', { x, filter, stride, pad }: Case): Promise<Float32Array[]> {
  await learningContext(0, backend);
  const results = tf.tidy(() => {
    const [image, weights] = [tf.tensor4d(numbers(x, 'x'), x), tf.tensor4d(numbers(filter, 'filter'), filter)];
    const convolve = (a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor4D => tf.conv2d(a, b, stride, pad, 'NHWC', 1, typeof pad === 'number' ? 'floor' : undefined);
    const result = convolve(image, weights);
    const change = tf.tensor4d(numbers(result.shape, 'change'), result.shape);
    const gradients = tf.grads(convolve as (...given: tf.Tensor[]) => tf.Tensor)([image, weights], change);
    return [result, ...gradients];
  });
  const values = await Promise.all(results.map(async (tensor) => (await tensor.data()) as Float32Array));
  tf.dispose(results);
  return values;
}

describe('convolution and its gradients', () => {
  test.each(cases)('$name: as on the JavaScript backend', async (one) => {
    const wasm = await convolution('wasm', one);
    const cpu = await convolution('cpu', one);
    for (const [i, values] of wasm.entries()) expect(difference(values, cpu[i]!)).toBeLessThan(1e-5);
  });

  test('gradients are the slopes of the result', async () => {
    await learningContext(0, 'wasm');
    const one = cases[1]!;
    const x = numbers(one.x, 'x');
    const filter = numbers(one.filter, 'filter');
    const weigh = (a: Float32Array, b: Float32Array): number =>
      tf.tidy(() => {
        const result = tf.conv2d(tf.tensor4d(a, one.x), tf.tensor4d(b, one.filter), one.stride, one.pad);
        const change = tf.tensor4d(numbers(result.shape, 'change'), result.shape);
        // Summed in float64: the convolution is linear in each input, so the difference quotient has no error of its own.
        const [values, weights] = [result.dataSync() as Float32Array, change.dataSync()];
        return values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
      });
    const [, dx, dFilter] = await convolution('wasm', one);
    for (const at of [0, 77, 500, 2047]) {
      const moved = x.slice();
      moved[at]! += 1;
      expect(weigh(moved, filter) - weigh(x, filter)).toBeCloseTo(dx![at]!, 3);
    }
    for (const at of [0, 100, 2000, 3455]) {
      const moved = filter.slice();
      moved[at]! += 1;
      expect(weigh(x, moved) - weigh(x, filter)).toBeCloseTo(dFilter![at]!, 3);
    }
  });

  test.each([1, 3])('an image gives the same bytes alone and in a batch, filters of %i × %i', async (edge) => {
    await learningContext(0, 'wasm');
    const size = 32 * 32 * 24;
    const x = numbers([5, 32, 32, 24], 'x');
    const filter: Shape4 = [edge, edge, 24, 8];
    const convolve = (values: Float32Array): Float32Array =>
      tf.tidy(() =>
        tf.conv2d(tf.tensor4d(values, [values.length / size, 32, 32, 24]), tf.tensor4d(numbers(filter, 'filter'), filter), 1, 'same').dataSync() as Float32Array,
      );
    expect(convolve(x).slice(4 * 32 * 32 * 8)).toEqual(convolve(x.slice(4 * size)));
  });
});

describe('max pooling', () => {
  test.each([[2, 16, 16, 8], [1, 7, 9, 4]] as Shape4[])('its gradient goes to the first of equal inputs, as on the JavaScript backend: %i, %i, %i, %i', async (...shape) => {
    const gradient = async (backend: 'wasm' | 'cpu'): Promise<Float32Array> => {
      await learningContext(0, backend);
      return tf.tidy(() => {
        // Whole numbers, so that many are equal.
        const x = tf.tensor4d(numbers(shape, 'x').map((value) => Math.round(2 * value)), shape);
        const pool = (a: tf.Tensor): tf.Tensor => tf.maxPool(a as tf.Tensor4D, 3, 2, 1);
        const { shape: outer } = pool(x);
        return tf.grad(pool)(x, tf.tensor(numbers(outer, 'change'), outer)).dataSync() as Float32Array;
      });
    };
    expect(difference(await gradient('wasm'), await gradient('cpu'))).toBeLessThan(1e-6);
  });
});

describe('batch normalization', () => {
  const shape: Shape4 = [3, 5, 7, 12];

  async function normalization(backend: 'wasm' | 'cpu', rectify: boolean, hasResidual: boolean): Promise<Float32Array[]> {
    await learningContext(0, backend);
    const channels = shape[3];
    const statistics: tf.Tensor[] = [];
    const results = tf.tidy(() => {
      const inputs: tf.Tensor[] = [
        tf.tensor4d(numbers(shape, 'x').map((value) => 3 + 2 * value), shape),
        tf.tensor1d(numbers([channels], 'scale')),
        tf.tensor1d(numbers([channels], 'shift')),
        ...(hasResidual ? [tf.tensor4d(numbers(shape, 'residual'), shape)] : []),
      ];
      const normalize = (...given: tf.Tensor[]): tf.Tensor => {
        const [x, scale, shift, residual] = given as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.Tensor4D | undefined];
        const { result, mean, variance } = normalizeBatch(x, scale, shift, residual === undefined ? { rectify } : { rectify, residual });
        statistics.push(mean, variance);
        return result;
      };
      const result = normalize(...inputs);
      const change = tf.tensor4d(numbers(shape, 'change'), shape);
      return [result, ...tf.grads(normalize)(inputs, change)];
    });
    const values = await Promise.all([...results, ...statistics].map(async (tensor) => (await tensor.data()) as Float32Array));
    tf.dispose([results, statistics]);
    return values;
  }

  test.each([
    [false, false],
    [true, false],
    [true, true],
    [false, true],
  ])('rectified %s, residual %s: result, gradients and statistics as composed on the JavaScript backend', async (rectify, hasResidual) => {
    const wasm = await normalization('wasm', rectify, hasResidual);
    const cpu = await normalization('cpu', rectify, hasResidual);
    expect(wasm.length).toBe(hasResidual ? 9 : 8);
    for (const [i, values] of wasm.entries()) expect(difference(values, cpu[i]!)).toBeLessThan(5e-6);
  });

  test('a constant channel stays finite', async () => {
    await learningContext(0, 'wasm');
    const values = tf.tidy(() => {
      const normalize = (x: tf.Tensor): tf.Tensor => {
        const { result, mean, variance } = normalizeBatch(x as tf.Tensor4D, tf.ones([4]), tf.zeros([4]), { rectify: false });
        tf.dispose([mean, variance]);
        return result;
      };
      return tf.grad(normalize)(tf.fill([2, 2, 2, 4], 0.1), tf.ones([2, 2, 2, 4])).dataSync();
    });
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
