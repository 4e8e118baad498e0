import { describe, expect, test } from 'vitest';
import { largestWavenumber, largestWavenumberOf, spectralDensities } from '#domain/microstructures';
import { createRng } from '#engine/core/rng';
import { imageOf, volumeFraction } from '#engine/grid/image-2d';
import { densityAt, drawWaveVector, latticeDensity, powerSpectrum, spectralDensity, type SpectralDensity } from '#engine/microstructure/spectral-density';

const stripes = imageOf('binary', 32, 32, Uint8Array.from({ length: 1024 }, (_, p) => ((p % 8) < 4 ? 1 : 0)));

test('stripes of four periods have their density at wavenumber 4', () => {
  const density = spectralDensity(stripes);
  expect(density.length).toBe(17);
  expect(density.indexOf(Math.max(...density))).toBe(4);
  expect(density[0]).toBe(0);
});

test('the whole power is the variance of the phases (Parseval)', () => {
  const rng = createRng(4);
  const image = imageOf('binary', 16, 16, Uint8Array.from({ length: 256 }, () => (rng.uniform() < 0.4 ? 1 : 0)));
  const f = volumeFraction(image);
  expect(powerSpectrum(image).reduce((sum, value) => sum + value, 0)).toBeCloseTo(f * (1 - f), 13);
});

const densities: SpectralDensity[] = spectralDensities.map((kind) => ({
  kind,
  wavenumber: 7,
  bandwidth: 0.15,
  orientation: 0.7,
}));

describe.each(densities)('$kind', (density) => {
  test('is at most 1 and the same for k and −k', () => {
    const rng = createRng(2);
    for (let i = 0; i < 300; i++) {
      const [kx, ky] = [rng.between(-12, 12), rng.between(-12, 12)];
      const value = densityAt(density, kx, ky);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      expect(densityAt(density, -kx, -ky)).toBeCloseTo(value, 12);
    }
  });

  test('has next to nothing beyond its largest wavenumber, and something up to it', () => {
    const largest = largestWavenumber(density.kind, density.wavenumber, density.bandwidth);
    const along = (k: number): number => densityAt(density, k * Math.cos(density.orientation), k * Math.sin(density.orientation));
    for (let step = 0; step <= 100; step++) expect(along(largest + 1e-9 + step * 0.1)).toBeLessThanOrEqual(Math.exp(-0.5 * 3.5 ** 2));
    expect(along(largest - 0.01)).toBeGreaterThan(0);
    const { kind, wavenumber, bandwidth } = density;
    const point = (value: number) => ({ lower: value, upper: value });
    expect(largestWavenumberOf({ density: kind, wavenumber: { lower: 1, upper: wavenumber }, bandwidth: point(bandwidth) })).toBe(largest);
    expect(largestWavenumberOf({ density: 'mixed', wavenumber: point(wavenumber), bandwidth: point(bandwidth) })).toBeGreaterThanOrEqual(largest);
  });

  test('has the wavenumber as mean of the drawn waves', () => {
    const rng = createRng(6);
    let sum = 0;
    for (let i = 0; i < 4000; i++) {
      const { kx, ky } = drawWaveVector(rng, density);
      sum += Math.hypot(kx, ky);
    }
    // ρ(k) k leans a little to larger k: by the squared relative width.
    expect(sum / 4000).toBeGreaterThan(6.9);
    expect(sum / 4000).toBeLessThan(7.3);
  });

  test('is on the lattice what rounding makes of drawn waves', () => {
    const { reach, weights } = latticeDensity(density, 64);
    const edge = 2 * reach + 1;
    expect(weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    const draws = 60_000;
    const rng = createRng(8);
    const counts = new Float64Array(weights.length);
    for (let i = 0; i < draws; i++) {
      const { kx, ky } = drawWaveVector(rng, density);
      const at = (Math.round(ky) + reach) * edge + Math.round(kx) + reach;
      counts[at]! += 1;
    }
    // Pearson's χ² per degree of freedom, over vectors that are expected at least five times.
    let [chiSquared, freedom] = [0, 0];
    weights.forEach((weight, at) => {
      const expected = draws * weight;
      if (expected < 5) return;
      chiSquared += (counts[at]! - expected) ** 2 / expected;
      freedom++;
    });
    expect(freedom).toBeGreaterThan(40);
    // The midpoint rule of the weights is seen by so many draws, so a little more than 1 is allowed.
    expect(chiSquared / freedom).toBeLessThan(3);
  });
});

test('the anisotropic density points where it is told', () => {
  const density = densities[3]!;
  const at = (angle: number) => densityAt(density, 7 * Math.cos(angle), 7 * Math.sin(angle));
  expect(at(0.7)).toBeCloseTo(1, 12);
  expect(at(0.7 + Math.PI / 2)).toBeLessThan(1e-3);
});

test('a vanishing bandwidth still leaves waves on the lattice', () => {
  for (const density of densities) {
    for (const wavenumber of [1, 2.4, 3.7]) {
      const { weights } = latticeDensity({ ...density, wavenumber, bandwidth: 0 }, 32);
      expect(weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    }
  }
});
