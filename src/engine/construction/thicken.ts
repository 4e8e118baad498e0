/*
 * Thickens straight pieces to struts by distance until the wanted share of the pixels is white.
 *
 * The pixels are those of a quarter cell. Distances to the pieces inside the quarter are those to the whole
 * mirrored pattern: a piece beyond a mirror line is the image of one inside, and a point on this side of the
 * line is never nearer to the image than to the original.
 */
import type { Interval } from '#domain/intervals';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { squaredDistanceToSegment } from '#engine/morphology/vectorize-skeleton';
import { accept, reject, type Attempt } from './attempt';
import type { Segments } from './clip-to-patch';

export interface Thickened {
  readonly image: Image2D<'binary'>;
  /** Distance of the farthest white pixel's center to the pieces, pixels: half the thickness of the struts. */
  readonly halfWidth: number;
}

/** Where in the window of volume fractions a design shall lie. */
export type FractionAim = 'lower-end' | 'middle' | 'upper-end';

/**
 * The `size` × `size` pixels nearest to the pieces. Their number is the one whose share is nearest to the
 * aimed end (or the middle) of the window and inside it. Pixels at equal distance are all taken or all
 * left, where the window allows it; otherwise they are taken in raster order.
 * Refused: `fraction-window-too-narrow`; `struts-too-thin` when struts could fall apart, that is when a
 * piece may pass through a pixel without making it white.
 */
export function thicken(pieces: Segments, size: number, window: Interval, aim: FractionAim): Attempt<Thickened> {
  const pixels = size * size;
  // The slack keeps 0.39 · 100 from becoming 40 pixels by round-off.
  const fewest = Math.ceil(window.lower * pixels - 1e-9);
  const most = Math.floor(window.upper * pixels + 1e-9);
  if (fewest > most || most > pixels) return reject('fraction-window-too-narrow');
  const aimed = aim === 'lower-end' ? fewest : aim === 'upper-end' ? most : Math.round((fewest + most) / 2);

  const squared = squaredDistances(pieces, size, most);
  const order = Uint32Array.from(squared.keys()).filter((p) => squared[p] !== Infinity);
  order.sort((a, b) => squared[a]! - squared[b]! || a - b);
  const distance = (rank: number): number => (rank < order.length ? Math.sqrt(squared[order[rank]!]!) : Infinity);
  // Counts between two groups of equal distance, the nearest to the aimed one first.
  const isClean = (count: number): boolean => distance(count) - distance(count - 1) > 1e-9;
  let count = aimed;
  for (let off = 0; off <= most - fewest; off++) {
    const clean = [aimed - off, aimed + off].find((candidate) => candidate >= fewest && candidate <= most && isClean(candidate));
    if (clean === undefined) continue;
    count = clean;
    break;
  }

  const halfWidth = distance(count - 1);
  // A curve through a pixel's square passes its center within half a diagonal.
  if (halfWidth < Math.SQRT1_2) return reject('struts-too-thin');
  const data = new Uint8Array(pixels);
  for (let rank = 0; rank < count; rank++) data[order[rank]!] = 1;
  return accept({ image: imageOf('binary', size, size, data), halfWidth });
}

/** Squared distance of pixel centers to the pieces, for at least the `count` + 1 nearest pixels; others stay infinite. */
function squaredDistances(pieces: Segments, size: number, count: number): Float64Array {
  let length = 0;
  for (let s = 0; s < pieces.length; s += 4) length += Math.hypot(pieces[s + 2]! - pieces[s]!, pieces[s + 3]! - pieces[s + 1]!);
  const squared = new Float64Array(size * size);
  // A strip of this half width along all pieces would hold the pixels if no two struts overlapped.
  let halfWidth = Math.min(2 + (0.75 * count) / (length + 1), size);
  for (;;) {
    squared.fill(Infinity);
    for (let s = 0; s < pieces.length; s += 4) lowerAround(squared, size, halfWidth, pieces[s]!, pieces[s + 1]!, pieces[s + 2]!, pieces[s + 3]!);
    let found = 0;
    for (let p = 0; p < squared.length; p++) {
      if (squared[p]! <= halfWidth * halfWidth) found++;
      else squared[p] = Infinity;
    }
    if (found > count || halfWidth >= 2 * size) return squared;
    halfWidth *= 1.5;
  }
}

/** Takes the distances to one piece into account for the pixels in its box grown by `halfWidth`. */
function lowerAround(squared: Float64Array, size: number, halfWidth: number, r0: number, c0: number, r1: number, c1: number): void {
  const top = Math.max(Math.floor(Math.min(r0, r1) - halfWidth), 0);
  const bottom = Math.min(Math.ceil(Math.max(r0, r1) + halfWidth), size);
  const left = Math.max(Math.floor(Math.min(c0, c1) - halfWidth), 0);
  const right = Math.min(Math.ceil(Math.max(c0, c1) + halfWidth), size);
  for (let r = top; r < bottom; r++) {
    for (let c = left; c < right; c++) {
      const distance = squaredDistanceToSegment(r + 0.5, c + 0.5, r0, c0, r1, c1);
      if (distance < squared[r * size + c]!) squared[r * size + c] = distance;
    }
  }
}
