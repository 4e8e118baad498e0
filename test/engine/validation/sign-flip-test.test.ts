import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signFlipTest } from '#engine/validation/significance-tests';

test('counts the choices of signs', () => {
  expect(signFlipTest([1, 2, 3])).toBe(1 / 8);
  // 2 − 1 = 1 is reached by 2 ± 1.
  expect(signFlipTest([-1, 2])).toBe(2 / 4);
  expect(signFlipTest([-1, -2])).toBe(1);
  expect(signFlipTest([])).toBe(1);
  expect(signFlipTest([0, 0])).toBe(1);
});

test('Darwin’s maize, Fisher’s own example: 1 726 of 2¹⁵ choices differ as much in either sense', () => {
  const eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
  expect(signFlipTest(eighths)).toBe(863 / 2 ** 15);
});

test('neither order nor unit matters', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 8 }), (values) => {
      const p = signFlipTest(values);
      expect(signFlipTest(values.toReversed())).toBe(p);
      expect(signFlipTest(values.map((value) => 0.1 * value))).toBe(p);
    }),
  );
});
