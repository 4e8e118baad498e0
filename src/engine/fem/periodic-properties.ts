/* Engineering constants of a periodic cell from its effective stiffness, with and without a void. */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { inverse3 } from '#engine/numerics/matrix-3';
import type { VirtualTestResult } from './virtual-test';
import { carries, isVoid } from './element/void-phase';

type PeriodicProperties = Required<Pick<VirtualTestResult, 'youngsModulus' | 'shearModulus' | 'stiffness'>> & Pick<VirtualTestResult, 'poissonRatio' | 'thermalExpansion'>;

/** From the stiffness and, when both phases have an expansion, the stress of the cell under constrained heating by 1 K. */
export function periodicProperties(stiffness: Float64Array, thermalStress: Float64Array | undefined): PeriodicProperties {
  const S = inverse3(stiffness);
  const expansion = (row: number, stress: Float64Array): number =>
    S[3 * row]! * stress[0]! + S[3 * row + 1]! * stress[1]! + S[3 * row + 2]! * stress[2]!;
  return {
    youngsModulus: { x: 1 / S[0]!, y: 1 / S[4]! },
    poissonRatio: { x: -S[3]! / S[0]!, y: -S[1]! / S[4]! },
    shearModulus: 1 / S[8]!,
    stiffness,
    ...(thermalStress && { thermalExpansion: { x: expansion(0, thermalStress), y: expansion(1, thermalStress) } }),
  };
}

/**
 * From the energies of the solid and the stiffness of the filled cell: strains under a uniaxial stress of the
 * filled cell, and their adjoints, as void-phase.ts has them for displacements. The solid alone may be without a
 * stiffness in some directions. It expands freely, all alike, so the cell expands as it does (Levin's relation with
 * a bulk modulus of zero).
 */
export function porousProperties(solid: Float64Array, filled: Float64Array, phases: PhasePair, plane: PlaneAssumption): PeriodicProperties {
  const S = inverse3(filled);
  /** Strains under a stress in this direction, with a strain of 1 in it. */
  const strained = (direction: number): number[] => [0, 1, 2].map((row) => S[3 * row + direction]! / S[4 * direction]!);
  const energy = (a: readonly number[], b: readonly number[]): number =>
    solid.reduce((sum, value, i) => sum + a[Math.floor(i / 3)]! * value * b[i % 3]!, 0);
  const moduli = [0, 1, 2].map((direction) => {
    const strain = strained(direction);
    const modulus = energy(strain, strain);
    return carries(modulus, 1 / S[4 * direction]!) ? modulus : 0;
  }) as [number, number, number];
  /** Poisson's ratio; the adjoint is the response to a stress across while the strain along is fixed at zero. */
  const ratio = (along: 0 | 1, across: 0 | 1): number => {
    const strain = strained(along);
    const adjoint = [0, 1, 2].map((row) => S[3 * row + across]! - strain[row]! * S[3 * along + across]!);
    return energy(adjoint, strain) - strain[across]!;
  };
  const { thermalExpansion, poissonRatio } = isVoid(phases.white) ? phases.black : phases.white;
  const free = thermalExpansion && (plane === 'plane-stress' ? 1 : 1 + poissonRatio) * thermalExpansion;
  const whole = moduli[0] > 0 && moduli[1] > 0;
  return {
    youngsModulus: { x: moduli[0], y: moduli[1] },
    ...(whole && { poissonRatio: { x: ratio(0, 1), y: ratio(1, 0) } }),
    shearModulus: moduli[2],
    // What the filling leaves of a strain that nothing carries is not its stiffness.
    stiffness: solid.map((value, i) => ([Math.floor(i / 3), i % 3].every((strain) => carries(solid[4 * strain]!, filled[4 * strain]!)) ? value : 0)),
    ...(whole && free !== undefined && { thermalExpansion: { x: free, y: free } }),
  };
}
