/*
 * Fast Fourier transform of complex square rasters whose edge is a power of two: the iterative radix-2
 * algorithm of Cooley & Tukey (1965, doi 10.1090/S0025-5718-1965-0178586-1), in place, rows and
 * columns one after another. It is our own because the engine needs only this class of sizes, and the same bytes
 * everywhere.
 */
import { ensure } from '#engine/core/bug-error';

/** The tables for one length; one plan serves any number of transforms. */
export interface FftPlan {
  /** A power of two ≥ 2. */
  readonly length: number;
  /** cos(2π j / length), j < length / 2. */
  readonly cosine: Float64Array;
  /** sin(2π j / length), j < length / 2. */
  readonly sine: Float64Array;
  /** The position with the bits in reverse order. */
  readonly reversed: Uint32Array;
}

/** `forward` has the kernel exp(−2πi jk/n), `inverse` exp(+2πi jk/n); neither is scaled. */
export type FftDirection = 'forward' | 'inverse';

/** The tables for transforms of the length, a power of two ≥ 2. */
export function createFftPlan(length: number): FftPlan {
  ensure(length >= 2 && Number.isInteger(Math.log2(length)), `FFT of length ${length}, not a power of two`);
  const half = length / 2;
  const cosine = Float64Array.from({ length: half }, (_, j) => Math.cos((2 * Math.PI * j) / length));
  const sine = Float64Array.from({ length: half }, (_, j) => Math.sin((2 * Math.PI * j) / length));
  const reversed = new Uint32Array(length);
  for (let j = 1; j < length; j++) reversed[j] = (reversed[j >> 1]! >> 1) | ((j & 1) * half);
  return { length, cosine, sine, reversed };
}

/**
 * Transforms one line in place: the `plan.length` values at `offset`, `offset + stride`, … of the real
 * and imaginary parts. Unscaled: forward then inverse multiplies by `plan.length`.
 */
export function fftLine(
  plan: FftPlan,
  direction: FftDirection,
  real: Float64Array,
  imaginary: Float64Array,
  offset = 0,
  stride = 1,
): void {
  const { length, cosine, sine, reversed } = plan;
  const sign = direction === 'forward' ? -1 : 1;
  for (let j = 0; j < length; j++) {
    const k = reversed[j]!;
    if (k <= j) continue;
    const a = offset + j * stride;
    const b = offset + k * stride;
    const swappedReal = real[a]!;
    const swappedImaginary = imaginary[a]!;
    real[a] = real[b]!;
    imaginary[a] = imaginary[b]!;
    real[b] = swappedReal;
    imaginary[b] = swappedImaginary;
  }
  for (let half = 1; half < length; half *= 2) {
    const tableStep = length / (2 * half);
    for (let j = 0; j < half; j++) {
      const c = cosine[j * tableStep]!;
      const s = sign * sine[j * tableStep]!;
      for (let start = j; start < length; start += 2 * half) {
        const a = offset + start * stride;
        const b = a + half * stride;
        const br = real[b]! * c - imaginary[b]! * s;
        const bi = real[b]! * s + imaginary[b]! * c;
        real[b] = real[a]! - br;
        imaginary[b] = imaginary[a]! - bi;
        real[a] = real[a]! + br;
        imaginary[a] = imaginary[a]! + bi;
      }
    }
  }
}

/**
 * Transforms a square row-major raster of `plan.length`² complex values in place. Unscaled: forward
 * then inverse multiplies by `plan.length`².
 */
export function fft2d(plan: FftPlan, direction: FftDirection, real: Float64Array, imaginary: Float64Array): void {
  const n = plan.length;
  ensure(real.length === n * n && imaginary.length === n * n, `raster of ${real.length} values for an FFT of ${n}²`);
  for (let column = 0; column < n; column++) {
    if (!isZeroColumn(column, n, real, imaginary)) fftLine(plan, direction, real, imaginary, column, n);
  }
  for (let row = 0; row < n; row++) fftLine(plan, direction, real, imaginary, row * n, 1);
}

/** Most columns of a band-limited spectrum are zero and need no work. */
function isZeroColumn(column: number, n: number, real: Float64Array, imaginary: Float64Array): boolean {
  for (let p = column; p < n * n; p += n) {
    if (real[p] !== 0 || imaginary[p] !== 0) return false;
  }
  return true;
}
