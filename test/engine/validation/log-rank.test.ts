/* The log-rank test against R's survival package, and against counting. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError } from '#engine/core/bug-error';
import { type EventTime, logRank } from '#engine/validation/log-rank';

interface GoldenGroup {
  readonly time: readonly number[];
  readonly event: readonly (0 | 1)[];
}

interface GoldenCase {
  readonly name: string;
  readonly method: 'exact' | 'normal-approximation';
  readonly first: GoldenGroup;
  readonly second: GoldenGroup;
  readonly observed: number;
  readonly expected: number;
  readonly variance: number;
  readonly chiSquare: number;
  readonly pOneSided: number;
  readonly pTwoSided: number;
}

const { cases } = JSON.parse(readFileSync(new URL('../../golden/log-rank/cases.json', import.meta.url), 'utf8')) as { readonly cases: readonly GoldenCase[] };

function groupOf({ time, event }: GoldenGroup): EventTime[] {
  return time.map((value, i) => ({ time: value, event: event[i] === 1 }));
}

function expectRelative(actual: number, expected: number, error = 1e-11): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(error * Math.abs(expected));
}

const hits = (...times: number[]): EventTime[] => times.map((time) => ({ time, event: true }));
const never = (count: number): EventTime[] => Array.from({ length: count }, () => ({ time: Infinity, event: false }));

describe('logRank', () => {
  test.each(cases)('agrees with R: $name', (golden) => {
    const result = logRank(groupOf(golden.first), groupOf(golden.second));
    expect(result.method).toBe(golden.method);
    expect(result.events).toBe(golden.observed);
    expectRelative(result.expected, golden.expected);
    expectRelative(result.variance, golden.variance);
    expectRelative((result.events - result.expected) ** 2 / result.variance, golden.chiSquare, 1e-10);
    expectRelative(result.pOneSided, golden.pOneSided, 1e-10);
    expectRelative(result.pTwoSided, golden.pTwoSided, 1e-10);
  });

  test('gives the numbers that textbooks print for the leukemia data', () => {
    const { events, expected, variance } = logRank(groupOf(cases[0]!.first), groupOf(cases[0]!.second));
    expect(events).toBe(9);
    expect(expected).toBeCloseTo(19.25, 2);
    expect((events - expected) ** 2 / variance).toBeCloseTo(16.79, 2);
  });

  test('the first three of 6: one choice of 20, whether the others come later or never', () => {
    for (const others of [hits(40, 50, 60), never(3)]) {
      const result = logRank(hits(5, 10, 15), others);
      expect(result).toMatchObject({ method: 'exact', firstCount: 3, secondCount: 3, events: 3 });
      expect(result.pOneSided).toBeCloseTo(1 / 20, 14);
    }
    expect(logRank(hits(5, 10, 15), never(3)).pTwoSided).toBeCloseTo(2 / 20, 14);
  });

  test('large groups with many ties are still counted', () => {
    // All of 30 hit at once, none of the other 30 ever does: one choice.
    const result = logRank(hits(...new Array<number>(30).fill(5)), never(30));
    expect(result.method).toBe('exact');
    expectRelative(result.pOneSided, Array.from({ length: 30 }, (_, k) => (k + 1) / (31 + k)).reduce((product, factor) => product * factor, 1), 1e-10);
  });

  test('without an event, or with all events at one time of all, there is no evidence', () => {
    expect(logRank(never(4), never(3))).toMatchObject({ allEvents: 0, expected: 0, pOneSided: 1, pTwoSided: 1 });
    expect(logRank(hits(5, 5, 5), hits(5, 5))).toMatchObject({ events: 3, variance: 0, pOneSided: 1, pTwoSided: 1 });
    const many = hits(...Array.from({ length: 40 }, (_, i) => i));
    expect(logRank(many, [...many].reverse()).pTwoSided).toBeCloseTo(1, 10);
  });

  const group = fc.array(fc.record({ time: fc.integer({ min: 0, max: 12 }), event: fc.boolean() }), { minLength: 1, maxLength: 25 });

  test('differences of both groups cancel, and p is a probability', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const [forth, back] = [logRank(first, second), logRank(second, first)];
        expect(forth.events + back.events).toBe(forth.allEvents);
        expect(forth.expected + back.expected).toBeCloseTo(forth.allEvents, 9);
        expect(forth.variance).toBeCloseTo(back.variance, 9);
        expect(forth.pTwoSided).toBeCloseTo(back.pTwoSided, 9);
        expect(forth.pOneSided).toBeGreaterThanOrEqual(0);
        expect(forth.pOneSided).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('an empty group and an event that never comes are bugs', () => {
    expect(() => logRank([], hits(1))).toThrow(BugError);
    expect(() => logRank(hits(Infinity), hits(1))).toThrow(BugError);
  });
});
