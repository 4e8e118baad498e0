/* The periodic test of a mirrored cell from its quarter, against that of the whole cell. */
import { describe, expect, test } from 'vitest';
import { grayGradient } from '#engine/fem/gray/gray-gradient';
import { createGraySolver } from '#engine/fem/gray/gray-solver';
import type { GrayPixels } from '#engine/fem/gray/gray-pixels';
import { densityPixels, pixelsOfPhases, randomPixels } from '#test/support/gray-pixels';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam } from '#test/support/virtual-test-phases';

const n = 16;
const limits = { tolerance: 1e-14, iterations: 5000 };
const porous = { white: { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 }, black: { name: 'solid', youngsModulus: 70e9, poissonRatio: 0.3, thermalExpansion: 2e-5 } };
const quarters: readonly (readonly [string, GrayPixels])[] = [
  ['random', randomPixels(n, 4)],
  ['smooth', densityPixels(n, 2)],
  ['of contrast 683 000', pixelsOfPhases(spottedImage(n, 3), aluminumInFoam)],
  ['with voids', pixelsOfPhases(spottedImage(n, 5), porous)],
];

/** The pixel of the quarter of which a pixel of the cell, mirrored to the right and downwards, is an image. */
function pixelOfQuarter(p: number): number {
  const fold = (index: number): number => (index < n ? index : 2 * n - 1 - index);
  return fold(Math.floor(p / (2 * n))) * n + fold(p % (2 * n));
}

function mirrored({ youngsModulus, poissonRatio, thermalExpansion }: GrayPixels): GrayPixels {
  const whole = (values: Float64Array): Float64Array => Float64Array.from({ length: 4 * n * n }, (_, p) => values[pixelOfQuarter(p)]!);
  return { youngsModulus: whole(youngsModulus), poissonRatio: whole(poissonRatio), thermalExpansion: whole(thermalExpansion!) };
}

function apart(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  const size = Math.max(...Array.from(theirs, Math.abs));
  return Math.max(...Array.from(theirs, (value, i) => Math.abs(value - ours[i]!))) / size;
}

describe.each(['plane-stress', 'plane-strain'] as const)('%s', (plane) => {
  describe.each(quarters)('%s', (_, quarter) => {
    const whole = createGraySolver(2 * n, { kind: 'periodic', plane }).solve(mirrored(quarter), limits);

    test.each([{ direct: false, scaled: false }, { direct: false, scaled: true }, { direct: true }])('all but shear as of the whole cell, %o', (way) => {
      const part = createGraySolver(n, { kind: 'mirrored', plane }).solve(quarter, { ...limits, ...way });
      expect(part.converged).toBe(true);
      for (const property of ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const) {
        const [ours, theirs] = [part, whole].map(({ properties }) => properties[property]);
        expect(ours === undefined).toBe(theirs === undefined);
        if (ours && theirs) expect(apart([ours.x, ours.y], [theirs.x, theirs.y]), property).toBeLessThan(1e-10);
      }
      expect(part.properties.stiffness).toBeUndefined();
      expect(part.properties.shearModulus).toBeUndefined();
      expect(apart(part.thermalStress!, whole.thermalStress!)).toBeLessThan(1e-10);
    });

    test('derivatives to a pixel and its three images together', () => {
      const part = createGraySolver(n, { kind: 'mirrored', plane }).solve(quarter, limits);
      const pixels = (count: number): Int32Array => Int32Array.from({ length: count }, (__, p) => p);
      const slope = [1e10, 3e10, 2e5];
      const slopes = (count: number): Float64Array => Float64Array.from({ length: 3 * count }, (__, k) => slope[k % 3]!);
      for (const weights of [
        { youngsModulus: { x: 1, y: -0.5 } },
        { poissonRatio: { x: 1, y: 2 } },
        { thermalExpansion: { x: 1, y: 3 } },
        { compliance: Float64Array.of(1, 2, 0, 2, -1, 0, 0, 0, 0) },
      ]) {
        const ours = grayGradient(part, weights, slopes(n * n), pixels(n * n));
        const theirs = new Float64Array(n * n);
        grayGradient(whole, weights, slopes(4 * n * n), pixels(4 * n * n)).forEach((value, p) => (theirs[pixelOfQuarter(p)]! += value));
        expect(apart(ours, theirs), Object.keys(weights)[0]).toBeLessThan(1e-5);
      }
    });
  });
});

test('the error is within its bound wherever the iterations end', () => {
  const solver = createGraySolver(n, { kind: 'mirrored', plane: 'plane-stress' });
  const [, pixels] = quarters[0]!;
  const exact = solver.solve(pixels, { direct: false, tolerance: 1e-13, iterations: 500 });
  const stiffness = ({ youngsModulus: E, poissonRatio: nu }: typeof exact.properties): number[] => {
    const across = 1 - nu!.x * nu!.y;
    return [E!.x / across, E!.y / across, (nu!.y * E!.x) / across];
  };
  for (const iterations of [0, 2, 5, 10]) {
    const { properties, statistics, converged } = solver.solve(pixels, { direct: false, tolerance: 1e-13, iterations });
    expect(converged).toBe(false);
    const error = apart(stiffness(properties), stiffness(exact.properties));
    expect(error).toBeLessThan(statistics.errorEstimate!);
    expect(error).toBeGreaterThan(1e-3 * statistics.errorEstimate!);
  }
});

test('the same bytes again, whatever was solved in between; a former state saves iterations', () => {
  const iterated = { ...limits, direct: false };
  const solver = createGraySolver(n, { kind: 'mirrored', plane: 'plane-stress' });
  const pixels = densityPixels(n, 1);
  const first = solver.solve(pixels, iterated);
  solver.solve(randomPixels(n, 8), { tolerance: 1e-3, iterations: 5 });
  expect(solver.solve(pixels, iterated)).toEqual(first);
  expect(solver.solve(pixels, { ...iterated, start: first.fields }).statistics.iterations).toBe(0);
});
