/* Activation maps of any images, beside those that a case stores of its exceptional ones. */
import type { Artifact, ArtifactArray } from '#engine/core/artifact';
import { success, type Result } from '#engine/core/finding';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { ExplainLayer, ExplainSettings } from '#engine/learning/explanation/explain-settings';
import type { DesignProblem } from './design-problem';
import type { Executor } from './executor';
import type { CriticalRegions, LayerMaps } from './stages/explain';
import type { LearnedProperty } from './stages/learn';

/** Native maps of one layer, as in `LayerMaps`. */
export type NativeMaps = Pick<LayerMaps, 'layer' | 'nativeEdge' | 'maps'>;

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
  { artifact }: Pick<LearnedProperty, 'artifact'>,
  { objective, learning }: Pick<DesignProblem, 'objective' | 'learning'>,
  { method, layers }: Pick<ExplainSettings, 'method' | 'layers'>,
): Promise<Result<ImageMaps>> {
  const { directions } = objective;
  const explained = await Promise.all(
    directions.map((direction) =>
      executor.run('maps', { images, regressor: inSharedMemory(artifact), objective: { ...objective, directions: [direction] }, method, layers, backend: learning.backend }),
    ),
  );
  const found: Artifact[] = [];
  for (const each of explained) {
    if (!each.ok) return each;
    found.push(each.value);
  }
  const nativeEdges = found[0]!.header['nativeEdges'] as readonly number[];
  return success({
    layers: layers.map((layer, l) => ({ layer, nativeEdge: nativeEdges[l]!, maps: interleaved(found.map(({ arrays }) => arrays[`maps/${layer}`] as Float32Array), images.count, Float32Array) })),
    predictions: interleaved(found.map(({ arrays }) => arrays['predictions'] as Float64Array), images.count, Float64Array),
  });
}

/** By the artifact itself: views and previews ask for maps of one network again and again. */
const shared = new WeakMap<Artifact, Artifact>();

/** The same arrays where all threads see them, so that a large network is not copied for each question. */
function inSharedMemory(artifact: Artifact): Artifact {
  const known = shared.get(artifact);
  if (known) return known;
  const arrays = Object.entries(artifact.arrays).map(([name, array]) => {
    const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => ArtifactArray)(new SharedArrayBuffer(array.byteLength));
    copy.set(array as never);
    return [name, copy] as const;
  });
  const copy = { header: artifact.header, arrays: Object.fromEntries(arrays) };
  shared.set(artifact, copy);
  return copy;
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

/** The stored maps of one explained image, in the order of `layers`; undefined unless all are stored. */
export function toNativeMaps(regions: Pick<CriticalRegions, 'images' | 'layers'>, image: number, layers: readonly ExplainLayer[], directions: number): readonly NativeMaps[] | undefined {
  const place = regions.images.indexOf(image);
  if (place < 0) return undefined;
  const found = layers.flatMap((wanted): NativeMaps[] => {
    const stored = regions.layers.find(({ layer }) => layer === wanted);
    if (!stored) return [];
    const size = directions * stored.nativeEdge ** 2;
    return [{ layer: wanted, nativeEdge: stored.nativeEdge, maps: stored.maps.subarray(place * size, (place + 1) * size) }];
  });
  return found.length === layers.length ? found : undefined;
}
