import { mapNames } from '#domain/explanation';
import { type Result, success } from '#domain/finding';
import type { Objective } from '#domain/objective';
import type { Artifact } from '#engine/core/artifact';
import { createRng } from '#engine/core/rng';
import { silentProgress } from '#engine/core/run-context';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { FoldedRegressor } from '#engine/learning/training/predict';
import { type JobContext, onBackend } from './job-context';
import { exactMaps, joinMaps, nativeEdges, networkMaps, type MapSource } from './map-source';

/** Images whose maps are computed, without regions and without an examination. */
export interface MapsInput {
  readonly images: MicrostructureBatch;
  readonly objective: Objective;
  /** A network in shared memory where jobs have it, so that a large one is neither copied nor folded for each query. */
  readonly source: MapSource<FoldedRegressor>;
}

/**
 * Maps of the images. Arrays: `maps/NAME` of each layer or edge of squares, native, image-major, then directions; of a network
 * also `predictions`, SI, in the same order. Header: `nativeEdges`, one per layer or edge.
 */
export async function mapsJob(context: JobContext<never>, { images, objective, source }: MapsInput): Promise<Result<Artifact>> {
  const found = source.method === 'exact'
    ? success(exactMaps(context, images, objective, source, silentProgress))
    : await onBackend(context, source.backend, createRng(0), silentProgress, (learning) => networkMaps(learning, source.regressor, images, objective, source));
  if (!found.ok) return found;
  const maps = found.value;
  const { directions } = objective;
  // All maps of an image and direction have the same prediction.
  const predictions = Float64Array.from({ length: images.count * directions.length }, (_, i) => maps[0]![i % directions.length]![Math.floor(i / directions.length)]!.prediction ?? NaN);
  return success({
    header: { nativeEdges: nativeEdges(maps) },
    arrays: {
      ...Object.fromEntries(mapNames(source).map((name, n) => [`maps/${name}`, joinMaps(maps[n]!)])),
      ...(source.method !== 'exact' && { predictions }),
    },
  });
}
