/* Tables of the Fourier transforms of lines in the kernels of conjugate gradients. */

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
