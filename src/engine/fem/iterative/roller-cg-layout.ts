/*
 * Where everything lies in the memory of the kernel kernels/assembly/roller-cg.ts, and the tables that depend on
 * the grid alone.
 */
import { residualSums, firstFreeByte, stiffnessNumbers, recordBytes } from '#engine/kernels/periodic-cg';
import { frequencies, twiddleTable } from './fourier-tables';

/** Byte addresses. */
export interface RollerCgLayout {
  /** Bytes from one row of nodes to the next. */
  readonly rowBytes: number;
  /** Of all rows. */
  readonly vectorBytes: number;
  /** Displacements, residual, direction, and preconditioned residual or the direction's forces. */
  readonly u: number;
  readonly r: number;
  readonly p: number;
  readonly z: number;
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
  let top = firstFreeByte;
  const take = (bytes: number): number => {
    const address = top;
    // Whole cache lines.
    top += (bytes + 63) & ~63;
    return address;
  };
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
    bytes: top,
  };
}

/** Cosine and sine of π j / n, j from 0 to n / 2. */
export function phaseFactorTable(n: number): Float32Array {
  return Float32Array.from({ length: n + 2 }, (_, i) => (i % 2 === 0 ? Math.cos : Math.sin)((Math.PI * (i >> 1)) / n));
}

/**
 * Where a row's sums for k and −k lie, k from 0 to n, in bytes: even ones are real, odd ones imaginary parts
 * of a record. The first and the last wave have but one; the record beyond the waves is the other.
 */
export function wavePairs(n: number): Uint32Array {
  // Reversing the bits twice changes nothing, so the same table tells where a frequency lies.
  const positionOf = frequencies(n);
  const placeOf = (k: number): number => recordBytes * positionOf[k >> 1]! + (recordBytes / 2) * (k & 1);
  const pairs = new Uint32Array(2 * (n + 1));
  for (let k = 0; k <= n; k++) pairs.set([placeOf(k % (2 * n)), k > 0 && k < n ? placeOf(2 * n - k) : recordBytes * n], 2 * k);
  return pairs;
}
