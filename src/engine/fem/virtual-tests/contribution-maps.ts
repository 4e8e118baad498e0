/*
 * Which squares of an image its property comes from, by the finite elements and without a network. Let s be the exact
 * derivative of the property with respect to the white share ρ of a pixel (`solve-fields.ts`); ρ is 0 or 1. To first
 * order, a square differs from gray of the white share f by the sum of s (ρ − f) over its pixels. Per pixel:
 *
 * - `total`, f is the volume fraction of the image: mean(s ρ) − f mean(s).
 * - `arrangement`, f is the share of white g of the square, so more white than elsewhere does not count:
 *   mean(s ρ) − g mean(s), the covariance of s and ρ in the square.
 * - `efficiency`, the covariance over the variance g (1 − g) of ρ: the mean of s in white pixels minus that in black ones.
 *
 * Zero would mean little: the stiffness of gray is more than any arrangement of the phases has, so in a stiff image every
 * square is below it. What counts is therefore the value of the square beyond that of the whole image.
 *
 * s is first limited to ±1 times its mean size in the image, and given in units of that. At corners of white and in narrow
 * gaps of a high contrast, s of single pixels is hundreds of times its mean, though a change as large as from black to
 * white saturates: without the limit, such pixels alone decide which square contributes most.
 */
import type { ContributionSettings } from '#domain/explanation';
import type { Property } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import { volumeFraction, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { squareSums, type SquareSums } from '#engine/grid/square-sums';
import type { SensitivityField, VirtualTestFields } from './solve-fields';

/** Contributions of the squares of an image in one direction. */
export interface ContributionMap {
  /**
   * `nativeEdge` × `nativeEdge` positions, row-major from the top: the contribution of the square at each (`squareAt`), which wraps
   * around the edges of a periodic image, and is the nearest one inside another image; positive where it brings the property toward the objective more than the image as a whole. In units of the mean size of s.
   */
  readonly signed: Float32Array;
  readonly nativeEdge: number;
}

/** The derivatives of a property; a test that does not give them is a bug, as the language refuses the case. */
export function derivativesOf({ youngsModulus, poissonRatio, thermalExpansion }: VirtualTestFields, property: Property): SensitivityField {
  const field = { 'youngs-modulus': youngsModulus, 'poisson-ratio': poissonRatio, 'thermal-expansion': thermalExpansion }[property];
  ensure(field !== undefined, `the test gives no derivative of ${property}`);
  return field;
}

/** Positions along the edge of a map: their distance is a power of 2, at most an eighth of the edge of their squares. */
export function positionsOf(edge: number, resolution: number): number {
  return resolution / Math.min(resolution, 2 ** Math.max(0, Math.floor(Math.log2(edge / 8))));
}

/** Where the square of a position begins, along either axis: its center is that of the position. */
export function squareAt(position: number, edge: number, positions: number, resolution: number): number {
  return Math.floor(((position + 0.5) * resolution) / positions - edge / 2 + 0.5);
}

/**
 * Squares with a smaller variance of ρ than this share of the image's are nearly of one phase: there is hardly a skeleton in
 * them, and they have no arrangement and no efficiency of their own. So they count as the image does.
 */
export const leastVariance = 0.4;

/**
 * The maps of an image, one per edge, from the derivative of the property with respect to each pixel's white share (SI;
 * row 0 is the top row). `sign` is −1 when a small property is explained; `boundary` says what is beyond the edges of the image.
 */
export function contributionMaps(image: Image2D<'binary'>, derivative: Float64Array, sign: 1 | -1, { edges, contribution }: ContributionSettings, boundary: Boundary): ContributionMap[] {
  const n = image.width;
  const limited = limitedTo(derivative, sign);
  const [sums, whiteSums, whites] = [limited, limited.map((value, p) => value * image.data[p]!), image.data].map((field) => squareSums(field, n, n, boundary)) as [SquareSums, SquareSums, SquareSums];
  const fraction = volumeFraction(image);
  const valueOf = (row: number, column: number, edge: number): number | undefined => {
    const [s, ofWhite, g] = [sums, whiteSums, whites].map((sumOf) => sumOf(row, column, edge) / (edge * edge)) as [number, number, number];
    const [covariance, variance] = [ofWhite - g * s, g * (1 - g)];
    if (variance < leastVariance * fraction * (1 - fraction)) return undefined;
    if (contribution === 'total') return ofWhite - fraction * s;
    return contribution === 'arrangement' ? covariance : covariance / variance;
  };
  const whole = valueOf(0, 0, n) ?? 0;
  return edges.map((edge) => {
    const nativeEdge = positionsOf(edge, n);
    const inside = (begin: number): number => (boundary === 'periodic' ? begin : Math.min(Math.max(begin, 0), n - edge));
    const begins = Array.from({ length: nativeEdge }, (_, position) => inside(squareAt(position, edge, nativeEdge, n)));
    return { signed: Float32Array.from(begins.flatMap((row) => begins.map((column) => (valueOf(row, column, edge) ?? whole) - whole))), nativeEdge };
  });
}

/** The derivative toward the objective in units of its mean size, limited to [−1, 1]; zeros where it is zero everywhere. */
function limitedTo(derivative: Float64Array, sign: 1 | -1): Float64Array {
  const mean = derivative.reduce((sum, value) => sum + Math.abs(value), 0) / derivative.length;
  return mean === 0 ? new Float64Array(derivative.length) : derivative.map((value) => Math.min(1, Math.max(-1, (sign * value) / mean)));
}
