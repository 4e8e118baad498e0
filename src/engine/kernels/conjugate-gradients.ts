/** Typed entry points of assembly/periodic-cg.ts and assembly/roller-cg.ts. */
import { bytes as periodicBytes } from './compiled/periodic-cg';
import { bytes as rollerBytes } from './compiled/roller-cg';
import { compileKernel } from './web-assembly';

/** Bytes of a node's record: four load cases, two components, single precision. */
export const recordBytes = 32;
/** Numbers of one stiffness: in single precision four for each lane, in double precision for `residualForces`. */
export const stiffnessNumbers = { single: 16, double: 5 } as const;
/** Where `residualForces` puts its sums, in double numbers; four load cases each. */
export const residualSums = { stress: 0, work: 12, squaredElementForces: 28, squaredNodalForces: 32, count: 36 } as const;

/** The exports; every argument but n, counts and `half` is a byte address or a number of bytes. The source files tell what they do. */
export interface PeriodicCgFunctions {
  forwardLine(line: number, n: number, twiddles: number): void;
  inverseLine(line: number, n: number, twiddles: number): void;
  transformRows(r: number, z: number, n: number, rowBytes: number, twiddles: number): void;
  reduceResidual(r: number, q: number, n: number, rowBytes: number, alpha: number, twiddles: number): void;
  addDirection(u: number, p: number, bytes: number, alpha: number): void;
  preconditionColumns(
    z: number, n: number, rowBytes: number, twiddles: number, opposites: number, symbols: number, scratch: number, products: number,
  ): void;
  transformRowsBack(z: number, n: number, rowBytes: number, twiddles: number): void;
  gram(r: number, z: number, n: number, rowBytes: number, products: number): void;
  applyStiffness(
    u: number, p: number, z: number, n: number, rowBytes: number, factors: number, twiddles: number, pixels: number, stiffnesses: number, products: number,
  ): void;
  residualForces(
    u: number, residual: number, n: number, rowBytes: number, pixels: number, modes: number, stiffnesses: number, sums: number, scratch: number, half: number,
  ): void;
}

/** Addresses below this are the kernel's own. */
export const firstFreeByte = 4096;

/** Those of the roller cell; every argument but n and `half` is a byte address or a number of bytes. The source files tell what they do. */
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

export const createPeriodicCgKernel = compileKernel<PeriodicCgFunctions>(periodicBytes);

export const createRollerCgKernel = compileKernel<RollerCgFunctions>(rollerBytes);
