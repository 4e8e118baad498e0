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

/** Young's modulus of the plane, 4kμ/(k + μ); 0 of nothing. */
export function youngOf(bulk: number, shear: number): number {
  return bulk === 0 || shear === 0 ? 0 : (4 * bulk * shear) / (bulk + shear);
}

/** Poisson's ratio of the plane, (k − μ)/(k + μ). */
export function poissonOf(bulk: number, shear: number): number {
  return (bulk - shear) / (bulk + shear);
}

/** The largest contrast of the phases that the virtual tests take; the engine has the same number. */
export const largestContrast = 1e9;

/** The larger ratio of two materials' moduli in the plane, k or μ, and which of them is the stiffer one in it. */
export function planeContrast<T extends MaterialSpecification>(one: T, other: T, plane: CaseSpecification['plane']): { readonly contrast: number; readonly stiff: T; readonly soft: T } {
  const [a, b] = [planeModuli(one, plane), planeModuli(other, plane)];
  const [up, down] = [Math.max(a.bulk / b.bulk, a.shear / b.shear), Math.max(b.bulk / a.bulk, b.shear / a.shear)];
  return up >= down ? { contrast: up, stiff: one, soft: other } : { contrast: down, stiff: other, soft: one };
}
