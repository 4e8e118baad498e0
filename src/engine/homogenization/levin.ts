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

/**
 * The expansion under periodicity of a cell with the effective stiffness (3 × 3, Voigt 11, 22, 12,
 * engineering shear, Pa). Undefined when a phase has no expansion, or when the phases differ in
 * expansion but not in bulk modulus: then the stiffness does not fix the expansion.
 */
export function levinExpansion(
  stiffness: Float64Array,
  phases: PhasePair,
  plane: PlaneAssumption,
): ExpansionTensor | undefined {
  const white = isotropicModuli(phases.white, plane);
  const black = isotropicModuli(phases.black, plane);
  const alpha1 = white.thermalExpansion;
  const alpha2 = black.thermalExpansion;
  if (alpha1 === undefined || alpha2 === undefined) return undefined;
  if (alpha1 === alpha2) return { xx: alpha1, yy: alpha1, xy: 0 };
  if (white.bulk === black.bulk) return undefined;

  const b = (2 * (alpha1 - alpha2)) / (1 / white.bulk - 1 / black.bulk);
  const a = alpha1 - b / (2 * white.bulk);
  const compliance = inverse3(stiffness);
  return {
    xx: a + b * (compliance[0]! + compliance[1]!),
    yy: a + b * (compliance[3]! + compliance[4]!),
    xy: (b * (compliance[6]! + compliance[7]!)) / 2,
  };
}
