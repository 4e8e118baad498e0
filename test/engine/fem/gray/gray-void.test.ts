/* Voids in gray images: against the two-phase solver, and derivatives by differences. */
import { describe, expect, test } from 'vitest';
import { BugError } from '#engine/core/bug-error';
import { grayDerivative } from '#engine/fem/gray/gray-derivative';
import type { GrayPixels } from '#engine/fem/gray/gray-pixels';
import { createGraySolver, type GraySolution } from '#engine/fem/gray/gray-solver';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import type { Image2D } from '#engine/grid/image-2d';
import { image } from '#test/support/draw-image';
import { pixelsOfPhases, randomPixels } from '#test/support/gray-pixels';
import { spottedImage } from '#test/support/spotted-image';

const porous = {
  white: { name: 'solid', youngsModulus: 70e9, poissonRatio: 0.3, thermalExpansion: 1e-5 },
  black: { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 },
};
const kinds = ['compression', 'heating', 'periodic'] as const;
const planes = ['plane-stress', 'plane-strain'] as const;
const directions = ['x', 'y'] as const;
/** Between rollers a void at a loaded edge leaves bounds of some 1e-8. */
const limits = { tolerance: 1e-7, iterations: 5000 };

function inverted(cell: Image2D<'binary'>): Image2D<'binary'> {
  return { ...cell, data: cell.data.map((value) => 1 - value) };
}

const pore = image('########\n########\n##...###\n##....##\n##....##\n###..###\n########\n########');
const cells: readonly (readonly [string, Image2D<'binary'>])[] = [
  ['a pore', pore],
  ['spots of void', inverted(spottedImage(16, 1))],
  ['spots of solid, which carry nothing', spottedImage(16, 1)],
  ['bars, which carry along x alone', image('########\n########\n........\n........\n########\n########\n........\n........')],
  ['an island in a frame', image('########\n#......#\n#......#\n#..##..#\n#..##..#\n#......#\n#......#\n########')],
  ['a chain that hangs by corners', image('##......\n##......\n..##....\n..##....\n....##..\n....##..\n......##\n......##')],
];

describe.each(planes)('%s', (plane) => {
  describe.each(kinds)('%s', (kind) => {
    test.each(cells)('%s: as the two-phase solver', (_, cell) => {
      const theirs = createVirtualTester(cell.width, porous, { kind, plane }).run(cell);
      for (const scaled of [false, true]) {
        const { properties, statistics, converged } = createGraySolver(cell.width, { kind, plane }).solve(pixelsOfPhases(cell, porous), { ...limits, scaled });
        expect(converged).toBe(true);
        const bound = statistics.errorEstimate! + theirs.statistics.errorEstimate!;
        for (const property of ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const) {
          const [ours, expected] = [properties[property], theirs[property]];
          expect(ours === undefined, property).toBe(expected === undefined);
          if (ours === undefined || expected === undefined) continue;
          for (const direction of directions) {
            const size = property === 'youngsModulus' ? expected[direction] : property === 'poissonRatio' ? 1 : 1e-5;
            if (property === 'youngsModulus' && size === 0) expect(ours[direction]).toBe(0);
            else expect(Math.abs(ours[direction] - expected[direction]) / size, property).toBeLessThan(Math.min(bound + 1e-11, 1e-8));
          }
        }
        expect(properties.shearModulus === undefined).toBe(theirs.shearModulus === undefined);
        if (theirs.shearModulus === 0) expect(properties.shearModulus).toBe(0);
        else if (theirs.shearModulus !== undefined) expect(properties.shearModulus! / theirs.shearModulus - 1).within(-1e-8, 1e-8);
        const largest = Math.max(1, ...(theirs.stiffness ?? []));
        theirs.stiffness?.forEach((entry, i) => expect((properties.stiffness![i]! - entry) / largest).within(-1e-8, 1e-8));
      }
    });
  });
});

/** Solid pixels each with constants of their own, around the pore. */
function porousPixels(): GrayPixels {
  const { youngsModulus, poissonRatio, thermalExpansion } = randomPixels(8, 21);
  const solid = (values: Float64Array): Float64Array => values.map((value, p) => (pore.data[p] === 1 ? value : 0));
  return { youngsModulus: solid(youngsModulus), poissonRatio: solid(poissonRatio), thermalExpansion: solid(thermalExpansion!) };
}

/** E, ν and α of both directions, as far as the test has them; of a derivative those of one pixel or a sum over pixels. */
function numbersOf({ properties }: GraySolution): number[] {
  const { youngsModulus, poissonRatio, thermalExpansion } = properties;
  return [youngsModulus, poissonRatio, thermalExpansion].flatMap((value) => (value === undefined ? [] : [value.x, value.y]));
}

describe.each(kinds)('derivatives of %s', (kind) => {
  const solver = createGraySolver(8, { kind, plane: 'plane-strain' });
  const pixels = porousPixels();
  const exact = { tolerance: 1e-14, iterations: 20000 };
  const solution = solver.solve(pixels, exact);
  const solve = (changed: GrayPixels): number[] => numbersOf(solver.solve(changed, { ...exact, start: solution.fields }));

  test.each(['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const)('to %s of solid pixels', (to) => {
    const { youngsModulus, poissonRatio, thermalExpansion } = grayDerivative(solution, 'plane-strain', to);
    const fields = [youngsModulus, poissonRatio, thermalExpansion].flatMap((value) => (value === undefined ? [] : [value.x, value.y]));
    const values = numbersOf(solution);
    // Pixels at corners, along the pore and at an edge.
    for (const p of [0, 9, 17, 21, 33, 60]) {
      const value = pixels[to]![p]!;
      const step = 1e-3 * value;
      const at = (steps: number): number[] => solve({ ...pixels, [to]: pixels[to]!.with(p, value + steps * step) });
      const [minus2, minus, plus, plus2] = [at(-2), at(-1), at(1), at(2)];
      fields.forEach((field, k) => {
        const difference = (8 * (plus[k]! - minus[k]!) - (plus2[k]! - minus2[k]!)) / (12 * step);
        const size = Math.max(...field.filter((_, pixel) => pore.data[pixel] === 1).map(Math.abs));
        expect(Math.abs(field[p]! - difference), `${k} at ${p}`).toBeLessThanOrEqual(1e-5 * size + (1e-11 * Math.abs(values[k]!)) / step);
      });
    }
    for (const field of fields) expect(field.every(Number.isFinite)).toBe(true);
  });

  test('to the modulus of all voids together', () => {
    const { youngsModulus, poissonRatio } = grayDerivative(solution, 'plane-strain');
    const step = 1e5;
    const raised = solve({ ...pixels, youngsModulus: pixels.youngsModulus.map((E) => (E === 0 ? step : E)) });
    const before = numbersOf(solution);
    [youngsModulus.x, youngsModulus.y, poissonRatio.x, poissonRatio.y].forEach((field, k) => {
      const sum = field.reduce((total, value, p) => (pore.data[p] === 0 ? total + value : total), 0);
      const difference = (raised[k]! - before[k]!) / step;
      expect(difference).not.toBe(0);
      expect(sum / difference - 1).within(-1e-3, 1e-3);
    });
  });
});

test('a solid that carries nothing keeps its zero when it starts from a former state', () => {
  const solver = createGraySolver(16, { kind: 'heating', plane: 'plane-stress' });
  const connected = solver.solve(pixelsOfPhases(inverted(spottedImage(16, 1)), porous), limits);
  const { properties } = solver.solve(pixelsOfPhases(spottedImage(16, 1), porous), { ...limits, start: connected.fields });
  expect(properties).toEqual({ youngsModulus: { x: 0, y: 0 } });
});

test('nothing but voids, and a void with properties, are refused', () => {
  const solver = createGraySolver(8, { kind: 'compression', plane: 'plane-stress' });
  const pixels = pixelsOfPhases(pore, porous);
  expect(() => solver.solve({ ...pixels, youngsModulus: new Float64Array(64), poissonRatio: new Float64Array(64), thermalExpansion: new Float64Array(64) })).toThrow(BugError);
  expect(() => solver.solve({ ...pixels, poissonRatio: new Float64Array(64).fill(0.3) })).toThrow(BugError);
});
