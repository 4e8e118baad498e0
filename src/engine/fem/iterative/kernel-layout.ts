/* Where everything lies in the memory of the kernels of conjugate gradients, kernels/assembly/periodic-cg.ts and roller-cg.ts. */
import { firstFreeByte, recordBytes, residualSums, stiffnessNumbers } from '#engine/kernels/conjugate-gradients';
import { twiddleTable } from './fourier-tables';

/** Gives addresses in a kernel's memory one after another, in whole cache lines; `top` is the first free one. */
export function createAllocator(): { take(bytes: number): number; top(): number } {
  let top = firstFreeByte;
  return {
    take(bytes) {
      const address = top;
      top += (bytes + 63) & ~63;
      return address;
    },
    top: () => top,
  };
}

/** Byte addresses of the vectors that conjugate gradients work on. */
export interface VectorAddresses {
  /** Bytes from one row of nodes to the next. */
  readonly rowBytes: number;
  /** Displacements or their correction, residual, direction, and preconditioned residual or the direction's forces. */
  readonly u: number;
  readonly r: number;
  readonly p: number;
  readonly z: number;
}

/** Byte addresses. */
export interface PeriodicCgLayout extends VectorAddresses {
  readonly pixels: number;
  readonly twiddles: number;
  readonly opposites: number;
  readonly symbols: number;
  /** Stiffnesses of both phases, in single and in double precision. */
  readonly singleStiffnesses: number;
  readonly doubleStiffnesses: number;
  /** Uniform modes of each load case. */
  readonly modes: number;
  /** Single numbers: two factors for each load case. */
  readonly factors: number;
  /** Double numbers: products of load cases, and what `residualForces` sums up. */
  readonly products: number;
  readonly sums: number;
  readonly scratch: number;
  readonly bytes: number;
}

/** The memory for n × n pixels. */
export function layOutPeriodicCg(n: number): PeriodicCgLayout {
  const { take, top } = createAllocator();
  const rowBytes = recordBytes * n + 64;
  return {
    rowBytes,
    u: take(n * rowBytes),
    r: take(n * rowBytes),
    p: take(n * rowBytes),
    z: take(n * rowBytes),
    pixels: take(n * n),
    twiddles: take(4 * twiddleTable(n).length),
    opposites: take(4 * n),
    symbols: take(12 * n * (n / 2 + 1)),
    singleStiffnesses: take(4 * 2 * stiffnessNumbers.single),
    doubleStiffnesses: take(8 * 2 * stiffnessNumbers.double),
    modes: take(8 * 16),
    factors: take(32),
    products: take(8 * 12),
    sums: take(8 * residualSums.count),
    scratch: take(16 * (recordBytes * n + 64)),
    bytes: top(),
  };
}

/** Byte addresses. */
export interface RollerCgLayout extends VectorAddresses {
  /** Of all rows. */
  readonly vectorBytes: number;
  /** Pixels of the image, of its transpose, and one with twice the other. */
  readonly pixels: number;
  readonly transposed: number;
  readonly both: number;
  readonly twiddles: number;
  readonly phaseFactors: number;
  readonly pairs: number;
  readonly couplings: number;
  readonly pivots: number;
  /** Stiffnesses of both phases in double precision, and of their four pairs in single precision. */
  readonly singleStiffnesses: number;
  readonly doubleStiffnesses: number;
  readonly modes: number;
  /** Single numbers: two factors for each lane. */
  readonly factors: number;
  /** Double numbers: products of lanes, and what `residualForces` sums up. */
  readonly products: number;
  readonly sums: number;
  readonly scratch: number;
  readonly bytes: number;
}

/** The memory for n × n pixels. */
export function layOutRollerCg(n: number): RollerCgLayout {
  const { take, top } = createAllocator();
  const rowBytes = recordBytes * (n + 2);
  const vectorBytes = (n + 1) * rowBytes;
  return {
    rowBytes,
    vectorBytes,
    u: take(vectorBytes),
    r: take(vectorBytes),
    p: take(vectorBytes),
    z: take(vectorBytes),
    pixels: take(n * n),
    transposed: take(n * n),
    both: take(n * n),
    twiddles: take(4 * twiddleTable(n).length),
    phaseFactors: take(8 * (n / 2 + 1)),
    pairs: take(8 * (n + 1)),
    couplings: take(12 * (n + 1)),
    pivots: take(12 * (n + 1) * (n + 1)),
    singleStiffnesses: take(4 * 4 * stiffnessNumbers.single),
    doubleStiffnesses: take(8 * 2 * stiffnessNumbers.double),
    modes: take(8 * 16),
    factors: take(32),
    products: take(64),
    sums: take(8 * residualSums.count),
    scratch: take(2 * rowBytes + 64),
    bytes: top(),
  };
}
