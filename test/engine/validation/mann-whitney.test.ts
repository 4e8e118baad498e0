import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError } from '#engine/core/bug-error';
import { mannWhitney } from '#engine/validation/significance-tests';

interface GoldenCase {
  readonly name: string;
  readonly method: 'exact' | 'asymptotic';
  readonly first: number[];
  readonly second: number[];
  readonly u: number;
  readonly pOneSided: number;
  readonly pTwoSided: number;
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/mann-whitney/cases.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly GoldenCase[] };

function expectRelative(actual: number, expected: number): void {
  expect(Math.abs(actual - expected) / expected).toBeLessThan(1e-11);
}

describe('mannWhitney', () => {
  test.each(golden.cases)('agrees with SciPy: $name', (golden) => {
    const result = mannWhitney(golden.first, golden.second);
    expect(result.method).toBe(golden.method === 'exact' ? 'exact' : 'normal-approximation');
    expect(result.u).toBe(golden.u);
    expectRelative(result.pOneSided, golden.pOneSided);
    expectRelative(result.pTwoSided, golden.pTwoSided);
  });

  test('the exact p counts orders: the best of 6 choose 3', () => {
    const result = mannWhitney([4, 5, 6], [1, 2, 3]);
    expect(result).toMatchObject({ u: 9, superiority: 1, firstCount: 3, secondCount: 3 });
    expect(result.pOneSided).toBeCloseTo(1 / 20, 15);
    expect(result.pTwoSided).toBeCloseTo(2 / 20, 15);
  });

  test('equal values are no evidence', () => {
    expect(mannWhitney([3, 3, 3], [3, 3])).toMatchObject({ superiority: 0.5, pOneSided: 1, pTwoSided: 1 });
  });

  const group = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 });

  test('U of both groups add to the number of pairs, and p is a probability', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const forth = mannWhitney(first, second);
        const back = mannWhitney(second, first);
        expect(forth.u + back.u).toBe(first.length * second.length);
        expect(forth.pTwoSided).toBeCloseTo(back.pTwoSided, 12);
        expect(forth.pOneSided).toBeGreaterThanOrEqual(0);
        expect(forth.pOneSided).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('only the order counts', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const stretch = (value: number): number => Math.exp(value / 7);
        expect(mannWhitney(first.map(stretch), second.map(stretch))).toEqual(mannWhitney(first, second));
      }),
    );
  });

  test('an empty group and a value that is no number are bugs', () => {
    expect(() => mannWhitney([], [1])).toThrow(BugError);
    expect(() => mannWhitney([1], [NaN])).toThrow(BugError);
  });
});
