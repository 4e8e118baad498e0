/*
 * Thickens segments to struts by distance until the required share of the pixels is white.
 *
 * The pixels are those of a quarter cell or, with a periodic boundary, of a whole one. Distances to the segments inside a
 * quarter equal those to the whole mirrored pattern: a segment beyond a mirror line is the mirror image of one inside, and
 * a point on this side of the line is never closer to the mirror image than to the original. In a whole cell, distances
 * are those to the nearest periodic copy.
 */
import type { Interval } from '#domain/intervals';
import { imageOf, wrap, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { accept, reject, type Attempt } from './attempt';
import type { Segments } from './clip-to-patch';
import { halfDiagonal, segmentDistance, type SegmentDistance } from './segment-distance';

export interface Thickened {
  readonly image: Image2D<'binary'>;
  /** The largest distance of a white pixel's center to the segments, pixels: half the thickness of the struts. */
  readonly halfWidth: number;
}

/** The part of the range of volume fractions that a design aims at. */
export type FractionAim = 'lower-end' | 'middle' | 'upper-end';

export interface Thickening {
  /** Range of the share of white pixels. */
  readonly window: Interval;
  readonly aim: FractionAim;
  readonly boundary: Boundary;
  /** Of the distances; Euclidean without. */
  readonly norm?: number;
  /** Segments that are symmetric about the diagonal from the upper left give a symmetric image, whatever the range. */
  readonly keepsDiagonal?: boolean;
}

/**
 * Makes those of the `size` × `size` pixels white that are nearest to the segments. Their share of the pixels is within
 * the range and as close as possible to the chosen end (or the middle). Pixels at equal distance all become white or all
 * stay black, where the range allows it; otherwise they become white in raster order, with `keepsDiagonal` those of a row
 * and of the column that mirrors it by turns.
 * Rejections: `fraction-window-too-narrow`; `struts-too-thin` when struts could be disconnected, that is, when a segment
 * may pass through a pixel without making it white.
 */
export function thicken(segments: Segments, size: number, { window, aim, boundary, norm, keepsDiagonal = false }: Thickening): Attempt<Thickened> {
  const pixels = size * size;
  // The tolerance prevents round-off from making 0.39 · 100 into 40 pixels.
  const fewest = Math.ceil(window.lower * pixels - 1e-9);
  const most = Math.floor(window.upper * pixels + 1e-9);
  if (fewest > most || most > pixels) return reject('fraction-window-too-narrow');
  const aimed = aim === 'lower-end' ? fewest : aim === 'upper-end' ? most : Math.round((fewest + most) / 2);

  const squared = squaredDistances(segments, size, most, boundary, segmentDistance(norm));
  const order = Uint32Array.from(squared.keys()).filter((p) => squared[p] !== Infinity);
  const mirrored = (p: number): number => (keepsDiagonal ? (p % size) * size + Math.floor(p / size) : p);
  order.sort((a, b) => squared[a]! - squared[b]! || Math.min(a, mirrored(a)) - Math.min(b, mirrored(b)) || a - b);
  const distance = (rank: number): number => (rank < order.length ? Math.sqrt(squared[order[rank]!]!) : Infinity);
  // Counts that split no group of equal distance, the nearest to the aimed count first.
  const splitsNoGroup = (count: number): boolean => distance(count) - distance(count - 1) > 1e-9;
  const splitsNoPair = (count: number): boolean => count === 0 || count >= order.length || order[count] !== mirrored(order[count - 1]!) || order[count] === order[count - 1];
  const nearest = (isRight: (count: number) => boolean): number | undefined => {
    for (let off = 0; off <= most - fewest; off++) {
      const found = [aimed - off, aimed + off].find((candidate) => candidate >= fewest && candidate <= most && isRight(candidate));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const count = nearest(splitsNoGroup) ?? nearest(splitsNoPair);
  if (count === undefined) return reject('fraction-window-too-narrow');

  const halfWidth = distance(count - 1);
  if (halfWidth < halfDiagonal(norm)) return reject('struts-too-thin');
  const data = new Uint8Array(pixels);
  for (let rank = 0; rank < count; rank++) data[order[rank]!] = 1;
  return accept({ image: imageOf('binary', size, size, data), halfWidth });
}

/** Squared distances of pixel centers to the segments for at least the `count` + 1 nearest pixels; the others are infinite. */
function squaredDistances(segments: Segments, size: number, count: number, boundary: Boundary, distanceTo: SegmentDistance): Float64Array {
  let length = 0;
  for (let s = 0; s < segments.length; s += 4) length += Math.hypot(segments[s + 2]! - segments[s]!, segments[s + 3]! - segments[s + 1]!);
  const squared = new Float64Array(size * size);
  // A strip of this half width along all segments would contain the pixels if no two struts overlapped.
  let halfWidth = Math.min(2 + (0.75 * count) / (length + 1), size);
  for (;;) {
    squared.fill(Infinity);
    for (let s = 0; s < segments.length; s += 4) lowerAround(squared, size, boundary, distanceTo, halfWidth, segments[s]!, segments[s + 1]!, segments[s + 2]!, segments[s + 3]!);
    let found = 0;
    for (let p = 0; p < squared.length; p++) {
      if (squared[p]! <= halfWidth * halfWidth) found++;
      else squared[p] = Infinity;
    }
    if (found > count || halfWidth >= 2 * size) return squared;
    halfWidth *= 1.5;
  }
}

/** Updates the distances of the pixels in a segment's bounding box, extended by `halfWidth` on all sides. */
function lowerAround(squared: Float64Array, size: number, boundary: Boundary, distanceTo: SegmentDistance, halfWidth: number, r0: number, c0: number, r1: number, c1: number): void {
  const [first, end] = boundary === 'open' ? [0, size] : [-Infinity, Infinity];
  const top = Math.max(Math.floor(Math.min(r0, r1) - halfWidth), first);
  const bottom = Math.min(Math.ceil(Math.max(r0, r1) + halfWidth), end);
  const left = Math.max(Math.floor(Math.min(c0, c1) - halfWidth), first);
  const right = Math.min(Math.ceil(Math.max(c0, c1) + halfWidth), end);
  for (let r = top; r < bottom; r++) {
    const row = wrap(r, size) * size;
    for (let c = left; c < right; c++) {
      const pixel = row + wrap(c, size);
      const distance = distanceTo(r + 0.5, c + 0.5, r0, c0, r1, c1, squared[pixel]);
      if (distance < squared[pixel]!) squared[pixel] = distance;
    }
  }
}
