/* Activation maps of any images, in addition to those that a case stores of its exceptional ones. */
import type { DesignCase } from '#domain/case';
import type { ExplainSettings } from '#domain/explanation';
import type { Property } from '#domain/objective';
import { artifactAs, type ArtifactOf } from '#engine/core/artifact';
import { success, type Result } from '#domain/finding';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { foldRegressor, type FoldedRegressor } from '#engine/learning/training/predict';
import { regressorFor, type TrainedNetworks } from '#engine/learning/training/regressor';
import type { NativeMaps } from './arms/regions';
import type { Executor } from './ports';
import type { LearnedProperty } from './stages/learn';

/** What the job `maps` returns. */
type MapsArtifact = ArtifactOf<
  { readonly nativeEdges: readonly number[] },
  { readonly predictions: Float64Array; readonly [maps: `maps/${string}`]: Float32Array }
>;

export interface ImageMaps {
  /** In the order of the settings. */
  readonly layers: readonly NativeMaps[];
  /** What the network predicts, SI; image-major, then directions. */
  readonly predictions: Float64Array;
}

/**
 * The maps of the images by a trained network, each direction on a thread of its own. Finding: `layer-missing`,
 * and those of a backend that does not open.
 */
export async function mapsOfImages(
  executor: Executor,
  images: MicrostructureBatch,
  { trained }: Pick<LearnedProperty, 'trained'>,
  { objective, learning }: Pick<DesignCase, 'objective' | 'learning'>,
  { method, layers }: Pick<ExplainSettings, 'method' | 'layers'>,
): Promise<Result<ImageMaps>> {
  const { directions, property } = objective;
  const regressor = executor.sharesMemory ? sharedRegressor(trained, property) : foldRegressor(regressorFor(trained, property));
  const explained = await Promise.all(
    directions.map((direction) =>
      executor.run('maps', { images, regressor, objective: { ...objective, directions: [direction] }, method, layers, backend: learning.backend }),
    ),
  );
  const found: MapsArtifact[] = [];
  for (const each of explained) {
    if (!each.ok) return each;
    found.push(artifactAs(each.value));
  }
  const { nativeEdges } = found[0]!.header;
  return success({
    layers: layers.map((layer, l) => ({ layer, nativeEdge: nativeEdges[l]!, maps: interleaved(found.map(({ arrays }) => arrays[`maps/${layer}`]!), images.count, Float32Array) })),
    predictions: interleaved(found.map(({ arrays }) => arrays.predictions), images.count, Float64Array),
  });
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

/** Arrays of one direction each, image by image, as one: image-major, then directions. */
function interleaved<T extends Float32Array | Float64Array>(parts: readonly T[], count: number, Type: new (length: number) => T): T {
  const size = parts[0]!.length / count;
  const whole = new Type(parts.length * parts[0]!.length);
  parts.forEach((part, d) => {
    for (let i = 0; i < count; i++) whole.set(part.subarray(i * size, (i + 1) * size), (i * parts.length + d) * size);
  });
  return whole;
}
