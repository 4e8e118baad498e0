import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError } from '#engine/core/bug-error';
import { signedRank } from '#engine/validation/signed-rank';

interface GoldenCase {
  readonly name: string;
  readonly method: 'exact' | 'asymptotic';
  readonly differences: number[];
  readonly rankSum: number;
  readonly pOneSided: number;
  readonly pTwoSided: number;
}

const golden = JSON.parse(readFileSync(new URL('../../golden/signed-rank/cases.json', import.meta.url), 'utf8')) as { readonly cases: readonly GoldenCase[] };

describe('signedRank', () => {
  test.each(golden.cases)('agrees with SciPy: $name', ({ method, differences, rankSum, pOneSided, pTwoSided }) => {
    const result = signedRank(differences);
    expect(result.method).toBe(method === 'exact' ? 'exact' : 'normal-approximation');
    expect(result.rankSum).toBe(rankSum);
    expect(Math.abs(result.pOneSided / pOneSided - 1)).toBeLessThan(1e-11);
    expect(Math.abs(result.pTwoSided / pTwoSided - 1)).toBeLessThan(1e-11);
    expect([result.positive, result.negative, result.zero]).toEqual([1, -1, 0].map((sign) => differences.filter((value) => Math.sign(value) === sign).length));
  });

  test('p counts choices of signs: 1, 2 and −3 have the ranks that any three have', () => {
    expect(signedRank([1, 2, -3])).toMatchObject({ positive: 2, negative: 1, zero: 0, rankSum: 3, rankShare: 0.5, pOneSided: 5 / 8, pTwoSided: 1, method: 'exact' });
    expect(signedRank([4, 5, 6])).toMatchObject({ rankSum: 6, rankShare: 1, pOneSided: 1 / 8, pTwoSided: 1 / 4 });
  });

  test('nothing that differs is no evidence', () => {
    for (const differences of [[], [0, 0, 0]]) expect(signedRank(differences)).toMatchObject({ rankSum: 0, rankShare: 0.5, pOneSided: 1, pTwoSided: 1, zero: differences.length });
  });

  test('with all signs turned, the other side has its p', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }), (differences) => {
      const [one, other] = [signedRank(differences), signedRank(differences.map((value) => -value))];
      expect(one.rankShare).toBeCloseTo(1 - other.rankShare, 12);
      expect(one.pTwoSided).toBeCloseTo(other.pTwoSided, 12);
    }));
  });

  test('takes no difference that is not finite', () => {
    expect(() => signedRank([1, NaN])).toThrow(BugError);
  });
});
