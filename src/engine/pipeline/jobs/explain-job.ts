import type { ExplainSettings } from '#domain/explanation';
import { success, type Result } from '#domain/finding';
import type { BackendChoice } from '#domain/learning';
import type { Objective } from '#domain/objective';
import { createRng } from '#engine/core/rng';
import type { ProgressListener } from '#engine/core/run-context';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { agreement } from '#engine/construction/critical-region';
import type { ActivationMap } from '#engine/learning/explanation/explain';
import { foldRegressor } from '#engine/learning/training/predict';
import { decodeRegressor } from '#engine/learning/training/training-artifacts';
import type { Artifact } from '#engine/core/artifact';
import { cutRegions, regionOrder } from '../arms/regions';
import { onBackend, type JobContext } from './job-context';
import { mapsOfLayers } from './maps-job';


/** Images to explain, and where regions are cut. */
export interface ExplainInput {
  readonly images: MicrostructureBatch;
  /** From `encodeNetworks`. */
  readonly regressor: Artifact;
  readonly objective: Objective;
  readonly settings: ExplainSettings;
  /** Pixels. */
  readonly smallestPatch: number;
  readonly backend: BackendChoice;
}

/**
 * Activation maps and critical regions of the images. Arrays: `maps/LAYER`, native and signed,
 * image-major, then directions; and `CutRegions`, the masks packed. Header: `nativeEdges`, one per layer,
 * and `backend`, which one computed.
 */
export async function explainJob(context: JobContext<number>, input: ExplainInput): Promise<Result<Artifact>> {
  const { images, settings } = input;
  const regressor = decodeRegressor(input.regressor, input.objective.property);
  if (!regressor.ok) return regressor;
  let backend = '';
  const progress: ProgressListener = { report: (done, total) => context.emit((done / total) * images.count) };
  const maps = await onBackend(context, input.backend, createRng(0), progress, (learning) => {
    backend = learning.backend.name;
    return mapsOfLayers(learning, foldRegressor(regressor.value), images, input.objective, settings);
  });
  if (!maps.ok) return maps;

  const order = regionOrder(images.count, settings.layers.length, settings.thresholds);
  const agreed = (image: number, layer: number) => agreement(maps.value[layer]!.map((ofDirection) => ofDirection[image]!.heat), settings.intersection);
  const { refusals, patches, masks } = cutRegions(order, agreed, input.smallestPatch, images.resolution);
  return success({
    header: { backend, nativeEdges: maps.value.map((ofLayer) => ofLayer[0]![0]!.nativeEdge) },
    arrays: {
      ...Object.fromEntries(settings.layers.map((layer, l) => [`maps/${layer}`, joinMaps(maps.value[l]!)])),
      refusals,
      patches,
      masks: masks.packed,
    },
  });
}

/** Native maps by direction, then image, end to end: image-major, then directions. */
function joinMaps(ofDirections: readonly (readonly ActivationMap[])[]): Float32Array {
  const size = ofDirections[0]![0]!.signed.length;
  const joined = new Float32Array(ofDirections.length * ofDirections[0]!.length * size);
  ofDirections.forEach((maps, d) => maps.forEach(({ signed }, i) => joined.set(signed, (i * ofDirections.length + d) * size)));
  return joined;
}
