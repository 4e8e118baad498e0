import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isotropicModuli, isotropicStiffness, isSolvableContrast, phaseContrast, planeAssumptions, poissonRatioOf, youngsModulusOf, type IsotropicMaterial } from '#domain/materials';

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

test('the contrast is the largest ratio of elastic energies in any strain, of the stiffer phase over the other', () => {
  const material = fc.record({
    name: fc.constant('any'),
    youngsModulus: fc.double({ min: 1, max: 1e6, noNaN: true }),
    poissonRatio: fc.double({ min: -0.9, max: 0.49, noNaN: true }),
  });
  const strain = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -1, max: 1, noNaN: true })));
  fc.assert(
    fc.property(material, material, fc.constantFrom(...planeAssumptions), strain, (white, black, plane, anyStrain) => {
      const phases = { white, black };
      const { ratio, stiff } = phaseContrast(phases, plane);
      const energy = (material: IsotropicMaterial, strained: readonly number[]): number => {
        const c = isotropicStiffness(isotropicModuli(material, plane));
        return strained.reduce((sum, a, i) => sum + strained.reduce((row, b, j) => row + a * c[3 * i + j]! * b, 0), 0);
      };
      const [stiffer, softer] = stiff === 'white' ? [white, black] : [black, white];
      // Mean strain and shear are the extremes of all strains.
      const extremes = [[1, 1, 0], [1, -1, 0]].map((strained) => energy(stiffer, strained) / energy(softer, strained));
      expect(Math.max(...extremes) / ratio).toBeCloseTo(1, 8);
      expect(energy(white, anyStrain)).toBeLessThanOrEqual(ratio * energy(black, anyStrain) * (1 + 1e-9));
      expect(energy(black, anyStrain)).toBeLessThanOrEqual(ratio * energy(white, anyStrain) * (1 + 1e-9));
    }),
    { seed: 4 },
  );
});

test('a contrast that is rounded on the way to the largest one is solvable, a larger one is not', () => {
  const soft: IsotropicMaterial = { name: 'Soft', youngsModulus: 0.1, poissonRatio: 0.3 };
  const at = (ratio: number): boolean => isSolvableContrast(phaseContrast({ white: { ...soft, youngsModulus: 0.1 * ratio }, black: soft }, 'plane-stress').ratio);
  expect([at(1), at(1e9), at(1.001e9)]).toEqual([true, true, false]);
});
