/* Which parts of an image drive the prediction: activation maps for one direction of a regressor. */
import * as tf from '@tensorflow/tfjs-core';
import type { ExplainMethod } from '#domain/explanation';
import { layersOf, namedLayers, type LayerName, type NetworkPlan } from '#domain/networks';
import type { Direction, Sense } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import { failure, success, type Result } from '#domain/finding';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '../backend/backend';
import { forwardTo, imagesAtOnce, inputTensor, loadEvaluationNetwork, positionAfter, type LayerPosition } from '../network/evaluation-network';
import { setUpNetwork } from '../network/network-input';
import { transformRaster } from '../network/symmetry';
import { networkFor, type FoldedRegressor } from '../training/predict';
import { viewOf } from '../training/regression-dataset';
import { signedMaps } from './grad-ram';

/** What is explained: why the property is large, or why it is small. */

/** Where an image drives the prediction toward the objective. */
export interface ActivationMap {
  /**
   * The weighted feature maps, `nativeEdge` × `nativeEdge`, row-major, in the image's own orientation:
   * positive where a position drives the prediction toward the objective, negative where away from it.
   */
  readonly signed: Float32Array;
  readonly nativeEdge: number;
  /** The rectified map, upsampled to the image and scaled to maximum 1; all zero where nothing is positive. */
  readonly heat: Image2D<'heat'>;
  readonly layer: LayerName;
  readonly sense: Sense;
  readonly direction: Direction;
  /** The property that the network predicts for the image, SI. */
  readonly prediction: number;
}

/**
 * Activation maps at each of the layers, in their order, of the images `indices` (by default all), in theirs.
 * `minimize` explains −y. The y direction of a shared network is explained on the anti-transposed image and
 * turned back. Reports how many maps are done. Finding: `layer-missing` when the network has no such layer.
 * Throws `Cancelled` between maps.
 */
export async function explain(
  context: LearningContext,
  regressor: FoldedRegressor,
  images: MicrostructureBatch,
  direction: Direction,
  sense: Sense,
  method: ExplainMethod,
  layers: readonly LayerName[],
  indices: Int32Array = Int32Array.from({ length: images.count }, (_, i) => i),
): Promise<Result<readonly (readonly ActivationMap[])[]>> {
  ensure(images.resolution === regressor.resolution, 'images have the resolution that the network was trained on');
  const { plan, layout, encoder } = setUpNetwork(regressor.kind, regressor.resolution);
  const places: LayerPosition[] = [];
  for (const layer of layers) {
    const place = positionOfLayer(plan, layer);
    if (!place.ok) return place;
    places.push(place.value);
  }
  const { scale, parameters, serves } = networkFor(regressor, direction);
  const view = viewOf(serves, direction);
  const sign = sense === 'maximize' ? 1 : -1;
  const network = loadEvaluationNetwork(plan, layout, parameters);
  const results = layers.map((): ActivationMap[] => []);
  let done = 0;
  try {
    const count = imagesAtOnce(encoder.size);
    for (let first = 0; first < indices.length; first += count) {
      const features = tf.tidy(() => forwardTo(network, inputTensor(encoder, images, indices.subarray(first, first + count), view), places));
      try {
        for (const [l, place] of places.entries()) {
          context.signal.throwIfAborted();
          const { edge, maps, outputs } = await signedMaps(network, features[l]!, place, method, sign);
          outputs.forEach((output, i) => {
            // The anti-transpose is its own inverse.
            const signed = transformRaster(maps.subarray(i * edge * edge, (i + 1) * edge * edge), edge, view);
            results[l]!.push({
              signed,
              nativeEdge: edge,
              heat: heatOf(signed, edge, images.resolution),
              layer: layers[l]!,
              sense,
              direction,
              prediction: scale.mean + scale.deviation * output,
            });
          });
          done += outputs.length;
          context.progress.report(done, indices.length * layers.length);
        }
      } finally {
        tf.dispose(features);
      }
    }
  } finally {
    network.dispose();
  }
  return success(results);
}

/** ReLU of a native map, upsampled to `resolution` pixels and scaled to maximum 1; all zero where nothing is positive. */
export function heatOf(signed: Float32Array, edge: number, resolution: number): Image2D<'heat'> {
  const data = upsample(rectified(signed), edge, resolution);
  const maximum = data.reduce((a, b) => Math.max(a, b), 0);
  return imageOf('heat', resolution, resolution, maximum > 0 ? data.map((value) => value / maximum) : data);
}

/** ReLU. */
export function rectified(signed: Float32Array): Float32Array {
  return signed.map((value) => Math.max(0, value));
}

/** Finding `layer-missing`, with the names of all layers, when the network does not have it. */
export function positionOfLayer(plan: NetworkPlan, layer: LayerName): Result<LayerPosition> {
  const named = namedLayers(plan.kind).get(layer);
  if (named === undefined) {
    return failure(
      'layer-missing',
      `Network ${plan.kind} has no layer ${layer}.`,
      `Explain the last layer, one of the ${plan.stages.length - 1} stages before it, or one of ${layersOf(plan).map(({ name }) => name).join(', ')}.`,
    );
  }
  const place = positionAfter(plan, named.name);
  ensure(place !== undefined, `${plan.kind} has a place behind ${named.name}`);
  return success(place);
}

/**
 * Bilinear upsampling of an `edge` × `edge` raster to `size` × `size`, with the centers of the pixels
 * at half-integers and constant beyond the outermost centers (as torch's `align_corners=False`).
 */
export function upsample(raster: Float32Array, edge: number, size: number): Float32Array {
  const places = Array.from({ length: size }, (_, i) => {
    const position = Math.min(Math.max(((i + 0.5) * edge) / size - 0.5, 0), edge - 1);
    const low = Math.floor(position);
    return { low, high: Math.min(low + 1, edge - 1), share: position - low };
  });
  const result = new Float32Array(size * size);
  for (const [row, r] of places.entries()) {
    for (const [column, c] of places.entries()) {
      const above = raster[r.low * edge + c.low]! * (1 - c.share) + raster[r.low * edge + c.high]! * c.share;
      const below = raster[r.high * edge + c.low]! * (1 - c.share) + raster[r.high * edge + c.high]! * c.share;
      result[row * size + column] = above * (1 - r.share) + below * r.share;
    }
  }
  return result;
}
