/*
 * Gradient-weighted regression activation maps: Selvaraju et al. 2017 (arXiv 1610.02391) with the
 * regression output in place of a class score. For the feature maps A_k of a layer and the output y, the weights are
 * α_k = mean over positions of ∂y/∂A_k, and the map is Σ_k α_k A_k, before the rectifier. At the layer before global
 * average pooling, the sum of the map is y minus the bias of the linear layer.
 *
 * Two variants weight each position separately: HiResCAM, Σ_k (∂y/∂A_k) A_k (Draelos & Carin 2020,
 * arXiv 2011.08891), the same as Grad-RAM before global average pooling; and LayerCAM,
 * Σ_k ReLU(∂y/∂A_k) A_k (Jiang et al. 2021, doi:10.1109/TIP.2021.3089943), which uses positive gradients only.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkMethod } from '#domain/explanation';
import { forwardFrom, type EvaluationNetwork, type Features, type LayerPosition } from '../network/evaluation-network';

/** Maps of several images. */
export interface SignedMaps {
  /** Positions along the edge of a map. */
  readonly edge: number;
  /** The map of image i, row-major, at `i * edge * edge`: positive where a position drives the explained quantity up. */
  readonly maps: Float32Array;
  /** The network's output for each image, in units of its label scale. */
  readonly outputs: Float32Array;
}

/** Maps [n, h, w] from feature maps [n, h, w, c] and the gradient of the explained quantity. */
const weightings: Readonly<Record<NetworkMethod, (features: tf.Tensor, gradient: tf.Tensor) => tf.Tensor3D>> = {
  'grad-ram': (features, gradient) => tf.sum(tf.mul(features, tf.mean(gradient, [1, 2], true)), 3),
  'hires-cam': (features, gradient) => tf.sum(tf.mul(features, gradient), 3),
  'layer-cam': (features, gradient) => tf.sum(tf.mul(features, tf.relu(gradient)), 3),
};

/**
 * Maps at a layer from the features there, which `forwardTo` computes. The explained quantity is the output for `sign` 1
 * and its negative for −1. Inside a residual block the gradient is that of the layer's own path, not of the shortcut.
 */
export async function signedMaps(
  network: EvaluationNetwork,
  known: Features,
  position: LayerPosition,
  method: NetworkMethod,
  sign: 1 | -1,
): Promise<SignedMaps> {
  const [maps, outputs] = tf.tidy(() => {
    const features = known[position.output]!;
    // Images are independent in evaluation, so the gradient of the sum of the outputs contains that of each image.
    let results: tf.Tensor2D | undefined;
    const gradient = tf.grad((given: tf.Tensor) => {
      results = tf.keep(forwardFrom(network, { ...known, [position.output]: given }, position));
      return tf.mul(tf.sum(results), sign);
    })(features);
    const weighted = weightings[method](features, gradient);
    const copy = tf.clone(results!);
    results!.dispose();
    return [weighted, copy] as const;
  });
  const signed = { edge: maps.shape[1], maps: (await maps.data()) as Float32Array, outputs: (await outputs.data()) as Float32Array };
  tf.dispose([maps, outputs]);
  return signed;
}
