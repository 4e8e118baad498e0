/*
 * Spectral densities ρ(k) of Gaussian fields, and the spectral density of an image. Wave vectors count periods per edge.
 * A periodic image has whole wave vectors only, so ρ is assigned to the lattice of whole wave vectors by its integral
 * over the unit square of each. That is also the distribution of a wave vector that is drawn from ρ and rounded, so both
 * methods of synthesis have exactly the same density.
 */
import { densityWidth, largestWavenumber, type SpectralDensityKind } from '#domain/microstructures';
import type { Rng } from '#engine/core/rng';
import type { Image2D } from '#engine/grid/image-2d';
import { createFftPlan, fft2d } from '#engine/numerics/fft';

/** One density, up to a factor; at most 1. */
export interface SpectralDensity {
  readonly kind: SpectralDensityKind;
  /** Mean wavenumber in periods per edge. */
  readonly wavenumber: number;
  /** Relative width. Widths below a quarter of a period count as that, because the lattice does not resolve finer ones. */
  readonly bandwidth: number;
  /** Direction of the wave vectors of `anisotropic` in radians; unused by the others. */
  readonly orientation: number;
}

/** Quadrature points along each edge of a lattice vector's unit square. */
const quadrature = 5;

/**
 * ρ at a wave vector:
 * `ring`: 1 where |k| is within bandwidth · mean of the mean, else 0;
 * `band`: Gaussian of |k| with that standard deviation;
 * `disc`: 1 up to 3/2 of the mean (so that the mean wavenumber is the given one), with a linear edge of that half-width;
 * `anisotropic`: `band` times a Gaussian of the direction, standard deviation 2 · bandwidth radians.
 */
export function densityAt(density: SpectralDensity, kx: number, ky: number): number {
  const k = Math.hypot(kx, ky);
  const { wavenumber: mean } = density;
  const width = densityWidth(mean, density.bandwidth);
  switch (density.kind) {
    case 'ring':
      return Math.abs(k - mean) <= width ? 1 : 0;
    case 'disc':
      return Math.min(1, Math.max(0, (1.5 * mean + width - k) / (2 * width)));
    case 'band':
      return Math.exp(-0.5 * ((k - mean) / width) ** 2);
    case 'anisotropic': {
      // k and −k are one wave, so directions count modulo π.
      const difference = Math.atan2(ky, kx) - density.orientation;
      const angle = difference - Math.PI * Math.round(difference / Math.PI);
      return Math.exp(-0.5 * ((k - mean) / width) ** 2 - 0.5 * ((angle * mean) / (2 * width)) ** 2);
    }
  }
}

function largestOf({ kind, wavenumber, bandwidth }: SpectralDensity): number {
  return largestWavenumber(kind, wavenumber, bandwidth);
}

/** ρ on the lattice: for kx and ky in −reach … reach, the weight is at (ky + reach) · (2 reach + 1) + kx + reach. */
export interface LatticeDensity {
  readonly reach: number;
  /** The weights add up to 1. The one of k = 0, which would only shift the field, is 0. */
  readonly weights: Float64Array;
}

/** The integral of ρ over the unit square of every lattice vector below the Nyquist wavenumber. */
export function latticeDensity(density: SpectralDensity, resolution: number): LatticeDensity {
  const largest = largestOf(density);
  const reach = Math.min(Math.ceil(largest), resolution / 2 - 1);
  const edge = 2 * reach + 1;
  const weights = new Float64Array(edge * edge);
  let total = 0;
  for (let ky = 0; ky <= reach; ky++) {
    for (let kx = ky === 0 ? 1 : -reach; kx <= reach; kx++) {
      const k = Math.hypot(kx, ky);
      if (k > largest + Math.SQRT1_2) continue;
      let weight = 0;
      for (let a = 0; a < quadrature; a++) {
        for (let b = 0; b < quadrature; b++) {
          const x = kx + (a + 0.5) / quadrature - 0.5;
          const y = ky + (b + 0.5) / quadrature - 0.5;
          weight += densityAt(density, x, y);
        }
      }
      weights[(ky + reach) * edge + kx + reach] = weight;
      weights[(reach - ky) * edge + reach - kx] = weight;
      total += 2 * weight;
    }
  }
  if (total > 0) for (let j = 0; j < weights.length; j++) weights[j]! /= total;
  return { reach, weights };
}

/** A wave vector drawn from ρ in the plane, so that |k| is distributed as ρ(k) k. */
export function drawWaveVector(rng: Rng, density: SpectralDensity): { readonly kx: number; readonly ky: number } {
  const largest = largestOf(density);
  for (;;) {
    const kx = rng.between(-largest, largest);
    const ky = rng.between(-largest, largest);
    if (rng.uniform() < densityAt(density, kx, ky)) return { kx, ky };
  }
}

/**
 * The radial spectral density of a square image whose edge is a power of two: element k is the mean of |F{Z}|² over the
 * lattice vectors with k − ½ ≤ |k| < k + ½, for k up to half the edge. F is scaled by 1 / number of pixels. The mean of
 * the image is subtracted, so element 0 is 0.
 */
export function spectralDensity(image: Image2D<'binary'>): Float64Array {
  const n = image.width;
  const power = powerSpectrum(image);
  const sums = new Float64Array(n / 2 + 1);
  const counts = new Float64Array(n / 2 + 1);
  for (let row = 0; row < n; row++) {
    const ky = row < n / 2 ? row : row - n;
    for (let column = 0; column < n; column++) {
      const k = Math.round(Math.hypot(column < n / 2 ? column : column - n, ky));
      if (k > n / 2) continue;
      sums[k]! += power[row * n + column]!;
      counts[k]! += 1;
    }
  }
  return sums.map((sum, k) => sum / counts[k]!);
}

/** |F{Z}|² of the image minus its mean, scaled by 1 / pixels²; the row is ky (down) and the column kx, both modulo the edge. */
export function powerSpectrum(image: Image2D<'binary'>): Float64Array {
  const pixels = image.data.length;
  const real = Float64Array.from(image.data);
  const imaginary = new Float64Array(pixels);
  fft2d(createFftPlan(image.width), 'forward', real, imaginary);
  real[0] = 0;
  return real.map((value, p) => (value * value + imaginary[p]! * imaginary[p]!) / (pixels * pixels));
}
