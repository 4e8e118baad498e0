/* Maps of any images, in addition to those that a case stores of its exceptional ones. */
import type { DesignCase } from '#domain/case';
import { mapNames, type MapSettings } from '#domain/explanation';
import type { Property } from '#domain/objective';
import { artifactAs, type ArtifactOf } from '#engine/core/artifact';
import { ensure } from '#engine/core/bug-error';
import { success, type Result } from '#domain/finding';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { foldRegressor, type FoldedRegressor } from '#engine/learning/training/predict';
import { regressorFor, type TrainedNetworks } from '#engine/learning/training/regressor';
import type { NativeMaps } from './arms/regions';
import { imageBoundary } from './image-boundary';
import type { MapsInput } from './jobs/maps-job';
import type { Executor } from './ports';
import type { LearnedProperty } from './stages/learn';

/** What the job `maps` returns. */
type MapsArtifact = ArtifactOf<
  { readonly nativeEdges: readonly number[] },
  { readonly predictions?: Float64Array; readonly [maps: `maps/${string}`]: Float32Array | undefined }
>;

export interface ImageMaps {
  /** In the order of the settings. */
  readonly layers: readonly NativeMaps[];
  /** What the network predicts, SI; image-major, then directions. Absent for exact contributions. */
  readonly predictions?: Float64Array;
}

/**
 * The maps of the images: by a trained network, each direction on a thread of its own, or by the finite elements, which need
 * none. Finding: `layer-missing`, and those of a backend that does not open.
 */
export async function mapsOfImages(
  executor: Executor,
  images: MicrostructureBatch,
  learned: Pick<LearnedProperty, 'trained'> | undefined,
  problem: Pick<DesignCase, 'objective' | 'learning' | 'phases' | 'plane' | 'test' | 'database'>,
  wanted: MapSettings,
): Promise<Result<ImageMaps>> {
  const inputs = jobsOf(executor, learned, problem, wanted).map((input) => executor.run('maps', { images, ...input }));
  const found: MapsArtifact[] = [];
  for (const each of await Promise.all(inputs)) {
    if (!each.ok) return each;
    found.push(artifactAs(each.value));
  }
  const { nativeEdges } = found[0]!.header;
  const predictions = found.flatMap(({ arrays }) => arrays.predictions ?? []);
  return success({
    layers: mapNames(wanted).map((layer, l) => ({ layer, nativeEdge: nativeEdges[l]!, maps: interleaved(found.map(({ arrays }) => arrays[`maps/${layer}`]!), images.count, Float32Array) })),
    ...(predictions.length > 0 && { predictions: interleaved(predictions, images.count, Float64Array) }),
  });
}

/** One job per direction of a network; one solution of an image has the contributions in all directions. */
function jobsOf(
  executor: Executor,
  learned: Pick<LearnedProperty, 'trained'> | undefined,
  problem: Parameters<typeof mapsOfImages>[3],
  wanted: MapSettings,
): Omit<MapsInput, 'images'>[] {
  const { objective, learning, phases, plane, test } = problem;
  if (wanted.method === 'exact') {
    const { method, edges, contribution } = wanted;
    return [{ objective, source: { method, edges, contribution, phases, test: { kind: test, plane }, boundary: imageBoundary(problem) } }];
  }
  ensure(learned !== undefined && learning !== undefined, `maps by ${wanted.method} have a network`);
  const { directions, property } = objective;
  const regressor = executor.sharesMemory ? sharedRegressor(learned.trained, property) : foldRegressor(regressorFor(learned.trained, property));
  const { method, layers } = wanted;
  return directions.map((direction) => ({ objective: { ...objective, directions: [direction] }, source: { method, layers, regressor, backend: learning.backend } }));
}

/** The networks of views and previews, for the property of the last query. */
const shared = new WeakMap<TrainedNetworks, { readonly property: Property; readonly regressor: FoldedRegressor }>();

/** The networks as maps need them, where all threads see them: to make a large one ready takes a thread longer than its maps. */
function sharedRegressor(trained: TrainedNetworks, property: Property): FoldedRegressor {
  const known = shared.get(trained);
  if (known?.property === property) return known.regressor;
  const regressor = foldRegressor(regressorFor(trained, property), (count) => new Float32Array(new SharedArrayBuffer(4 * count)));
  shared.set(trained, { property, regressor });
  return regressor;
}

/** Arrays of one job each, image by image, as one: image-major, then directions. */
function interleaved<T extends Float32Array | Float64Array>(parts: readonly T[], count: number, Type: new (length: number) => T): T {
  const size = parts[0]!.length / count;
  const whole = new Type(parts.length * parts[0]!.length);
  parts.forEach((part, d) => {
    for (let i = 0; i < count; i++) whole.set(part.subarray(i * size, (i + 1) * size), (i * parts.length + d) * size);
  });
  return whole;
}
