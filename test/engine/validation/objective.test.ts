import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareObjective, isBetter, objectiveValue, type Objective } from '#domain/objective';
import { BugError } from '#engine/core/bug-error';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';

const statistics = { solver: 'none', unknowns: 0, iterations: 0, residual: 0 };
const result: VirtualTestResult = {
  kind: 'compression',
  volumeFraction: 0.4,
  youngsModulus: { x: 2e11, y: 1e11 },
  poissonRatio: { x: 0.3, y: 0.25 },
  statistics,
};

const both = ['x', 'y'] as const;
const stiff: Objective = { sense: 'maximize', property: 'youngs-modulus', directions: both };
const still: Objective = { sense: 'minimize', property: 'thermal-expansion', directions: both };

test('beside a void a value may not exist: it is worse than any, and never better', () => {
  const { poissonRatio: _, ...without } = result;
  expect(propertyOf(without, 'poisson-ratio')).toEqual({ x: NaN, y: NaN });
  expect(objectiveValue(stiff, propertyOf(without, 'poisson-ratio'))).toBeNaN();
  for (const objective of [stiff, still]) {
    expect([3, NaN, 1, NaN, 2].toSorted((a, b) => compareObjective(objective, a, b)).slice(3)).toEqual([NaN, NaN]);
    expect([isBetter(objective, 1, NaN), isBetter(objective, NaN, 1), isBetter(objective, NaN, NaN)]).toEqual([true, false, false]);
  }
});

describe('the property of a result', () => {
  test('is the one of its name', () => {
    expect(propertyOf(result, 'youngs-modulus')).toEqual({ x: 2e11, y: 1e11 });
    expect(propertyOf(result, 'poisson-ratio')).toEqual({ x: 0.3, y: 0.25 });
    expect(propertyOf({ ...result, thermalExpansion: { x: 1e-6, y: 2e-6 } }, 'thermal-expansion')).toEqual({ x: 1e-6, y: 2e-6 });
  });

  test('that the test does not give is a bug', () => {
    expect(() => propertyOf(result, 'thermal-expansion')).toThrow(BugError);
  });
});

describe('the objective', () => {
  test('takes the worst of its directions: the least when it maximizes, the largest when it minimizes', () => {
    expect(objectiveValue(stiff, { x: 3, y: 2 })).toBe(2);
    expect(objectiveValue(still, { x: 3, y: 2 })).toBe(3);
    expect(objectiveValue({ ...stiff, directions: ['x'] }, { x: 3, y: 2 })).toBe(3);
    expect(objectiveValue({ ...still, directions: ['y'] }, { x: 3, y: 2 })).toBe(2);
  });

  test('calls better only what is strictly better', () => {
    expect([isBetter(stiff, 2, 1), isBetter(stiff, 1, 1), isBetter(stiff, 1, 2)]).toEqual([true, false, false]);
    expect([isBetter(still, 2, 1), isBetter(still, 1, 1), isBetter(still, 1, 2)]).toEqual([false, false, true]);
  });

  test('sorts the best first, in agreement with what it calls better', () => {
    expect([1, 3, 2].sort((a, b) => compareObjective(stiff, a, b))).toEqual([3, 2, 1]);
    expect([1, 3, 2].sort((a, b) => compareObjective(still, a, b))).toEqual([1, 2, 3]);
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.constantFrom(stiff, still), value, value, (objective, a, b) => {
        expect(compareObjective(objective, a, b) < 0).toBe(isBetter(objective, a, b));
        expect(compareObjective(objective, b, a) < 0).toBe(isBetter(objective, b, a));
      }),
    );
  });
});
