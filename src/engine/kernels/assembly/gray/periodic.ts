/* What an iteration on the periodic grid does before and after `preconditionColumns`. */
import { forwardLine, inverseLine } from '../conjugate-gradients/fourier-line';
import { addProducts } from '../conjugate-gradients/step-row';
import { grayElementRow, reduceScaledRow, updateScaledRow } from './gray-row';

/** r −= α q, and in place of q the scaled rows of the new r, transformed. `alpha`: four single numbers. */
export function reduceResidual(r: usize, q: usize, n: i32, rowBytes: usize, alpha: usize, scales: usize, twiddles: usize): void {
  const bytes = <usize>n << 5;
  for (let row = 0; row < n; row++) {
    reduceScaledRow(r, q, bytes, alpha, scales);
    forwardLine(q, n, twiddles);
    r += rowBytes;
    q += rowBytes;
    scales += bytes >> 1;
  }
}

/**
 * Transforms the rows of z back, u += α p, p = scaled z + β p, and in place of z the nodal forces of p; into
 * `products` p · force of each lane, four double numbers. `factors`: α of the last direction, then β, four
 * single numbers each. `moduli`: as `grayElementRow` takes them, from the bottom row of elements on.
 */
export function applyStiffness(
  u: usize, p: usize, z: usize, n: i32, rowBytes: usize, factors: usize, scales: usize, twiddles: usize, moduli: usize, products: usize,
): void {
  const bytes = <usize>n << 5;
  memory.fill(products, 0, 32);
  inverseLine(z, n, twiddles);
  updateScaledRow(u, p, z, bytes, factors, scales);
  let bottom: usize = 0;
  for (let j = 0; j < n; j++) {
    const top = j + 1 < n ? bottom + rowBytes : 0;
    if (top !== 0) {
      scales += bytes >> 1;
      inverseLine(z + top, n, twiddles);
      updateScaledRow(u + top, p + top, z + top, bytes, factors, scales);
    }
    grayElementRow(p + bottom, p + top, z + bottom, z + top, bytes, 0, moduli, moduli);
    moduli += bytes >> 2;
    // The forces of the row below are complete; those of the first row after the last.
    if (j > 0) addProducts(products, p + bottom, z + bottom, bytes);
    bottom = top;
  }
  addProducts(products, p, z, bytes);
}
