/*
 * Kernels of topology optimization, all in double precision: the filter of densities, and the dual of the method of moving
 * asymptotes. Every sum has one fixed order.
 */
export { filterRuns, gather } from './optimization/filter';
export { evaluateDual } from './optimization/dual';
