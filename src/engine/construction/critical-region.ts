/*
 * From the agreement of activation maps to the critical region of an image and its square patch (Feng et al. 2024,
 * doi:10.1016/j.eml.2024.102269, section 2.5). Ours: the region is the largest component (pixels that share edges) of the
 * pixels that reach the threshold. The patch is its bounding box, extended to a square about its center and shifted into
 * the image. Images may be periodic, but the network sees their edges, so neither the region nor the patch wraps.
 */
import type { MapIntersection } from '#domain/explanation';
import { ensure } from '#engine/core/bug-error';
import { largestComponent } from '#engine/grid/connected-components';
import { crop, imageOf, type Image2D, type Square } from '#engine/grid/image-2d';
import { accept, reject, type Attempt } from './attempt';

export interface CriticalRegionSettings {
  /** The threshold of the agreement, in (0, 1). */
  readonly threshold: number;
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
 * The critical region, from the `agreement` of the maps. Rejections: `no-overlap` when no pixel reaches the threshold;
 * `patch-too-small` when the longer side of the region is smaller than the smallest patch.
 */
export function criticalRegion({ width, height, data }: Image2D<'heat'>, { threshold, smallestPatch }: CriticalRegionSettings): Attempt<CriticalRegion> {
  // Heat has single precision, so the threshold is rounded to single precision before they are compared.
  const single = Math.fround(threshold);
  const reached = Uint8Array.from(data, (heat) => Number(heat >= single));
  const largest = largestComponent(imageOf('binary', width, height, reached), 4, 'open');
  if (largest === undefined) return reject('no-overlap');

  const patch = boundingSquare(largest.mask);
  if (patch.edge < smallestPatch) return reject('patch-too-small');
  return accept({ mask: largest.mask, patch, inside: crop(largest.mask, patch) });
}

/** The smallest square inside the image that contains the white pixels, centered on their bounding box where it fits. */
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
  // The square is not larger than the shorter side of the image.
  const edge = Math.min(Math.max(bottom - top, right - left) + 1, width, height);
  const begin = (first: number, last: number, size: number): number =>
    Math.min(Math.max(first - Math.floor((edge - (last - first + 1)) / 2), 0), size - edge);
  return { row: begin(top, bottom, height), column: begin(left, right, width), edge };
}

/**
 * The agreement of the maps of several directions, in [0, 1]: with each map relative to its maximum, the smallest of
 * them, or their product relative to its own maximum. Where the agreement reaches a threshold, all maps do (Feng et al.
 * 2024, doi:10.1016/j.eml.2024.102269, section 2.5), or the product does. It is zero everywhere when one map is.
 */
export function agreement(maps: readonly Image2D<'heat'>[], intersection: MapIntersection): Image2D<'heat'> {
  const [first] = maps;
  ensure(first !== undefined, 'an explanation has a map');
  ensure(maps.every(({ data }) => data.length === first.data.length), 'the activation maps of an image have the same size');
  const data = new Float32Array(first.data.length).fill(1);
  for (const map of maps) {
    const maximum = largestValue(map.data);
    for (let p = 0; p < data.length; p++) {
      const share = maximum > 0 ? map.data[p]! / maximum : 0;
      data[p] = intersection === 'binarized' ? Math.min(data[p]!, share) : data[p]! * share;
    }
  }
  if (intersection === 'normalized') {
    const maximum = largestValue(data);
    if (maximum > 0) for (let p = 0; p < data.length; p++) data[p]! /= maximum;
  }
  return imageOf('heat', first.width, first.height, data);
}

/** The `agreement` of the maps; rejected (`no-evidence`) when one of them is zero everywhere, because then there is nothing to agree on. */
export function agreedEvidence(maps: readonly Image2D<'heat'>[], intersection: MapIntersection): Attempt<Image2D<'heat'>> {
  return maps.every(({ data }) => largestValue(data) > 0) ? accept(agreement(maps, intersection)) : reject('no-evidence');
}

function largestValue(values: Float32Array): number {
  let largest = 0;
  for (let p = 0; p < values.length; p++) if (values[p]! > largest) largest = values[p]!;
  return largest;
}
