/** Typed door of assembly/box-cg.ts. Records, laws and the sums of `balance` are those of periodic-cg.ts. */
import { bytes } from './compiled/box-cg';
import { compileKernel } from './web-assembly';

/** The exports; every argument but n and `half` is a byte address or a number of bytes. The source files tell what they do. */
export interface BoxCgFunctions {
  addDirection(u: number, p: number, bytes: number, alpha: number): void;
  forwardWaves(row: number, n: number, twiddles: number, turns: number): void;
  inverseWaves(row: number, n: number, twiddles: number, turns: number): void;
  reduceUpwards(
    r: number, z: number, n: number, rowBytes: number, alpha: number, twiddles: number, turns: number,
    pairs: number, couplings: number, pivots: number, products: number,
  ): void;
  turnDownwards(
    u: number, p: number, z: number, n: number, rowBytes: number, factors: number, twiddles: number, turns: number,
    pairs: number, couplings: number, pivots: number, pixels: number, laws: number, waves: number, products: number,
  ): void;
  balance(
    u: number, unbalanced: number, n: number, rowBytes: number, pixels: number, modes: number, laws: number, sums: number, scratch: number, half: number,
  ): void;
}

export const createBoxCgKernel = compileKernel<BoxCgFunctions>(bytes);
