import { expect, test } from 'vitest';
import { signTest } from '#engine/validation/sign-test';

test('tails of the binomial distribution', () => {
  expect(signTest(3, 3)).toBe(1 / 8);
  expect(signTest(2, 4)).toBe(11 / 16);
  expect(signTest(0, 5)).toBe(1);
  expect(signTest(0, 0)).toBe(1);
  // 14 or more of 16: (120 + 16 + 1) / 2¹⁶.
  expect(signTest(14, 16)).toBe(137 / 65536);
});
