/**
 * Exact effective stiffness of laminates of a matrix phase with an inclusion phase, layered along
 * several directions on separate scales: C* = C_A − f_B [(C_A − C_B)⁻¹ − f_A G]⁻¹ with G the mean of
 * Γ_A(n) over the layers' normals (Francfort & Murat 1986, Arch. Rational Mech. Anal. 94, 307–334). A source of exact
 * answers for bounds and for solvers.
 */
import { isotropicStiffness, type IsotropicModuli } from '#domain/materials';
import { inverse3 } from '#engine/numerics/matrix-3';

/** Layers with the normal at `angle` radians from x, with their share of the lamination. */
export interface Lamination {
  readonly angle: number;
  readonly share: number;
}

/** 3 × 3 row-major, Voigt order 11, 22, 12, engineering shear. */
export function laminateStiffness(
  matrix: IsotropicModuli,
  inclusion: IsotropicModuli,
  inclusionFraction: number,
  laminations: readonly Lamination[],
): Float64Array {
  const matrixStiffness = isotropicStiffness(matrix);
  const difference = matrixStiffness.map((value, j) => value - isotropicStiffness(inclusion)[j]!);
  const bracket = inverse3(difference);
  for (const { angle, share } of laminations) {
    const projector = acousticProjector(matrix, angle);
    for (let j = 0; j < 9; j++) bracket[j]! -= (1 - inclusionFraction) * share * projector[j]!;
  }
  const correction = inverse3(bracket);
  return matrixStiffness.map((value, j) => value - inclusionFraction * correction[j]!);
}

/** Γ(n): stress to the strain sym(n ⊗ K⁻¹ σ n), K the acoustic tensor; engineering shear strain. */
function acousticProjector({ bulk, shear }: IsotropicModuli, angle: number): Float64Array {
  const n = [Math.cos(angle), Math.sin(angle)] as const;
  const inverseAcoustic = (i: 0 | 1, j: 0 | 1): number =>
    (n[i] * n[j]) / (bulk + shear) + ((i === j ? 1 : 0) - n[i] * n[j]) / shear;
  const projector = new Float64Array(9);
  for (let column = 0; column < 3; column++) {
    const [s11, s22, s12] = [0, 1, 2].map((k) => (k === column ? 1 : 0)) as [number, number, number];
    const traction = [s11 * n[0] + s12 * n[1], s12 * n[0] + s22 * n[1]] as const;
    const u0 = inverseAcoustic(0, 0) * traction[0] + inverseAcoustic(0, 1) * traction[1];
    const u1 = inverseAcoustic(1, 0) * traction[0] + inverseAcoustic(1, 1) * traction[1];
    projector[column] = n[0] * u0;
    projector[3 + column] = n[1] * u1;
    projector[6 + column] = n[0] * u1 + n[1] * u0;
  }
  return projector;
}
