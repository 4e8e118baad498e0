import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchInOrder, spreadInOrder } from '#engine/construction/match-in-order';

const ascending = (most: number) => fc.array(fc.integer({ min: 0, max: 60 }).map((n) => n / 2), { maxLength: most }).map((list) => list.toSorted((a, b) => a - b));

function costOf(pairs: readonly (readonly [number, number])[], a: readonly number[], b: readonly number[], drop: number): number {
  return pairs.reduce((sum, [i, j]) => sum + (a[i]! - b[j]!) ** 2, 0) + (a.length + b.length - 2 * pairs.length) * drop * drop;
}

/** Least cost among all matchings, crossing ones too. */
function leastCost(a: readonly number[], b: readonly number[], drop: number): number {
  const [first, ...rest] = a;
  if (first === undefined) return b.length * drop * drop;
  const matched = b.map((partner, j) => (first - partner) ** 2 + leastCost(rest, b.toSpliced(j, 1), drop));
  return Math.min(drop * drop + leastCost(rest, b, drop), ...matched);
}

describe('matching in order', () => {
  test('no matching costs less, not even one with crossings, and none crosses', () => {
    fc.assert(
      fc.property(ascending(5), ascending(5), fc.integer({ min: 1, max: 20 }), (a, b, drop) => {
        const pairs = matchInOrder(a, b, drop);
        expect(costOf(pairs, a, b, drop)).toBeCloseTo(leastCost(a, b, drop), 9);
        for (let k = 1; k < pairs.length; k++) {
          expect(pairs[k]![0]).toBeGreaterThan(pairs[k - 1]![0]);
          expect(pairs[k]![1]).toBeGreaterThan(pairs[k - 1]![1]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a pair is worth at most two drops', () => {
    expect(matchInOrder([10], [24], 10)).toEqual([[0, 0]]);
    expect(matchInOrder([10], [25], 10)).toEqual([]);
  });
});

describe('spreading in order', () => {
  const weighted = fc.array(fc.record({ at: fc.integer({ min: 0, max: 200 }).map((n) => n / 2), weight: fc.integer({ min: 1, max: 8 }) }), { maxLength: 8 });

  test('positions that keep their distance stay', () => {
    expect(spreadInOrder([{ at: 20, weight: 1 }, { at: 23, weight: 5 }, { at: 60, weight: 2 }], 3, 100)).toEqual([20, 23, 60]);
  });

  test('positions too close or out of order move apart about their weighted mean', () => {
    const [a, b] = spreadInOrder([{ at: 41, weight: 1 }, { at: 40, weight: 1 }], 3, 100);
    expect([a, b]).toEqual([39, 42]);
    const heavy = spreadInOrder([{ at: 42, weight: 3 }, { at: 40, weight: 1 }], 4, 100);
    expect(heavy[0]! * 0.75 + heavy[1]! * 0.25).toBeCloseTo(41.5, 12);
  });

  test('the order and the spacing hold, also from the ends, and no feasible positions are nearer', () => {
    fc.assert(
      fc.property(weighted, fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }), (positions, direction) => {
        const spread = spreadInOrder(positions, 3, 100);
        const fits = (list: readonly number[]): boolean => [0, ...list, 100].every((at, k, all) => k === 0 || at - all[k - 1]! >= 3 - 1e-9);
        expect(fits(spread)).toBe(true);
        const offset = (list: readonly number[]): number => positions.reduce((sum, { at, weight }, k) => sum + weight * (list[k]! - at) ** 2, 0);
        for (const step of [1e-3, 0.1, 3]) {
          const other = spread.map((at, k) => at + step * direction[k]!);
          if (fits(other)) expect(offset(other)).toBeGreaterThanOrEqual(offset(spread) - 1e-6);
        }
      }),
    );
  });

  test('where there is no room for the spacing, the positions share what there is', () => {
    const crowded = spreadInOrder(Array.from({ length: 9 }, (_, k) => ({ at: k, weight: 1 })), 3, 20);
    crowded.forEach((at, k) => expect(at).toBeCloseTo(2 * (k + 1), 12));
  });
});
