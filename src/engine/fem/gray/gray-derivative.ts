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
import { inverse3 } from '#engine/numerics/matrix-3';
import { periodicDerivatives, type DirectionalField } from '../periodic-properties';
import { lanes } from '../iterative/conjugate-gradients';
import type { GraySystemName } from './gray-equations';
import { pixelStiffnessDerivative, pixelOf, type GrayConstant } from './gray-pixels';
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
  if (periodic !== undefined) return periodicDerivative(solution, mixedEnergies('periodic', periodic, solution, plane, to));
  ensure(compression !== undefined, 'fields of no test');
  const energies = mixedEnergies('compression', compression, solution, plane, to);
  const elastic = {
    youngsModulus: { x: energies(0, 0, 1), y: energies(2, 2, 1) },
    poissonRatio: { x: energies(1, 0, -1), y: energies(3, 2, -1) },
  };
  if (heating === undefined) return elastic;
  const heated = mixedEnergies('heating', heating, solution, plane, to);
  return { ...elastic, thermalExpansion: { x: heated(1, 0, -1), y: heated(2, 0, -1) } };
}

/** factor · a · (∂K b + ∂f of b's temperature) / area of each pixel, lanes a and b. */
type MixedEnergies = (a: number, b: number, factor: number) => Float64Array;

function mixedEnergies(name: GraySystemName, found: Float64Array, { pixels, fields }: GraySolution, plane: PlaneAssumption, to: GrayConstant): MixedEnergies {
  const { youngsModulus, poissonRatio, thermalExpansion } = pixels;
  const n = Math.sqrt(youngsModulus.length);
  const nodes = name === 'periodic' ? n : n + 1;
  // Uniform ξ, η and shear, temperature, and what turns a lane's displacements into those of a unit load.
  const uniform = (lane: number): readonly [number, number, number, number] => {
    if (name === 'compression') return [(lane & 1) === 0 ? -2 : 0, 0, 0, 0];
    if (name === 'heating') return [0, 0, 0, lane === 0 ? 1 : 0];
    return [lane === 0 ? 2 : 0, lane === 1 ? 2 : 0, lane === 2 ? 2 : 0, lane === 3 ? 1 : 0];
  };
  const pulls = (lane: number): boolean => (name === 'compression' ? (lane & 1) === 1 : name === 'heating' && (lane === 1 || lane === 2));
  const scaleOf = (lane: number): number => (pulls(lane) ? 1 / fields.unit : uniform(lane)[3] === 1 ? 1 / fields.kelvins : 1);
  const stiffnesses = new Float64Array(3 * n * n);
  for (let p = 0; p < n * n; p++) stiffnesses.set(pixelStiffnessDerivative(youngsModulus[p]!, poissonRatio[p]!, thermalExpansion?.[p] ?? 0, plane, to), 3 * p);
  const known = new Map<number, Float64Array>();
  const modes = (lane: number): Float64Array => {
    const values = known.get(lane) ?? modesOf(found, n, nodes, lane, uniform(lane));
    known.set(lane, values);
    return values;
  };
  return (a, b, factor) => {
    const values = new Float64Array(n * n);
    const [one, other] = [modes(a), modes(b)];
    const scale = (factor * scaleOf(a) * scaleOf(b)) / (n * n);
    const thermalScale = (factor * scaleOf(a) * uniform(b)[3]) / (n * n);
    const transposed = name === 'compression' && a >= 2;
    for (let row = 0, at = 0; row < n; row++) {
      for (let column = 0; column < n; column++, at += 5) {
        const p = transposed ? pixelOf(n, column, row) : pixelOf(n, row, column);
        const zigzag = (one[at + 3]! * other[at + 3]! + one[at + 4]! * other[at + 4]!) / 3;
        const dilation = one[at]! + one[at + 1]!;
        const bulk = dilation * (other[at]! + other[at + 1]!) + zigzag;
        const shear = (one[at]! - one[at + 1]!) * (other[at]! - other[at + 1]!) + one[at + 2]! * other[at + 2]! + 2 * zigzag;
        values[p] = scale * (stiffnesses[3 * p]! * bulk + stiffnesses[3 * p + 1]! * shear) + thermalScale * stiffnesses[3 * p + 2]! * dilation;
      }
    }
    return values;
  };
}

/** ξ, η, shear and hourglasses of x and y of each element, from the bottom row on. */
function modesOf(found: Float64Array, n: number, nodes: number, lane: number, uniform: readonly number[]): Float64Array {
  const modes = new Float64Array(5 * n * n);
  const [uniformXi, uniformEta, uniformShear] = uniform as [number, number, number];
  for (let row = 0, at = 0; row < n; row++) {
    const below = 2 * lanes * nodes * row + lane;
    const above = 2 * lanes * nodes * (row + 1 < nodes ? row + 1 : 0) + lane;
    for (let column = 0; column < n; column++, at += 5) {
      const left = 2 * lanes * column;
      const right = 2 * lanes * (column + 1 < nodes ? column + 1 : 0);
      const xBottom = found[below + right]! - found[below + left]!;
      const xTop = found[above + right]! - found[above + left]!;
      const yBottom = found[below + right + lanes]! - found[below + left + lanes]!;
      const yTop = found[above + right + lanes]! - found[above + left + lanes]!;
      const xSides = found[above + left]! - found[below + left]! + (found[above + right]! - found[below + right]!);
      const ySides = found[above + left + lanes]! - found[below + left + lanes]! + (found[above + right + lanes]! - found[below + right + lanes]!);
      modes[at] = xTop + xBottom + uniformXi;
      modes[at + 1] = ySides + uniformEta;
      modes[at + 2] = xSides + (yTop + yBottom) + uniformShear;
      modes[at + 3] = xTop - xBottom;
      modes[at + 4] = yTop - yBottom;
    }
  }
  return modes;
}

function periodicDerivative({ properties, thermalStress, filledStiffness }: GraySolution, energies: MixedEnergies): GrayDerivative {
  const dC: Float64Array[] = [];
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) dC.push(j < i ? dC[3 * j + i]! : energies(i, j, 1));
  const dStress = thermalStress && [0, 1, 2].map((i) => energies(i, 3, -1));
  return {
    ...periodicDerivatives(inverse3(filledStiffness ?? properties.stiffness!), dC, thermalStress, dStress),
    stiffness: dC,
    ...(dStress && { thermalStress: dStress }),
  };
}
