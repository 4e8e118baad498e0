/*
 * An iteration on the periodic grid. The inverse of the reference medium's stiffness: transform rows, then for each column transform,
 * apply the symbol and transform back at once, then transform rows back. What the conjugate gradients
 * do to a row just before or after is done in the same pass (`applyStiffness` transforms back itself),
 * and r · M⁻¹ r is taken between the transforms (Parseval): large grids wait for memory, not for sums.
 *
 * With Z = U_x + i U_y the symmetric real symbol is Z'(k) = A Z(k) + B conj Z(−k), where
 * A = (g₁₁ + g₂₂) / 2 and B = (g₁₁ − g₂₂) / 2 + i g₁₂.
 */
import { elementRow } from '../conjugate-gradients/element-row';
import { forwardLine, inverseLine } from '../conjugate-gradients/fourier-line';
import { addProducts, addPromoted, reduceRow, updateDirectionRow } from '../conjugate-gradients/step-row';

/** `z` = rows of `r`, transformed. */
export function transformRows(r: usize, z: usize, n: i32, rowBytes: usize, twiddles: usize): void {
  for (let row = 0; row < n; row++) {
    memory.copy(z, r, <usize>n << 5);
    forwardLine(z, n, twiddles);
    r += rowBytes;
    z += rowBytes;
  }
}

/** r −= α q, and in place of q the rows of the new r, transformed. `alpha`: four single numbers. */
export function reduceResidual(r: usize, q: usize, n: i32, rowBytes: usize, alpha: usize, twiddles: usize): void {
  const bytes = <usize>n << 5;
  for (let row = 0; row < n; row++) {
    reduceRow(r, q, bytes, alpha);
    forwardLine(q, n, twiddles);
    r += rowBytes;
    q += rowBytes;
  }
}

/**
 * Transforms columns, applies the symbol, transforms back; four neighboring columns, two cache lines
 * of each row, and those of opposite frequency, which are neighbors too, at a time. `opposites`: for
 * each position of a transformed line that of the opposite frequency. `symbols`: for each column that
 * does not come after its opposite, and each position, A, Re B, Im B, single numbers. `scratch` holds
 * eight columns and 512 bytes more.
 */
export function preconditionColumns(
  z: usize, n: i32, rowBytes: usize, twiddles: usize, opposites: usize, symbols: usize, scratch: usize, products: usize,
): void {
  memory.fill(products, 0, 32);
  // Columns a power of two apart would share a few sets of the cache.
  const stride = (<usize>n << 5) + 64;
  for (let first = 0; first < n; first += 4) {
    const firstOpposite = load<i32>(opposites + (<usize>first << 2)) & ~3;
    if (firstOpposite < first) continue;
    const alone = firstOpposite === first;
    const others = alone ? scratch : scratch + 4 * stride;
    const end = others + 4 * stride;
    gatherFour(z + (<usize>first << 5), scratch, stride, n, rowBytes);
    if (!alone) gatherFour(z + (<usize>firstOpposite << 5), others, stride, n, rowBytes);
    for (let column = scratch; column < end; column += stride) forwardLine(column, n, twiddles);
    for (let c = 0; c < 4; c++) {
      const opposite = load<i32>(opposites + (<usize>(first + c) << 2));
      if (opposite < first + c) continue;
      addPromoted(products, applySymbols(scratch + <usize>c * stride, others + <usize>(opposite - firstOpposite) * stride, n, opposites, symbols));
      symbols += <usize>n * 12;
    }
    for (let column = scratch; column < end; column += stride) inverseLine(column, n, twiddles);
    scatterFour(z + (<usize>first << 5), scratch, stride, n, rowBytes);
    if (!alone) scatterFour(z + (<usize>firstOpposite << 5), others, stride, n, rowBytes);
  }
}

/** Rows of `z`, transformed back. */
export function transformRowsBack(z: usize, n: i32, rowBytes: usize, twiddles: usize): void {
  for (let row = 0; row < n; row++) {
    inverseLine(z, n, twiddles);
    z += rowBytes;
  }
}

/** Products of the load cases of `r` with those of `z`: case i with case (i + k) mod 4 at 4 k + i, k = 0, 1, 2; double numbers. */
export function gram(r: usize, z: usize, n: i32, rowBytes: usize, products: usize): void {
  const bytes = <usize>n << 5;
  memory.fill(products, 0, 96);
  for (let row = 0; row < n; row++) {
    let straight = f32x4.splat(0);
    let next = f32x4.splat(0);
    let across = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const left = v128.load(r + at);
      const right = v128.load(z + at);
      straight = f32x4.add(straight, f32x4.mul(left, right));
      next = f32x4.add(next, f32x4.mul(left, v128.shuffle<f32>(right, right, 1, 2, 3, 0)));
      across = f32x4.add(across, f32x4.mul(left, v128.shuffle<f32>(right, right, 2, 3, 0, 1)));
    }
    addPromoted(products, straight);
    addPromoted(products + 32, next);
    addPromoted(products + 64, across);
    r += rowBytes;
    z += rowBytes;
  }
}

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
    elementRow<u8>(p + bottom, p + top, z + bottom, z + top, bytes, 0, pixels + <usize>(n - 1 - j) * <usize>n, 0, stiffnesses);
    // The forces of the row below are complete; those of the first row after the last.
    if (j > 0) addProducts(products, p + bottom, z + bottom, bytes);
    bottom = top;
  }
  addProducts(products, p, z, bytes);
}

function gatherFour(source: usize, target: usize, stride: usize, n: i32, rowBytes: usize): void {
  for (let row = 0; row < n; row++) {
    let column = target;
    for (let at: usize = 0; at < 128; at += 32) {
      v128.store(column, v128.load(source + at));
      v128.store(column, v128.load(source + at, 16), 16);
      column += stride;
    }
    target += 32;
    source += rowBytes;
  }
}

function scatterFour(target: usize, source: usize, stride: usize, n: i32, rowBytes: usize): void {
  for (let row = 0; row < n; row++) {
    let column = source;
    for (let at: usize = 0; at < 128; at += 32) {
      v128.store(target + at, v128.load(column));
      v128.store(target + at, v128.load(column, 16), 16);
      column += stride;
    }
    source += 32;
    target += rowBytes;
  }
}

/** Two columns of opposite frequency; they may be one. The scalar product of before and after. */
function applySymbols(one: usize, other: usize, n: i32, opposites: usize, symbols: usize): v128 {
  let sum = f32x4.splat(0);
  for (let j = 0; j < n; j++) {
    const k = load<i32>(opposites + (<usize>j << 2));
    if (one === other && j > k) continue;
    const a = one + (<usize>j << 5);
    const b = other + (<usize>k << 5);
    const ar = v128.load(a);
    const ai = v128.load(a, 16);
    const br = v128.load(b);
    const bi = v128.load(b, 16);
    const mean = v128.load_splat<f32>(symbols + <usize>j * 12);
    const re = v128.load_splat<f32>(symbols + <usize>j * 12, 4);
    const im = v128.load_splat<f32>(symbols + <usize>j * 12, 8);
    const cr = f32x4.add(f32x4.mul(mean, ar), f32x4.add(f32x4.mul(re, br), f32x4.mul(im, bi)));
    const ci = f32x4.add(f32x4.mul(mean, ai), f32x4.sub(f32x4.mul(im, br), f32x4.mul(re, bi)));
    v128.store(a, cr);
    v128.store(a, ci, 16);
    sum = f32x4.add(sum, f32x4.add(f32x4.mul(ar, cr), f32x4.mul(ai, ci)));
    // A frequency that is its own opposite counts once.
    if (a === b) continue;
    const dr = f32x4.add(f32x4.mul(mean, br), f32x4.add(f32x4.mul(re, ar), f32x4.mul(im, ai)));
    const di = f32x4.add(f32x4.mul(mean, bi), f32x4.sub(f32x4.mul(im, ar), f32x4.mul(re, ai)));
    v128.store(b, dr);
    v128.store(b, di, 16);
    sum = f32x4.add(sum, f32x4.add(f32x4.mul(br, dr), f32x4.mul(bi, di)));
  }
  return sum;
}
