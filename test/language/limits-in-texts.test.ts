/* Limits of physics in texts: bounds beyond them, and phases that no test solves. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitInWindow } from '#domain/limits';
import { planeAssumptions, type IsotropicMaterial } from '#domain/materials';
import { properties, senses } from '#domain/objective';
import { virtualTests } from '#domain/virtual-tests';
import { readText } from './read-fixture';

const material = fc.record({
  young: fc.double({ min: 1, max: 1e6, noNaN: true }).map((megapascals) => Number(megapascals.toPrecision(6))),
  poisson: fc.double({ min: -0.9, max: 0.49, noNaN: true }).map((ratio) => Number(ratio.toFixed(3))),
  expansion: fc.integer({ min: -50, max: 300 }),
});
const materialOf = ({ young, poisson, expansion }: { young: number; poisson: number; expansion: number }, name: string): IsotropicMaterial => ({
  name, youngsModulus: young * 1e6, poissonRatio: poisson, thermalExpansion: expansion * 1e-7,
});
const question = fc.record({
  phases: fc.record({ white: material.map((each) => materialOf(each, 'W')), black: material.map((each) => materialOf(each, 'B')) }),
  plane: fc.constantFrom(...planeAssumptions),
  test: fc.constantFrom(...virtualTests),
  property: fc.constantFrom(...properties),
  sense: fc.constantFrom(...senses),
});

test('a bound is out of reach exactly beyond the limit of both directions', () => {
  fc.assert(
    fc.property(question, fc.integer({ min: 30, max: 60 }), (asked, percent) => {
      const limit = limitInWindow(asked, { lower: percent / 100, upper: (percent + 1) / 100 });
      if (limit === undefined || Math.abs(limit.value) < 1e-12) return;
      const { white, black } = asked.phases;
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
      const reports = limit.attainability !== 'periodic';
      expect(codes(limit.value + outward).includes('bound-out-of-reach')).toBe(reports);
      expect(codes(limit.value - outward)).not.toContain('bound-out-of-reach');
    }),
    { numRuns: 200, seed: 3 },
  );
});

test('the remedy for a contrast that is too large works', () => {
  fc.assert(
    fc.property(fc.double({ min: 9.01, max: 30, noNaN: true }), fc.constantFrom('stress', 'strain'), fc.boolean(), fc.double({ min: -0.9, max: 0.49, noNaN: true }), (power, held, whiteIsSoft, poisson) => {
      const codesWith = (young: string): readonly { readonly code: string; readonly remedy?: string }[] =>
        readText(`material Stiff { young 100 GPa  poisson 0.3 } material Soft { young ${young}  poisson ${poisson.toFixed(4)} }
          database D { size 800  fraction 0.38 .. 0.41  cells 100% }
          case C { white ${whiteIsSoft ? 'Soft' : 'Stiff'}  black ${whiteIsSoft ? 'Stiff' : 'Soft'}  from D  plane ${held}  test periodic  minimize E along x, y }`).findings;
      const told = codesWith(`${10 ** (11 - power - 2)} Pa`).find(({ code }) => code === 'contrast-too-high');
      const remedy = /at least ([\d.]+ [a-zA-Z]*Pa)/.exec(told?.remedy ?? '')?.[1];
      expect(remedy).toBeDefined();
      expect(codesWith(remedy!).map(({ code }) => code)).not.toContain('contrast-too-high');
    }),
    { numRuns: 100, seed: 6 },
  );
});
