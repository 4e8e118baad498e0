import { ensure } from '#engine/core/bug-error';
import type { Image2D, Square } from '#engine/grid/image-2d';
import type { Curve } from '#engine/morphology/vectorize-skeleton';

/** Straight segments of four numbers each: row and column of one end, row and column of the other. */
export type Segments = Float64Array;

/** Pixels after which curves repeat. */
export interface Period {
  readonly width: number;
  readonly height: number;
}

/**
 * The parts of curves, periodic ones where there is a period, inside a square patch, scaled to `size` pixels along its edge. Coordinates run from 0 at
 * the patch's upper left corner (not at the center of the first pixel) to `size`, so a curve that leaves the patch ends
 * exactly on its border, where its mirror image begins. With a region (`edge` × `edge` pixels) only the parts over its
 * white pixels are kept. Isolated points become segments of length zero.
 */
export function clipToPatch(
  curves: readonly Curve[],
  period: Period | undefined,
  patch: Square,
  region: Image2D<'binary'> | undefined,
  size: number,
): Segments {
  return Float64Array.from(clippedCopies(curves, period, patch, region, size).flat());
}

/** The same parts as polylines: one for each uninterrupted stretch of a curve inside the patch and the region. */
export function clipCurves(
  curves: readonly Curve[],
  period: Period | undefined,
  patch: Square,
  region: Image2D<'binary'> | undefined,
  size: number,
): Curve[] {
  return clippedCopies(curves, period, patch, region, size).flatMap((segments) => {
    const stretches: number[][] = [];
    for (let s = 0; s < segments.length; s += 4) {
      const stretch = stretches.at(-1);
      const goesOn = stretch !== undefined && Math.hypot(segments[s]! - stretch.at(-2)!, segments[s + 1]! - stretch.at(-1)!) < roundOff;
      if (goesOn) stretch.push(segments[s + 2]!, segments[s + 3]!);
      else stretches.push(segments.slice(s, s + 4));
    }
    return stretches.map((stretch) => Float64Array.from(stretch));
  });
}

/** The segments of polylines; a single point becomes one of length zero. */
export function segmentsOf(curves: readonly Curve[]): Segments {
  return Float64Array.from(curves.flatMap((curve) => {
    const segments: number[] = [];
    for (let i = curve.length === 2 ? 0 : 2; i < curve.length; i += 2) {
      const j = Math.max(i - 2, 0);
      segments.push(curve[j]!, curve[j + 1]!, curve[i]!, curve[i + 1]!);
    }
    return segments;
  }));
}

/** Pixels; far above the round-off of coordinates, far below the distance of different points. */
export const roundOff = 1e-6;

/** The segments inside the patch and the region of each curve, or of each of its periodic copies, scaled. */
function clippedCopies(
  curves: readonly Curve[],
  period: Period | undefined,
  patch: Square,
  region: Image2D<'binary'> | undefined,
  size: number,
): number[][] {
  ensure(region === undefined || (region.width === patch.edge && region.height === patch.edge), 'a region has the size of its patch');
  const { edge } = patch;
  const scale = size / edge;
  const copies: number[][] = [];
  for (const curve of curves) {
    forEachCopy(curve, period, patch, (rowShift, columnShift) => {
      const segments: number[] = [];
      const add = (r0: number, c0: number, r1: number, c1: number): void => {
        segments.push(r0 * scale, c0 * scale, r1 * scale, c1 * scale);
      };
      for (let i = curve.length === 2 ? 0 : 2; i < curve.length; i += 2) {
        const j = Math.max(i - 2, 0);
        const ends = [curve[j]! + rowShift, curve[j + 1]! + columnShift, curve[i]! + rowShift, curve[i + 1]! + columnShift] as const;
        clipToSquare(...ends, edge, (...inside) => {
          if (region === undefined) add(...inside);
          else clipToRegion(...inside, region, add);
        });
      }
      copies.push(segments);
    });
  }
  return copies;
}

type Piece = (r0: number, c0: number, r1: number, c1: number) => void;

/** Calls back with every shift that puts a copy of the curve near the patch, whose corner is the origin; without a period there is one. */
function forEachCopy(
  curve: Curve,
  period: Period | undefined,
  { row, column, edge }: Square,
  copy: (rowShift: number, columnShift: number) => void,
): void {
  let [top, bottom, left, right] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < curve.length; i += 2) {
    top = Math.min(top, curve[i]!);
    bottom = Math.max(bottom, curve[i]!);
    left = Math.min(left, curve[i + 1]!);
    right = Math.max(right, curve[i + 1]!);
  }
  // The centers of pixels are at whole numbers, their edges half a pixel away.
  const rowOrigin = row - 0.5;
  const columnOrigin = column - 0.5;
  if (period === undefined) {
    copy(-rowOrigin, -columnOrigin);
    return;
  }
  const { width, height } = period;
  for (let m = Math.ceil((rowOrigin - bottom) / height); m * height + top <= rowOrigin + edge; m++) {
    for (let n = Math.ceil((columnOrigin - right) / width); n * width + left <= columnOrigin + edge; n++) {
      copy(m * height - rowOrigin, n * width - columnOrigin);
    }
  }
}

/** Liang and Barsky's clipping (ACM Trans. Graph. 3 (1984) 1–22) to the square from 0 to `edge`. */
function clipToSquare(r0: number, c0: number, r1: number, c1: number, edge: number, piece: Piece): void {
  const dr = r1 - r0;
  const dc = c1 - c0;
  let first = 0;
  let last = 1;
  for (const [start, run] of [
    [r0, dr],
    [c0, dc],
  ] as const) {
    if (run === 0) {
      if (start < 0 || start > edge) return;
      continue;
    }
    const [enter, leave] = run > 0 ? [-start / run, (edge - start) / run] : [(edge - start) / run, -start / run];
    first = Math.max(first, enter);
    last = Math.min(last, leave);
  }
  const isPoint = dr === 0 && dc === 0;
  if (first > last || (first === last && !isPoint)) return;
  piece(r0 + first * dr, c0 + first * dc, r0 + last * dr, c0 + last * dc);
}

/** Cuts a segment at the edges of the region's pixels and keeps the parts whose midpoint is over a white pixel. */
function clipToRegion(r0: number, c0: number, r1: number, c1: number, region: Image2D<'binary'>, piece: Piece): void {
  const dr = r1 - r0;
  const dc = c1 - c0;
  const cuts = [0, 1];
  for (const [start, run] of [
    [r0, dr],
    [c0, dc],
  ] as const) {
    if (run === 0) continue;
    const [low, high] = run > 0 ? [start, start + run] : [start + run, start];
    for (let line = Math.ceil(low); line <= high; line++) cuts.push((line - start) / run);
  }
  cuts.sort((a, b) => a - b);
  const pixelOf = (position: number, size: number): number => Math.min(Math.max(Math.floor(position), 0), size - 1);
  let begin: number | undefined;
  const end = (share: number): void => {
    if (begin !== undefined) piece(r0 + begin * dr, c0 + begin * dc, r0 + share * dr, c0 + share * dc);
    begin = undefined;
  };
  for (let i = 0; i + 1 < cuts.length; i++) {
    const middle = (cuts[i]! + cuts[i + 1]!) / 2;
    const row = pixelOf(r0 + middle * dr, region.height);
    const column = pixelOf(c0 + middle * dc, region.width);
    if (region.data[row * region.width + column] === 1) begin ??= cuts[i]!;
    else end(cuts[i]!);
  }
  end(1);
}
