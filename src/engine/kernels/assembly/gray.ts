/*
 * Kernels of the preconditioned conjugate gradients on gray images: each pixel has a bulk and a shear modulus
 * of its own (fem/gray/ puts them together). Grids, records, transforms and waves are those of periodic-cg.ts
 * and roller-cg.ts. Unlike there, the displacements that were found are kept in double precision, and the
 * iterations in single precision compute a correction of them.
 *
 * The preconditioner is scaled by node: M⁻¹ = D R⁻¹ D with R the reference medium's stiffness. `scales` holds
 * for each node four single numbers, one per lane, which serve both components.
 */
export { addDirection } from './conjugate-gradients/step-row';
export { preconditionColumns } from './periodic-cg/iteration';
export {
  applyStiffness,
  applyUpwards,
  backwardSweep,
  eliminateRows,
  forwardSweep,
  multiplyScaled,
  scaleRows,
  substituteRows,
  reduceResidual,
} from './gray/iteration';
export { addCorrection, multiplyLanes, nodalForces, takeResidual } from './gray/nodal-forces';
