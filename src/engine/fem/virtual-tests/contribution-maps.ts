/*
 * Which pixels of an image its property comes from, by the finite elements and without a network. With s the exact
 * derivative of the property with respect to the white share of a pixel (`solve-fields.ts`), a pixel contributes
 * s (ρ − f) to first order: the difference between the pixel as it is (ρ is 0 or 1) and a gray one of the white share f.
 * `total` takes the volume fraction of the image as f. `excess` subtracts from it the mean over the image, because the
 * gray pixel is no fair zero: its stiffness, the mean of both phases, is more than any arrangement of them has, so all of
 * a map may be negative. `arrangement` takes the mean of ρ around the pixel, with the weights of the scale, so what comes
 * from there being more white than elsewhere does not count.
 *
 * Single contributions change from pixel to pixel. A Gaussian smooths them to features; its weights are those of the
 * distances on the periodic image, with sum 1. The smooth map is kept as means over blocks of at most a quarter of the
 * standard deviation: interpolated, they differ from the map at full resolution by about 1 % of its maximum, and their
 * number does not grow with the resolution when the scale grows with it.
 */
import type { ContributionSettings } from '#domain/explanation';
import type { Property } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import { blockMeans, volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { createFftPlan, fft2d, fftLine, type FftPlan } from '#engine/numerics/fft';
import type { SensitivityField, VirtualTestFields } from './solve-fields';

/** Smoothed contributions of the pixels of an image in one direction. */
export interface ContributionMap {
  /** `nativeEdge` × `nativeEdge` means over blocks, row-major from the top: positive where pixels bring the property toward the objective. */
  readonly signed: Float32Array;
  readonly nativeEdge: number;
}

/** The derivatives of a property; a test that does not give them is a bug, as the language refuses the case. */
export function derivativesOf({ youngsModulus, poissonRatio, thermalExpansion }: VirtualTestFields, property: Property): SensitivityField {
  const field = { 'youngs-modulus': youngsModulus, 'poisson-ratio': poissonRatio, 'thermal-expansion': thermalExpansion }[property];
  ensure(field !== undefined, `the test gives no derivative of ${property}`);
  return field;
}

/** The edge of the stored map of a scale, in blocks. */
export function nativeEdgeOf(scale: number, resolution: number): number {
  return resolution / Math.min(resolution, 2 ** Math.max(0, Math.floor(Math.log2(scale / 4))));
}

/**
 * The maps of an image, one per scale, from the derivative of the property with respect to each pixel's white share (SI;
 * row 0 is the top row). `sign` is −1 when a small property is explained.
 */
export function contributionMaps(image: Image2D<'binary'>, derivative: Float64Array, sign: 1 | -1, { scales, contribution }: ContributionSettings): ContributionMap[] {
  const n = image.width;
  const plan = createFftPlan(n);
  const white = Float64Array.from(image.data);
  const fraction = volumeFraction(image);
  return scales.map((scale) => {
    const transfer = gaussianTransfer(plan, scale);
    const gray = contribution === 'arrangement' ? smoothed(plan, white, transfer) : undefined;
    const own = white.map((share, p) => sign * derivative[p]! * (share - (gray?.[p] ?? fraction)));
    const zero = contribution === 'excess' ? own.reduce((sum, each) => sum + each, 0) / own.length : 0;
    const map = smoothed(plan, own.map((each) => each - zero), transfer);
    const nativeEdge = nativeEdgeOf(scale, n);
    return { signed: Float32Array.from(blockMeans(n, nativeEdge, (p) => map[p]!)), nativeEdge };
  });
}

/** The Fourier transform of the weights along one axis: those of all periodic images of a pixel, with sum 1. */
function gaussianTransfer(plan: FftPlan, scale: number): Float64Array {
  const n = plan.length;
  // Beyond, a weight is below the smallest number that changes a sum of the others.
  const images = Math.ceil((9 * scale) / n) + 1;
  const weights = Float64Array.from({ length: n }, (_, distance) => {
    let sum = 0;
    for (let m = -images; m <= images; m++) sum += Math.exp(-((distance + m * n) ** 2) / (2 * scale * scale));
    return sum;
  });
  const total = weights.reduce((a, b) => a + b, 0);
  const real = weights.map((weight) => weight / total);
  // The weights are even, so the transform is real.
  fftLine(plan, 'forward', real, new Float64Array(n));
  return real;
}

/** A field smoothed along both axes. */
function smoothed(plan: FftPlan, field: Float64Array, transfer: Float64Array): Float64Array {
  const n = plan.length;
  const real = field.slice();
  const imaginary = new Float64Array(n * n);
  fft2d(plan, 'forward', real, imaginary);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const factor = (transfer[row]! * transfer[column]!) / (n * n);
      real[row * n + column]! *= factor;
      imaginary[row * n + column]! *= factor;
    }
  }
  fft2d(plan, 'inverse', real, imaginary);
  return real;
}
