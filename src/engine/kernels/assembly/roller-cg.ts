/*
 * Kernels of the preconditioned conjugate gradients on the roller cell, n × n pixels, n a power of
 * two (fem/iterative/roller-cg.ts puts them together). AssemblyScript, compiled to WebAssembly SIMD; no relaxed
 * instructions, one fixed order of operations, so every machine gives the same bytes.
 *
 * Vectors are as in periodic-cg.ts, but a row has n + 1 nodes and there are n + 1 rows: 32 bytes for each
 * node, four single-precision displacements along x, then four along y. Lanes 0 and 1 belong to the image,
 * 2 and 3 to its transpose, whose compression along x is the image's along y: so the four lanes share their
 * supports, and one preconditioner serves them all. An iteration passes over the memory twice, once upwards
 * and once downwards.
 */
export { addDirection } from './conjugate-gradients/step-row';
export { forwardWaves, inverseWaves } from './roller-cg/row-waves';
export { backwardSweep, forwardSweep } from './roller-cg/sweeps';
export { rollerResidualForces as residualForces } from './conjugate-gradients/residual';
