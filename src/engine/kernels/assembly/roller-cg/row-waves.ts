/*
 * A row of n + 1 nodes between two rollers as waves: u_x is a sum of sines, zero at both ends, u_y one of
 * cosines. With u_x odd and u_y even beyond the ends, u_y + i u_x is Hermitian, so its Fourier transform
 * over 2 n nodes is real, C(k) + S(k) for k from −n to n − 1; a transform of n complex numbers gives it,
 * even k as real and odd k as imaginary parts (the way of real transforms, e.g. Cooley, Lewis & Welch 1970,
 * doi 10.1016/0022-460X(70)90075-1).
 *
 * `phaseFactors`: cosine and sine of π j / n for j from 0 to n / 2, single numbers.
 */
import { forwardLine, inverseLine } from '../conjugate-gradients/fourier-line';

/**
 * Waves of a row of nodal forces, in place: the forces at the ends, of which the mirror image has as much
 * again, count twice, and along x they are ignored. Record m, in bit-reversed order, becomes the sums for
 * 2 m and 2 m + 1; record n becomes zero.
 */
export function forwardWaves(row: usize, n: i32, twiddles: usize, phaseFactors: usize): void {
  const end = row + (<usize>n << 5);
  const two = f32x4.splat(2);
  const first = f32x4.mul(two, v128.load(row, 16));
  const last = f32x4.mul(two, v128.load(end, 16));
  v128.store(row, f32x4.add(first, last));
  v128.store(row, f32x4.sub(first, last), 16);
  v128.store(end, f32x4.splat(0));
  v128.store(end, f32x4.splat(0), 16);
  let low = row + 32;
  let high = end - 32;
  for (; low < high; low += 32) {
    phaseFactors += 8;
    const cos = v128.load_splat<f32>(phaseFactors);
    const sin = v128.load_splat<f32>(phaseFactors, 4);
    const a = v128.load(low, 16);
    const b = v128.load(low);
    const c = v128.load(high, 16);
    const d = v128.load(high);
    const evenRe = f32x4.add(a, c);
    const evenIm = f32x4.sub(b, d);
    const re = f32x4.sub(a, c);
    const im = f32x4.add(b, d);
    const oddRe = f32x4.add(f32x4.mul(re, cos), f32x4.mul(im, sin));
    const oddIm = f32x4.sub(f32x4.mul(im, cos), f32x4.mul(re, sin));
    v128.store(low, f32x4.sub(evenRe, oddIm));
    v128.store(low, f32x4.add(evenIm, oddRe), 16);
    v128.store(high, f32x4.add(evenRe, oddIm));
    v128.store(high, f32x4.sub(oddRe, evenIm), 16);
    high -= 32;
  }
  const x = v128.load(low);
  v128.store(low, f32x4.mul(two, v128.load(low, 16)));
  v128.store(low, f32x4.mul(two, x), 16);
  forwardLine(row, n, twiddles);
}

/** Displacements of the nodes from their waves, in place; 4 n times what `forwardWaves` had but for the ends' weight. */
export function inverseWaves(row: usize, n: i32, twiddles: usize, phaseFactors: usize): void {
  inverseLine(row, n, twiddles);
  const end = row + (<usize>n << 5);
  const two = f32x4.splat(2);
  const zero = f32x4.splat(0);
  const even = f32x4.mul(two, v128.load(row));
  const odd = f32x4.mul(two, v128.load(row, 16));
  v128.store(row, zero);
  v128.store(row, f32x4.add(even, odd), 16);
  v128.store(end, zero);
  v128.store(end, f32x4.sub(even, odd), 16);
  let low = row + 32;
  let high = end - 32;
  for (; low < high; low += 32) {
    phaseFactors += 8;
    const cos = v128.load_splat<f32>(phaseFactors);
    const sin = v128.load_splat<f32>(phaseFactors, 4);
    const a = v128.load(low);
    const b = v128.load(low, 16);
    const c = v128.load(high);
    const d = v128.load(high, 16);
    const evenRe = f32x4.add(a, c);
    const evenIm = f32x4.sub(b, d);
    const re = f32x4.sub(a, c);
    const im = f32x4.add(b, d);
    const oddRe = f32x4.add(f32x4.mul(im, cos), f32x4.mul(re, sin));
    const oddIm = f32x4.sub(f32x4.mul(im, sin), f32x4.mul(re, cos));
    v128.store(low, f32x4.add(evenIm, oddIm));
    v128.store(low, f32x4.add(evenRe, oddRe), 16);
    v128.store(high, f32x4.sub(oddIm, evenIm));
    v128.store(high, f32x4.sub(evenRe, oddRe), 16);
    high -= 32;
  }
  const y = v128.load(low);
  v128.store(low, f32x4.mul(two, v128.load(low, 16)));
  v128.store(low, f32x4.mul(two, y), 16);
}
