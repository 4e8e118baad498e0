/*
 * The stiffness of the image, element by element, in single precision. The corners' displacements are
 * first turned into the modes of the square: with the corners' sides a, b = ±1, ξ = Σ a u, η = Σ b u and
 * the hourglass h = Σ a b u. Isotropic pixels need four numbers then, and rigid motions give no force.
 */

import { inverseLine } from './fourier-line';

/**
 * Transforms the rows of z back, u += α p, p = z + β p, and in place of z the nodal forces of p; into `products` p · force of each lane, four
 * double numbers. `factors`: α of the last direction, then β, four single numbers each. `pixels`: row 0 at the top. `laws`: for black, then
 * white, four single numbers: force per ξ of its own, of the other component, per shear, per hourglass.
 */
export function applyStiffness(
  u: usize, p: usize, z: usize, n: i32, rowBytes: usize, factors: usize, twiddles: usize, pixels: usize, laws: usize, products: usize,
): void {
  const bytes = <usize>n << 5;
  takeRow(u, p, z, n, factors, twiddles);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let bottom: usize = 0;
  for (let j = 0; j < n; j++) {
    const top = j + 1 < n ? bottom + rowBytes : 0;
    if (top !== 0) takeRow(u + top, p + top, z + top, n, factors, twiddles);
    elementRow(p + bottom, p + top, z + bottom, z + top, bytes, pixels + <usize>(n - 1 - j) * <usize>n, laws);
    // The forces of the row below are complete; those of the first row after the last.
    for (let done = 0; done < 2; done++) {
      if (done === 0 ? j === 0 : j + 1 < n) continue;
      const at = done === 0 ? bottom : 0;
      let sum = f32x4.splat(0);
      for (let o: usize = at; o < at + bytes; o += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(p + o), v128.load(z + o)));
      low = f64x2.add(low, f64x2.promote_low_f32x4(sum));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(sum, sum, 2, 3, 0, 1)));
    }
    bottom = top;
  }
  v128.store(products, low);
  v128.store(products, high, 16);
}

/** One row of u and p; that of z becomes zero, to be filled with forces. */
function takeRow(u: usize, p: usize, z: usize, n: i32, factors: usize, twiddles: usize): void {
  const alpha = v128.load(factors);
  const beta = v128.load(factors, 16);
  inverseLine(z, n, twiddles);
  const zero = f32x4.splat(0);
  for (const end = p + (<usize>n << 5); p < end; p += 16) {
    const last = v128.load(p);
    v128.store(u, f32x4.add(v128.load(u), f32x4.mul(alpha, last)));
    v128.store(p, f32x4.add(v128.load(z), f32x4.mul(beta, last)));
    v128.store(z, zero);
    z += 16;
    u += 16;
  }
}

/** Adds the forces of one row of elements to the rows of nodes below and above. */
function elementRow(below: usize, above: usize, forcesBelow: usize, forcesAbove: usize, bytes: usize, pixels: usize, laws: usize): void {
  let x0 = v128.load(below);
  let y0 = v128.load(below, 16);
  let x3 = v128.load(above);
  let y3 = v128.load(above, 16);
  // What the element on the left gave to the left nodes.
  let fx0 = f32x4.splat(0);
  let fy0 = f32x4.splat(0);
  let fx3 = f32x4.splat(0);
  let fy3 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    const right = at + 32 < bytes ? at + 32 : 0;
    const x1 = v128.load(below + right);
    const y1 = v128.load(below + right, 16);
    const x2 = v128.load(above + right);
    const y2 = v128.load(above + right, 16);
    const law = laws + (<usize>load<u8>(pixels) << 4);
    pixels++;

    const xBottom = f32x4.sub(x1, x0);
    const xTop = f32x4.sub(x2, x3);
    const yBottom = f32x4.sub(y1, y0);
    const yTop = f32x4.sub(y2, y3);
    const xi = f32x4.add(xTop, xBottom);
    const yEta = f32x4.add(f32x4.sub(y3, y0), f32x4.sub(y2, y1));
    const shear = f32x4.add(f32x4.add(f32x4.sub(x3, x0), f32x4.sub(x2, x1)), f32x4.add(yTop, yBottom));
    const own = v128.load_splat<f32>(law);
    const cross = v128.load_splat<f32>(law, 4);
    const hourglass = v128.load_splat<f32>(law, 12);
    const forceXi = f32x4.add(f32x4.mul(own, xi), f32x4.mul(cross, yEta));
    const forceEta = f32x4.add(f32x4.mul(cross, xi), f32x4.mul(own, yEta));
    const forceShear = f32x4.mul(v128.load_splat<f32>(law, 8), shear);
    const hx = f32x4.mul(hourglass, f32x4.sub(xTop, xBottom));
    const hy = f32x4.mul(hourglass, f32x4.sub(yTop, yBottom));

    const xSum = f32x4.add(forceXi, forceShear);
    const xDifference = f32x4.sub(forceXi, forceShear);
    const ySum = f32x4.add(forceShear, forceEta);
    const yDifference = f32x4.sub(forceShear, forceEta);
    v128.store(forcesBelow + at, f32x4.add(v128.load(forcesBelow + at), f32x4.add(fx0, f32x4.sub(hx, xSum))));
    v128.store(forcesBelow + at, f32x4.add(v128.load(forcesBelow + at, 16), f32x4.add(fy0, f32x4.sub(hy, ySum))), 16);
    v128.store(forcesAbove + at, f32x4.add(v128.load(forcesAbove + at), f32x4.sub(fx3, f32x4.add(xDifference, hx))));
    v128.store(forcesAbove + at, f32x4.add(v128.load(forcesAbove + at, 16), f32x4.sub(fy3, f32x4.add(yDifference, hy))), 16);
    fx0 = f32x4.sub(xDifference, hx);
    fy0 = f32x4.sub(yDifference, hy);
    fx3 = f32x4.add(xSum, hx);
    fy3 = f32x4.add(ySum, hy);
    x0 = x1;
    y0 = y1;
    x3 = x2;
    y3 = y2;
  }
  v128.store(forcesBelow, f32x4.add(v128.load(forcesBelow), fx0));
  v128.store(forcesBelow, f32x4.add(v128.load(forcesBelow, 16), fy0), 16);
  v128.store(forcesAbove, f32x4.add(v128.load(forcesAbove), fx3));
  v128.store(forcesAbove, f32x4.add(v128.load(forcesAbove, 16), fy3), 16);
}
