/*
 * Iterations between rollers. With the right edge on a roller too, one pass upwards and one downwards, as in
 * roller-cg/. With the right edge free, the waves are solved by themselves, because the caller solves
 * twice (fem/gray/free-edge.ts).
 */
import { eliminateRow } from '../roller-cg/forward-sweep';
import { forwardWaves, inverseWaves } from '../roller-cg/row-waves';
import { substituteRow } from '../roller-cg/backward-sweep';
import { addProducts, fetchRows } from '../conjugate-gradients/step-row';
import { grayElementRow, reduceScaledRow, updateScaledRow } from './gray-row';

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
 * as in `backwardSweep` of roller-cg. `one`, `other`: as `grayElementRow` takes them, from the bottom row on.
 */
export function backwardSweep(
  u: usize, p: usize, z: usize, n: i32, rowBytes: usize, factors: usize, scales: usize, twiddles: usize, phaseFactors: usize,
  pairs: usize, couplings: usize, pivots: usize, one: usize, other: usize, waves: usize, products: usize,
): void {
  const nodes = <usize>(n + 1);
  const elements = <usize>n << 5;
  const bytes = elements + 32;
  memory.fill(products, 0, 32);
  for (let row = n; row >= 0; row--) {
    const at = rowBytes * <usize>row;
    substitute(z + at, row, waves, n, twiddles, phaseFactors, pairs, couplings, pivots);
    updateScaledRow(u + at, p + at, z + at, bytes, factors, scales + <usize>row * (nodes << 4));
    if (row === n) continue;
    if (row > 0) fetchRows(u + at - rowBytes, p + at - rowBytes, z + at - rowBytes, n, waves + rowBytes);
    const above = at + rowBytes;
    const element = <usize>row * (<usize>n << 3);
    grayElementRow(p + at, p + above, z + at, z + above, elements, elements, one + element, other + element);
    addProducts(products, p + above, z + above, bytes);
  }
  addProducts(products, p, z, bytes);
  releaseBottom(z, bytes);
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
    grayElementRow(p + at, p + above, z + at, z + above, elements, elements, moduli, moduli);
    moduli += elements >> 2;
    addProducts(products, p + at, z + at, bytes);
    v128.store(z + at, f32x4.splat(0));
  }
  const top = rowBytes * <usize>n;
  addProducts(products, p + top, z + top, bytes);
  v128.store(z + top, f32x4.splat(0));
  releaseBottom(z, bytes);
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
  if (row === 0) releaseBottom(z, bytes);
}

/** Zero along y for the bottom row. */
function releaseBottom(z: usize, bytes: usize): void {
  for (let y = z + 16; y < z + bytes; y += 32) v128.store(y, f32x4.splat(0));
}
