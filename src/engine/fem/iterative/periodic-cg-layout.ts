/*
 * Where everything lies in the memory of the kernel kernels/assembly/periodic-cg.ts, and the tables that
 * depend on the grid alone.
 */
import { residualSums, firstFreeByte, stiffnessNumbers, recordBytes } from '#engine/kernels/periodic-cg';
import { frequencies, twiddleTable } from './fourier-tables';
import { inverseSymbol, type ModalStiffness } from '../element/modal-stiffness';

/** Byte addresses. */
export interface PeriodicCgLayout {
  /** Bytes from one row of nodes to the next. */
  readonly rowBytes: number;
  /** Displacements, residual, direction, and preconditioned residual or the direction's forces. */
  readonly u: number;
  readonly r: number;
  readonly p: number;
  readonly z: number;
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
  let top = firstFreeByte;
  const take = (bytes: number): number => {
    const address = top;
    // Whole cache lines.
    top += (bytes + 63) & ~63;
    return address;
  };
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
    bytes: top,
  };
}

/** For each position of a transformed line that of the opposite frequency. */
export function oppositePositions(n: number): Int32Array {
  // Reversing the bits twice changes nothing, so the same table leads back.
  const reversed = frequencies(n);
  return reversed.map((frequency) => reversed[(n - frequency) % n]!);
}

/**
 * For each column that does not come after its opposite, and for each position of a column,
 * (g₁₁ + g₂₂) / 2, (g₁₁ − g₂₂) / 2 and g₁₂ of the inverse symbol, over n² for the two transforms. Zero
 * for the mean, which no force moves.
 */
export function symbolTable(n: number, stiffness: ModalStiffness): Float32Array {
  const frequencyAt = frequencies(n);
  const table = new Float32Array(3 * n * (n / 2 + 1));
  let next = 0;
  oppositePositions(n).forEach((opposite, column) => {
    if (opposite < column) return;
    const kx = frequencyAt[column]!;
    for (let position = 0; position < n; position++, next += 3) {
      const ky = frequencyAt[position]!;
      if (kx === 0 && ky === 0) continue;
      const [xx, xy, yy] = inverseSymbol(stiffness, kx, ky, n);
      table[next] = (xx + yy) / 2 / n ** 2;
      table[next + 1] = (xx - yy) / 2 / n ** 2;
      table[next + 2] = xy / n ** 2;
    }
  });
  return table;
}
