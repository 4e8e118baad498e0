import { refusalReasons } from '#engine/construction/attempt';
import { criticalRegion } from '#engine/construction/critical-region';
import { success, type Result } from '#engine/core/finding';
import { createRng } from '#engine/core/rng';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { explain, type ActivationMap } from '#engine/learning/explain';
import type { ExplainSettings } from '#engine/learning/explain-settings';
import { decodeRegressor } from '#engine/learning/regressor';
import type { Objective } from '#engine/validation/objective';
import type { Artifact } from '../artifact';
import type { JobContext } from '../job-context';
import { learningContextOf } from './learning-context';

/** Images to explain, and where regions are cut. */
export interface ExplainInput {
  readonly images: MicrostructureBatch;
  /** From `encodeRegressor`. */
  readonly regressor: Artifact;
  readonly objective: Objective;
  readonly settings: ExplainSettings;
  /** Pixels. */
  readonly smallestPatch: number;
}

/**
 * Activation maps and critical regions of the images. Arrays: `maps`, native, image-major, then
 * directions; and one entry a region, image-major, then thresholds: `refusals` (0, or 1 + an index of
 * `refusalReasons`), `patches` (row, column, edge; zeros where refused), `masks` (packed).
 */
export async function explainJob(context: JobContext<number>, input: ExplainInput): Promise<Result<Artifact>> {
  const { images, objective, settings, smallestPatch } = input;
  const { directions, sense } = objective;
  const total = images.count * directions.length;
  let explained = 0;
  const learning = await learningContextOf(context, createRng(0), {
    report: (done) => context.emit(((explained + done) / total) * images.count),
  });
  if (!learning.ok) return learning;
  const regressor = decodeRegressor(input.regressor);
  if (!regressor.ok) return regressor;

  const mapsOf: (readonly ActivationMap[])[] = [];
  for (const direction of directions) {
    const maps = await explain(learning.value, regressor.value, images, direction, sense, settings);
    if (!maps.ok) return maps;
    mapsOf.push(maps.value);
    explained += images.count;
  }

  const n = images.resolution;
  const nativeEdge = mapsOf[0]?.[0]?.nativeEdge ?? 0;
  const maps = new Float32Array(total * nativeEdge ** 2);
  const refusals: number[] = [];
  const patches: number[] = [];
  const masks: Image2D<'binary'>[] = [];
  for (let i = 0; i < images.count; i++) {
    const own = mapsOf.map((ofDirection) => ofDirection[i]!);
    own.forEach(({ native }, d) => maps.set(native, (i * directions.length + d) * nativeEdge ** 2));
    for (const threshold of settings.thresholds) {
      const region = criticalRegion(own.map(({ heat }) => heat), { threshold, intersection: settings.intersection, smallestPatch });
      refusals.push(region.ok ? 0 : 1 + refusalReasons.indexOf(region.reason));
      patches.push(...(region.ok ? [region.value.patch.row, region.value.patch.column, region.value.patch.edge] : [0, 0, 0]));
      masks.push(region.ok ? region.value.mask : imageOf('binary', n, n, new Uint8Array(n * n)));
    }
  }
  return success({
    header: { nativeEdge },
    arrays: {
      maps,
      refusals: Int32Array.from(refusals),
      patches: Int32Array.from(patches),
      masks: packImages(masks, n).packed,
    },
  });
}
