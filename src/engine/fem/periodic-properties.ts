/*
 * Engineering constants of a periodic cell from its effective stiffness, with and without a void, and their derivatives
 * (periodic homogenization, e.g. Michel, Moulinec & Suquet 1999, doi 10.1016/S0045-7825(98)00227-8).
 */
import { isotropicModuli, type PhasePair, type PlaneAssumption } from '#domain/materials';
import type { Directional } from '#domain/objective';
import { inverse3 } from '#engine/numerics/matrix-3';
import { carries, isVoid } from './element/void-phase';
import type { TestProperties } from './virtual-test';

type PeriodicProperties = Required<Pick<TestProperties, 'youngsModulus' | 'shearModulus' | 'stiffness'>> & Pick<TestProperties, 'poissonRatio' | 'thermalExpansion'>;

/** Whether both phases have an expansion, so that a periodic cell has one. */
export function bothExpand({ white, black }: PhasePair): boolean {
  return white.thermalExpansion !== undefined && black.thermalExpansion !== undefined;
}

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

/** One value per pixel, row 0 at the top, for each direction. */
export interface DirectionalField {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Derivatives of the properties to one number of each pixel. */
export interface PeriodicDerivatives {
  readonly youngsModulus: DirectionalField;
  readonly poissonRatio: DirectionalField;
  readonly shearModulus: Float64Array;
  readonly thermalExpansion?: DirectionalField;
}

/**
 * Derivatives of `periodicProperties` from those of the stiffness, nine entries, row-major, and of the thermal stress.
 * `S` is the inverse of the stiffness.
 */
export function periodicDerivatives(
  S: Float64Array,
  dC: readonly Float64Array[],
  thermalStress: Float64Array | undefined,
  dStress: readonly Float64Array[] | undefined,
): PeriodicDerivatives {
  const pixels = dC[0]!.length;
  /** −∂S_rc: row r of S, times ∂C, times column c of S. */
  const softening = (p: number, r: number, c: number): number => {
    let sum = 0;
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) sum += S[3 * r + i]! * dC[3 * i + j]![p]! * S[3 * j + c]!;
    return sum;
  };
  const each = (value: (p: number, main: number, side: number) => number): DirectionalField => ({
    x: Float64Array.from({ length: pixels }, (_, p) => value(p, 0, 1)),
    y: Float64Array.from({ length: pixels }, (_, p) => value(p, 1, 0)),
  });
  const alpha = thermalStress && [0, 1, 2].map((r) => [0, 1, 2].reduce((sum, i) => sum + S[3 * r + i]! * thermalStress[i]!, 0));
  return {
    youngsModulus: each((p, main) => softening(p, main, main) / S[4 * main]! ** 2),
    poissonRatio: each((p, main, side) => (softening(p, side, main) - (S[3 * side + main]! / S[4 * main]!) * softening(p, main, main)) / S[4 * main]!),
    shearModulus: Float64Array.from({ length: pixels }, (_, p) => softening(p, 2, 2) / S[8]! ** 2),
    ...(dStress &&
      alpha && {
        // α = S β, so ∂α = S (∂β − ∂C α).
        thermalExpansion: each((p, main) =>
          [0, 1, 2].reduce(
            (sum, i) => sum + S[3 * main + i]! * (dStress[i]![p]! - alpha.reduce((row, a, j) => row + dC[3 * i + j]![p]! * a, 0)),
            0,
          ),
        ),
      }),
  };
}

/**
 * From the energies of the solid and the stiffness of the filled cell: strains under a uniaxial stress of the
 * filled cell, and their adjoints, as void-phase.ts has them for displacements. The solid alone may be without a
 * stiffness in some directions. `expansion` is that of the cell, if it has one.
 */
export function porousProperties(solid: Float64Array, filled: Float64Array, expansion: Directional | undefined): PeriodicProperties {
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
  const whole = moduli[0] > 0 && moduli[1] > 0;
  return {
    youngsModulus: { x: moduli[0], y: moduli[1] },
    ...(whole && { poissonRatio: { x: ratio(0, 1), y: ratio(1, 0) } }),
    shearModulus: moduli[2],
    // What the filling leaves of a strain that nothing carries is not its stiffness.
    stiffness: solid.map((value, i) => ([Math.floor(i / 3), i % 3].every((strain) => carries(solid[4 * strain]!, filled[4 * strain]!)) ? value : 0)),
    ...(whole && expansion && { thermalExpansion: expansion }),
  };
}

/** Expansion of a porous cell whose solid is one material: the material's, as all of it expands alike (Levin's relation with a bulk modulus of zero). */
export function solidExpansion({ white, black }: PhasePair, plane: PlaneAssumption): Directional | undefined {
  const { thermalExpansion } = isotropicModuli(isVoid(white) ? black : white, plane);
  return thermalExpansion === undefined ? undefined : { x: thermalExpansion, y: thermalExpansion };
}

/**
 * Expansion of a porous cell whose solid is of many materials, from the stiffness and the thermal stress of the solid
 * and of the filled cell: the strains of the filled cell that expands freely, less their mixed energy with the response
 * to a stress, which is what the filling adds in first order.
 */
export function porousExpansion(solid: Float64Array, filled: Float64Array, solidStress: Float64Array, filledStress: Float64Array): Directional {
  const S = inverse3(filled);
  const free = multiply3(S, filledStress);
  const left = multiply3(solid, free).map((stress, row) => stress - solidStress[row]!);
  const correction = multiply3(S, left);
  return { x: free[0]! - correction[0]!, y: free[1]! - correction[1]! };
}

/** A 3 × 3 matrix, row-major, times a vector. */
function multiply3(matrix: Float64Array, vector: Float64Array): Float64Array {
  return Float64Array.from({ length: 3 }, (_, row) => [0, 1, 2].reduce((sum, i) => sum + matrix[3 * row + i]! * vector[i]!, 0));
}
