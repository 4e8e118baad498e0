/*
 * What the elements say to the displacements that were found, in double precision: the residual nodal
 * forces and everything that the effective stiffness is made of.
 */
import { residualElements, residualNodes, clearSums } from '../conjugate-gradients/residual-row';

/**
 * One pair of lanes (`half` 0 or 1). `u`: displacements beyond the uniform strains, single numbers.
 * `residual`: minus the nodal forces, rounded to single numbers. `modes`: for each lane the uniform ξ
 * of x, η of y, shear and temperature, each four double numbers. `stiffnesses`: for black, then white, five
 * double numbers: those of `applyStiffness`, and the thermal force per kelvin in ξ and η.
 * `sums`, double numbers: mean stresses 11, 22, 12 times twice the pixels' number (3 × 4 lanes),
 * u_i · force_j at 12 + 4 i + j, squared elastic element forces (28), squared nodal forces (32).
 * `scratch` holds three rows of nodes, 32 bytes each.
 */
export function residualForces(
  u: usize, residual: usize, n: i32, rowBytes: usize, pixels: usize, modes: usize, stiffnesses: usize, sums: usize, scratch: usize, half: i32,
): void {
  const bytes = <usize>n << 5;
  memory.fill(scratch, 0, 3 * bytes);
  const lanes = <usize>half << 4;
  const uniform = modes + lanes;
  clearSums(sums, lanes);

  let bottom: usize = 0;
  let forcesBelow = scratch;
  for (let j = 0; j < n; j++) {
    const top = j + 1 < n ? bottom + rowBytes : 0;
    const forcesAbove = j + 1 < n ? scratch + bytes * <usize>(1 + (j & 1)) : scratch;
    residualElements(u + bottom, u + top, forcesBelow, forcesAbove, bytes, 0, pixels + <usize>(n - 1 - j) * <usize>n, uniform, stiffnesses, sums, lanes);
    if (j > 0) {
      residualNodes(u + bottom, residual + bottom, forcesBelow, bytes, sums, lanes);
      memory.fill(forcesBelow, 0, bytes);
    }
    bottom = top;
    forcesBelow = forcesAbove;
  }
  residualNodes(u, residual, scratch, bytes, sums, lanes);
}
