/*
 * Effective thermal expansion of two isotropic phases from the effective stiffness alone (Levin 1967;
 * Rosen & Hashin 1970, Int. J. Eng. Sci. 8, 157–173): a uniform strain and temperature exist under
 * which both phases carry the same hydrostatic stress, so α* = a I + b S* : I with
 * b = 2(α₁ − α₂)/(1/k₁ − 1/k₂) and a = α₁ − b/(2k₁), k the 2-D bulk moduli. Exact for every periodic cell.
 */
import { isotropicModuli, type PhasePair, type PlaneAssumption } from '#domain/materials';
import { inverse3 } from '#engine/numerics/matrix-3';

/** Components of a symmetric in-plane expansion tensor in 1/K; `xy` is the tensor component, half of the shear angle. */
export interface ExpansionTensor {
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** α = `offset` · I + `factor` · S : I, 1/K and Pa/K. */
export interface LevinRelation {
  readonly offset: number;
  readonly factor: number;
}

/** The relation of two phases; undefined when a phase has no expansion, or when they differ in expansion but not in bulk modulus. */
export function levinRelation({ white, black }: PhasePair, plane: PlaneAssumption): LevinRelation | undefined {
  const { bulk: k1, thermalExpansion: alpha1 } = isotropicModuli(white, plane);
  const { bulk: k2, thermalExpansion: alpha2 } = isotropicModuli(black, plane);
  if (alpha1 === undefined || alpha2 === undefined) return undefined;
  if (alpha1 === alpha2) return { offset: alpha1, factor: 0 };
  if (k1 === k2) return undefined;
  const factor = (2 * (alpha1 - alpha2)) / (1 / k1 - 1 / k2);
  return { offset: alpha1 - factor / (2 * k1), factor };
}

/**
 * The expansion under periodicity of a cell with the effective stiffness (3 × 3, Voigt 11, 22, 12,
 * engineering shear, Pa). Undefined where there is no relation: then the stiffness does not fix the expansion.
 */
export function levinExpansion(stiffness: Float64Array, phases: PhasePair, plane: PlaneAssumption): ExpansionTensor | undefined {
  const relation = levinRelation(phases, plane);
  if (relation === undefined) return undefined;
  const { offset, factor } = relation;
  if (factor === 0) return { xx: offset, yy: offset, xy: 0 };
  const compliance = inverse3(stiffness);
  return {
    xx: offset + factor * (compliance[0]! + compliance[1]!),
    yy: offset + factor * (compliance[3]! + compliance[4]!),
    xy: (factor * (compliance[6]! + compliance[7]!)) / 2,
  };
}
