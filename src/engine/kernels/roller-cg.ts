/** Typed entry point of assembly/roller-cg.ts. Records, stiffnesses and the sums of `residualForces` are those of periodic-cg.ts. */
import { bytes } from './compiled/roller-cg';
import { compileKernel } from './web-assembly';

/** The exports; every argument but n and `half` is a byte address or a number of bytes. The source files tell what they do. */
export interface RollerCgFunctions {
  addDirection(u: number, p: number, bytes: number, alpha: number): void;
  forwardWaves(row: number, n: number, twiddles: number, phaseFactors: number): void;
  inverseWaves(row: number, n: number, twiddles: number, phaseFactors: number): void;
  forwardSweep(
    r: number, z: number, n: number, rowBytes: number, alpha: number, twiddles: number, phaseFactors: number,
    pairs: number, couplings: number, pivots: number, products: number,
  ): void;
  backwardSweep(
    u: number, p: number, z: number, n: number, rowBytes: number, factors: number, twiddles: number, phaseFactors: number,
    pairs: number, couplings: number, pivots: number, pixels: number, stiffnesses: number, waves: number, products: number,
  ): void;
  residualForces(
    u: number, residual: number, n: number, rowBytes: number, pixels: number, modes: number, stiffnesses: number, sums: number, scratch: number, half: number,
  ): void;
}

export const createRollerCgKernel = compileKernel<RollerCgFunctions>(bytes);
