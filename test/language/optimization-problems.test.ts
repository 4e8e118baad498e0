/* No run reaches what the engine refuses to optimize: the language refuses it first, and refuses nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { optimizationSymmetries, pixelStep } from '#domain/optimization';
import { checkProblem } from '#engine/optimization/check-problem';
import { orbitsOf } from '#engine/optimization/design-variables';
import { createOptimizer } from '#engine/optimization/optimizer';
import { readText } from './read-fixture';

interface Asked {
  readonly white?: string;
  readonly black?: string;
  readonly plane?: string;
  readonly test?: string;
  readonly objective?: string;
  readonly fraction?: string;
  readonly filter?: number;
  readonly symmetry?: string;
  readonly block?: string;
}

const materials = `
material Boron    { young 379.3 GPa  poisson 0.3  expansion 5e-6 1/K }
material Aluminum { young 68.3 GPa   poisson 0.3  expansion 23.6e-6 1/K }
material Twin     { young 68.3 GPa   poisson 0.3  expansion 9e-6 1/K }
material Rounded  { young 68.30000000001 GPa  poisson 0.3  expansion 23.6000000000001e-6 1/K }
material Flat     { young 379.3 GPa  poisson 0.2  expansion 5.416666666666667e-6 1/K }
material Bulky    { young 97.57142857142857 GPa  poisson 0  expansion 1e-6 1/K }
material Foam     { young 0.1 MPa    poisson 0.25 expansion 1e-15 1/K }`;

function textOf({ white = 'Boron', black = 'Aluminum', plane = 'stress', test: kind = 'periodic', objective = 'maximize E along x, y', fraction = '0.39 .. 0.40', filter = 3, symmetry = 'mirror', block }: Asked): string {
  const optimizing = block ?? `refine optimization { filter ${filter}  symmetry ${symmetry} }`;
  return `${materials}
database D { size 800  resolution 32  fraction ${fraction}  cells 100% }
case C { white ${white}  black ${black}  from D  plane ${plane}  test ${kind}  ${objective}  ${optimizing} }`;
}

/** Codes of errors, and the case where there are none. */
function read(asked: Asked): { readonly codes: readonly string[]; readonly case: DesignCase<unknown> | undefined } {
  const { findings, specification } = readText(textOf(asked));
  return { codes: findings.filter(({ severity }) => severity === 'error').map(({ code }) => code), case: specification?.cases[0]?.case };
}

function problemOf({ phases, plane, test: kind, objective, constraints, database, construct }: DesignCase<unknown>): Parameters<typeof createOptimizer>[0] {
  return { phases, plane, test: kind, objective, constraints, resolution: database.resolution, window: construct.fraction };
}

const both = 'minimize expansion along x, y';

describe('what an optimization cannot do is an error of the file, with the code of the engine', () => {
  test.each<[string, Asked, string]>([
    ['a filter', { filter: 1.49 }, 'filter-too-small'],
    ['a square of one direction', { symmetry: 'square', objective: 'maximize E along x' }, 'symmetry-of-one-direction'],
    ['a transposition of one direction', { symmetry: 'transpose', objective: 'maximize poisson along y' }, 'symmetry-of-one-direction'],
    ['one stiffness', { white: 'Aluminum', black: 'Twin' }, 'equal-phases'],
    ['one stiffness, of Poisson’s ratio', { white: 'Aluminum', black: 'Twin', objective: 'minimize poisson along x' }, 'equal-phases'],
    ['one stiffness but for rounding', { white: 'Aluminum', black: 'Rounded' }, 'equal-phases'],
    ['one expansion', { white: 'Aluminum', black: 'Rounded', objective: both }, 'equal-phases'],
    ['one expansion in the plane', { black: 'Flat', plane: 'strain', objective: both }, 'equal-phases'],
    ['one stiffness, of expansion', { white: 'Aluminum', black: 'Twin', objective: both, test: 'heating' }, 'equal-phases'],
    ['one bulk modulus', { white: 'Aluminum', black: 'Bulky', objective: both }, 'equal-phases'],
    ['a void that is heated', { black: 'void', objective: both, test: 'heating' }, 'equal-phases'],
    ['a void in a periodic cell', { black: 'void', objective: both }, 'equal-phases'],
    ['a window between two numbers of pixels', { fraction: '0.3995 .. 0.40005' }, 'fraction-window-too-narrow'],
  ])('%s', (_what, asked, code) => {
    expect(read(asked).codes).toContain(code);
    // The engine refuses the same of the case without optimizations, where that is a case.
    const { case: without } = read({ ...asked, block: '' });
    if (without === undefined) return;
    const { filter = 3, symmetry = 'mirror' } = asked;
    const made = createOptimizer(problemOf(without), { filter, symmetry: symmetry as 'mirror' });
    expect(made.ok ? [] : made.findings.map((finding) => finding.code)).toEqual([code]);
  });

  test.each<[string, Asked]>([
    ['the smallest filter', { filter: 1.5 }],
    ['a square of both directions', { symmetry: 'square' }],
    ['one direction without symmetry', { symmetry: 'none', objective: 'maximize E along y' }],
    ['one expansion, of stiffness', { black: 'Flat', plane: 'strain' }],
    ['one stiffness, of expansion along one direction', { white: 'Aluminum', black: 'Twin', objective: 'minimize expansion along x' }],
    ['one bulk modulus that is heated', { white: 'Aluminum', black: 'Bulky', objective: both, test: 'heating' }],
    ['a void', { black: 'void' }],
    ['a void and a large contrast', { white: 'void', black: 'Foam', objective: 'maximize poisson along x, y' }],
    ['a window with one number of pixels', { fraction: '0.3984375 .. 0.4' }],
  ])('and nothing else is: %s', (_what, asked) => {
    const { codes, case: found } = read(asked);
    expect(codes).toEqual([]);
    expect(createOptimizer(problemOf(found!), found!.optimization).ok).toBe(true);
  });
});

test('language and engine refuse the same, whatever the case', () => {
  const material = fc.constantFrom('Boron', 'Aluminum', 'Twin', 'Rounded', 'Flat', 'Bulky', 'Foam', 'void');
  const asked = fc.record({
    white: material,
    black: material,
    plane: fc.constantFrom('stress', 'strain'),
    test: fc.constantFrom('compression', 'heating', 'periodic'),
    objective: fc.tuple(fc.constantFrom('maximize', 'minimize'), fc.constantFrom('E', 'poisson', 'expansion'), fc.constantFrom('x', 'y', 'x, y')).map(([sense, property, along]) => `${sense} ${property} along ${along}`),
    fraction: fc.constantFrom('0.39 .. 0.40', '0.3995 .. 0.40005', '0.0001 .. 0.0005', '0.999 .. 0.9999'),
    filter: fc.constantFrom(1, 1.5, 3, 64),
    symmetry: fc.constantFrom(...optimizationSymmetries),
  });
  const own = ['filter-too-small', 'symmetry-of-one-direction', 'equal-phases', 'fraction-window-too-narrow'];
  let refused = 0;
  fc.assert(
    fc.property(asked, (each) => {
      const { codes, case: found } = read(each);
      const settings = { filter: each.filter, symmetry: each.symmetry };
      const checked = (one: DesignCase<unknown>): readonly string[] => {
        const made = checkProblem(problemOf(one), settings);
        return made.ok ? [] : made.findings.map(({ code }) => code);
      };
      if (found !== undefined) expect(checked(found)).toEqual([]);
      const { codes: otherwise, case: without } = read({ ...each, block: '' });
      if (without === undefined) return;
      // Without its optimizations the case is right, so an error is about them, and the engine agrees.
      expect(otherwise).toEqual([]);
      expect(codes.filter((code) => !own.includes(code))).toEqual([]);
      expect(checked(without).length > 0).toBe(codes.length > 0);
      expect(codes).toEqual(expect.arrayContaining([...checked(without)]));
      refused += Number(codes.length > 0);
    }),
    { numRuns: 400, seed: 5 },
  );
  expect(refused).toBeGreaterThan(20);
});

test.each(optimizationSymmetries)('pixels of %s cells come in steps of the smallest orbit', (symmetry) => {
  for (const resolution of [32, 64]) expect(pixelStep(symmetry)).toBe(Math.min(...orbitsOf(resolution, symmetry).sizes));
});
