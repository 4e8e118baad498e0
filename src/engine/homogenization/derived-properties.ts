/*
 * Properties derived from an effective stiffness: compliance, moduli in every direction, Zener's ratio, and the
 * expansion in rotated axes (e.g. Ting 1996, Anisotropic Elasticity, section 2.9; Zener 1948). Angles are in radians,
 * counter-clockwise from the x axis. All constants are those of the plane: in plane strain they are the constants of
 * the body whose out-of-plane strain is constrained, as in every test.
 */
import { inverse3 } from '#engine/numerics/matrix-3';
import type { ExpansionTensor } from './levin';

/** 3 × 3 row-major, Voigt order 11, 22, 12, engineering shear: stiffness in Pa, compliance in 1/Pa. */
export type VoigtMatrix = Float64Array;

/** Moduli along one direction and transverse to it. */
export interface DirectionalModuli {
  /** Uniaxial tension along the direction with free sides, Pa. */
  readonly youngsModulus: number;
  /** Transverse contraction divided by the extension along the direction. */
  readonly poissonRatio: number;
  /** Shear between the direction and the transverse one, Pa. */
  readonly shearModulus: number;
}

/** Moduli over half a rotation, one number per angle; polar curves repeat after that. */
export interface DirectionalCurves {
  /** 0, π/count, … below π. */
  readonly angles: Float64Array;
  readonly youngsModulus: Float64Array;
  readonly poissonRatio: Float64Array;
  readonly shearModulus: Float64Array;
}

/** The compliance tensor of a stiffness tensor; not finite when it is singular. */
export function complianceOf(stiffness: VoigtMatrix): VoigtMatrix {
  return inverse3(stiffness);
}

/** The stiffness tensor in axes rotated by the angle. */
export function rotatedStiffness(stiffness: VoigtMatrix, angle: number): VoigtMatrix {
  return congruent(rotationOf(angle, 'stress'), stiffness);
}

/** The compliance tensor in axes rotated by the angle. */
export function rotatedCompliance(compliance: VoigtMatrix, angle: number): VoigtMatrix {
  return congruent(rotationOf(angle, 'strain'), compliance);
}

/** E, ν and G along the angle. */
export function directionalModuli(stiffness: VoigtMatrix, angle: number): DirectionalModuli {
  return moduliOf(rotatedCompliance(complianceOf(stiffness), angle));
}

/** E(θ), ν(θ) and G(θ) at `count` angles. */
export function directionalCurves(stiffness: VoigtMatrix, count: number): DirectionalCurves {
  const compliance = complianceOf(stiffness);
  const angles = Float64Array.from({ length: count }, (_, i) => (i * Math.PI) / count);
  const moduli = Array.from(angles, (angle) => moduliOf(rotatedCompliance(compliance, angle)));
  const column = (name: keyof DirectionalModuli): Float64Array => Float64Array.from(moduli, (each) => each[name]);
  return { angles, youngsModulus: column('youngsModulus'), poissonRatio: column('poissonRatio'), shearModulus: column('shearModulus') };
}

/**
 * Zener's ratio 2 C₃₃/(C₁₁ − C₁₂), the shear modulus along the axes divided by that at 45°: 1 for an isotropic
 * material. It is defined for square symmetry along the axes only: undefined when C₁₁ and C₂₂ differ, or C₁₃ or C₂₃
 * is not zero, by more than `tolerance` times the largest entry.
 */
export function zenerRatio(stiffness: VoigtMatrix, tolerance: number): number | undefined {
  const [c11, c12, c13, c22, c23, c33] = [stiffness[0]!, stiffness[1]!, stiffness[2]!, stiffness[4]!, stiffness[5]!, stiffness[8]!];
  const allowed = tolerance * stiffness.reduce((largest, entry) => Math.max(largest, Math.abs(entry)), 0);
  const square = [c11 - c22, c13, c23].every((difference) => Math.abs(difference) <= allowed);
  return square ? (2 * c33) / ((c11 + c22) / 2 - c12) : undefined;
}

/** The expansion tensor in axes rotated by the angle; its `xx` is the expansion along the angle. */
export function rotatedExpansion({ xx, yy, xy }: ExpansionTensor, angle: number): ExpansionTensor {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return {
    xx: c * c * xx + s * s * yy + 2 * c * s * xy,
    yy: s * s * xx + c * c * yy - 2 * c * s * xy,
    xy: c * s * (yy - xx) + (c * c - s * s) * xy,
  };
}

function moduliOf(compliance: VoigtMatrix): DirectionalModuli {
  const along = compliance[0]!;
  return { youngsModulus: 1 / along, poissonRatio: -compliance[3]! / along, shearModulus: 1 / compliance[8]! };
}

/** The matrix that gives Voigt components in rotated axes; strains have twice the tensor's shear component. */
function rotationOf(angle: number, what: 'stress' | 'strain'): VoigtMatrix {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const fromShear = what === 'stress' ? 2 : 1;
  const toShear = 3 - fromShear;
  return Float64Array.of(
    c * c, s * s, fromShear * c * s,
    s * s, c * c, -fromShear * c * s,
    -toShear * c * s, toShear * c * s, c * c - s * s,
  );
}

/** T M Tᵀ. */
function congruent(T: VoigtMatrix, M: VoigtMatrix): VoigtMatrix {
  const result = new Float64Array(9);
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) result[3 * r + c]! += T[3 * r + i]! * M[3 * i + j]! * T[3 * c + j]!;
      }
    }
  }
  return result;
}
