/*
 * Iterations on gray pixels, whose nodes may be scaled. On the periodic grid, what is done before and after
 * `preconditionColumns`. Between rollers with the right edge on one too, a sweep upwards and one downwards, as in
 * roller-cg/, with the top edge free or on rollers; with the right edge free the waves are solved by themselves, because the caller solves twice
 * (fem/gray/free-edge.ts).
 */
import { elementRow } from '../conjugate-gradients/element-row';
import { forwardLine, inverseLine } from '../conjugate-gradients/fourier-line';
import { addProducts, fetchRows } from '../conjugate-gradients/step-row';
import { forwardWaves, inverseWaves } from '../roller-cg/row-waves';
import { eliminateRow, substituteRow } from '../roller-cg/sweeps';

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
 * single numbers each. `moduli`: as `elementRow` takes them, from the bottom row of elements on.
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
    elementRow<f32>(p + bottom, p + top, z + bottom, z + top, bytes, 0, moduli, moduli, 0);
    moduli += bytes >> 2;
    // The forces of the row below are complete; those of the first row after the last.
    if (j > 0) addProducts(products, p + bottom, z + bottom, bytes);
    bottom = top;
  }
  addProducts(products, p, z, bytes);
}

/** r −= α z, and in place of z the eliminated waves of the scaled r; `products` and tables as in `forwardSweep` of roller-cg. */
export function forwardSweep(
  r: usize, z: usize, n: i32, rowBytes: usize, alpha: usize, scales: usize, twiddles: usize, phaseFactors: usize,
  pairs: usize, couplings: usize, pivots: usize, products: usize,
): void {
  const nodes = <usize>(n + 1);
  memory.fill(products, 0, 64);
  for (let row = 0; row <= n; row++) {
    reduceScaledRow(r, z, nodes << 5, alpha, scales);
    forwardWaves(z, n, twiddles, phaseFactors);
    eliminateRow(z, row === 0 ? 0 : rowBytes, n, pairs, couplings, pivots, products);
    pivots += nodes * 12;
    scales += nodes << 4;
    r += rowBytes;
    z += rowBytes;
  }
}

/**
 * z from its eliminated waves, u += α p, p = scaled z + β p, and in place of z the nodal forces of p; arguments
 * as in `backwardSweep` of roller-cg. `one`, `other`: as `elementRow` takes them, from the bottom row on.
 * `closed`: whether the top edge is on rollers like the others.
 */
export function backwardSweep(
  u: usize, p: usize, z: usize, n: i32, rowBytes: usize, factors: usize, scales: usize, twiddles: usize, phaseFactors: usize,
  pairs: usize, couplings: usize, pivots: usize, one: usize, other: usize, waves: usize, products: usize, closed: i32,
): void {
  const nodes = <usize>(n + 1);
  const elements = <usize>n << 5;
  const bytes = elements + 32;
  memory.fill(products, 0, 32);
  for (let row = n; row >= 0; row--) {
    const at = rowBytes * <usize>row;
    substitute(z + at, row, waves, n, twiddles, phaseFactors, pairs, couplings, pivots);
    if (closed && row === n) releaseRow(z + at, bytes);
    updateScaledRow(u + at, p + at, z + at, bytes, factors, scales + <usize>row * (nodes << 4));
    if (row === n) continue;
    if (row > 0) fetchRows(u + at - rowBytes, p + at - rowBytes, z + at - rowBytes, n, waves + rowBytes);
    const above = at + rowBytes;
    const element = <usize>row * (<usize>n << 3);
    elementRow<f32>(p + at, p + above, z + at, z + above, elements, elements, one + element, other + element, 0);
    addProducts(products, p + above, z + above, bytes);
  }
  addProducts(products, p, z, bytes);
  releaseRow(z, bytes);
  if (closed) releaseRow(z + rowBytes * <usize>n, bytes);
}

/** The waves of z, eliminated, in place. */
export function eliminateRows(
  z: usize, n: i32, rowBytes: usize, twiddles: usize, phaseFactors: usize, pairs: usize, couplings: usize, pivots: usize, products: usize,
): void {
  memory.fill(products, 0, 64);
  for (let row = 0; row <= n; row++) {
    forwardWaves(z, n, twiddles, phaseFactors);
    eliminateRow(z, row === 0 ? 0 : rowBytes, n, pairs, couplings, pivots, products);
    pivots += <usize>(n + 1) * 12;
    z += rowBytes;
  }
}

/** Displacements from eliminated waves, in place. `waves` holds one row. */
export function substituteRows(
  z: usize, n: i32, rowBytes: usize, twiddles: usize, phaseFactors: usize, pairs: usize, couplings: usize, pivots: usize, waves: usize,
): void {
  for (let row = n; row >= 0; row--) substitute(z + rowBytes * <usize>row, row, waves, n, twiddles, phaseFactors, pairs, couplings, pivots);
}

/** r −= α z, and the scaled r in place of z. */
export function scaleRows(r: usize, z: usize, n: i32, rowBytes: usize, alpha: usize, scales: usize): void {
  const bytes = <usize>(n + 1) << 5;
  for (let row = 0; row <= n; row++) {
    reduceScaledRow(r, z, bytes, alpha, scales);
    scales += bytes >> 1;
    r += rowBytes;
    z += rowBytes;
  }
}

/** r · scaled z of each lane, four double numbers. `scratch` holds one row. */
export function multiplyScaled(r: usize, z: usize, n: i32, rowBytes: usize, scales: usize, scratch: usize, products: usize): void {
  const bytes = <usize>(n + 1) << 5;
  memory.fill(products, 0, 32);
  for (let row = 0; row <= n; row++) {
    for (let at: usize = 0; at < bytes; at += 32) {
      const scale = v128.load(scales);
      v128.store(scratch + at, f32x4.mul(scale, v128.load(r + at)));
      v128.store(scratch + at, f32x4.mul(scale, v128.load(r + at, 16)), 16);
      scales += 16;
    }
    addProducts(products, scratch, z, bytes);
    r += rowBytes;
    z += rowBytes;
  }
}

/** u += α p, p = scaled z + β p, and in place of z the nodal forces of p, but for those of the rollers at the left and at the bottom. */
export function applyUpwards(
  u: usize, p: usize, z: usize, n: i32, rowBytes: usize, factors: usize, scales: usize, moduli: usize, products: usize,
): void {
  const elements = <usize>n << 5;
  const bytes = elements + 32;
  memory.fill(products, 0, 32);
  updateScaledRow(u, p, z, bytes, factors, scales);
  for (let row = 0; row < n; row++) {
    const at = rowBytes * <usize>row;
    const above = at + rowBytes;
    scales += bytes >> 1;
    updateScaledRow(u + above, p + above, z + above, bytes, factors, scales);
    elementRow<f32>(p + at, p + above, z + at, z + above, elements, elements, moduli, moduli, 0);
    moduli += elements >> 2;
    addProducts(products, p + at, z + at, bytes);
    v128.store(z + at, f32x4.splat(0));
  }
  const top = rowBytes * <usize>n;
  addProducts(products, p + top, z + top, bytes);
  v128.store(z + top, f32x4.splat(0));
  releaseRow(z, bytes);
}

/** One row of displacements from its eliminated waves and the waves of the row above, which are in `waves` and make room for this row's. */
function substitute(
  z: usize, row: i32, waves: usize, n: i32, twiddles: usize, phaseFactors: usize, pairs: usize, couplings: usize, pivots: usize,
): void {
  const bytes = <usize>(n + 1) << 5;
  if (row === n) memory.copy(waves, z, bytes);
  else substituteRow(z, waves, n, pairs, couplings, pivots + <usize>row * <usize>(n + 1) * 12);
  inverseWaves(z, n, twiddles, phaseFactors);
  // The bottom edge slides.
  if (row === 0) releaseRow(z, bytes);
}

/** Zero along y for a row on rollers. */
function releaseRow(z: usize, bytes: usize): void {
  for (let y = z + 16; y < z + bytes; y += 32) v128.store(y, f32x4.splat(0));
}

/** u += α p, p = scale · z + β p, and zero in place of z, to be filled with forces. `factors`: α and β, four single numbers each. */
function updateScaledRow(u: usize, p: usize, z: usize, bytes: usize, factors: usize, scales: usize): void {
  const alpha = v128.load(factors);
  const beta = v128.load(factors, 16);
  const zero = f32x4.splat(0);
  for (const end = p + bytes; p < end; p += 32) {
    const scale = v128.load(scales);
    const x = v128.load(p);
    const y = v128.load(p, 16);
    v128.store(u, f32x4.add(v128.load(u), f32x4.mul(alpha, x)));
    v128.store(u, f32x4.add(v128.load(u, 16), f32x4.mul(alpha, y)), 16);
    v128.store(p, f32x4.add(f32x4.mul(scale, v128.load(z)), f32x4.mul(beta, x)));
    v128.store(p, f32x4.add(f32x4.mul(scale, v128.load(z, 16)), f32x4.mul(beta, y)), 16);
    v128.store(z, zero);
    v128.store(z, zero, 16);
    scales += 16;
    z += 32;
    u += 32;
  }
}

/** r −= α q, and scale · r in place of q. `alpha`: four single numbers. */
function reduceScaledRow(r: usize, q: usize, bytes: usize, alpha: usize, scales: usize): void {
  const factor = v128.load(alpha);
  for (const end = r + bytes; r < end; r += 32) {
    const scale = v128.load(scales);
    const x = f32x4.sub(v128.load(r), f32x4.mul(factor, v128.load(q)));
    const y = f32x4.sub(v128.load(r, 16), f32x4.mul(factor, v128.load(q, 16)));
    v128.store(r, x);
    v128.store(r, y, 16);
    v128.store(q, f32x4.mul(scale, x));
    v128.store(q, f32x4.mul(scale, y), 16);
    scales += 16;
    q += 32;
  }
}
