/*
 * Batch normalization in training (Ioffe & Szegedy 2015, arXiv 1502.03167) with the operations that follow it in a
 * residual network: relu(scale (x − mean) / √(variance + ε) + shift + residual). It is one fused kernel on the wasm
 * backend and elementary operations on the others; both have gradients.
 */
import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '#engine/core/bug-error';

/** ε, the guard against zero variance, as in torch and in the original paper. */
export const normalizationEpsilon = 1e-5;

export interface NormalizeOptions {
  /** Added before the rectifier; same shape as x. */
  readonly residual?: tf.Tensor4D;
  readonly rectify: boolean;
}

export interface Normalized {
  readonly result: tf.Tensor4D;
  /** Mean and biased variance of each channel; the caller disposes of them. */
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/** Normalizes x [n, h, w, c], c a multiple of 4, over all but its last axis. */
export function normalizeBatch(x: tf.Tensor4D, scale: tf.Tensor1D, shift: tf.Tensor1D, options: NormalizeOptions): Normalized {
  ensure(x.shape[3] % 4 === 0, 'the number of channels is a multiple of four');
  return tf.getBackend() === 'wasm' ? fused(x, scale, shift, options) : composed(x, scale, shift, options);
}

function fused(x: tf.Tensor4D, scale: tf.Tensor1D, shift: tf.Tensor1D, { residual, rectify }: NormalizeOptions): Normalized {
  const attributes = { rectify, epsilon: normalizationEpsilon, hasResidual: residual !== undefined };
  let statistics: [tf.Tensor, tf.Tensor] | undefined;
  const operation = tf.customGrad((...given) => {
    const save = given.pop() as tf.GradSaveFunc;
    const [input, gamma, beta, added] = given as tf.Tensor[];
    const inputs = { x: input!, scale: gamma!, shift: beta!, ...(added === undefined ? {} : { residual: added }) };
    const [result, mean, variance] = run('NormalizeBatch', inputs, attributes);
    statistics = [tf.keep(mean!), tf.keep(variance!)];
    save([input!, gamma!, result!, mean!, variance!]);
    return {
      value: result!,
      gradFunc: (dy, saved) => {
        const [savedInput, savedScale, savedResult, savedMean, savedVariance] = saved as tf.Tensor[];
        const gradients = run(
          'NormalizeBatchGradient',
          { dy: dy as tf.Tensor, result: savedResult!, x: savedInput!, scale: savedScale!, mean: savedMean!, variance: savedVariance! },
          attributes,
        );
        // TensorFlow.js would keep it until the whole gradient is computed.
        (dy as tf.Tensor).dispose();
        return gradients;
      },
    };
  });
  const result = residual === undefined ? operation(x, scale, shift) : operation(x, scale, shift, residual);
  const [mean, variance] = statistics!;
  return { result: result as tf.Tensor4D, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
}

function run(kernel: string, inputs: Record<string, tf.Tensor>, attributes: Record<string, boolean | number>): tf.Tensor[] {
  return tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, attributes);
}

function composed(x: tf.Tensor4D, scale: tf.Tensor1D, shift: tf.Tensor1D, { residual, rectify }: NormalizeOptions): Normalized {
  const mean = tf.mean<tf.Tensor1D>(x, [0, 1, 2]);
  const deviation = tf.sub(x, mean);
  const variance = tf.mean<tf.Tensor1D>(tf.square(deviation), [0, 1, 2]);
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, normalizationEpsilon)));
  let result = tf.add<tf.Tensor4D>(tf.mul(deviation, factor), shift);
  if (residual !== undefined) result = tf.add(result, residual);
  if (rectify) result = tf.relu(result);
  return { result, mean: tf.keep(tf.clone(mean)), variance: tf.keep(tf.clone(variance)) };
}
