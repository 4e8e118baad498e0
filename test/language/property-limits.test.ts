import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IsotropicMaterial } from '#engine/core/material';
import { contrastOf } from '#engine/fem/reference-medium';
import * as virtualTest from '#engine/fem/run-virtual-test';
import { attainableLimit } from '#engine/homogenization/attainable-limits';
import { reussBound, twoPhases, voigtBound } from '#engine/homogenization/bounds';
import { isotropicModuli } from '#engine/homogenization/isotropic-moduli';
import { inverse3 } from '#engine/numerics/matrix-3';
import { largestContrast, planeContrast, planeExpansion, planeModuli } from '#language/plane-moduli';
import { propertyLimit, voigtReuss } from '#language/property-limits';
import { readText } from './read-fixture';

const material = fc.record({
  young: fc.double({ min: 1, max: 1e6, noNaN: true }).map((megapascals) => Number(megapascals.toPrecision(6))),
  poisson: fc.double({ min: -0.9, max: 0.49, noNaN: true }).map((ratio) => Number(ratio.toFixed(3))),
  expansion: fc.integer({ min: -50, max: 300 }),
});
const materialOf = ({ young, poisson, expansion }: { young: number; poisson: number; expansion: number }, name: string): IsotropicMaterial => ({
  name, youngsModulus: young * 1e6, poissonRatio: poisson, thermalExpansion: expansion * 1e-7,
});
const plane = fc.constantFrom('plane-stress' as const, 'plane-strain' as const);
const question = fc.record({
  white: material.map((each) => materialOf(each, 'W')),
  black: material.map((each) => materialOf(each, 'B')),
  plane,
  test: fc.constantFrom('compression' as const, 'heating' as const, 'periodic' as const),
  property: fc.constantFrom('youngs-modulus' as const, 'poisson-ratio' as const, 'thermal-expansion' as const),
  sense: fc.constantFrom('maximize' as const, 'minimize' as const),
  directions: fc.constantFrom(1, 2),
});

test("limits are the engine's, at a fraction and at the best of a window", () => {
  fc.assert(
    fc.property(question, fc.double({ min: 0.05, max: 0.9, noNaN: true }), (asked, fraction) => {
      const engines = (volumeFraction: number) =>
        attainableLimit({ ...asked, phases: asked, volumeFraction, directions: asked.directions === 1 ? ['x'] : ['x', 'y'] });
      const same = (a: number | undefined, b: number | undefined): void => {
        if (a === undefined || b === undefined) expect(a).toBe(b);
        else expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.abs(b) + 1e-20);
      };
      const [ours, theirs] = [propertyLimit(asked, { lower: fraction, upper: fraction }), engines(fraction)];
      same(ours?.value, theirs?.value);
      expect([ours?.name, ours?.standing]).toEqual([theirs?.name, theirs?.standing]);

      const window = propertyLimit(asked, { lower: fraction, upper: fraction + 0.05 });
      const inside = [0, 0.013, 0.025, 0.04, 0.05].map((step) => engines(fraction + step)?.value);
      for (const value of inside) {
        if (window === undefined || value === undefined) expect(value).toBe(window?.value);
        else if (asked.sense === 'maximize') expect(value).toBeLessThanOrEqual(window.value + 1e-6 * Math.abs(window.value));
        else expect(value).toBeGreaterThanOrEqual(window.value - 1e-6 * Math.abs(window.value));
      }
    }),
    { numRuns: 400, seed: 5 },
  );
});

test("limits beside a void are the engine's, finite, and those of softer and softer pores", () => {
  fc.assert(
    fc.property(question, fc.boolean(), fc.double({ min: 0.05, max: 0.9, noNaN: true }), (asked, whiteIsVoid, fraction) => {
      const pores = (youngsModulus: number) => ({ name: 'void', youngsModulus, poissonRatio: 0, thermalExpansion: 0 });
      const beside = (youngsModulus: number) => (whiteIsVoid ? { ...asked, white: pores(youngsModulus) } : { ...asked, black: pores(youngsModulus) });
      const ours = (youngsModulus: number) => propertyLimit(beside(youngsModulus), { lower: fraction, upper: fraction });
      const porous = beside(0);
      const limit = ours(0);
      const engines = attainableLimit({ ...porous, phases: porous, volumeFraction: fraction, directions: asked.directions === 1 ? ['x'] : ['x', 'y'] });
      expect([limit?.name, limit?.standing]).toEqual([engines?.name, engines?.standing]);
      if (limit === undefined) return;
      expect(Math.abs(limit.value - engines!.value)).toBeLessThanOrEqual(1e-9 * Math.abs(limit.value) + 1e-20);
      const scale = asked.property === 'youngs-modulus' ? asked[whiteIsVoid ? 'black' : 'white'].youngsModulus : asked.property === 'poisson-ratio' ? 1 : 3e-5;
      expect(Math.abs(ours(1)!.value - limit.value) / scale).toBeLessThan(1e-3);
      expect(voigtReuss(porous, fraction).lower).toBe(0);
    }),
    { numRuns: 300, seed: 8 },
  );
});

test("moduli and bounds of the plane are the engine's", () => {
  fc.assert(
    fc.property(material, material, plane, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (one, other, held, share) => {
      const [white, black] = [materialOf(one, 'W'), materialOf(other, 'B')];
      const { bulk, shear, thermalExpansion } = isotropicModuli(white, held);
      expect([planeModuli(white, held), planeExpansion(white, held)]).toEqual([{ bulk, shear, lame: bulk - shear }, thermalExpansion]);
      const { contrast } = planeContrast(white, black, held);
      expect(contrast / contrastOf({ white, black }, held)).toBeCloseTo(1, 10);
      const young = (bound: typeof voigtBound): number => 1 / inverse3(bound(twoPhases({ white, black }, held, share)))[0]!;
      const { lower, upper } = voigtReuss({ white, black, plane: held }, share);
      expect(upper / young(voigtBound)).toBeCloseTo(1, 10);
      expect(lower / young(reussBound)).toBeCloseTo(1, 10);
    }),
    { numRuns: 100, seed: 4 },
  );
});

test('a bound is out of reach exactly beyond the limit of both directions', () => {
  fc.assert(
    fc.property(question, fc.integer({ min: 30, max: 60 }), (asked, percent) => {
      const limit = propertyLimit({ ...asked, directions: 2 }, { lower: percent / 100, upper: (percent + 1) / 100 });
      if (limit === undefined || Math.abs(limit.value) < 1e-12) return;
      const { white, black } = asked;
      const declare = (name: string, { youngsModulus, poissonRatio, thermalExpansion }: IsotropicMaterial): string =>
        `material ${name} { young ${youngsModulus} Pa  poisson ${poissonRatio}  expansion ${thermalExpansion} 1/K }`;
      const [word, unit] = ({ 'youngs-modulus': ['E', 'Pa'], 'poisson-ratio': ['poisson', ''], 'thermal-expansion': ['expansion', '1/K'] } as const)[asked.property];
      const relation = asked.sense === 'maximize' ? '>' : '<';
      const codes = (bound: number): readonly string[] =>
        readText(`${declare('W', white)} ${declare('B', black)}
          database D { size 800  fraction 0.25 .. 0.65  cells 100% }
          case C { white W  black B  from D  plane ${asked.plane.slice(6)}  test ${asked.test}  minimize E along x
            subject to fraction in ${percent}% .. ${percent + 1}%  subject to ${word} ${relation} ${bound} ${unit} }`).findings.map((finding) => finding.code);
      const outward = (asked.sense === 'maximize' ? 1e-4 : -1e-4) * Math.abs(limit.value);
      const reports = limit.standing !== 'periodic';
      expect(codes(limit.value + outward).includes('bound-out-of-reach')).toBe(reports);
      expect(codes(limit.value - outward)).not.toContain('bound-out-of-reach');
    }),
    { numRuns: 200, seed: 3 },
  );
});

test("the largest contrast is the engine's", () => {
  expect(largestContrast).toBe(virtualTest.largestContrast);
});
