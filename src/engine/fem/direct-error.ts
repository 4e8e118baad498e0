import type { Displacements, KeptValues } from './condensation';

/** Round-offs that one number of a direct solution gathers, seen against extended precision. */
const gathered = 10;

/**
 * Estimate of a direct solver's error, relative to the property. Two sources, the larger counts. First, the two
 * ways to a load case's energy: from the displacements, where the error enters squared, and from the condensed
 * stiffness, where it enters as it is; they lie apart by the error of first order, that of ν and of the
 * expansion (E and C are sharper). Second, round-off in the stiff phase's forces, which moves the soft phase
 * `contrast` times as far. Load cases with temperature are left out: their energies may cancel.
 */
export function directErrorEstimate(
  stiffness: Float64Array,
  loads: readonly KeptValues[],
  displacements: Displacements,
  contrast: number,
): number {
  let largest = gathered * Number.EPSILON * contrast;
  loads.forEach((values, load) => {
    if (displacements.temperatures[load] !== 0) return;
    const sharp = displacements.energy(load, load);
    largest = Math.max(largest, Math.abs(condensedEnergy(stiffness, values) - sharp) / Math.abs(sharp));
  });
  return largest;
}

/** vᵀ S v. */
function condensedEnergy(stiffness: Float64Array, values: KeptValues): number {
  let energy = 0;
  for (let r = 0; r < values.length; r++) {
    let force = 0;
    for (let c = 0; c < values.length; c++) force += stiffness[r * values.length + c]! * values[c]!;
    energy += values[r]! * force;
  }
  return energy;
}
