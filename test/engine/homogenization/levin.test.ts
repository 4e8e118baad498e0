import { describe, expect, test } from 'vitest';
import { isotropicModuli, isotropicStiffness, type PhasePair, type PlaneAssumption } from '#domain/materials';
import { levinExpansion } from '#engine/homogenization/levin';

const phases: PhasePair = {
  white: { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.33, thermalExpansion: 23.6e-6 },
  black: { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.2, thermalExpansion: 8e-6 },
};

describe.each<PlaneAssumption>(['plane-stress', 'plane-strain'])('%s', (plane) => {
  test('a cell of one phase expands as that phase', () => {
    for (const name of ['white', 'black'] as const) {
      const moduli = isotropicModuli(phases[name], plane);
      const alpha = levinExpansion(isotropicStiffness(moduli), phases, plane)!;
      expect(alpha.xx).toBeCloseTo(moduli.thermalExpansion!, 15);
      expect(alpha.yy).toBeCloseTo(moduli.thermalExpansion!, 15);
      expect(alpha.xy).toBeCloseTo(0, 18);
    }
  });

  test('a rank-1 laminate expands as layer mechanics says', () => {
    // Layers normal to x: σxx, σxy and εyy are common to both phases.
    const f = 0.4;
    const [one, two] = [isotropicModuli(phases.white, plane), isotropicModuli(phases.black, plane)];
    const layers = [
      { share: f, c: isotropicStiffness(one), alpha: one.thermalExpansion! },
      { share: 1 - f, c: isotropicStiffness(two), alpha: two.thermalExpansion! },
    ];
    const mean = (of: (layer: (typeof layers)[number]) => number) => layers.reduce((sum, layer) => sum + layer.share * of(layer), 0);
    // εxx of a phase = (σxx − c12 εyy + (c11 + c12) α) / c11.
    const inverse11 = mean(({ c }) => 1 / c[0]!);
    const ratio = mean(({ c }) => c[1]! / c[0]!);
    const c11 = 1 / inverse11;
    const c12 = c11 * ratio;
    const c22 = mean(({ c }) => c[4]! - c[1]! ** 2 / c[0]!) + c11 * ratio ** 2;
    const c33 = 1 / mean(({ c }) => 1 / c[8]!);
    const stiffness = Float64Array.of(c11, c12, 0, c12, c22, 0, 0, 0, c33);

    const freeAcross = mean(({ c, alpha }) => ((c[0]! + c[1]!) * alpha) / c[0]!);
    // σyy at zero σxx: (c22 − c12²/c11)(εyy − α) of each phase; its mean vanishes when free.
    const along = ({ c }: (typeof layers)[number]) => c[4]! - c[1]! ** 2 / c[0]!;
    const alphaYY = mean((layer) => along(layer) * layer.alpha) / mean(along);
    const alphaXX = freeAcross - ratio * alphaYY;

    const alpha = levinExpansion(stiffness, phases, plane)!;
    expect(alpha.xx / alphaXX).toBeCloseTo(1, 12);
    expect(alpha.yy / alphaYY).toBeCloseTo(1, 12);
  });
});

test('without both expansions, or with equal bulk moduli, the stiffness does not say', () => {
  const { thermalExpansion: _, ...cold } = phases.black;
  const stiffness = isotropicStiffness(isotropicModuli(phases.white, 'plane-stress'));
  expect(levinExpansion(stiffness, { ...phases, black: cold }, 'plane-stress')).toBeUndefined();
  const twin = { ...phases.white, thermalExpansion: 1e-6 };
  expect(levinExpansion(stiffness, { ...phases, black: twin }, 'plane-stress')).toBeUndefined();
  expect(levinExpansion(stiffness, { white: twin, black: twin }, 'plane-stress')).toEqual({ xx: 1e-6, yy: 1e-6, xy: 0 });
});
