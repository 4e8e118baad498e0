import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signFlipTest, standardNormalUpperTail } from '#engine/validation/significance-tests';

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

test('the least p of n differences is 1/2ⁿ', () => {
  for (let n = 1; n <= 10; n++) expect(signFlipTest(Array.from({ length: n }, (_, i) => 0.1 + 0.013 * i))).toBe(2 ** -n);
});

test('it is the count of all choices, one after another', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -99, max: 99 }).map((value) => value / 7), { minLength: 1, maxLength: 9 }), (values) => {
      const observed = values.reduce((sum, value) => sum + value, 0) - 1e-9;
      const choices = Array.from({ length: 2 ** values.length }, (_, choice) => values.reduce((sum, value, i) => sum + ((choice >> i) & 1 ? value : -value), 0));
      expect(signFlipTest(values)).toBe(choices.filter((sum) => sum >= observed).length / choices.length);
    }),
  );
});

test('beyond forty differences it is the normal approximation, which the count at thirty agrees with', () => {
  const differences = Array.from({ length: 30 }, (_, i) => Math.sin(7 * i) + 0.13);
  const counted = signFlipTest(differences);
  const approximated = standardNormalUpperTail(differences.reduce((sum, value) => sum + value, 0) / Math.hypot(...differences));
  expect(counted).toBeGreaterThan(0.05);
  expect(counted).toBeLessThan(0.2);
  expect(Math.abs(approximated / counted - 1)).toBeLessThan(0.03);
  const many = [...differences, ...differences];
  expect(signFlipTest(many)).toBeCloseTo(standardNormalUpperTail(many.reduce((sum, value) => sum + value, 0) / Math.hypot(...many)), 10);
  expect(signFlipTest(new Array<number>(500).fill(0))).toBe(1);
  expect(signFlipTest(new Array<number>(500).fill(1))).toBeLessThan(1e-100);
});
