import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attainableLimit, limitInWindow, percentOfLimit, type LimitQuestion } from '#domain/limits';
import { isotropicModuli, planeAssumptions, type PhasePair, type PlaneAssumption } from '#domain/materials';
import { properties, senses, type Direction } from '#domain/objective';
import { virtualTests } from '#domain/virtual-tests';
import { levinExpansion } from '#engine/homogenization/levin';
import { inverse3 } from '#engine/numerics/matrix-3';
import { laminateStiffness, type Lamination } from '#test/support/laminate';

const boronAluminum: PhasePair = {
  white: { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3 },
  black: { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3 },
};
const aluminumFoam: PhasePair = {
  white: { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.33, thermalExpansion: 23.6e-6 },
  black: { name: 'Foam', youngsModulus: 0.1e6, poissonRatio: 0.25, thermalExpansion: 1e-15 },
};

describe('the three cases in plane stress', () => {
  const fractions = [0.38, 0.39, 0.4, 0.41];
  const row = (question: Omit<LimitQuestion, 'plane' | 'volumeFraction'>, scale: number, digits: number): number[] =>
    fractions.map((volumeFraction) =>
      Number((attainableLimit({ ...question, plane: 'plane-stress', volumeFraction })!.value * scale).toFixed(digits)),
    );

  test('largest Young in both directions, GPa', () => {
    for (const test of ['compression', 'periodic'] as const) {
      const question = { phases: boronAluminum, property: 'youngs-modulus', sense: 'maximize', test } as const;
      expect(row(question, 1e-9, 1)).toEqual([153.0, 155.6, 158.2, 160.9]);
    }
  });
  test('largest Poisson in both directions', () => {
    const question = { phases: boronAluminum, property: 'poisson-ratio', sense: 'maximize', test: 'compression' } as const;
    expect(row(question, 1, 4)).toEqual([0.4404, 0.4423, 0.444, 0.4457]);
  });
  test('smallest expansion under periodicity, 1e-6/K', () => {
    const question = { phases: aluminumFoam, property: 'thermal-expansion', sense: 'minimize', test: 'periodic' } as const;
    expect(row(question, 1e6, 2)).toEqual([11.68, 11.93, 12.18, 12.43]);
  });
  test('smallest expansion with free edges, 1e-6/K', () => {
    const question = { phases: aluminumFoam, property: 'thermal-expansion', sense: 'minimize', test: 'heating' } as const;
    expect(row(question, 1e6, 2)).toEqual([8.97, 9.2, 9.44, 9.68]);
  });
});

const squareLaminate: Lamination[] = [
  { angle: 0, share: 0.5 },
  { angle: Math.PI / 2, share: 0.5 },
];
const diagonalLaminate: Lamination[] = squareLaminate.map(({ angle, share }) => ({ angle: angle + Math.PI / 4, share }));

function laminateOf(phases: PhasePair, plane: PlaneAssumption, f: number, matrix: 'white' | 'black', laminations: Lamination[]) {
  const white = isotropicModuli(phases.white, plane);
  const black = isotropicModuli(phases.black, plane);
  const stiffness =
    matrix === 'white' ? laminateStiffness(white, black, 1 - f, laminations) : laminateStiffness(black, white, f, laminations);
  const s = inverse3(stiffness);
  return {
    'youngs-modulus': { x: 1 / s[0]!, y: 1 / s[4]! },
    'poisson-ratio': { x: -s[1]! / s[0]!, y: -s[1]! / s[4]! },
    'thermal-expansion': levinExpansion(stiffness, phases, plane),
  };
}

describe.each<PlaneAssumption>(['plane-stress', 'plane-strain'])('laminates that attain the limits in %s', (plane) => {
  const phases: PhasePair = {
    white: { name: 'stiff', youngsModulus: 200e9, poissonRatio: 0.2, thermalExpansion: 4e-6 },
    black: { name: 'soft', youngsModulus: 30e9, poissonRatio: 0.35, thermalExpansion: 30e-6 },
  };
  test.each([
    ['youngs-modulus', 'maximize', 'white', squareLaminate],
    ['youngs-modulus', 'minimize', 'black', diagonalLaminate],
    ['poisson-ratio', 'maximize', 'white', diagonalLaminate],
  ] as const)('%s, %sd', (property, sense, matrix, laminations) => {
    const reached = laminateOf(phases, plane, 0.4, matrix, laminations)[property];
    const limit = attainableLimit({ phases, plane, volumeFraction: 0.4, property, sense, test: 'periodic' })!;
    expect(limit.attainability).toBe('attained');
    expect(reached.x / limit.value).toBeCloseTo(1, 10);
    expect(reached.y / limit.value).toBeCloseTo(1, 10);
  });
  test.each([
    ['maximize', 'black'],
    ['minimize', 'white'],
  ] as const)('thermal-expansion, %sd', (sense, matrix) => {
    const reached = laminateOf(phases, plane, 0.4, matrix, squareLaminate)['thermal-expansion']!;
    const limit = attainableLimit({ phases, plane, volumeFraction: 0.4, property: 'thermal-expansion', sense, test: 'periodic' })!;
    expect(limit.attainability).toBe('attained');
    expect(reached.xx / limit.value).toBeCloseTo(1, 10);
    expect(reached.yy / limit.value).toBeCloseTo(1, 10);
  });
});

test('no laminate of any phases in any directions passes a limit', () => {
  const material = fc.record({
    name: fc.constant('any'),
    youngsModulus: fc.double({ min: 1, max: 1000, noNaN: true }),
    poissonRatio: fc.double({ min: -0.8, max: 0.45, noNaN: true }),
    thermalExpansion: fc.double({ min: -20e-6, max: 30e-6, noNaN: true }),
  });
  const laminations = fc
    .array(fc.record({ angle: fc.double({ min: 0, max: Math.PI, noNaN: true }), weight: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 3 })
    .map((layers) => {
      const total = layers.reduce((sum, { weight }) => sum + weight, 0);
      return layers.map(({ angle, weight }): Lamination => ({ angle, share: weight / total }));
    });
  fc.assert(
    fc.property(
      material,
      material,
      fc.constantFrom<PlaneAssumption>('plane-stress', 'plane-strain'),
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.constantFrom('white', 'black'),
      laminations,
      (white, black, plane, f, matrix, layers) => {
        fc.pre(Math.abs(white.youngsModulus / black.youngsModulus - 1) > 0.01);
        const phases = { white, black };
        const [first, second] = [isotropicModuli(white, plane), isotropicModuli(black, plane)];
        fc.pre(Math.abs(first.bulk / second.bulk - 1) > 0.01 && Math.abs(first.shear / second.shear - 1) > 0.01);
        const result = laminateOf(phases, plane, f, matrix, layers);
        const alpha = result['thermal-expansion']!;
        const reached = { ...result, 'thermal-expansion': { x: alpha.xx, y: alpha.yy } };
        for (const property of ['youngs-modulus', 'poisson-ratio', 'thermal-expansion'] as const) {
          const question = { phases, plane, volumeFraction: f, property, test: 'periodic' } as const;
          const { x, y } = reached[property];
          const slack = 1e-9 * (Math.abs(x) + Math.abs(y) + (property === 'thermal-expansion' ? 1e-5 : 1));
          expect(Math.min(x, y)).toBeLessThanOrEqual(attainableLimit({ ...question, sense: 'maximize' })!.value + slack);
          expect(Math.max(x, y)).toBeGreaterThanOrEqual(attainableLimit({ ...question, sense: 'minimize' })!.value - slack);
        }
        const single = { phases, plane, volumeFraction: f, property: 'youngs-modulus', test: 'periodic', directions: ['x'] } as const;
        const { x } = reached['youngs-modulus'];
        expect(x).toBeLessThanOrEqual(attainableLimit({ ...single, sense: 'maximize' })!.value * (1 + 1e-9));
        expect(x).toBeGreaterThanOrEqual(attainableLimit({ ...single, sense: 'minimize' })!.value * (1 - 1e-9));
      },
    ),
    { numRuns: 500 },
  );
});

test('heating measures moduli by compression, so their limits are those of compression', () => {
  for (const property of ['youngs-modulus', 'poisson-ratio'] as const) {
    const question = { phases: boronAluminum, plane: 'plane-stress', volumeFraction: 0.4, property, sense: 'maximize' } as const;
    expect(attainableLimit({ ...question, test: 'heating' })).toEqual(attainableLimit({ ...question, test: 'compression' }));
    expect(attainableLimit({ ...question, test: 'heating' })).toBeDefined();
  }
});

test('the best of a window is at least as good as the limit at any of its fractions, and one of them', () => {
  const material = fc.record({
    name: fc.constant('any'),
    youngsModulus: fc.double({ min: 1, max: 1000, noNaN: true }),
    poissonRatio: fc.double({ min: -0.9, max: 0.49, noNaN: true }),
    thermalExpansion: fc.double({ min: -5e-6, max: 30e-6, noNaN: true }),
  });
  const question = fc.record({
    phases: fc.record({ white: material, black: material }),
    plane: fc.constantFrom(...planeAssumptions),
    property: fc.constantFrom(...properties),
    sense: fc.constantFrom(...senses),
    test: fc.constantFrom(...virtualTests),
    directions: fc.constantFrom<readonly Direction[]>(['x'], ['x', 'y']),
  });
  fc.assert(
    fc.property(question, fc.double({ min: 0.05, max: 0.9, noNaN: true }), (asked, lower) => {
      const at = (volumeFraction: number): number | undefined => attainableLimit({ ...asked, volumeFraction })?.value;
      expect(limitInWindow(asked, { lower, upper: lower })?.value).toBe(at(lower));
      const best = limitInWindow(asked, { lower, upper: lower + 0.05 })?.value;
      const inside = Array.from({ length: 401 }, (_, step) => at(lower + (0.05 * step) / 400));
      if (best === undefined) {
        expect(inside.every((value) => value === undefined)).toBe(true);
        return;
      }
      const known = inside.map((value) => value!);
      const [worst, most] = [Math.min(...known), Math.max(...known)];
      const slack = 1e-6 * Math.max(Math.abs(worst), Math.abs(most));
      if (asked.sense === 'maximize') expect(Math.abs(best - most)).toBeLessThanOrEqual(slack);
      else expect(Math.abs(best - worst)).toBeLessThanOrEqual(slack);
    }),
    { numRuns: 300, seed: 5 },
  );
});

test('limits next to a void are finite, and those of softer and softer pores', () => {
  const solid = fc.record({
    name: fc.constant('any'),
    youngsModulus: fc.double({ min: 1e6, max: 1e12, noNaN: true }),
    poissonRatio: fc.double({ min: -0.9, max: 0.49, noNaN: true }),
    thermalExpansion: fc.double({ min: -5e-6, max: 30e-6, noNaN: true }),
  });
  const question = fc.record({
    plane: fc.constantFrom(...planeAssumptions),
    property: fc.constantFrom(...properties),
    sense: fc.constantFrom(...senses),
    test: fc.constantFrom(...virtualTests),
    directions: fc.constantFrom<readonly Direction[]>(['x'], ['x', 'y']),
  });
  fc.assert(
    fc.property(question, solid, fc.boolean(), fc.double({ min: 0.05, max: 0.9, noNaN: true }), (asked, material, whiteIsVoid, volumeFraction) => {
      const at = (youngsModulus: number) => {
        const pores = { name: 'void', youngsModulus, poissonRatio: 0, thermalExpansion: 0 };
        const phases = whiteIsVoid ? { white: pores, black: material } : { white: material, black: pores };
        return attainableLimit({ ...asked, phases, volumeFraction });
      };
      const limit = at(0);
      if (limit === undefined) return;
      const scale = asked.property === 'youngs-modulus' ? material.youngsModulus : asked.property === 'poisson-ratio' ? 1 : 3e-5;
      expect(Math.abs(at(1)!.value - limit.value) / scale).toBeLessThan(1e-3);
    }),
    { numRuns: 300, seed: 8 },
  );
});

describe('what is not known is left out', () => {
  const question = { phases: boronAluminum, plane: 'plane-stress', volumeFraction: 0.4 } as const;
  test('a property that the test does not give', () => {
    expect(attainableLimit({ ...question, phases: aluminumFoam, property: 'thermal-expansion', sense: 'minimize', test: 'compression' })).toBeUndefined();
  });
  test('the expansion of materials without one', () => {
    expect(attainableLimit({ ...question, property: 'thermal-expansion', sense: 'minimize', test: 'periodic' })).toBeUndefined();
  });
  test('Poisson and expansion in one direction alone', () => {
    expect(attainableLimit({ ...question, property: 'poisson-ratio', sense: 'maximize', test: 'periodic', directions: ['x'] })).toBeUndefined();
    expect(
      attainableLimit({ ...question, phases: aluminumFoam, property: 'thermal-expansion', sense: 'minimize', test: 'periodic', directions: ['y'] }),
    ).toBeUndefined();
  });
});

test('attainability says how firm a limit is', () => {
  const question = { phases: boronAluminum, plane: 'plane-stress', volumeFraction: 0.4 } as const;
  expect(attainableLimit({ ...question, property: 'poisson-ratio', sense: 'maximize', test: 'compression' })!.attainability).toBe('periodic');
  expect(attainableLimit({ ...question, property: 'youngs-modulus', sense: 'minimize', test: 'compression' })!.attainability).toBe('bound');
  // The larger bulk modulus and the larger shear modulus belong to different phases.
  const crossed = {
    white: { name: 'rubbery', youngsModulus: 3, poissonRatio: 0.49 },
    black: { name: 'auxetic', youngsModulus: 2, poissonRatio: -0.8 },
  };
  expect(attainableLimit({ ...question, phases: crossed, property: 'youngs-modulus', sense: 'maximize', test: 'periodic' })!.attainability).toBe('bound');
});

test('equal bulk moduli leave the mean expansion', () => {
  // Equal bulk moduli in plane stress: E/(1 − ν) is 10 for both.
  const phases = {
    white: { name: 'a', youngsModulus: 8, poissonRatio: 0.2, thermalExpansion: 1e-6 },
    black: { name: 'b', youngsModulus: 6, poissonRatio: 0.4, thermalExpansion: 11e-6 },
  };
  const question = { phases, plane: 'plane-stress', volumeFraction: 0.4, property: 'thermal-expansion', test: 'periodic' } as const;
  for (const sense of ['maximize', 'minimize'] as const) {
    expect(attainableLimit({ ...question, sense })!.value).toBeCloseTo(7e-6, 15);
  }
});

test('percent of a limit', () => {
  expect(percentOfLimit(147, 158, 'maximize')).toBeCloseTo(93.038, 3);
  expect(percentOfLimit(9, 10, 'maximize')).toBe(90);
  expect(percentOfLimit(-0.1, 0.4, 'maximize')).toBeCloseTo(-25, 12);
  expect(percentOfLimit(12.5, 10, 'minimize')).toBe(80);
  expect(percentOfLimit(-1e-6, 10e-6, 'minimize')).toBeUndefined();
  expect(percentOfLimit(0.3, -0.2, 'maximize')).toBeUndefined();
});
