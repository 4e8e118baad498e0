/* What the elements say to the displacements that were found, in double precision, as for the periodic cell. */
import { residualElements, residualNodes, clearSums } from '../conjugate-gradients/residual-row';

/**
 * One pair of lanes (`half` 0 or 1): a compression, and a unit traction on the top edge. `u`: displacements
 * beyond the uniform strains, single numbers. `residual`: minus the nodal forces, the traction's included,
 * zero at rollers, rounded to single numbers. `modes`, `stiffnesses`, `sums`, `scratch`: see `residualForces` of
 * the periodic cell; a row of nodes has n + 1. The `sums` of u_i · force_j with j a compression are free of
 * the traction.
 */
export function residualForces(
  u: usize, residual: usize, n: i32, rowBytes: usize, pixels: usize, modes: usize, stiffnesses: usize, sums: usize, scratch: usize, half: i32,
): void {
  const elements = <usize>n << 5;
  const bytes = elements + 32;
  const lanes = <usize>half << 4;
  clearSums(sums, lanes);
  memory.fill(scratch, 0, 2 * bytes);
  let below = scratch;
  let above = scratch + bytes;
  for (let row = 0; row <= n; row++) {
    if (row < n) {
      residualElements(
        u, u + rowBytes, below, above, elements, elements, pixels + <usize>(n - 1 - row) * <usize>n, modes + lanes, stiffnesses, sums, lanes,
      );
    } else pull(below, elements);
    v128.store(below, f64x2.splat(0));
    v128.store(below + elements, f64x2.splat(0));
    if (row === 0) for (let y = below + 16; y < below + bytes; y += 32) v128.store(y, f64x2.splat(0));
    residualNodes(u, residual, below, bytes, sums, lanes);
    memory.fill(below, 0, bytes);
    const done = below;
    below = above;
    above = done;
    u += rowBytes;
    residual += rowBytes;
  }
}

/** Takes a unit traction off the forces along y of the second lane; the end nodes carry half. */
function pull(forces: usize, elements: usize): void {
  for (let at: usize = 0; at <= elements; at += 32) {
    const force = forces + at + 24;
    store<f64>(force, load<f64>(force) - (at === 0 || at === elements ? 0.5 : 1));
  }
}
