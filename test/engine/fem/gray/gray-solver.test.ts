/* Results of the gray solver against the two-phase solvers, laminates, and an independent program. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createGraySolver } from '#engine/fem/gray/gray-solver';
import type { GrayPixels } from '#engine/fem/gray/gray-pixels';
import { planeStiffness } from '#engine/fem/element/plane-element';
import type { TestProperties } from '#engine/fem/virtual-test';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { densityPixels, pixelsOfPhases, randomPixels } from '#test/support/gray-pixels';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

type Numbers<Name extends string> = Readonly<Record<Name, number>>;
interface Golden {
  readonly resolution: number;
  readonly cases: readonly {
    readonly name: string;
    readonly pixels: Readonly<Record<keyof GrayPixels, readonly number[]>>;
    readonly tests: Readonly<
      Record<
        (typeof planes)[number],
        {
          readonly rollers: Numbers<'Ex' | 'Ey' | 'nux' | 'nuy' | 'alphax' | 'alphay'>;
          readonly periodic: Readonly<Record<'stiffness' | 'thermalStress' | 'expansion', readonly number[]>>;
        }
      >
    >;
  }[];
}
const golden = JSON.parse(readFileSync(new URL('../../../golden/fem/gray-tests.json', import.meta.url), 'utf8')) as Golden;

/** Iterations at every contrast; gray-direct.test.ts is about the direct solver. */
const limits = { tolerance: 1e-10, iterations: 2000, direct: false };
const planes = ['plane-stress', 'plane-strain'] as const;
const kinds = ['compression', 'heating', 'periodic'] as const;
const properties = ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const;
const directions = ['x', 'y'] as const;

/** Two materials unlike in all three constants. */
const unlike = {
  white: { name: 'one', youngsModulus: 210e9, poissonRatio: 0.22, thermalExpansion: 11e-6 },
  black: { name: 'other', youngsModulus: 20e9, poissonRatio: 0.37, thermalExpansion: 40e-6 },
};

/** Largest difference relative to the largest number. */
function apart(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  const size = Math.max(...Array.from(theirs, Math.abs));
  return Math.max(...Array.from(theirs, (value, i) => Math.abs(value - ours[i]!))) / size;
}

describe.each(planes)('%s', (plane) => {
  describe.each(kinds)('%s', (kind) => {
    // The last as far as the direct solver vouches for itself.
    test.each([['alike in ν', boronInAluminum, 1e-9], ['unlike', unlike, 1e-9], ['of contrast 683 000', aluminumInFoam, 1e-8]] as const)(
      'two phases %s: as the two-phase solver',
      (_, phases, tolerance) => {
        const solver = createGraySolver(32, { kind, plane });
        const tester = createVirtualTester(32, phases, { kind, plane });
        for (const seed of [7, 8]) {
          const image = spottedImage(32, seed);
          const theirs = tester.run(image);
          const { properties: result, converged } = solver.solve(pixelsOfPhases(image, phases), limits);
          expect(converged).toBe(true);
          for (const property of properties) {
            if (theirs[property] === undefined) continue;
            const numbers = (from: TestProperties): number[] => directions.map((direction) => from[property]![direction]);
            expect(apart(numbers(result), numbers(theirs)), property).toBeLessThan(tolerance);
          }
          if (theirs.stiffness !== undefined) expect(apart(result.stiffness!, theirs.stiffness)).toBeLessThan(tolerance);
          if (theirs.shearModulus !== undefined) expect(Math.abs(result.shearModulus! / theirs.shearModulus - 1)).toBeLessThan(tolerance);
        }
      },
    );

    test.each(golden.cases)('$name: as an independent program', ({ name, pixels, tests }) => {
      const image = {
        youngsModulus: Float64Array.from(pixels.youngsModulus),
        poissonRatio: Float64Array.from(pixels.poissonRatio),
        thermalExpansion: Float64Array.from(pixels.thermalExpansion),
      };
      const ways = [{ direct: true }, ...(name.endsWith('683000') ? [] : [{ scaled: false }, { scaled: true }])];
      for (const way of ways) {
        const { properties: result, thermalStress, converged } = createGraySolver(golden.resolution, { kind, plane }).solve(image, { ...limits, ...way });
        expect(converged).toBe(true);
        const { rollers, periodic } = tests[plane];
        if (kind === 'periodic') {
          expect(apart(result.stiffness!, periodic.stiffness)).toBeLessThan(1e-9);
          expect(apart(thermalStress!, periodic.thermalStress)).toBeLessThan(1e-9);
          expect(apart([result.thermalExpansion!.x, result.thermalExpansion!.y], periodic.expansion.slice(0, 2))).toBeLessThan(1e-9);
          continue;
        }
        expect(apart([result.youngsModulus!.x, result.youngsModulus!.y], [rollers.Ex, rollers.Ey])).toBeLessThan(1e-9);
        expect(apart([result.poissonRatio!.x, result.poissonRatio!.y], [rollers.nux, rollers.nuy])).toBeLessThan(1e-9);
        if (kind === 'heating') expect(apart([result.thermalExpansion!.x, result.thermalExpansion!.y], [rollers.alphax, rollers.alphay])).toBeLessThan(1e-9);
      }
    });

    test('the error is within its bound wherever the iterations end', () => {
      const solver = createGraySolver(16, { kind, plane });
      const pixels = randomPixels(16, 3);
      const exact = solver.solve(pixels, { ...limits, tolerance: 1e-13, iterations: 500 }).properties;
      const bounds = [0, 2, 5, 10].map((iterations) => {
        const { properties: result, statistics: { errorEstimate }, converged } = solver.solve(pixels, { ...limits, tolerance: 1e-13, iterations });
        expect(converged).toBe(false);
        for (const direction of directions) {
          if (kind === 'periodic') continue;
          expect(Math.abs(result.youngsModulus![direction] / exact.youngsModulus![direction] - 1)).toBeLessThan(errorEstimate!);
          expect(Math.abs(result.poissonRatio![direction] - exact.poissonRatio![direction])).toBeLessThan(errorEstimate!);
          if (kind === 'heating') expect(Math.abs(result.thermalExpansion![direction] - exact.thermalExpansion![direction])).toBeLessThan(30e-6 * 1.4 * errorEstimate!);
        }
        if (kind === 'periodic') expect(apart(result.stiffness!, exact.stiffness!)).toBeLessThan(errorEstimate!);
        return errorEstimate!;
      });
      expect(bounds).toEqual([...bounds].sort((a, b) => b - a));
      expect(bounds[3]).toBeLessThan(bounds[0]! / 20);
    });

    test('the bound is no larger than it must be: one material from a wrong start', () => {
      const solver = createGraySolver(16, { kind, plane });
      const start = solver.solve(randomPixels(16, 3), limits).fields;
      const pixels = pixelsOfPhases(spottedImage(16, 1), { white: unlike.black, black: unlike.black });
      const exact = solver.solve(pixels, limits).properties;
      const { properties: result, statistics: { errorEstimate } } = solver.solve(pixels, { ...limits, tolerance: 1e-13, iterations: 0, start });
      const errors =
        kind === 'periodic'
          ? [apart(result.stiffness!, exact.stiffness!)]
          : directions.flatMap((direction) => [
              Math.abs(result.youngsModulus![direction] / exact.youngsModulus![direction] - 1),
              Math.abs(result.poissonRatio![direction] - exact.poissonRatio![direction]),
            ]);
      expect(Math.max(...errors)).toBeLessThanOrEqual(errorEstimate!);
      expect(Math.max(...errors)).toBeGreaterThan(0.12 * errorEstimate!);
    });

    test('one material: its constants, without an iteration', () => {
      const pixels = pixelsOfPhases(spottedImage(8, 1), { white: unlike.black, black: unlike.black });
      const { properties: result, statistics: { iterations } } = createGraySolver(8, { kind, plane }).solve(pixels, limits);
      const { youngsModulus: E, poissonRatio: nu, thermalExpansion: alpha } = unlike.black;
      const [young, poisson, expansion] = plane === 'plane-stress' ? [E, nu, alpha] : [E / (1 - nu * nu), nu / (1 - nu), (1 + nu) * alpha];
      for (const direction of directions) {
        expect(result.youngsModulus![direction] / young).toBeCloseTo(1, 11);
        expect(result.poissonRatio![direction] / poisson).toBeCloseTo(1, 11);
        if (kind !== 'compression') expect(result.thermalExpansion![direction] / expansion).toBeCloseTo(1, 11);
      }
      expect(iterations).toBe(0);
    });

    test('the same bytes again, whatever was solved in between; a former state saves iterations and changes nothing else', () => {
      const solver = createGraySolver(32, { kind, plane });
      const pixels = densityPixels(32, 1);
      const first = solver.solve(pixels, limits);
      const changed: GrayPixels = { ...pixels, youngsModulus: pixels.youngsModulus.map((E, p) => E * (1 + 0.01 * Math.sin(p))) };
      const cold = solver.solve(changed, limits);
      const warm = solver.solve(changed, { ...limits, start: first.fields });
      solver.solve(randomPixels(32, 4), { tolerance: 1e-3, iterations: 20 });
      expect(solver.solve(pixels, limits)).toEqual(first);
      expect(solver.solve(changed, { ...limits, start: first.fields })).toEqual(warm);
      expect(warm.statistics.iterations).toBeLessThan(0.8 * cold.statistics.iterations);
      for (const property of properties) {
        if (cold.properties[property] === undefined) continue;
        const numbers = ({ properties: result }: typeof cold): number[] => directions.map((direction) => result[property]![direction]);
        expect(apart(numbers(warm), numbers(cold)), property).toBeLessThan(3e-10);
      }
      expect(solver.solve(changed, { ...limits, start: warm.fields }).statistics.iterations).toBe(0);
    });
  });

  test('nodes scaled by their stiffness save iterations where densities are smooth, and cost some where pixels are sharp', () => {
    const solver = createGraySolver(32, { kind: 'periodic', plane });
    const iterations = (pixels: GrayPixels, scaled: boolean): number => solver.solve(pixels, { ...limits, scaled }).statistics.iterations;
    const smooth = densityPixels(32, 1);
    expect(iterations(smooth, true)).toBeLessThan(0.4 * iterations(smooth, false));
    const sharp = pixelsOfPhases(spottedImage(32, 7), boronInAluminum);
    expect(iterations(sharp, true)).toBeGreaterThan(iterations(sharp, false));
  });

  test('layers across x, each of a gray of its own: the laminate', () => {
    const n = 16;
    const { youngsModulus, poissonRatio, thermalExpansion } = randomPixels(n, 9);
    const layered = (values: Float64Array): Float64Array => values.map((_, p) => values[p % n]!);
    const pixels = { youngsModulus: layered(youngsModulus), poissonRatio: layered(poissonRatio), thermalExpansion: layered(thermalExpansion!) };
    const { properties: result, thermalStress } = createGraySolver(n, { kind: 'periodic', plane }).solve(pixels, { ...limits, tolerance: 1e-13, iterations: 500 });
    const mean = (value: (D: Float64Array, hot: number) => number): number => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const nu = pixels.poissonRatio[i]!;
        const D = planeStiffness({ name: '', youngsModulus: pixels.youngsModulus[i]!, poissonRatio: nu }, plane);
        const alpha = pixels.thermalExpansion[i]! * (plane === 'plane-stress' ? 1 : 1 + nu);
        sum += value(D, (D[0]! + D[1]!) * alpha) / n;
      }
      return sum;
    };
    const across = 1 / mean(([main]) => 1 / main!);
    const side = mean(([main, lateral]) => lateral! / main!);
    const along = mean(([main, lateral]) => main! - (lateral! * lateral!) / main!) + side * side * across;
    const shear = 1 / mean((D) => 1 / D[8]!);
    expect(apart(result.stiffness!, [across, side * across, 0, side * across, along, 0, 0, 0, shear])).toBeLessThan(1e-11);
    const hot = across * mean(([main], stress) => stress / main!);
    const lateralHot = mean(([main, lateral], stress) => stress - (lateral! / main!) * (stress - hot));
    expect(apart(thermalStress!, [hot, lateralHot, 0])).toBeLessThan(1e-11);
  });

  test('layers across x without lateral contraction, in compression: springs in a row and side by side', () => {
    const n = 16;
    const youngsModulus = new Float64Array(n * n).map((_, p) => 1e9 * (1 + (p % n)));
    const pixels = { youngsModulus, poissonRatio: new Float64Array(n * n) };
    const { properties: result } = createGraySolver(n, { kind: 'compression', plane }).solve(pixels, { ...limits, tolerance: 1e-13, iterations: 500 });
    const row = youngsModulus.subarray(0, n);
    expect(result.youngsModulus!.x * row.reduce((sum, E) => sum + 1 / E / n, 0)).toBeCloseTo(1, 11);
    expect(result.youngsModulus!.y / row.reduce((sum, E) => sum + E / n, 0)).toBeCloseTo(1, 11);
  });
});

test('only what is asked: the same expansion without the elastic properties, and the other way round', () => {
  const pixels = randomPixels(8, 3);
  const settings = { kind: 'heating', plane: 'plane-strain' } as const;
  const { properties: all } = createGraySolver(8, settings).solve(pixels, limits);
  const { properties: hot } = createGraySolver(8, settings, ['thermal-expansion']).solve(pixels, limits);
  const { properties: cold } = createGraySolver(8, settings, ['poisson-ratio']).solve(pixels, limits);
  expect(hot).toEqual({ thermalExpansion: all.thermalExpansion });
  expect(cold).toEqual({ youngsModulus: all.youngsModulus, poissonRatio: all.poissonRatio });
});
