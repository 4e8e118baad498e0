/*
 * Bounds on the in-plane moduli of two isotropic phases from their moduli and the volume fraction:
 * Voigt and Reuss for any arrangement, Hashin & Shtrikman (1963, doi 10.1016/0022-5096(63)90060-7; in
 * two dimensions Hashin 1965, J. Mech. Phys. Solids 13, 119–134) for statistically isotropic ones, in
 * the form of Walpole (1966, J. Mech. Phys. Solids 14, 151–162) that needs no order of the phases.
 */
import type { Interval } from './intervals';
import { isotropicModuli, isotropicStiffness, youngsModulusOf, type IsotropicModuli, type PhasePair, type PlaneAssumption } from './materials';

/** The phases' moduli with the volume fraction of white, in [0, 1]. */
export interface TwoPhases {
  readonly white: IsotropicModuli;
  readonly black: IsotropicModuli;
  readonly volumeFraction: number;
}

/** The moduli of a phase pair at a volume fraction. */
export function twoPhases(phases: PhasePair, plane: PlaneAssumption, volumeFraction: number): TwoPhases {
  return { white: isotropicModuli(phases.white, plane), black: isotropicModuli(phases.black, plane), volumeFraction };
}

/** Stiffness of equal strains, above that of every arrangement: 3 × 3 row-major, Voigt order, Pa. */
export function voigtBound(pair: TwoPhases): Float64Array {
  return isotropicStiffness({ bulk: arithmeticMean(pair, 'bulk'), shear: arithmeticMean(pair, 'shear') });
}

/** Stiffness of equal stresses, below that of every arrangement: 3 × 3 row-major, Voigt order, Pa. */
export function reussBound(pair: TwoPhases): Float64Array {
  return isotropicStiffness({ bulk: shiftedMean(pair, 'bulk', 0), shear: shiftedMean(pair, 'shear', 0) });
}

/**
 * Range of the bulk modulus. It holds for every arrangement: 1/(I : S* : I) of an anisotropic one lies
 * in it too. Coated circles attain both ends.
 */
export function hashinShtrikmanBulk(pair: TwoPhases): Interval {
  const { shear } = extremes(pair);
  return { lower: shiftedMean(pair, 'bulk', shear.lower), upper: shiftedMean(pair, 'bulk', shear.upper) };
}

/** Range of Young's modulus (of the plane) along a direction, for any arrangement: uniform stress and uniform strain. */
export function uniformYoung(pair: TwoPhases): Interval {
  return {
    lower: youngsModulusOf(shiftedMean(pair, 'bulk', 0), shiftedMean(pair, 'shear', 0)),
    upper: youngsModulusOf(arithmeticMean(pair, 'bulk'), arithmeticMean(pair, 'shear')),
  };
}

/** Range of the shear modulus of isotropic arrangements. */
export function hashinShtrikmanShear(pair: TwoPhases): Interval {
  const { bulk, shear } = extremes(pair);
  const shift = (k: number, mu: number) => (k * mu) / (k + 2 * mu);
  return {
    lower: shiftedMean(pair, 'shear', shift(bulk.lower, shear.lower)),
    upper: shiftedMean(pair, 'shear', shift(bulk.upper, shear.upper)),
  };
}

/** Range of Young's modulus (of the plane) of isotropic arrangements. */
export function hashinShtrikmanYoung(pair: TwoPhases): Interval {
  const bulk = hashinShtrikmanBulk(pair);
  const shear = hashinShtrikmanShear(pair);
  return { lower: youngsModulusOf(bulk.lower, shear.lower), upper: youngsModulusOf(bulk.upper, shear.upper) };
}

/** The volume average of a modulus. */
export function arithmeticMean({ white, black, volumeFraction }: TwoPhases, modulus: 'bulk' | 'shear'): number {
  return volumeFraction * white[modulus] + (1 - volumeFraction) * black[modulus];
}

/**
 * (Σ f/(m + shift))⁻¹ − shift: the form of all bounds of this kind. Shift 0 is the harmonic mean; it
 * grows with the shift towards the arithmetic one.
 */
export function shiftedMean({ white, black, volumeFraction }: TwoPhases, modulus: 'bulk' | 'shear', shift: number): number {
  return 1 / (volumeFraction / (white[modulus] + shift) + (1 - volumeFraction) / (black[modulus] + shift)) - shift;
}

/** The smaller and the larger of the phases' moduli. */
export function extremes({ white, black }: TwoPhases): { readonly bulk: Interval; readonly shear: Interval } {
  const range = (a: number, b: number) => ({ lower: Math.min(a, b), upper: Math.max(a, b) });
  return { bulk: range(white.bulk, black.bulk), shear: range(white.shear, black.shear) };
}
