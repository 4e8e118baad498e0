import { refusalReasons } from '#engine/construction/attempt';
import { criticalRegion } from '#engine/construction/critical-region';
import { success, type Result } from '#engine/core/finding';
import { createRng } from '#engine/core/rng';
import type { ProgressListener } from '#engine/core/run-context';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { agreement } from '#engine/learning/explanation/agreement';
import type { BackendChoice } from '#engine/learning/backend/backend';
import type { ActivationMap } from '#engine/learning/explanation/explain';
import type { ExplainSettings } from '#engine/learning/explanation/explain-settings';
import { foldRegressor } from '#engine/learning/training/folded-regressor';
import { decodeRegressor } from '#engine/learning/training/regressor-artifact';
import type { Objective } from '#engine/validation/objective';
import type { Artifact } from '#engine/core/artifact';
import type { JobContext } from '../job-context';
import { mapsOfLayers } from './maps-of-layers';
import { onBackend } from './on-backend';

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
 * image-major, then directions; and one entry a region, image-major, then layers, then thresholds: `refusals` (0, or 1 + an
 * index of `refusalReasons`), `patches` (row, column, edge; zeros where refused), `masks` (packed);
 * and `faithfulness/LAYER`, two rank correlations of each map with exact contributions, in the order of
 * maps. Header: `nativeEdges`, one a layer, and `backend`, which one computed.
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

  const n = images.resolution;
  const refusals: number[] = [];
  const patches: number[] = [];
  const masks: Image2D<'binary'>[] = [];
  for (let i = 0; i < images.count; i++) {
    for (const ofLayer of maps.value) {
      const agreed = agreement(ofLayer.map((ofDirection) => ofDirection[i]!.heat), settings.intersection);
      for (const threshold of settings.thresholds) {
        const region = criticalRegion(agreed, { threshold, smallestPatch: input.smallestPatch });
        refusals.push(region.ok ? 0 : 1 + refusalReasons.indexOf(region.reason));
        patches.push(...(region.ok ? [region.value.patch.row, region.value.patch.column, region.value.patch.edge] : [0, 0, 0]));
        masks.push(region.ok ? region.value.mask : imageOf('binary', n, n, new Uint8Array(n * n)));
      }
    }
  }
  return success({
    header: { backend, nativeEdges: maps.value.map((ofLayer) => ofLayer[0]![0]!.nativeEdge) },
    arrays: {
      ...Object.fromEntries(settings.layers.map((layer, l) => [`maps/${layer}`, joinMaps(maps.value[l]!)])),
      refusals: Int32Array.from(refusals),
      patches: Int32Array.from(patches),
      masks: packImages(masks, n).packed,
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
