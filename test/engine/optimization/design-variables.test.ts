import { describe, expect, test } from 'vitest';
import { hasMirrors, optimizationSymmetries, type OptimizationSymmetry } from '#domain/optimization';
import { createRng } from '#engine/core/rng';
import { coneFilter } from '#engine/optimization/cone-filter';
import { cut, meanOf, meansOfOrbits, orbitsOf, project, quarterOrbits, toPixels } from '#engine/optimization/design-variables';

const n = 16;
const random = (length: number, seed = 1): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length }, () => rng.uniform());
};

/** Pixel (row, column) of each image under which the symmetry leaves a cell as it is. */
const images: Readonly<Record<OptimizationSymmetry, readonly ((row: number, column: number) => readonly [number, number])[]>> = {
  none: [],
  mirror: [(row, column) => [n - 1 - row, column], (row, column) => [row, n - 1 - column]],
  transpose: [(row, column) => [n - 1 - column, n - 1 - row]],
  square: [(row, column) => [n - 1 - row, column], (row, column) => [row, n - 1 - column], (row, column) => [column, row]],
};

describe.each(optimizationSymmetries)('symmetry %s', (symmetry) => {
  const orbits = orbitsOf(n, symmetry);
  const expectSymmetric = (pixels: ArrayLike<number>): void => {
    for (const image of images[symmetry]) {
      for (let p = 0; p < n * n; p++) {
        const [row, column] = image(Math.floor(p / n), p % n);
        expect(pixels[row * n + column]).toBe(pixels[p]);
      }
    }
  };

  test('orbits have the symmetry and cover the image', () => {
    expectSymmetric(orbits.orbitOf);
    expect(orbits.sizes.reduce((sum, size) => sum + size, 0)).toBe(n * n);
    expect(meanOf(orbits, new Float64Array(orbits.sizes.length).fill(1))).toBe(1);
  });

  test('the filter of orbits is that of all pixels, keeps constants, and is its own adjoint', () => {
    const radius = 3.3;
    const filter = coneFilter(orbits, radius);
    const values = random(orbits.sizes.length);
    const pixels = toPixels(orbits, values);
    const filtered = toPixels(orbits, filter(values));
    const wrapped = (d: number): number => Math.min(Math.abs(d), n - Math.abs(d));
    for (const p of [0, 17, 100, 255]) {
      let [sum, total] = [0, 0];
      for (let q = 0; q < n * n; q++) {
        const distance = Math.hypot(wrapped(Math.floor(q / n) - Math.floor(p / n)), wrapped((q % n) - (p % n)));
        const weight = Math.max(0, radius - distance);
        sum += weight * pixels[q]!;
        total += weight;
      }
      expect(filtered[p]).toBeCloseTo(sum / total, 12);
    }
    filter(new Float64Array(values.length).fill(0.7)).forEach((value) => expect(value).toBeCloseTo(0.7, 12));
    const other = random(values.length, 2);
    const product = (a: Float64Array, b: Float64Array): number => meanOf(orbits, a.map((value, i) => value * b[i]!));
    expect(product(filter(values), other)).toBeCloseTo(product(values, filter(other)), 12);
  });

  test('the quarter of a cell with mirrors has its values, and a quarter of its pixels', () => {
    if (!hasMirrors(symmetry)) return;
    const quarter = quarterOrbits(orbits);
    const values = random(orbits.sizes.length);
    const [whole, part] = [toPixels(orbits, values), toPixels(quarter, values)];
    part.forEach((value, p) => expect(value).toBe(whole[Math.floor(p / 8) * n + (p % 8)]));
    expect(quarter.first).toEqual(orbitsOf(n, symmetry).first.map((pixel) => Math.floor(pixel / n) * 8 + (pixel % n)));
    values.forEach((_, orbit) => expect(part.filter((__, p) => quarter.orbitOf[p] === orbit)).toHaveLength(quarter.sizes[orbit]!));
  });

  test('every number of pixels that orbits can fill is cut exactly, with whole orbits', () => {
    const step = Math.min(...orbits.sizes);
    // Diagonals first: the case in which the rest does not fit.
    const diagonals = Float64Array.from(orbits.sizes, (size, orbit) => -size - orbit / 1e6);
    for (const values of [random(orbits.sizes.length), diagonals]) {
      for (let count = 0; count <= n * n; count += step) {
        const cell = cut(orbits, values, count);
        expect(cell.reduce((sum, bit) => sum + bit, 0)).toBe(count);
        if (count % (8 * step) === 0) expectSymmetric(cell);
      }
    }
  });

  test('a cut takes the largest values', () => {
    const values = random(orbits.sizes.length, 3);
    const cell = cut(orbits, values, (n * n) / 2);
    const of = (bit: number): number[] => Array.from(orbits.first, (pixel, orbit) => (cell[pixel] === bit && orbits.sizes[orbit] === orbits.sizes.at(-1) ? values[orbit]! : NaN)).filter((value) => !Number.isNaN(value));
    if (symmetry === 'none' || symmetry === 'mirror') expect(Math.min(...of(1))).toBeGreaterThan(Math.max(...of(0)));
    expect(meansOfOrbits(orbits, cell)).toEqual(Float64Array.from(orbits.first, (pixel) => cell[pixel]!));
  });
});

test.each([0, 1, 8, 32])('projection of sharpness %d: ends, middle, slopes', (sharpness) => {
  const at = (x: number): number => project(Float64Array.of(x), sharpness).densities[0]!;
  expect([at(0), at(0.5), at(1)].map((value) => Number(value.toFixed(12)))).toEqual([0, 0.5, 1]);
  for (const x of [0.3, 0.48, 0.6]) {
    const slope = (at(x + 1e-6) - at(x - 1e-6)) / 2e-6;
    expect(project(Float64Array.of(x), sharpness).slopes[0]).toBeCloseTo(slope, 6);
  }
});
