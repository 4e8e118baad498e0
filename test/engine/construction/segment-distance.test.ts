import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfDiagonal, segmentDistance } from '#engine/construction/segment-distance';
import { squaredDistanceToSegment } from '#engine/morphology/vectorize-skeleton';

const place = fc.integer({ min: -80, max: 80 }).map((n) => n / 4);
const ends = fc.tuple(place, place, place, place, place, place);

/** The smallest distance to many points of the segment. */
function sampled(n: number, [row, column, r0, c0, r1, c1]: readonly number[]): number {
  const points = 2000;
  let least = Infinity;
  for (let i = 0; i <= points; i++) {
    const [down, right] = [row! - r0! - (i / points) * (r1! - r0!), column! - c0! - (i / points) * (c1! - c0!)];
    least = Math.min(least, (Math.abs(down) ** n + Math.abs(right) ** n) ** (1 / n));
  }
  return least;
}

test.each([2.5, 3, 4, 8, 16])('with norm %d it is the smallest distance to a point of the segment', (n) => {
  const distance = segmentDistance(n);
  fc.assert(
    fc.property(ends, (at) => {
      const found = Math.sqrt(distance(...at));
      const expected = sampled(n, at);
      // Points of the sample are up to 1/4000 of the segment away from the nearest one.
      expect(found).toBeLessThanOrEqual(expected + 1e-9);
      expect(found).toBeGreaterThanOrEqual(expected - 0.03);
    }),
    { numRuns: 200 },
  );
});

test('by hand: from (0, 0) to the segment from (3, 4) to (3, 9)', () => {
  const to = (n: number): number => Math.sqrt(segmentDistance(n)(0, 0, 3, 4, 3, 9));
  expect(to(2)).toBe(5);
  expect(to(3)).toBeCloseTo(Math.cbrt(91), 12);
});

test('without a norm it is Euclidean, bit by bit', () => {
  fc.assert(
    fc.property(ends, (at) => {
      expect(segmentDistance()(...at)).toBe(squaredDistanceToSegment(...at));
    }),
  );
});

test('exchanging rows and columns changes no bit', () => {
  fc.assert(
    fc.property(ends, fc.constantFrom(2, 3, 5.5), (at, n) => {
      const [row, column, r0, c0, r1, c1] = at;
      expect(segmentDistance(n)(column, row, c0, r0, c1, r1)).toBe(segmentDistance(n)(...at));
    }),
  );
});

test('a distance that cannot be below the wanted one need not be exact, and is not below it', () => {
  fc.assert(
    fc.property(ends, fc.constantFrom(2.5, 3, 8), fc.double({ min: 0, max: 500, noNaN: true }), (at, n, beyond) => {
      const [exact, found] = [segmentDistance(n)(...at), segmentDistance(n)(...at, beyond)];
      if (exact < beyond) expect(found).toBe(exact);
      else expect(found).toBeGreaterThanOrEqual(beyond);
    }),
  );
});

test('half a diagonal of a pixel', () => {
  expect(halfDiagonal()).toBe(Math.SQRT1_2);
  expect(halfDiagonal(3)).toBeCloseTo((2 * 0.5 ** 3) ** (1 / 3), 15);
});
