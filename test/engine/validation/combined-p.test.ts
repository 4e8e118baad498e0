import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BugError } from '#engine/core/bug-error';
import { combineByFisher } from '#engine/validation/significance-tests';

interface GoldenCase {
  readonly name: string;
  readonly pValues: readonly number[];
  readonly p: number;
}

const golden = JSON.parse(readFileSync(new URL('../../golden/combined-p/cases.json', import.meta.url), 'utf8')) as { readonly cases: readonly GoldenCase[] };

test.each(golden.cases)('Fisher’s combination agrees with SciPy: $name', ({ pValues, p }) => {
  expect(Math.abs(combineByFisher(pValues) / p - 1)).toBeLessThan(1e-11);
});

test('no p, or nothing but 1, is no evidence; a p of 0 decides', () => {
  expect(combineByFisher([])).toBe(1);
  expect(combineByFisher([1, 1, 1])).toBe(1);
  expect(combineByFisher([0.4, 0])).toBe(0);
  expect(() => combineByFisher([0.5, NaN])).toThrow(BugError);
});

test('the order does not matter, and a smaller p never makes it larger', () => {
  const someP = fc.double({ min: 1e-12, max: 1, noNaN: true });
  fc.assert(fc.property(fc.array(someP, { minLength: 1, maxLength: 12 }), someP, (pValues, share) => {
    const p = combineByFisher(pValues);
    expect(combineByFisher(pValues.toReversed())).toBeCloseTo(p, 12);
    expect(combineByFisher([pValues[0]! * share, ...pValues.slice(1)])).toBeLessThanOrEqual(p * (1 + 1e-12));
  }));
});
