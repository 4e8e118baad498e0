/*
 * From activation maps to the critical region of an image and its square patch (Feng et al. 2024,
 * doi:10.1016/j.eml.2024.102269, section 2.5: binarize the maps and intersect them). Ours: of the
 * intersection the largest piece counts, pixels joined by their edges; the patch is its bounding box
 * grown to a square about its middle and moved to lie inside the image. Images are periodic, but the
 * network sees their edges, so neither the region nor the patch wraps.
 */
import { ensure } from '#engine/core/bug-error';
import { largestComponent } from '#engine/grid/connected-components';
import { crop, type Square } from '#engine/grid/crop';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { made, refused, type Attempt } from './attempt';

export interface CriticalRegionSettings {
  /** Share of a map's maximum, in (0, 1). */
  readonly threshold: number;
  /**
   * `binarized`: where every map reaches the threshold. `normalized`: where the product of the maps, each
   * divided by its maximum, reaches the threshold relative to the product's own maximum.
   */
  readonly intersection: 'binarized' | 'normalized';
  /** Smallest edge of a patch, pixels. */
  readonly smallestPatch: number;
}

export interface CriticalRegion {
  /** The region in the image. */
  readonly mask: Image2D<'binary'>;
  /** Its square inside the image. */
  readonly patch: Square;
  /** The region in its patch, `edge` × `edge` pixels. */
  readonly inside: Image2D<'binary'>;
}

/**
 * The region that all maps (one a direction, of the image's size) point to. Refused: `no-overlap`, also
 * when a map is zero everywhere; `patch-too-small` when the region's longer side is below the smallest
 * patch.
 */
export function criticalRegion(maps: readonly Image2D<'heat'>[], settings: CriticalRegionSettings): Attempt<CriticalRegion> {
  const { width, height } = maps[0]!;
  ensure(maps.every((map) => map.width === width && map.height === height), 'activation maps of one image have one size');
  const reached = intersect(maps.map(({ data }) => data), settings);
  const largest = largestComponent(imageOf('binary', width, height, reached), 4, 'open');
  if (largest === undefined) return refused('no-overlap');

  const patch = boundingSquare(largest.mask);
  if (patch.edge < settings.smallestPatch) return refused('patch-too-small');
  return made({ mask: largest.mask, patch, inside: crop(largest.mask, patch) });
}

function intersect(maps: readonly Float32Array[], { threshold, intersection }: CriticalRegionSettings): Uint8Array {
  const maxima = maps.map(largestValue);
  const reached = new Uint8Array(maps[0]!.length);
  if (maxima.some((maximum) => maximum <= 0)) return reached;
  if (intersection === 'binarized') {
    for (let p = 0; p < reached.length; p++) reached[p] = maps.every((map, m) => map[p]! >= threshold * maxima[m]!) ? 1 : 0;
    return reached;
  }
  const product = new Float64Array(reached.length).fill(1);
  maps.forEach((map, m) => {
    for (let p = 0; p < reached.length; p++) product[p]! *= map[p]! / maxima[m]!;
  });
  const maximum = largestValue(product);
  if (maximum <= 0) return reached;
  for (let p = 0; p < reached.length; p++) reached[p] = product[p]! >= threshold * maximum ? 1 : 0;
  return reached;
}

function largestValue(values: Float32Array | Float64Array): number {
  let largest = 0;
  for (let p = 0; p < values.length; p++) if (values[p]! > largest) largest = values[p]!;
  return largest;
}

/** The smallest square inside the image around the white pixels, about the middle of their box where it fits. */
function boundingSquare({ width, height, data }: Image2D<'binary'>): Square {
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let p = 0; p < data.length; p++) {
    if (data[p] === 0) continue;
    const row = Math.floor(p / width);
    const column = p % width;
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    left = Math.min(left, column);
    right = Math.max(right, column);
  }
  // A box wider than the image is high (or the reverse) keeps to the image's shorter side.
  const edge = Math.min(Math.max(bottom - top, right - left) + 1, width, height);
  const begin = (first: number, last: number, size: number): number =>
    Math.min(Math.max(first - Math.floor((edge - (last - first + 1)) / 2), 0), size - edge);
  return { row: begin(top, bottom, height), column: begin(left, right, width), edge };
}
