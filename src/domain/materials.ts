/*
 * Materials, and what they are in the plane. With two-dimensional moduli (Torquato 2002, Random
 * Heterogeneous Materials, section 13.3, doi 10.1007/978-1-4757-6355-3) plane stress and plane strain share
 * every formula: stress = k tr ε I + 2 μ dev ε, tr and dev taken in the plane.
 */

/** A linear elastic isotropic material, plain SI numbers. */
export interface IsotropicMaterial {
  readonly name: string;
  /** Pa, > 0; 0 is a void, whose Poisson's ratio and expansion are 0 too. */
  readonly youngsModulus: number;
  /** In (−1, 0.5). */
  readonly poissonRatio: number;
  /** 1/K; absent when the specification does not say. */
  readonly thermalExpansion?: number;
}

/** The two phases of every image: white pixels (value 1) and black pixels (value 0). */
export interface PhasePair {
  readonly white: IsotropicMaterial;
  readonly black: IsotropicMaterial;
}

/** A thin sheet, or a long block whose ends are fixed. */
export const planeAssumptions = ['plane-stress', 'plane-strain'] as const;
export type PlaneAssumption = (typeof planeAssumptions)[number];

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

/** Young's modulus in the plane, 4kμ/(k + μ): along a bar with free sides; E/(1 − ν²) in plane strain; 0 of a void. */
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

/** The largest contrast of the phases that the virtual tests solve (docs/methods.md, "The largest contrast"; decision 27). */
export const largestContrast = 1e9;

/** The larger ratio of the phases' moduli in the plane, k or μ, and the phase that is the stiffer one in it. */
export function phaseContrast({ white, black }: PhasePair, plane: PlaneAssumption): { readonly ratio: number; readonly stiff: keyof PhasePair } {
  const [a, b] = [isotropicModuli(white, plane), isotropicModuli(black, plane)];
  const [up, down] = [Math.max(a.bulk / b.bulk, a.shear / b.shear), Math.max(b.bulk / a.bulk, b.shear / a.shear)];
  return up >= down ? { ratio: up, stiff: 'white' } : { ratio: down, stiff: 'black' };
}

/** Whether the virtual tests solve phases of this contrast; what was rounded on the way to the limit is not beyond it. */
export function isSolvableContrast(ratio: number): boolean {
  return ratio <= largestContrast * (1 + 1e-9);
}
