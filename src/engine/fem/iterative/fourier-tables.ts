/* Tables of the Fourier transforms of lines in the kernels of conjugate gradients; they depend on the grid alone. */
import { recordBytes } from '#engine/kernels/conjugate-gradients';

/** The frequency at each position of a transformed line: its bits reversed. */
export function frequencies(n: number): Int32Array {
  const bits = Math.log2(n);
  return Int32Array.from({ length: n }, (_, position) => {
    let frequency = 0;
    for (let bit = 0; bit < bits; bit++) frequency |= ((position >> bit) & 1) << (bits - 1 - bit);
    return frequency;
  });
}

/** Cosine and sine of once, twice and three times each angle, steps of radix 4 from the longest block on. */
export function twiddleTable(n: number): Float32Array {
  const numbers: number[] = [];
  for (let block = n; block >= 4; block /= 4) {
    for (let j = 0; j < block / 4; j++) {
      for (const times of [1, 2, 3]) {
        const angle = (2 * Math.PI * times * j) / block;
        numbers.push(Math.cos(angle), Math.sin(angle));
      }
    }
  }
  return Float32Array.from(numbers);
}

/** For each position of a transformed line that of the opposite frequency. */
export function oppositePositions(n: number): Int32Array {
  // Reversing the bits twice changes nothing, so the same table leads back.
  const reversed = frequencies(n);
  return reversed.map((frequency) => reversed[(n - frequency) % n]!);
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
