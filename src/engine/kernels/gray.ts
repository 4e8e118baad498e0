/** Typed entry point of assembly/gray.ts. Records in single precision are those of periodic-cg.ts. */
import { bytes } from './compiled/gray';
import { compileKernel } from './web-assembly';

/** Where `nodalForces` puts its sums, in double numbers; four lanes each. */
export const forceSum = { stress: 0, squares: 12, count: 16 } as const;

/** The exports; every argument but n, `nodes`, `wrap`, `half` and `closed` is a byte address or a number of bytes. The source files say what they do. */
export interface GrayFunctions {
  addDirection(u: number, p: number, bytes: number, alpha: number): void;
  preconditionColumns(
    z: number, n: number, rowBytes: number, twiddles: number, opposites: number, symbols: number, scratch: number, products: number,
  ): void;
  reduceResidual(r: number, q: number, n: number, rowBytes: number, alpha: number, scales: number, twiddles: number): void;
  applyStiffness(
    u: number, p: number, z: number, n: number, rowBytes: number, factors: number, scales: number, twiddles: number, moduli: number, products: number,
  ): void;
  forwardSweep(
    r: number, z: number, n: number, rowBytes: number, alpha: number, scales: number, twiddles: number, phaseFactors: number,
    pairs: number, couplings: number, pivots: number, products: number,
  ): void;
  backwardSweep(
    u: number, p: number, z: number, n: number, rowBytes: number, factors: number, scales: number, twiddles: number, phaseFactors: number,
    pairs: number, couplings: number, pivots: number, one: number, other: number, waves: number, products: number, closed: number,
  ): void;
  eliminateRows(
    z: number, n: number, rowBytes: number, twiddles: number, phaseFactors: number, pairs: number, couplings: number, pivots: number, products: number,
  ): void;
  substituteRows(
    z: number, n: number, rowBytes: number, twiddles: number, phaseFactors: number, pairs: number, couplings: number, pivots: number, waves: number,
  ): void;
  scaleRows(r: number, z: number, n: number, rowBytes: number, alpha: number, scales: number): void;
  multiplyScaled(r: number, z: number, n: number, rowBytes: number, scales: number, scratch: number, products: number): void;
  applyUpwards(
    u: number, p: number, z: number, n: number, rowBytes: number, factors: number, scales: number, moduli: number, products: number,
  ): void;
  nodalForces(u: number, forces: number, n: number, nodes: number, wrap: number, modes: number, stiffnesses: number, sums: number, half: number): void;
  multiplyLanes(u: number, forces: number, bytes: number, work: number): void;
  takeResidual(forces: number, r: number, nodes: number, rowBytes: number, squares: number): void;
  addCorrection(found: number, u: number, nodes: number, rowBytes: number): void;
}

export const createGrayKernel = compileKernel<GrayFunctions>(bytes);
