/*
 * The second half of an iteration, from the top row to the bottom: the backward half of the elimination, the
 * nodes' displacements from their waves, the new direction, and its forces.
 */
import { elementRow } from '../conjugate-gradients/element-row';
import { addProducts, fetchRows, updateDirectionRow } from '../conjugate-gradients/step-row';
import { inverseWaves } from './row-waves';

/**
 * z = M⁻¹ r from its eliminated waves, u += α p, p = z + β p, and in place of z the nodal forces of p; into
 * `products` p · force of each lane, four double numbers. `factors`: α of the last direction, then β, four
 * single numbers each. `pairs`, `couplings`, `pivots`: see `forwardSweep`. `pixels`: row 0 at the top, which
 * of the `stiffnesses` of `elementRow` a pixel has. `waves` holds one row and 64 bytes more.
 */
export function backwardSweep(
  u: usize, p: usize, z: usize, n: i32, rowBytes: usize, factors: usize, twiddles: usize, phaseFactors: usize,
  pairs: usize, couplings: usize, pivots: usize, pixels: usize, stiffnesses: usize, waves: usize, products: usize,
): void {
  const elements = <usize>n << 5;
  const bytes = elements + 32;
  const sink = waves + rowBytes;
  memory.fill(products, 0, 32);
  for (let row = n; row >= 0; row--) {
    const at = rowBytes * <usize>row;
    if (row === n) memory.copy(waves, z + at, bytes);
    else substituteRow(z + at, waves, n, pairs, couplings, pivots + <usize>row * <usize>(n + 1) * 12);
    inverseWaves(z + at, n, twiddles, phaseFactors);
    // The bottom edge slides.
    if (row === 0) for (let y = z + 16; y < z + bytes; y += 32) v128.store(y, f32x4.splat(0));
    updateDirectionRow(u + at, p + at, z + at, bytes, factors);
    if (row === n) continue;
    if (row > 0) fetchRows(u + at - rowBytes, p + at - rowBytes, z + at - rowBytes, n, sink);
    const above = at + rowBytes;
    elementRow(p + at, p + above, z + at, z + above, elements, elements, pixels, stiffnesses);
    pixels += n;
    addProducts(products, p + above, z + above, bytes);
  }
  addProducts(products, p, z, bytes);
  // The reaction of the bottom roller is not a residual force.
  for (let y = z + 16; y < z + bytes; y += 32) v128.store(y, f32x4.splat(0));
}

/** The waves of a row, v − D⁻¹ B times those of the row above, in place of both. */
export function substituteRow(row: usize, above: usize, n: i32, pairs: usize, couplings: usize, pivots: usize): void {
  for (const end = pairs + (<usize>(n + 1) << 3); pairs < end; pairs += 8) {
    const placeOne = <usize>load<u32>(pairs);
    const placeOther = <usize>load<u32>(pairs, 4);
    const aboveOne = v128.load(above + placeOne);
    const aboveOther = v128.load(above + placeOther);
    const both = v128.load_splat<f32>(couplings);
    const yOne = f32x4.add(f32x4.mul(both, aboveOne), f32x4.mul(v128.load_splat<f32>(couplings, 4), aboveOther));
    const yOther = f32x4.add(f32x4.mul(v128.load_splat<f32>(couplings, 8), aboveOne), f32x4.mul(both, aboveOther));
    const off = v128.load_splat<f32>(pivots, 4);
    const one = f32x4.sub(v128.load(row + placeOne), f32x4.add(f32x4.mul(v128.load_splat<f32>(pivots), yOne), f32x4.mul(off, yOther)));
    const other = f32x4.sub(v128.load(row + placeOther), f32x4.add(f32x4.mul(off, yOne), f32x4.mul(v128.load_splat<f32>(pivots, 8), yOther)));
    v128.store(row + placeOne, one);
    v128.store(row + placeOther, other);
    v128.store(above + placeOne, one);
    v128.store(above + placeOther, other);
    couplings += 12;
    pivots += 12;
  }
}
