/* The direct solver of gray images: beside iterations, the two-phase solver and differences, and which images it is for. */
import { describe, expect, test } from 'vitest';
import { dissect } from '#engine/fem/direct/dissection';
import { layOutFronts } from '#engine/fem/direct/front-layout';
import { rollerBoundaryConditions } from '#engine/fem/element/boundary-conditions';
import { grayDerivative, type GrayDerivative } from '#engine/fem/gray/gray-derivative';
import type { GrayPixels } from '#engine/fem/gray/gray-pixels';
import { createGraySolver, type GraySolution } from '#engine/fem/gray/gray-solver';
import type { TestProperties } from '#engine/fem/virtual-test';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { createRng } from '#engine/core/rng';
import { densityPixels, pixelsOfPhases, randomPixels } from '#test/support/gray-pixels';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const planes = ['plane-stress', 'plane-strain'] as const;
const kinds = ['compression', 'heating', 'periodic'] as const;
/** Of these there is a two-phase solver for the first three. */
const grayKinds = [...kinds, 'mirrored'] as const;
const properties = ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const;
const limits = { tolerance: 1e-12, iterations: 4000 };
const iterated = { ...limits, direct: false };
const direct = { ...limits, direct: true };

function numbersOf({ properties: found, thermalStress }: { readonly properties: TestProperties; readonly thermalStress?: Float64Array }): number[][] {
  return [
    ...properties.flatMap((property) => (found[property] === undefined ? [] : [[found[property].x, found[property].y]])),
    ...(found.stiffness === undefined ? [] : [Array.from(found.stiffness)]),
    ...(thermalStress === undefined ? [] : [Array.from(thermalStress)]),
  ];
}

/** Largest difference, relative to the largest number of its group. */
function apart(ours: number[][], theirs: number[][]): number {
  expect(ours.length).toBe(theirs.length);
  return Math.max(...theirs.map((group, g) => Math.max(...group.map((value, i) => Math.abs(value - ours[g]![i]!))) / Math.max(...group.map(Math.abs))));
}

/** Pixels between the phases and of them, moduli without any order from the one to the other. */
function grayFoam(n: number, seed: number): GrayPixels {
  const rng = createRng(seed);
  const share = Float64Array.from({ length: n * n }, () => Math.min(1, Math.max(0, rng.between(-0.5, 1.5))));
  const { white, black } = aluminumInFoam;
  return {
    youngsModulus: share.map((x) => black.youngsModulus * (white.youngsModulus / black.youngsModulus) ** x),
    poissonRatio: share.map((x) => black.poissonRatio + x * (white.poissonRatio - black.poissonRatio)),
    thermalExpansion: share.map((x) => black.thermalExpansion! + x * (white.thermalExpansion! - black.thermalExpansion!)),
  };
}

function derivativesOf(derivative: GrayDerivative): Float64Array[][] {
  return [
    ...properties.flatMap((property) => (derivative[property] === undefined ? [] : [[derivative[property].x, derivative[property].y]])),
    ...(derivative.stiffness === undefined ? [] : [[...derivative.stiffness]]),
    ...(derivative.thermalStress === undefined ? [] : [[...derivative.thermalStress]]),
  ];
}

describe.each(planes)('%s', (plane) => {
  describe.each(grayKinds)('%s', (kind) => {
    test.each([['random', randomPixels(16, 3)], ['densities', densityPixels(32, 4)]] as const)('%s: as iterations, with their derivatives', (_, pixels) => {
      const solver = createGraySolver(Math.sqrt(pixels.youngsModulus.length), { kind, plane });
      const [ours, theirs] = [solver.solve(pixels, direct), solver.solve(pixels, iterated)];
      expect(ours.statistics.solver).not.toBe(theirs.statistics.solver);
      expect(apart(numbersOf(ours), numbersOf(theirs))).toBeLessThan(1e-10);
      expect(ours.statistics.residual).toBeLessThan(1e-12);
      // Those of a mirrored cell: gray-mirrored.test.ts.
      if (kind === 'mirrored') return;
      const [slopes, others] = [ours, theirs].map((solution) => derivativesOf(grayDerivative(solution, plane)).map((group) => group.map((field) => Array.from(field))));
      slopes!.forEach((group, g) => expect(apart(group, others![g]!)).toBeLessThan(1e-5));
    });

    test('an image and its transpose have each other\'s results', () => {
      const n = 16;
      const solver = createGraySolver(n, { kind, plane });
      const pixels = grayFoam(n, 9);
      // Rows count from the top: this exchanges x and y.
      const transposed = Object.fromEntries(
        Object.entries(pixels).map(([name, values]) => [name, Float64Array.from({ length: n * n }, (_, p) => values[(n - 1 - (p % n)) * n + n - 1 - Math.floor(p / n)]!)]),
      ) as unknown as GrayPixels;
      const [one, other] = [pixels, transposed].map((each) => solver.solve(each, direct).properties) as [TestProperties, TestProperties];
      for (const property of properties) {
        if (one[property] === undefined) continue;
        const { x, y } = one[property];
        expect(apart([[other[property]!.y, other[property]!.x]], [[x, y]]), property).toBeLessThan(1e-8);
      }
    });
  });

  describe.each(kinds)('%s', (kind) => {
    test('contrast 683 000: derivatives are differences', () => {
      const n = 8;
      const solver = createGraySolver(n, { kind, plane });
      const pixels = grayFoam(n, 5);
      const at = (changed: GrayPixels): number[][] => numbersOf(solver.solve(changed, direct));
      for (const to of ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const) {
        const fields = derivativesOf(grayDerivative(solver.solve(pixels, direct), plane, to));
        for (const p of [0, 19, 36, 63]) {
          const value = pixels[to]![p]!;
          const step = 1e-3 * value;
          const [minus2, minus, plus, plus2] = [-2, -1, 1, 2].map((k) => at({ ...pixels, [to]: pixels[to]!.with(p, value + k * step) })) as [number[][], number[][], number[][], number[][]];
          fields.forEach((group, g) => {
            // Soft pixels have the largest derivatives to a modulus, and the largest changes.
            const scale = (q: number): number => pixels[to]![q]!;
            const size = Math.max(...group.flatMap((field) => Array.from(field, (slope, q) => Math.abs(slope * scale(q)))));
            group.forEach((field, i) => {
              const difference = (8 * (plus[g]![i]! - minus[g]![i]!) - (plus2[g]![i]! - minus2[g]![i]!)) / (12 * step);
              expect(Math.abs(field[p]! - difference) * value, `${to} at ${p}, group ${g}, ${i}`).toBeLessThanOrEqual(1e-5 * size);
            });
          });
        }
      }
    });

    test('two phases of contrast 683 000: as the two-phase solver', () => {
      const solver = createGraySolver(32, { kind, plane });
      const tester = createVirtualTester(32, aluminumInFoam, { kind, plane });
      for (const seed of [7, 8]) {
        const image = spottedImage(32, seed);
        const ours = solver.solve(pixelsOfPhases(image, aluminumInFoam), limits);
        const theirs = tester.run(image);
        expect(ours.statistics.solver).toBe('nested-dissection-cholesky-of-gray-pixels');
        expect(ours.converged).toBe(true);
        // As far as the two-phase solver vouches for ν and α.
        expect(apart(numbersOf({ properties: ours.properties }), numbersOf({ properties: theirs }))).toBeLessThan(1e-8);
      }
    });
  });
});

test('the error at contrast 1e9 is within its estimate, where the other phase decides nothing', () => {
  // Layers without lateral contraction, closed form: springs in a row and side by side.
  const n = 32;
  const youngsModulus = new Float64Array(n * n).map((_, p) => ((p % n) % 4 === 0 ? 1e9 : 1 + (p % n)));
  const { properties: { youngsModulus: E }, statistics: { errorEstimate } } = createGraySolver(n, { kind: 'compression', plane: 'plane-stress' }).solve({ youngsModulus, poissonRatio: new Float64Array(n * n) });
  const row = youngsModulus.subarray(0, n);
  expect(Math.abs(E!.x * row.reduce((sum, each) => sum + 1 / each / n, 0) - 1)).toBeLessThan(errorEstimate!);
  expect(Math.abs(E!.y / row.reduce((sum, each) => sum + each / n, 0) - 1)).toBeLessThan(errorEstimate!);
  expect(errorEstimate).toBeLessThan(1e-5);
});

describe('which images it is for', () => {
  const solverOf = (kind: (typeof grayKinds)[number], pixels: GrayPixels, settings?: object): string =>
    createGraySolver(16, { kind, plane: 'plane-stress' }).solve(pixels, { tolerance: 1e-6, iterations: 2000, ...settings }).statistics.solver;

  test.each(grayKinds)('%s: large contrasts', (kind) => {
    expect(solverOf(kind, pixelsOfPhases(spottedImage(16, 7), boronInAluminum))).toMatch(/conjugate-gradients/);
    expect(solverOf(kind, pixelsOfPhases(spottedImage(16, 7), aluminumInFoam))).toMatch(/cholesky/);
  });

  test('voids are left to iterations, also when it is asked for', () => {
    const porous = { white: { ...boronInAluminum.white, thermalExpansion: 1e-6 }, black: { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 } };
    for (const settings of [{}, { direct: true }]) expect(solverOf('compression', pixelsOfPhases(spottedImage(16, 7), porous), settings)).toMatch(/conjugate-gradients/);
  });

  test('a solution depends on its image alone', () => {
    const solver = createGraySolver(16, { kind: 'heating', plane: 'plane-stress' });
    const [hard, soft] = [grayFoam(16, 1), randomPixels(16, 2)];
    const first: GraySolution = solver.solve(hard, limits);
    solver.solve(soft, limits);
    solver.solve(grayFoam(16, 2), direct);
    const again = solver.solve(hard, limits);
    expect(again.properties).toEqual(first.properties);
    expect(again.fields).toEqual(first.fields);
    expect(createGraySolver(16, { kind: 'heating', plane: 'plane-stress' }, ['thermal-expansion']).solve(hard, limits).properties).toEqual({ thermalExpansion: first.properties.thermalExpansion });
  });
});

test('it takes the memory of the two-phase solver', () => {
  for (const temperatures of [0, 1] as const) {
    const fronts = dissect(rollerBoundaryConditions(64, temperatures));
    expect(layOutFronts(fronts, 64, 'gray').bytes).toBeLessThan(1.05 * layOutFronts(fronts, 64).bytes);
  }
});
