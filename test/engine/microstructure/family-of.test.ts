import fc from 'fast-check';
import { expect, test } from 'vitest';
import { families } from '#domain/microstructures';
import { familyOf } from '#engine/microstructure/generate-microstructure';

const sharesOf = (weights: readonly number[]) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [particles, fibers, cells, spinodal] = weights.map((weight) => weight / total) as [number, number, number, number];
  return { particles, fibers, cells, spinodal };
};

test('every prefix has each share to within less than one image', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100), { minLength: 4, maxLength: 4 }), (weights) => {
      fc.pre(weights.some((weight) => weight > 0));
      const shares = sharesOf(weights);
      const counts = { particles: 0, fibers: 0, cells: 0, spinodal: 0 };
      for (let index = 0; index < 120; index++) {
        counts[familyOf(shares, index)]++;
        for (const family of families) expect(Math.abs(counts[family] - shares[family] * (index + 1))).toBeLessThan(1);
      }
    }),
  );
});

test('shares that make whole numbers are met exactly', () => {
  const shares = { particles: 0.1, fibers: 0.2, cells: 0.3, spinodal: 0.4 };
  const counts = { particles: 0, fibers: 0, cells: 0, spinodal: 0 };
  for (let index = 0; index < 800; index++) counts[familyOf(shares, index)]++;
  expect(counts).toEqual({ particles: 80, fibers: 160, cells: 240, spinodal: 320 });
});

test('one family alone', () => {
  const shares = { particles: 0, fibers: 0, cells: 1, spinodal: 0 };
  expect(Array.from({ length: 5 }, (_, index) => familyOf(shares, index))).toEqual(Array(5).fill('cells'));
});
