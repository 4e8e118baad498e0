/*
 * Kernels of the preconditioned conjugate gradients on a periodic grid of n × n nodes, n a power of two
 * (fem/iterative/periodic-cg.ts puts them together). AssemblyScript, compiled to WebAssembly SIMD; no relaxed
 * instructions, one fixed order of operations, so every machine gives the same bytes.
 *
 * A vector holds a record of 32 bytes for each node, row after row from the bottom: four single-precision
 * displacements along x, then four along y, one for each of four load cases. So every instruction works
 * on four load cases, and the two components are real and imaginary part of one Fourier transform.
 * Rows are `rowBytes` apart, a little more than they need: the nodes of one column would otherwise share
 * a few sets of the cache.
 */
export { forwardLine, inverseLine } from './conjugate-gradients/fourier-line';
export { addDirection } from './conjugate-gradients/step-row';
export { applyStiffness, gram, preconditionColumns, reduceResidual, transformRows, transformRowsBack } from './periodic-cg/iteration';
export { periodicResidualForces as residualForces } from './conjugate-gradients/residual';
