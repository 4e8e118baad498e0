import { expect, test } from 'vitest';
import { quantile } from '#engine/numerics/quantile';

test('quantiles lie between the values', () => {
  expect(quantile([1, 2, 3, 4, 5], 0.5)).toBe(3);
  expect(quantile([0, 10], 0.9)).toBe(9);
  expect(quantile([7], 0.9)).toBe(7);
  expect(quantile([], 0.5)).toBeUndefined();
});
