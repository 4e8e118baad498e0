import { describe, expect, test } from 'vitest';
import { contributions } from '#domain/explanation';
import { contributionMaps, derivativesOf, nativeEdgeOf } from '#engine/fem/virtual-tests/contribution-maps';
import { createFieldSolver } from '#engine/fem/virtual-tests/solve-fields';
import { volumeFraction, wrap } from '#engine/grid/image-2d';
import { upsample } from '#engine/learning/explanation/explain';
import { denseRollerCell } from '#test/support/dense-virtual-test';
import { image } from '#test/support/draw-image';
import { spottedImage } from '#test/support/spotted-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const small = image(`
  ##..#.#.
  .#.##..#
  ...#..##
  #....##.
  ##.##.#.
  ..##...#
  .#..#.##
  ##...##.
`);

/** Weights of all pixels around one, by their distances to it and to its images, each for itself. */
function gaussianWeights(n: number, scale: number, center: number): number[] {
  const profile = Array.from({ length: n }, (_, distance) => {
    let sum = 0;
    for (let m = -60; m <= 60; m++) sum += Math.exp(-((distance + m * n) ** 2) / (2 * scale ** 2));
    return sum;
  });
  const along = (distance: number): number => profile[Math.abs(distance)]!;
  const weights = Array.from({ length: n * n }, (_, p) => along(Math.floor(p / n) - Math.floor(center / n)) * along((p % n) - (center % n)));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}

/** The gray with which a pixel is compared, by a sum over all others. */
const grays = {
  total: () => volumeFraction(small),
  excess: () => volumeFraction(small),
  arrangement: (scale: number, p: number) => gaussianWeights(8, scale, p).reduce((sum, weight, q) => sum + weight * small.data[q]!, 0),
} as const;

describe.each(contributions)('%s', (contribution) => {
  test.each([0.5, 1.5, 7])('a map at scale %d is the finite difference of the test as the pixels around a place turn gray', (scale) => {
    const derivative = derivativesOf(createFieldSolver(8, boronInAluminum, { kind: 'compression', plane: 'plane-stress' }).solve(small), 'poisson-ratio');
    const [{ signed, nativeEdge }] = contributionMaps(small, derivative.y, -1, { scales: [scale], contribution }) as [ReturnType<typeof contributionMaps>[number]];
    expect(nativeEdge).toBe(8);
    const largest = Math.max(...signed.map(Math.abs));
    const everywhere = new Array<number>(64).fill(contribution === 'excess' ? 1 / 64 : 0);
    for (const place of [0, 13, 27, 63]) {
      const weights = gaussianWeights(8, scale, place).map((weight, p) => weight - everywhere[p]!);
      const at = (step: number): number => {
        const shares = weights.map((weight, p) => small.data[p]! + step * weight * (grays[contribution](scale, p) - small.data[p]!));
        return denseRollerCell({ width: 8, data: shares }, boronInAluminum, 'plane-stress').nuyx;
      };
      // Differences of a property near 0.3 have a round-off of 1e-13. Towards gray the property loses what the pixels contribute; a small one is explained.
      expect(Math.abs(signed[place]! - (at(1e-3) - at(-1e-3)) / 2e-3)).toBeLessThan(1e-4 * largest + 1e-12);
    }
  });

  test('maps move with the image, across its edges', () => {
    const n = 32;
    const one = spottedImage(n, 5);
    const derivative = Float64Array.from({ length: n * n }, (_, p) => Math.sin(p * p));
    const moved = <T extends Uint8Array | Float64Array | Float32Array>(data: T, edge: number, rows: number, columns: number): T =>
      data.map((_, p) => data[wrap(Math.floor(p / edge) - rows, edge) * edge + wrap((p % edge) - columns, edge)]!) as T;
    const settings = { scales: [8, 3], contribution };
    const maps = contributionMaps(one, derivative, 1, settings);
    const after = contributionMaps({ ...one, data: moved(one.data, n, 22, 6) }, moved(derivative, n, 22, 6), 1, settings);
    for (const [s, { signed, nativeEdge }] of maps.entries()) {
      const expected = moved(signed, nativeEdge, (22 * nativeEdge) / n, (6 * nativeEdge) / n);
      after[s]!.signed.forEach((value, p) => expect(value).toBeCloseTo(expected[p]!, 6));
    }
  });
});

test('the stored map has blocks of a quarter of its scale at most, and interpolated it is the map at full resolution', () => {
  expect([0.5, 4, 7.9, 8, 16, 64].map((scale) => nativeEdgeOf(scale, 128))).toEqual([128, 128, 128, 64, 32, 8]);
  expect(nativeEdgeOf(512, 32)).toBe(1);
  const n = 64;
  const scale = 16;
  const one = spottedImage(n, 3);
  const derivative = Float64Array.from({ length: n * n }, (_, p) => Math.cos(3 * p) + Math.sin(p / 200));
  const [map] = contributionMaps(one, derivative, 1, { scales: [scale], contribution: 'total' }) as [ReturnType<typeof contributionMaps>[number]];
  expect(map.nativeEdge).toBe(16);
  const fraction = volumeFraction(one);
  const full = Array.from({ length: n * n }, (_, q) => (q % 37 === 0 ? gaussianWeights(n, scale, q).reduce((sum, weight, p) => sum + weight * derivative[p]! * (one.data[p]! - fraction), 0) : NaN));
  const largest = Math.max(...full.filter((value) => !Number.isNaN(value)).map(Math.abs));
  const smooth = upsample(map.signed, map.nativeEdge, n, 'periodic');
  full.forEach((value, p) => {
    if (!Number.isNaN(value)) expect(Math.abs(smooth[p]! - value)).toBeLessThan(0.015 * largest);
  });
});

test('a property that the test does not measure has no derivatives', () => {
  const fields = createFieldSolver(8, boronInAluminum, { kind: 'compression', plane: 'plane-stress' }).solve(small);
  expect(() => derivativesOf(fields, 'thermal-expansion')).toThrow(/no derivative of thermal-expansion/);
});
