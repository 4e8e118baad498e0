/*
 * Two-dimensional moduli of an isotropic material (Torquato 2002, Random Heterogeneous Materials,
 * section 13.3, doi 10.1007/978-1-4757-6355-3). With them plane stress and plane strain share every
 * formula: stress = k tr ε I + 2 μ dev ε, tr and dev taken in the plane.
 */
import type { IsotropicMaterial, PlaneAssumption } from '#engine/core/material';

/** In-plane constants of an isotropic phase. */
export interface IsotropicModuli {
  /** 2-D bulk modulus k in Pa: mean stress in the plane over area strain. */
  readonly bulk: number;
  /** Shear modulus μ in Pa. */
  readonly shear: number;
  /** Free in-plane expansion in 1/K, (1 + ν) α in plane strain; absent when the material has none. */
  readonly thermalExpansion?: number;
}

/** The in-plane constants of the material. */
export function isotropicModuli(material: IsotropicMaterial, plane: PlaneAssumption): IsotropicModuli {
  const { youngsModulus: E, poissonRatio: nu, thermalExpansion } = material;
  const shear = E / (2 * (1 + nu));
  const inPlaneStress = plane === 'plane-stress';
  const bulk = inPlaneStress ? E / (2 * (1 - nu)) : shear / (1 - 2 * nu);
  if (thermalExpansion === undefined) return { bulk, shear };
  return { bulk, shear, thermalExpansion: inPlaneStress ? thermalExpansion : (1 + nu) * thermalExpansion };
}

/** Young's modulus in the plane, 4kμ/(k + μ): along a bar with free sides; E/(1 − ν²) in plane strain; 0 of nothing. */
export function youngsModulusOf(bulk: number, shear: number): number {
  return bulk === 0 || shear === 0 ? 0 : (4 * bulk * shear) / (bulk + shear);
}

/** Poisson's ratio in the plane, (k − μ)/(k + μ), in (−1, 1); ν/(1 − ν) in plane strain. */
export function poissonRatioOf(bulk: number, shear: number): number {
  return (bulk - shear) / (bulk + shear);
}

/** Stiffness of the isotropic moduli: 3 × 3 row-major, Voigt order 11, 22, 12, engineering shear, Pa. */
export function isotropicStiffness({ bulk, shear }: Pick<IsotropicModuli, 'bulk' | 'shear'>): Float64Array {
  return Float64Array.of(bulk + shear, bulk - shear, 0, bulk - shear, bulk + shear, 0, 0, 0, shear);
}
