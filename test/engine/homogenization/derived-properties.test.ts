import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isotropicModuli, isotropicStiffness } from '#domain/materials';
import {
  complianceOf,
  directionalCurves,
  directionalModuli,
  rotatedCompliance,
  rotatedExpansion,
  rotatedStiffness,
  zenerRatio,
} from '#engine/homogenization/derived-properties';
import { levinExpansion } from '#engine/homogenization/levin';
import { laminateStiffness } from '#test/support/laminate';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const [white, black] = [isotropicModuli(boronInAluminum.white, 'plane-stress'), isotropicModuli(boronInAluminum.black, 'plane-stress')];
const anyAngle = fc.double({ min: -7, max: 7, noNaN: true });

/** Any positive definite stiffness: Aᵀ A plus a share of the identity. */
const anyStiffness = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }).map((a) =>
  Float64Array.from({ length: 9 }, (_, k) => {
    const [r, c] = [Math.floor(k / 3), k % 3];
    return 1e9 * ([0, 1, 2].reduce((sum, i) => sum + a[3 * i + r]! * a[3 * i + c]!, 0) + (r === c ? 0.5 : 0));
  }),
);

function expectClose(ours: ArrayLike<number>, theirs: ArrayLike<number>, digits = 11): void {
  const size = Math.max(...Array.from(theirs, Math.abs));
  Array.from(theirs).forEach((value, i) => expect((ours[i]! - value) / size).toBeCloseTo(0, digits));
}

/** C'ₚqrs = QpiQqjQrkQsl Cijkl written out, components in turned axes. */
function rotatedByFourIndices(stiffness: Float64Array, angle: number): Float64Array {
  const Q = [[Math.cos(angle), Math.sin(angle)], [-Math.sin(angle), Math.cos(angle)]] as const;
  const voigt = (i: number, j: number): number => (i === j ? i : 2);
  const pairs = [[0, 0], [1, 1], [0, 1]] as const;
  const both = [0, 1];
  return Float64Array.from({ length: 9 }, (_, k) => {
    const [p, q] = pairs[Math.floor(k / 3)]!;
    const [r, s] = pairs[k % 3]!;
    let sum = 0;
    for (const i of both) for (const j of both) for (const m of both) for (const l of both) {
      sum += Q[p]![i]! * Q[q]![j]! * Q[r]![m]! * Q[s]![l]! * stiffness[3 * voigt(i, j) + voigt(m, l)]!;
    }
    return sum;
  });
}

describe('turning', () => {
  test('is that of a tensor with four indices', () => {
    fc.assert(fc.property(anyStiffness, anyAngle, (C, angle) => expectClose(rotatedStiffness(C, angle), rotatedByFourIndices(C, angle))));
  });

  test('stiffness and compliance stay inverse to each other', () => {
    fc.assert(
      fc.property(anyStiffness, anyAngle, (C, angle) => {
        expectClose(rotatedCompliance(complianceOf(C), angle), complianceOf(rotatedStiffness(C, angle)), 9);
      }),
    );
  });

  test('two turns are one, and half a turn is none', () => {
    fc.assert(
      fc.property(anyStiffness, anyAngle, anyAngle, (C, one, other) => {
        expectClose(rotatedStiffness(rotatedStiffness(C, one), other), rotatedStiffness(C, one + other));
        expectClose(rotatedStiffness(C, one + Math.PI), rotatedStiffness(C, one));
      }),
    );
  });

  test('layers along a turned normal are the turned laminate', () => {
    const straight = laminateStiffness(white, black, 0.4, [{ angle: 0, share: 1 }]);
    for (const angle of [0.3, 1.2, 2.9]) {
      const turned = laminateStiffness(white, black, 0.4, [{ angle, share: 1 }]);
      expectClose(rotatedStiffness(turned, angle), straight);
      const [along, across] = [directionalModuli(turned, angle), directionalModuli(straight, 0)];
      expectClose([along.youngsModulus, along.shearModulus], [across.youngsModulus, across.shearModulus]);
      expect(along.poissonRatio).toBeCloseTo(across.poissonRatio, 11);
    }
  });
});

describe('moduli', () => {
  test('of an isotropic material are its constants in every direction', () => {
    const C = isotropicStiffness(white);
    const { angles, youngsModulus, poissonRatio, shearModulus } = directionalCurves(C, 12);
    expect(angles[3]).toBeCloseTo(Math.PI / 4, 14);
    for (let i = 0; i < 12; i++) {
      expect(youngsModulus[i]! / 379.3e9).toBeCloseTo(1, 12);
      expect(poissonRatio[i]).toBeCloseTo(0.3, 12);
      expect(shearModulus[i]! / white.shear).toBeCloseTo(1, 12);
    }
    expect(zenerRatio(C, 1e-12)).toBeCloseTo(1, 12);
  });

  test('of layers are the means along them and the closed forms across', () => {
    // Normal along x, so y lies along the layers.
    const C = laminateStiffness(white, black, 0.4, [{ angle: 0, share: 1 }]);
    // Both phases have the same Poisson's ratio, so E along the layers is the mean without more.
    const mean = 0.6 * 379.3e9 + 0.4 * 68.3e9;
    expect(directionalModuli(C, Math.PI / 2).youngsModulus / mean).toBeCloseTo(1, 11);
    expect(directionalModuli(C, Math.PI / 2).poissonRatio).toBeCloseTo(0.3, 11);
    expect(directionalModuli(C, 0).shearModulus * (0.6 / white.shear + 0.4 / black.shear)).toBeCloseTo(1, 11);
  });

  test('along and across are reciprocal: ν(θ)/E(θ) = ν(θ + 90°)/E(θ + 90°), and G agrees', () => {
    fc.assert(
      fc.property(anyStiffness, anyAngle, (C, angle) => {
        const [one, other] = [directionalModuli(C, angle), directionalModuli(C, angle + Math.PI / 2)];
        const scale = Math.max(1, Math.abs(one.poissonRatio));
        expect((one.poissonRatio - (other.poissonRatio * one.youngsModulus) / other.youngsModulus) / scale).toBeCloseTo(0, 9);
        expect(one.shearModulus / other.shearModulus).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe("Zener's ratio", () => {
  test('is G along the axes over G at 45°', () => {
    const C = laminateStiffness(white, black, 0.4, [{ angle: 0, share: 0.5 }, { angle: Math.PI / 2, share: 0.5 }]);
    const ratio = directionalModuli(C, 0).shearModulus / directionalModuli(C, Math.PI / 4).shearModulus;
    expect(zenerRatio(C, 1e-12)).toBeCloseTo(ratio, 11);
    expect(ratio).toBeLessThan(0.99);
  });

  test('is not defined without square symmetry along the axes', () => {
    const C = laminateStiffness(white, black, 0.4, [{ angle: 0, share: 1 }]);
    expect(zenerRatio(C, 1e-3)).toBeUndefined();
    const square = laminateStiffness(white, black, 0.4, [{ angle: 0, share: 0.5 }, { angle: Math.PI / 2, share: 0.5 }]);
    expect(zenerRatio(rotatedStiffness(square, 0.2), 1e-3)).toBeUndefined();
  });
});

describe('expansion', () => {
  test('turns as a tensor: trace and determinant stay, two turns are one', () => {
    const alpha = { xx: 21e-6, yy: 7e-6, xy: -3e-6 };
    fc.assert(
      fc.property(anyAngle, anyAngle, (one, other) => {
        const turned = rotatedExpansion(alpha, one);
        expect((turned.xx + turned.yy) / 28e-6).toBeCloseTo(1, 12);
        expect((turned.xx * turned.yy - turned.xy ** 2) / (21e-6 * 7e-6 - 9e-12)).toBeCloseTo(1, 11);
        const [twice, once] = [rotatedExpansion(turned, other), rotatedExpansion(alpha, one + other)];
        expectClose([twice.xx, twice.yy, twice.xy], [once.xx, once.yy, once.xy]);
      }),
    );
    expectClose(Object.values(rotatedExpansion(alpha, Math.PI / 2)), [7e-6, 21e-6, 3e-6]);
  });

  test("Levin's relation turns with the stiffness", () => {
    const [one, other] = [isotropicModuli(aluminumInFoam.white, 'plane-strain'), isotropicModuli(aluminumInFoam.black, 'plane-strain')];
    const C = laminateStiffness(one, other, 0.6, [{ angle: 0.4, share: 0.7 }, { angle: 1.3, share: 0.3 }]);
    const alpha = levinExpansion(C, aluminumInFoam, 'plane-strain')!;
    const turned = levinExpansion(rotatedStiffness(C, 0.9), aluminumInFoam, 'plane-strain')!;
    expectClose(Object.values(turned), Object.values(rotatedExpansion(alpha, 0.9)), 8);
  });
});
