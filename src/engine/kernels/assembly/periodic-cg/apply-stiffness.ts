/* The stiffness of the image and what the iterations do to a row just before. */
import { elementRow } from '../conjugate-gradients/element-row';
import { inverseLine } from '../conjugate-gradients/fourier-line';
import { addProducts, updateDirectionRow } from '../conjugate-gradients/step-row';

/**
 * Transforms the rows of z back, u += α p, p = z + β p, and in place of z the nodal forces of p; into `products` p · force of each lane, four
 * double numbers. `factors`: α of the last direction, then β, four single numbers each. `pixels`: row 0 at the top. `stiffnesses`: for black, then
 * white, as `elementRow` takes them.
 */
export function applyStiffness(
  u: usize, p: usize, z: usize, n: i32, rowBytes: usize, factors: usize, twiddles: usize, pixels: usize, stiffnesses: usize, products: usize,
): void {
  const bytes = <usize>n << 5;
  memory.fill(products, 0, 32);
  inverseLine(z, n, twiddles);
  updateDirectionRow(u, p, z, bytes, factors);
  let bottom: usize = 0;
  for (let j = 0; j < n; j++) {
    const top = j + 1 < n ? bottom + rowBytes : 0;
    if (top !== 0) {
      inverseLine(z + top, n, twiddles);
      updateDirectionRow(u + top, p + top, z + top, bytes, factors);
    }
    elementRow(p + bottom, p + top, z + bottom, z + top, bytes, 0, pixels + <usize>(n - 1 - j) * <usize>n, stiffnesses);
    // The forces of the row below are complete; those of the first row after the last.
    if (j > 0) addProducts(products, p + bottom, z + bottom, bytes);
    bottom = top;
  }
  addProducts(products, p, z, bytes);
}
