import { expect, test } from 'vitest';
import { inverse3 } from '#engine/numerics/matrix-3';

test('the inverse times the matrix is the identity', () => {
  const m = Float64Array.of(2, 1, 0.5, -1, 3, 0.25, 4, 0, 1);
  const inverse = inverse3(m);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      let sum = 0;
      for (let j = 0; j < 3; j++) sum += inverse[3 * row + j]! * m[3 * j + column]!;
      expect(sum).toBeCloseTo(row === column ? 1 : 0, 14);
    }
  }
});

test('a singular matrix has no finite inverse', () => {
  expect(inverse3(Float64Array.of(1, 2, 3, 2, 4, 6, 1, 0, 1)).every(Number.isFinite)).toBe(false);
});
