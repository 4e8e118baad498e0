import { expect, test } from 'vitest';
import { coefficientOfDetermination, squaredDistance } from '#engine/numerics/statistics';

const measured = Float64Array.of(1, 2, 3, 6);

test('R² is 1 for right predictions, 0 for the mean, and below for worse ones', () => {
  expect(coefficientOfDetermination(measured, measured)).toBe(1);
  expect(coefficientOfDetermination(measured, Float64Array.of(3, 3, 3, 3))).toBe(0);
  // Residual 1 + 1 = 2 of 4 + 1 + 0 + 9 = 14.
  expect(coefficientOfDetermination(measured, Float64Array.of(2, 2, 3, 5))).toBeCloseTo(1 - 2 / 14, 14);
  expect(coefficientOfDetermination(measured, Float64Array.of(6, 3, 2, 1))).toBeCloseTo(1 - 52 / 14, 14);
});

test('the squared distance counts every entry', () => {
  expect(squaredDistance(measured, Float64Array.of(2, 2, 3, 5))).toBe(2);
});
