/* Activation maps: the parts of an image that drive the prediction, for one direction of a regressor. */
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkMethod } from '#domain/explanation';
import { layersOf, namedLayers, type LayerName, type NetworkPlan } from '#domain/networks';
import type { Direction, Sense } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import { failure, success, type Result } from '#domain/finding';
import { imageOf, wrap, type Boundary, type Image2D } from '#engine/grid/image-2d';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '../backend/backend';
import { forwardTo, imagesAtOnce, inputTensor, loadEvaluationNetwork, positionAfter, type LayerPosition } from '../network/evaluation-network';
import { setUpNetwork } from '../network/network-input';
import { transformRaster } from '../network/symmetry';
import { networkFor, type FoldedRegressor } from '../training/predict';
import { viewOf } from '../training/regression-dataset';
import { signedMaps } from './grad-ram';

/** The positions of an image that drive the prediction toward the objective. */
export interface ActivationMap {
  /**
   * The weighted feature maps, `nativeEdge` × `nativeEdge`, row-major, in the image's own orientation:
   * positive where a position drives the prediction toward the objective, negative where away from it.
   */
  readonly signed: Float32Array;
  readonly nativeEdge: number;
  /** The rectified map, upsampled to the image and scaled to maximum 1; zero everywhere when nothing is positive. */
  readonly heat: Image2D<'heat'>;
  readonly layer: LayerName;
  readonly sense: Sense;
  readonly direction: Direction;
  /** The property that the network predicts for the image, SI. */
  readonly prediction: number;
}

/**
 * Activation maps at each of the layers for each of the images `indices` (by default all), both in the given order.
 * `minimize` explains −y. The y direction of a shared network is explained on the anti-transposed image, and the map is
 * transformed back. Reports the number of finished maps. Finding: `layer-missing` when the network has no such layer.
 * Throws `Cancelled` between maps.
 */
export async function explain(
  context: LearningContext,
  regressor: FoldedRegressor,
  images: MicrostructureBatch,
  direction: Direction,
  sense: Sense,
  method: NetworkMethod,
  layers: readonly LayerName[],
  indices: Int32Array = Int32Array.from({ length: images.count }, (_, i) => i),
): Promise<Result<readonly (readonly ActivationMap[])[]>> {
  ensure(images.resolution === regressor.resolution, 'the images have the resolution that the network was trained on');
  const { plan, layout, encoder } = setUpNetwork(regressor.kind, regressor.resolution);
  const positions: LayerPosition[] = [];
  for (const layer of layers) {
    const position = positionOfLayer(plan, layer);
    if (!position.ok) return position;
    positions.push(position.value);
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
      const features = tf.tidy(() => forwardTo(network, inputTensor(encoder, images, indices.subarray(first, first + count), view), positions));
      try {
        for (const [l, position] of positions.entries()) {
          context.signal.throwIfAborted();
          const { edge, maps, outputs } = await signedMaps(network, features[l]!, position, method, sign);
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

/**
 * ReLU of a native map, upsampled to `resolution` pixels and scaled to maximum 1; zero everywhere when nothing is positive.
 * `boundary` says what lies beyond its edges, as for `upsample`.
 */
export function heatOf(signed: Float32Array, edge: number, resolution: number, boundary: Boundary = 'open'): Image2D<'heat'> {
  const data = upsample(rectified(signed), edge, resolution, boundary);
  const maximum = data.reduce((a, b) => Math.max(a, b), 0);
  return imageOf('heat', resolution, resolution, maximum > 0 ? data.map((value) => value / maximum) : data);
}

/** ReLU. */
export function rectified(signed: Float32Array): Float32Array {
  return signed.map((value) => Math.max(0, value));
}

/** The position after a layer that a file names. Finding: `layer-missing`, with the names of all layers. */
export function positionOfLayer(plan: NetworkPlan, layer: LayerName): Result<LayerPosition> {
  const named = namedLayers(plan.kind).get(layer);
  if (named === undefined) {
    return failure(
      'layer-missing',
      `Network ${plan.kind} has no layer ${layer}.`,
      `Choose the last layer, one of the ${plan.stages.length - 1} network stages before it, or one of ${layersOf(plan).map(({ name }) => name).join(', ')}.`,
    );
  }
  const position = positionAfter(plan, named.name);
  ensure(position !== undefined, `${plan.kind} has a position after ${named.name}`);
  return success(position);
}

/**
 * Bilinear upsampling of an `edge` × `edge` raster to `size` × `size`, with the centers of the pixels at half-integers. Beyond
 * the outermost centers values are constant (torch's `align_corners=False`) or, of a periodic map, those of the opposite edge.
 */
export function upsample(raster: Float32Array, edge: number, size: number, boundary: Boundary = 'open'): Float32Array {
  const lines = Array.from({ length: size }, (_, i) => {
    const center = ((i + 0.5) * edge) / size - 0.5;
    const position = boundary === 'periodic' ? center : Math.min(Math.max(center, 0), edge - 1);
    const low = Math.floor(position);
    return { low: wrap(low, edge), high: boundary === 'periodic' ? wrap(low + 1, edge) : Math.min(low + 1, edge - 1), share: position - low };
  });
  const result = new Float32Array(size * size);
  for (const [row, r] of lines.entries()) {
    for (const [column, c] of lines.entries()) {
      const above = raster[r.low * edge + c.low]! * (1 - c.share) + raster[r.low * edge + c.high]! * c.share;
      const below = raster[r.high * edge + c.low]! * (1 - c.share) + raster[r.high * edge + c.high]! * c.share;
      result[row * size + column] = above * (1 - r.share) + below * r.share;
    }
  }
  return result;
}
