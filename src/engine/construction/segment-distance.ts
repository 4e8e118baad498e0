/* The distances by which curves are thickened: Euclidean, or of another norm of the cell's axes. */
import { squaredDistanceToSegment } from '#engine/morphology/vectorize-skeleton';

/**
 * The squared distance of a point to the segment from row `r0` and column `c0` to `r1` and `c1`. A distance that would not be
 * below the root of `beyond` may be any number that is not below it either.
 */
export type SegmentDistance = (row: number, column: number, r0: number, c0: number, r1: number, c1: number, beyond?: number) => number;

/**
 * Distances in the norm (|x|ⁿ + |y|ⁿ)^(1/n), n ≥ 2; Euclidean without n. The points at one distance of a point are a superellipse,
 * for n > 2 a square with round corners.
 */
export function segmentDistance(n = 2): SegmentDistance {
  if (n === 2) return squaredDistanceToSegment;
  // No vector is shorter in the norm than this share of its Euclidean length, squared.
  const least = 2 ** (2 / n - 1);
  return (row, column, r0, c0, r1, c1, beyond = Infinity) => {
    const bound = least * squaredDistanceToSegment(row, column, r0, c0, r1, c1);
    if (bound >= beyond) return bound;
    const share = nearestShare(n, row - r0, column - c0, r1 - r0, c1 - c0);
    return (power(row - r0 - share * (r1 - r0), n) + power(column - c0 - share * (c1 - c0), n)) ** (2 / n);
  };
}

/** How far a curve that passes a pixel can be from the pixel's center: half a diagonal, in the norm. */
export function halfDiagonal(n = 2): number {
  return n === 2 ? Math.SQRT1_2 : 2 ** (1 / n - 1);
}

/** The t in 0 … 1 for which `(down, right) − t (rowRun, columnRun)` is shortest, by Newton steps and halving: the length is convex in t. */
function nearestShare(n: number, down: number, right: number, rowRun: number, columnRun: number): number {
  // The derivative of the sum of powers, over n.
  const slope = (t: number): number => -(rowRun * signedPower(down - t * rowRun, n - 1) + columnRun * signedPower(right - t * columnRun, n - 1));
  if (slope(0) >= 0) return 0;
  if (slope(1) <= 0) return 1;
  let [low, high] = [0, 1];
  let t = (down * rowRun + right * columnRun) / (rowRun * rowRun + columnRun * columnRun);
  for (let step = 0; step < 60 && high - low > 1e-12; step++) {
    // Newton steps alone are slow where the length is flat, in the continuation of a segment along an axis.
    if (step % 3 === 2 || !(t > low && t < high)) t = (low + high) / 2;
    const value = slope(t);
    if (value === 0) return t;
    if (value > 0) high = t;
    else low = t;
    const curvature = (n - 1) * (rowRun * rowRun * power(down - t * rowRun, n - 2) + columnRun * columnRun * power(right - t * columnRun, n - 2));
    const next = t - value / curvature;
    if (Math.abs(next - t) < 1e-12) return t;
    t = next;
  }
  return t;
}

/** |x|ⁿ; products for the usual whole n, which are many times faster than powers. */
function power(x: number, n: number): number {
  const size = Math.abs(x);
  return n === 1 ? size : n === 2 ? size * size : n === 3 ? size * size * size : size ** n;
}

function signedPower(x: number, n: number): number {
  return x < 0 ? -power(x, n) : power(x, n);
}
