/** Gray images for tests: smooth, sharp, or of two phases. */
import type { PhasePair } from '#domain/materials';
import { createRng } from '#engine/core/rng';
import type { GrayPixels } from '#engine/fem/gray/gray-pixels';
import type { Image2D } from '#engine/grid/image-2d';

/** Pixels of a two-phase image. */
export function pixelsOfPhases(image: Image2D<'binary'>, { white, black }: PhasePair): GrayPixels {
  const each = (value: (material: typeof white) => number): Float64Array =>
    Float64Array.from(image.data, (bit) => value(bit === 1 ? white : black));
  return {
    youngsModulus: each(({ youngsModulus }) => youngsModulus),
    poissonRatio: each(({ poissonRatio }) => poissonRatio),
    thermalExpansion: each(({ thermalExpansion }) => thermalExpansion!),
  };
}

/** Each pixel with constants of its own, without any order: moduli over two decades, ν from 0.1 to 0.4. */
export function randomPixels(n: number, seed: number): GrayPixels {
  const rng = createRng(seed);
  const each = (low: number, high: number): Float64Array => Float64Array.from({ length: n * n }, () => rng.between(low, high));
  return {
    youngsModulus: each(9, 11).map((power) => 10 ** power),
    poissonRatio: each(0.1, 0.4),
    thermalExpansion: each(1e-6, 30e-6),
  };
}

/** Smooth densities of one material as topology optimization has them, cubed; softest pixel 1e-4 of the stiffest. */
export function densityPixels(n: number, seed: number): GrayPixels {
  const rng = createRng(seed);
  const waves = Array.from({ length: 6 }, () => [Math.round(rng.between(-3, 3)), Math.round(rng.between(-3, 3)), rng.between(0, 2 * Math.PI)] as const);
  const density = Float64Array.from({ length: n * n }, (_, p) => {
    const sum = waves.reduce((total, [kx, ky, phase]) => total + Math.cos((2 * Math.PI * (kx * (p % n) + ky * Math.floor(p / n))) / n + phase), 0);
    return Math.min(1, Math.max(0, 0.5 + 0.25 * sum));
  });
  return {
    youngsModulus: density.map((x) => 70e9 * (1e-4 + (1 - 1e-4) * x ** 3)),
    poissonRatio: new Float64Array(n * n).fill(0.3),
    thermalExpansion: density.map((x) => 1e-5 * (1 + x)),
  };
}
