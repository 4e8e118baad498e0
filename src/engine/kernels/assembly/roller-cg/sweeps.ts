/*
 * An iteration on the roller cell. From the bottom row to the top: less residual, its waves, and the forward half of the
 * block elimination of the reference medium. Each wave has a system of its own, block tridiagonal in the rows, whose
 * blocks of 2 × 2 join the wave's sums for k and −k. From the top row to the bottom: the backward half, the nodes'
 * displacements from their waves, the new direction, and its forces.
 */
import { elementRow } from '../conjugate-gradients/element-row';
import { addProducts, addPromoted, fetchRows, reduceRow, updateDirectionRow } from '../conjugate-gradients/step-row';
import { forwardWaves, inverseWaves } from './row-waves';

/**
 * r −= α z, and in place of z the eliminated waves v = D⁻¹ (r − Bᵀ v of the row below). `pairs`: for each of
 * the n + 1 waves the places of its two sums in a row, 32-bit numbers of bytes. `couplings`: for each wave
 * B₁₁ = B₂₂, B₁₂, B₂₁ to the row above, single numbers. `pivots`: for each row and each wave the entries 11, 12, 22 of
 * D⁻¹. Into `products` r · M⁻¹ r of each lane, then that of lanes 0 with 1, 1 with 0, 2 with 3, 3 with 2:
 * eight double numbers.
 */
export function forwardSweep(
  r: usize, z: usize, n: i32, rowBytes: usize, alpha: usize, twiddles: usize, phaseFactors: usize, pairs: usize, couplings: usize, pivots: usize, products: usize,
): void {
  const bytes = <usize>(n + 1) << 5;
  memory.fill(products, 0, 64);
  for (let row = 0; row <= n; row++) {
    reduceRow(r, z, bytes, alpha);
    forwardWaves(z, n, twiddles, phaseFactors);
    eliminateRow(z, row === 0 ? 0 : rowBytes, n, pairs, couplings, pivots, products);
    pivots += <usize>(n + 1) * 12;
    r += rowBytes;
    z += rowBytes;
  }
}

/**
 * v of one row in place of its waves. `below`: bytes from the row below; zero for the bottom row, which has nothing
 * below: it looks at itself, and takes nothing of it. Adds to the `products` of `forwardSweep`.
 */
export function eliminateRow(z: usize, below: usize, n: i32, pairs: usize, couplings: usize, pivots: usize, products: usize): void {
  let straight = f32x4.splat(0);
  let crossed = f32x4.splat(0);
  const share = f32x4.splat(below === 0 ? 0 : 1);
  const wavesEnd = pairs + (<usize>(n + 1) << 3);
  for (let pair = pairs; pair < wavesEnd; pair += 8) {
    const one = z + <usize>load<u32>(pair);
    const other = z + <usize>load<u32>(pair, 4);
    const belowOne = f32x4.mul(share, v128.load(one - below));
    const belowOther = f32x4.mul(share, v128.load(other - below));
    const both = v128.load_splat<f32>(couplings);
    const up = v128.load_splat<f32>(couplings, 4);
    const down = v128.load_splat<f32>(couplings, 8);
    const yOne = f32x4.sub(v128.load(one), f32x4.add(f32x4.mul(both, belowOne), f32x4.mul(down, belowOther)));
    const yOther = f32x4.sub(v128.load(other), f32x4.add(f32x4.mul(up, belowOne), f32x4.mul(both, belowOther)));
    const off = v128.load_splat<f32>(pivots, 4);
    const vOne = f32x4.add(f32x4.mul(v128.load_splat<f32>(pivots), yOne), f32x4.mul(off, yOther));
    const vOther = f32x4.add(f32x4.mul(off, yOne), f32x4.mul(v128.load_splat<f32>(pivots, 8), yOther));
    v128.store(one, vOne);
    v128.store(other, vOther);
    straight = f32x4.add(straight, f32x4.add(f32x4.mul(yOne, vOne), f32x4.mul(yOther, vOther)));
    crossed = f32x4.add(
      crossed,
      f32x4.add(f32x4.mul(yOne, v128.shuffle<f32>(vOne, vOne, 1, 0, 3, 2)), f32x4.mul(yOther, v128.shuffle<f32>(vOther, vOther, 1, 0, 3, 2))),
    );
    couplings += 12;
    pivots += 12;
  }
  addPromoted(products, straight);
  addPromoted(products + 32, crossed);
}

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
    elementRow<u8>(p + at, p + above, z + at, z + above, elements, elements, pixels, 0, stiffnesses);
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
