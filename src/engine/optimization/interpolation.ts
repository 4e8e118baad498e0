/*
 * Constants of pixels between the phases, where they are worse than a mixture for the objective. Where a stiff cell is
 * wanted, bulk and shear modulus of the plane follow the cube of the distance from their softer end (SIMP, Bendsøe 1989,
 * doi 10.1007/BF01650949). Where a soft one is wanted, they are geometric means of the phases', which are stiffer than the
 * softest mixture. The cube from the stiffer end would be stiffer still, but at large contrast nearly every density is then
 * as stiff as the stiff phase, and the few pixels that are not have all of the derivative. Their expansion is Levin's, A + B / k, so that the expansion of
 * a periodic cell follows from its stiffness between the phases as well, and thermal stress is linear in the bulk modulus.
 *
 * A void is softened solid here, because the moduli of a cell have no derivative to a pixel next to nothing; the cell
 * that an optimization ends with has an exact void.
 */
import { isotropicModuli, type IsotropicModuli, type PhasePair, type PlaneAssumption } from '#domain/materials';
import { isVoid } from '#engine/fem/element/void-phase';
import type { GrayPixels } from '#engine/fem/gray/gray-pixels';
import { levinRelation } from '#engine/homogenization/levin';

/** 1 where an objective is better for a stiffer cell, −1 where for a softer one. */
export type WantedStiffness = 1 | -1;

/** Pixels of densities, in their order, and how their stiffness changes with density. */
export interface Interpolated {
  readonly pixels: GrayPixels;
  /** Three numbers per pixel: the derivative of its `PixelStiffness`, Pa and Pa/K. */
  readonly slopes: Float64Array;
}

/** From densities of white, in [0, 1]. */
export type Interpolation = (densities: Float64Array) => Interpolated;

/** Modulus of a softened void, of that of the solid. */
export const softenedVoid = 1e-4;

/** The phases with a softened solid in place of a void. */
export function softenVoids({ white, black }: PhasePair): PhasePair {
  const softened = (solid: PhasePair['white']): PhasePair['white'] => ({ ...solid, youngsModulus: softenedVoid * solid.youngsModulus });
  return { white: isVoid(white) ? softened(black) : white, black: isVoid(black) ? softened(white) : black };
}

/** `expands`: whether pixels have an expansion, which the phases then have. */
export function interpolationOf(phases: PhasePair, plane: PlaneAssumption, wanted: WantedStiffness, expands: boolean): Interpolation {
  const { white, black } = softenVoids(phases);
  const [one, other] = [isotropicModuli(white, plane), isotropicModuli(black, plane)];
  const bulk = curveOf(other.bulk, one.bulk);
  const shear = curveOf(other.shear, one.shear);
  const expansion = expands ? expansionOf({ white, black }, one, other, plane) : undefined;
  return (densities) => {
    const count = densities.length;
    const [E, nu, alpha, slopes] = [new Float64Array(count), new Float64Array(count), new Float64Array(expansion ? count : 0), new Float64Array(3 * count)];
    for (let p = 0; p < count; p++) {
      const x = densities[p]!;
      let k: number;
      let g: number;
      let slope: number;
      let shearSlope: number;
      if (wanted === 1) {
        const kx = bulk.sign === 1 ? x : 1 - x;
        const gx = shear.sign === 1 ? x : 1 - x;
        k = bulk.soft + kx * kx * kx * bulk.range;
        g = shear.soft + gx * gx * gx * shear.range;
        slope = 3 * bulk.sign * kx * kx * bulk.range;
        shearSlope = 3 * shear.sign * gx * gx * shear.range;
      } else {
        k = other.bulk * Math.exp(bulk.log * x);
        g = other.shear * Math.exp(shear.log * x);
        slope = bulk.log * k;
        shearSlope = shear.log * g;
      }
      nu[p] = plane === 'plane-stress' ? (k - g) / (k + g) : (k - g) / (2 * k);
      E[p] = 2 * g * (1 + nu[p]!);
      slopes[3 * p] = slope / 4;
      slopes[3 * p + 1] = shearSlope / 4;
      if (!expansion) continue;
      const inPlane = expansion.value(x, k);
      alpha[p] = inPlane / (plane === 'plane-stress' ? 1 : 1 + nu[p]!);
      slopes[3 * p + 2] = -(slope * inPlane + k * expansion.slope(k, slope));
    }
    return { pixels: { youngsModulus: E, poissonRatio: nu, ...(expansion && { thermalExpansion: alpha }) }, slopes };
  };
}

/** A modulus between the phases. */
interface Curve {
  /** At the softer phase, and the difference to the stiffer one. */
  readonly soft: number;
  readonly range: number;
  /** 1 where white is the stiffer phase, −1 where black is. */
  readonly sign: 1 | -1;
  /** Logarithm of white over black. */
  readonly log: number;
}

function curveOf(black: number, white: number): Curve {
  return { soft: Math.min(black, white), range: Math.abs(white - black), sign: white >= black ? 1 : -1, log: Math.log(white / black) };
}

/** The free expansion in the plane, from the density or from the bulk modulus and its slope. */
function expansionOf(phases: PhasePair, white: IsotropicModuli, black: IsotropicModuli, plane: PlaneAssumption): { value(x: number, bulk: number): number; slope(bulk: number, bulkSlope: number): number } {
  const [a, b] = [white.thermalExpansion!, black.thermalExpansion!];
  const relation = levinRelation(phases, plane);
  // Phases with one bulk modulus: any curve would do, and this one keeps thermal stress linear.
  if (relation === undefined) return { value: (x) => b + x * (a - b), slope: () => a - b };
  const half = relation.factor / 2;
  return { value: (_, bulk) => relation.offset + half / bulk, slope: (bulk, bulkSlope) => (-half * bulkSlope) / bulk ** 2 };
}
