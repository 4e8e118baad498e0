import type { Displacements } from './condensation';
import type { RetainedValues } from './factorization';
import { carries } from '../element/void-phase';

/** Round-offs that one number of a direct solution gathers, seen against extended precision. */
const gathered = 10;
/** The elements' constants keep 48 bits, and a property gathers some of their round-off at every contrast. */
const leastEstimate = 2 ** -44;
/** By so much the mean displacements, hence ν and α, can err more than the energies do in first order. */
const means = 4;
/** Up to this contrast errors of first order are small; beyond it the solvers take all properties from energies. */
export const firstOrderContrast = 1e6;

/**
 * Estimate of a direct solver's error, relative to the property. Two sources, the larger counts. First, round-off
 * in the stiff phase's forces, which moves the soft phase `contrast` times as far. Second, the two ways to a load
 * case's energy: from the displacements, where their error enters squared, and from the condensed stiffness,
 * where it enters as it is. They lie a share d apart, the error of first order, and that of means is up to 4 d.
 *
 * Beyond `firstOrderContrast` all properties err in second order. That is d² only where all displacements err
 * as those that carry the load, and islands in a soft phase err more; d to the power 3/2 is above the true errors
 * of all tests. The filling of a void counts in d, as its part is left out. Load cases with temperature are left out: their energies may cancel.
 * `stationary`: whether all properties err in second order.
 */
export function directErrorEstimate(
  stiffness: Float64Array,
  loads: readonly RetainedValues[],
  displacements: Pick<Displacements, 'temperatures' | 'energy'>,
  contrast: number,
  stationary = contrast > firstOrderContrast,
): number {
  let apart = 0;
  loads.forEach((values, load) => {
    if (displacements.temperatures[load] !== 0) return;
    const sharp = displacements.energy(load, load);
    const condensed = condensedEnergy(stiffness, values);
    // Nothing is carried: the value is zero.
    if (!carries(sharp, condensed)) return;
    apart = Math.max(apart, Math.abs(condensed - sharp) / Math.abs(sharp));
  });
  return Math.max(leastEstimate, gathered * Number.EPSILON * contrast, stationary ? apart ** 1.5 : means * apart);
}

/** vᵀ S w: twice the mixed energy of two load cases from the condensed stiffness, voids filled. */
export function condensedEnergy(stiffness: Float64Array, v: RetainedValues, w: RetainedValues = v): number {
  let energy = 0;
  for (let r = 0; r < v.length; r++) {
    let force = 0;
    for (let c = 0; c < w.length; c++) force += stiffness[r * v.length + c]! * w[c]!;
    energy += v[r]! * force;
  }
  return energy;
}
