/* The best of k patches: all subsets one after another, and what follows from mathematics. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError } from '#engine/core/bug-error';
import { bestOfTries, type BestOfTries } from '#engine/validation/best-of-tries';

const maximize = { sense: 'maximize' } as const;
const minimize = { sense: 'minimize' } as const;

/** By all subsets of `tries` of the patches; those beyond the feasible values give no design. */
function byAllSubsets(feasible: readonly number[], patches: number, bestImage: number, tries: number, sign: number): BestOfTries {
  const subsets = Array.from({ length: 2 ** patches }, (_, subset) => Array.from({ length: patches }, (_unused, i) => i).filter((i) => (subset >> i) & 1)).filter(({ length }) => length === tries);
  const bests = subsets.map((subset) => Math.max(-Infinity, ...subset.flatMap((i) => (i < feasible.length ? sign * feasible[i]! : []))));
  const found = bests.filter((best) => best > -Infinity);
  const mean = (values: readonly number[], count: number): number => values.reduce((sum, value) => sum + value, 0) / count;
  return {
    tries,
    feasible: found.length / bests.length,
    beating: found.filter((best) => best > sign * bestImage).length / bests.length,
    ...(found.length > 0 && { best: sign * mean(found, found.length) }),
    gain: mean(bests.map((best) => Math.max(0, best - sign * bestImage)), bests.length),
  };
}

function expectEqual(actual: BestOfTries, expected: BestOfTries): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const key of Object.keys(expected) as (keyof BestOfTries)[]) expect([key, actual[key]]).toEqual([key, expect.closeTo(expected[key]!, 10)]);
}

describe('bestOfTries', () => {
  test('is the mean over all subsets, for both senses, with ties, refused patches and images in between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4, max: 8 }).map((value) => value / 4), { maxLength: 7 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: -4, max: 8 }), fc.boolean(), fc.nat(),
        (feasible, others, image, maximized, pick) => {
          const patches = feasible.length + others;
          fc.pre(patches > 0);
          const tries = 1 + (pick % patches);
          const bestImage = image / 4;
          expectEqual(bestOfTries(maximized ? maximize : minimize, { feasible, patches, bestImage }, tries), byAllSubsets(feasible, patches, bestImage, tries, maximized ? 1 : -1));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('one try is the mean of the feasible values, all tries are the best one', () => {
    const patches = { feasible: [3, 1, 2], patches: 6, bestImage: 1.5 };
    expectEqual(bestOfTries(maximize, patches, 1), { tries: 1, feasible: 0.5, beating: 2 / 6, best: 2, gain: (1.5 + 0.5) / 6 });
    expectEqual(bestOfTries(maximize, patches, 6), { tries: 6, feasible: 1, beating: 1, best: 3, gain: 1.5 });
    expectEqual(bestOfTries(minimize, patches, 6), { tries: 6, feasible: 1, beating: 1, best: 1, gain: 0.5 });
  });

  test('where no cell is feasible there is no value, and where none is better nothing is gained', () => {
    expect(bestOfTries(maximize, { feasible: [], patches: 20, bestImage: 5 }, 10)).toEqual({ tries: 10, feasible: 0, beating: 0, gain: 0 });
    expect(bestOfTries(maximize, { feasible: [4, 5], patches: 20, bestImage: 5 }, 20)).toEqual({ tries: 20, feasible: 1, beating: 0, best: 5, gain: 0 });
  });

  test('with uniform values the best of k of N reaches k (N + 1) / (k + 1) on average, also of thousands and in small units', () => {
    const [count, unit] = [8000, 1e-9];
    const feasible = Array.from({ length: count }, (_, i) => (i + 1) * unit);
    for (const tries of [1, 10, 100]) {
      const { best, feasible: any } = bestOfTries(maximize, { feasible, patches: count, bestImage: 0.9 * count * unit }, tries);
      expect(any).toBeCloseTo(1, 12);
      expect(Math.abs(best! / ((unit * tries * (count + 1)) / (tries + 1)) - 1)).toBeLessThan(1e-10);
    }
  });

  test('more tries never gain less', () => {
    const feasible = [5, 4, 4, 2, 1, 0];
    const gains = Array.from({ length: 12 }, (_, i) => bestOfTries(maximize, { feasible, patches: 12, bestImage: 2 }, i + 1).gain);
    expect(gains).toEqual(gains.toSorted((a, b) => a - b));
    for (const tries of [0, 13, 2.5]) expect(() => bestOfTries(maximize, { feasible, patches: 12, bestImage: 2 }, tries)).toThrow(BugError);
  });
});
