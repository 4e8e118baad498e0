import type { CaseSpecification, MaterialSpecification } from './specification';

/** Moduli of an isotropic material in the plane; Pa. */
export interface PlaneModuli {
  /** k: mean stress over the change of area. */
  readonly bulk: number;
  /** μ. */
  readonly shear: number;
  /** λ = k − μ. */
  readonly lame: number;
}

/** Plane stress is a thin sheet, plane strain a long block whose ends are held. */
export function planeModuli({ youngsModulus, poissonRatio }: MaterialSpecification, plane: CaseSpecification['plane']): PlaneModuli {
  const shear = youngsModulus / (2 * (1 + poissonRatio));
  const bulk = plane === 'plane-stress' ? youngsModulus / (2 * (1 - poissonRatio)) : shear / (1 - 2 * poissonRatio);
  return { bulk, shear, lame: bulk - shear };
}

/** Expansion in the plane; held ends push their part of it into the plane. 1/K. */
export function planeExpansion({ poissonRatio, thermalExpansion }: MaterialSpecification, plane: CaseSpecification['plane']): number | undefined {
  if (thermalExpansion === undefined) return undefined;
  return plane === 'plane-stress' ? thermalExpansion : (1 + poissonRatio) * thermalExpansion;
}

/** Young's modulus of the plane, 4kμ/(k + μ). */
export function youngOf(bulk: number, shear: number): number {
  return (4 * bulk * shear) / (bulk + shear);
}

/** Poisson's ratio of the plane, (k − μ)/(k + μ). */
export function poissonOf(bulk: number, shear: number): number {
  return (bulk - shear) / (bulk + shear);
}
