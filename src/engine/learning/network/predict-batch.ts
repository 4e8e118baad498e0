/* Outputs of an evaluation network, a few images at a time so that memory stays bounded. */
import * as tf from '@tensorflow/tfjs-core';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { InputEncoder } from './input-encoding';
import type { EvaluationNetwork } from './network';
import { forwardInEvaluation } from './evaluate-network';
import type { Symmetry } from './symmetry';

/** Pixels of the images that are in work at once. */
const PIXELS_AT_ONCE = 32 * 128 * 128;

/** How many images of this many pixels are in work at once. */
export function imagesAtOnce(pixels: number): number {
  return Math.max(1, Math.floor(PIXELS_AT_ONCE / pixels));
}

/** The input tensor [n, h, w, c] of some images seen through a symmetry. */
export function inputTensor(encoder: InputEncoder, images: MicrostructureBatch, indices: Int32Array, symmetry: Symmetry): tf.Tensor4D {
  const pixels = new Float32Array(indices.length * encoder.size);
  indices.forEach((image, i) => encoder.encode(images, image, symmetry, pixels, i * encoder.size));
  return tf.tensor4d(pixels, [indices.length, ...encoder.shape]);
}

/** Outputs (in units of their label scales) for the images `indices`, in their order; of several outputs those of an image side by side. */
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
