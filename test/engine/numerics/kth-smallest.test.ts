import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kthSmallest } from '#engine/numerics/statistics';

test('agrees with sorting, ties and all, and leaves the values alone', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(values, fc.nat(), (list, any) => {
      // −0 and 0 are equal here, while a sort puts them in order.
      const array = Float64Array.from(list, (value) => value + 0);
      const before = array.slice();
      const k = any % array.length;
      expect(kthSmallest(array, k)).toBe(array.toSorted()[k]);
      expect(array).toEqual(before);
    }),
    { numRuns: 1000 },
  );
});
