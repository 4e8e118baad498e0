/*
 * The first half of an iteration, from the bottom row to the top: less residual, its waves, and the forward
 * half of the block elimination of the reference medium. Each wave has a system of its own, block
 * tridiagonal in the rows, whose blocks of 2 × 2 join the wave's sums for k and −k.
 */
import { addPromoted, reduceRow } from '../conjugate-gradients/step-row';
import { forwardWaves } from './row-waves';

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
