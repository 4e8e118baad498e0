/*
 * Derivatives of all results of a gray image to a constant of each pixel. All are self-adjoint or have the adjoint among
 * the load cases that were solved (e.g. Bendsøe & Sigmund 2003, Topology Optimization, section 1.2): so each is a
 * sum over the modes of the pixel alone, exact for exact fields. They err as the fields do, by about the square root of the
 * error of the results.
 *
 * A void's derivatives to its modulus are those of raising all voids together: their sum over the voids is a derivative.
 * One void alone has none, because what its displacements are depends on its neighbors.
 */
import type { PlaneAssumption } from '#domain/materials';
import { ensure } from '#engine/core/bug-error';
import { periodicDerivatives, type DirectionalField } from '../periodic-properties';
import { addForms } from './gray-gradient';
import type { GraySystemName } from './gray-modes';
import { pixelStiffnessDerivative, type GrayConstant } from './gray-pixels';
import type { GraySolution } from './gray-solver';

/** Derivatives of the results that a solution has, in their units per unit of the constant. */
export interface GrayDerivative {
  readonly youngsModulus: DirectionalField;
  /** Without a meaning where the image has no Poisson's ratio. */
  readonly poissonRatio: DirectionalField;
  readonly thermalExpansion?: DirectionalField;
  readonly shearModulus?: Float64Array;
  /** Nine entries, row-major. */
  readonly stiffness?: readonly Float64Array[];
  readonly thermalStress?: readonly Float64Array[];
}

/** Derivatives of a solution to a constant of the pixels; `plane` is the solver's. */
export function grayDerivative(solution: GraySolution, plane: PlaneAssumption, to: GrayConstant = 'youngsModulus'): GrayDerivative {
  const { compression, heating, periodic } = solution.fields.displacements;
  if (periodic !== undefined) return periodicDerivative(solution, mixedEnergies('periodic', solution, plane, to));
  ensure(compression !== undefined, 'fields of no test');
  const energies = mixedEnergies('compression', solution, plane, to);
  const elastic = {
    youngsModulus: { x: energies(0, 0, 1), y: energies(2, 2, 1) },
    poissonRatio: { x: energies(1, 0, -1), y: energies(3, 2, -1) },
  };
  if (heating === undefined) return elastic;
  const heated = mixedEnergies('heating', solution, plane, to);
  return { ...elastic, thermalExpansion: { x: heated(1, 0, -1), y: heated(2, 0, -1) } };
}

/** factor · a · (∂K b + ∂f of b's temperature) / area of each pixel, lanes a and b. */
type MixedEnergies = (a: number, b: number, factor: number) => Float64Array;

function mixedEnergies(name: GraySystemName, solution: GraySolution, plane: PlaneAssumption, to: GrayConstant): MixedEnergies {
  const { youngsModulus, poissonRatio, thermalExpansion } = solution.pixels;
  const count = youngsModulus.length;
  const slopes = new Float64Array(3 * count);
  for (let p = 0; p < count; p++) slopes.set(pixelStiffnessDerivative(youngsModulus[p]!, poissonRatio[p]!, thermalExpansion?.[p] ?? 0, plane, to), 3 * p);
  const pixels = Int32Array.from({ length: count }, (_, p) => p);
  return (a, b, factor) => {
    const values = new Float64Array(count);
    addForms(values, name, solution, [{ a, b, factor }], slopes, pixels);
    return values;
  };
}

function periodicDerivative({ thermalStress, compliance }: GraySolution, energies: MixedEnergies): GrayDerivative {
  const dC: Float64Array[] = [];
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) dC.push(j < i ? dC[3 * j + i]! : energies(i, j, 1));
  const dStress = thermalStress && [0, 1, 2].map((i) => energies(i, 3, -1));
  return {
    ...periodicDerivatives(compliance!, dC, thermalStress, dStress),
    stiffness: dC,
    ...(dStress && { thermalStress: dStress }),
  };
}
