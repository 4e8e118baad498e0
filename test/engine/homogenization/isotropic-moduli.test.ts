import { describe, expect, test } from 'vitest';
import { isotropicModuli, isotropicStiffness, poissonRatioOf, youngsModulusOf } from '#engine/homogenization/isotropic-moduli';

const aluminum = { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.33, thermalExpansion: 23.6e-6 };

describe('plane stress', () => {
  const moduli = isotropicModuli(aluminum, 'plane-stress');

  test('keeps Young, Poisson and expansion', () => {
    expect(youngsModulusOf(moduli.bulk, moduli.shear) / 68.3e9).toBeCloseTo(1, 14);
    expect(poissonRatioOf(moduli.bulk, moduli.shear)).toBeCloseTo(0.33, 14);
    expect(moduli.thermalExpansion).toBe(23.6e-6);
  });

  test('gives the textbook stiffness', () => {
    const c = isotropicStiffness(moduli);
    expect(c[0]! / (68.3e9 / (1 - 0.33 ** 2))).toBeCloseTo(1, 14);
    expect(c[1]! / c[0]!).toBeCloseTo(0.33, 14);
    expect(c[8]! / (68.3e9 / (2 * 1.33))).toBeCloseTo(1, 14);
  });
});

test('plane strain gives the textbook stiffness and the hindered expansion', () => {
  const moduli = isotropicModuli(aluminum, 'plane-strain');
  const c = isotropicStiffness(moduli);
  const factor = 68.3e9 / (1.33 * (1 - 0.66));
  expect(c[0]! / (factor * 0.67)).toBeCloseTo(1, 14);
  expect(c[1]! / (factor * 0.33)).toBeCloseTo(1, 14);
  expect(youngsModulusOf(moduli.bulk, moduli.shear) / (68.3e9 / (1 - 0.33 ** 2))).toBeCloseTo(1, 14);
  expect(moduli.thermalExpansion! / (1.33 * 23.6e-6)).toBeCloseTo(1, 14);
});

test('a material without expansion has none in the plane', () => {
  const { thermalExpansion: _, ...cold } = aluminum;
  expect('thermalExpansion' in isotropicModuli(cold, 'plane-strain')).toBe(false);
});
