/*
 * Gradient-weighted regression activation maps: Selvaraju et al. 2017 (arXiv 1610.02391) with the
 * regression output in the place of a class score. For feature maps A_k of one layer and output y the
 * weights are α_k = mean over positions of ∂y/∂A_k, and the map is Σ_k α_k A_k, before the rectifier.
 * At the layer before global average pooling the map's sum is y minus the bias of the linear layer.
 */
import * as tf from '@tensorflow/tfjs-core';
import { forwardFromStage, forwardToStage, type EvaluationNetwork } from './network';

/** Maps of several images. */
export interface SignedMaps {
  /** Edge of one map. */
  readonly edge: number;
  /** Map of image i, row-major, at `i * edge * edge`: positive where a position raises the output. */
  readonly maps: Float32Array;
  /** The network's output for each image, in units of its label scale. */
  readonly outputs: Float32Array;
}

/** Maps at the end of stage `stages` (1 = first) for inputs [n, h, w, c]. */
export async function signedMaps(network: EvaluationNetwork, input: tf.Tensor4D, stages: number): Promise<SignedMaps> {
  const [maps, outputs] = tf.tidy(() => {
    const features = forwardToStage(network, input, stages);
    // Images do not meet in evaluation, so the gradient of the outputs' sum holds each image's own.
    let results: tf.Tensor2D | undefined;
    const gradient = tf.grad((given: tf.Tensor) => {
      results = tf.keep(forwardFromStage(network, given as tf.Tensor4D, stages));
      return tf.sum(results);
    })(features);
    const weights = tf.mean(gradient, [1, 2], true);
    const weighted = tf.sum<tf.Tensor3D>(tf.mul(features, weights), 3);
    const held = tf.clone(results!);
    results!.dispose();
    return [weighted, held] as const;
  });
  const signed = { edge: maps.shape[1], maps: (await maps.data()) as Float32Array, outputs: (await outputs.data()) as Float32Array };
  tf.dispose([maps, outputs]);
  return signed;
}
