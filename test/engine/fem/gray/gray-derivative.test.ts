/* Derivatives of every result of every test to every constant of a pixel, by central differences. */
import { describe, expect, test } from 'vitest';
import { grayDerivative } from '#engine/fem/gray/gray-derivative';
import type { GrayConstant, GrayPixels } from '#engine/fem/gray/gray-pixels';
import { createGraySolver, type GraySolution } from '#engine/fem/gray/gray-solver';
import { pixelsOfPhases, randomPixels } from '#test/support/gray-pixels';
import { spottedImage } from '#test/support/spotted-image';

const n = 8;
const limits = { tolerance: 1e-14, iterations: 1000, direct: false };
const unlike = {
  white: { name: 'one', youngsModulus: 210e9, poissonRatio: 0.22, thermalExpansion: 11e-6 },
  black: { name: 'other', youngsModulus: 20e9, poissonRatio: 0.37, thermalExpansion: 40e-6 },
};
const images: readonly (readonly [string, GrayPixels])[] = [
  ['random pixels', randomPixels(n, 11)],
  ['unlike phases', pixelsOfPhases(spottedImage(n, 2), unlike)],
];

/** All numbers of a result or a derivative at a pixel, by name. */
function numbersOf({ properties, thermalStress }: GraySolution): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const name of ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const) {
    for (const direction of ['x', 'y'] as const) if (properties[name] !== undefined) numbers.set(`${name} ${direction}`, properties[name][direction]);
  }
  if (properties.shearModulus !== undefined) numbers.set('shearModulus', properties.shearModulus);
  properties.stiffness?.forEach((value, i) => numbers.set(`stiffness ${i}`, value));
  thermalStress?.forEach((value, i) => numbers.set(`thermalStress ${i}`, value));
  return numbers;
}

describe.each(images)('%s', (_, pixels) => {
  describe.each(['plane-stress', 'plane-strain'] as const)('%s', (plane) => {
    describe.each(['compression', 'heating', 'periodic'] as const)('%s', (kind) => {
      test.each(['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const)('to %s', (to: GrayConstant) => {
        const solver = createGraySolver(n, { kind, plane });
        const solution = solver.solve(pixels, limits);
        const derivative = grayDerivative(solution, plane, to);
        const fields = new Map<string, Float64Array>();
        for (const name of numbersOf(solution).keys()) {
          const [property, part] = name.split(' ') as [keyof typeof derivative, string | undefined];
          const value = derivative[property] as unknown as Float64Array & Record<string, Float64Array>;
          fields.set(name, part === undefined ? value : value[part]!);
        }
        for (const p of [0, 7, 19, 36, 56, 63]) {
          const value = pixels[to]![p]!;
          const step = 1e-3 * value;
          const at = (shift: number): Map<string, number> =>
            numbersOf(solver.solve({ ...pixels, [to]: pixels[to]!.with(p, value + shift) }, { ...limits, start: solution.fields }));
          // Fourth order, so that a wide step is exact enough.
          const [minus2, minus, plus, plus2] = [-2, -1, 1, 2].map((steps) => at(steps * step)) as [Map<string, number>, Map<string, number>, Map<string, number>, Map<string, number>];
          for (const [name, field] of fields) {
            const difference = (8 * (plus.get(name)! - minus.get(name)!) - (plus2.get(name)! - minus2.get(name)!)) / (12 * step);
            const group = [...fields].filter(([other]) => other.split(' ')[0] === name.split(' ')[0]);
            const size = Math.max(...group.flatMap(([, values]) => Array.from(values, Math.abs)));
            expect(Math.abs(field[p]! - difference), `${name} at ${p}`).toBeLessThanOrEqual(1e-5 * size);
          }
        }
      });
    });
  });
});
