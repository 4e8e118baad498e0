/** Typed entry point of assembly/multifrontal.ts: where its records have which word, and its functions. */
import { bytes } from './compiled/multifrontal';
import { compileKernel } from './web-assembly';

/** Position of each 32-bit word in a front's record; pointers are byte addresses in the kernel's memory. */
export const frontWord = {
  /** Unknowns that the front eliminates. */
  eliminated: 0,
  /** The same, rounded up to a multiple of 4. */
  padded: 1,
  /** `padded` and the border, rounded up to a multiple of 4. */
  size: 2,
  panel: 3,
  update: 4,
  vectors: 5,
  border: 6,
  parentVectors: 7,
  parentMap: 8,
  parentJumps: 9,
  parentJumpCount: 10,
  firstChild: 12,
} as const;
export const wordsPerFront = 32;

/** Position of each word in a child's part of the record. */
export const childWord = {
  kind: 0,
  /** Of a leaf: address of the pointer to its table entry. Of a front: its update matrix. */
  source: 1,
  leading: 2,
  list: 3,
  listCount: 4,
  jumps: 5,
  jumpCount: 6,
  shape: 7,
  origin: 8,
} as const;
export const wordsPerChild = 10;
export const childKind = { none: 0, leaf: 1, front: 2 } as const;

/** Bytes of one jump: own index, the strain's index in the parent (both i32), weight (f64). */
export const bytesPerJump = 16;

/** The exports; every argument but a count is a byte address. The source file tells what they do. */
export interface MultifrontalFunctions {
  factorize(records: number, count: number, front: number): number;
  factorizeGray(
    records: number, count: number, front: number, numbers: number, resolution: number, work: number, matrices: number, matrixBytes: number,
  ): number;
  eliminate(front: number, panel: number, eliminated: number, padded: number, size: number, update: number): number;
  substituteBack(records: number, count: number, pairs: number, field: number, scratch: number): void;
  solveFront(panel: number, eliminated: number, padded: number, size: number, vectors: number, pairs: number): void;
  elementForces(
    pixels: number,
    resolution: number,
    pairs: number,
    field: number,
    forces: number,
    matrices: number,
    temperatures: number,
    squares: number,
    energies: number,
    scratch: number,
  ): void;
}

/** Addresses below this are the kernel's own. */
export const firstFreeByte = 4096;

export const createMultifrontal = compileKernel<MultifrontalFunctions>(bytes);
