/*
 * The stiffness of one row of elements, in single precision. The corners' displacements are first turned
 * into the modes of the square: with the corners' sides a, b = ±1, ξ = Σ a u, η = Σ b u and the hourglass
 * h = Σ a b u. Isotropic pixels need four numbers then, and rigid motions give no force. Two phases and gray pixels
 * share the loop; which numbers a pixel has is known when it is compiled, so neither pays for the other.
 */

/**
 * Adds the forces of a row of elements, `bytes` / 32 of them, to the rows of nodes below and above; `last` is where the
 * last element's right nodes lie in their rows. `Pixel` u8: `one` has a number per element, which of the `stiffnesses` it
 * has, 64 bytes each, four single numbers for the load cases in turn: force per ξ of its own, of the other component, per
 * shear, per hourglass. `Pixel` f32: `one` and `other` have for each element a quarter of its bulk and of its shear
 * modulus, single numbers, for lanes 0 and 1 and for lanes 2 and 3.
 */
export function elementRow<Pixel>(
  below: usize, above: usize, forcesBelow: usize, forcesAbove: usize, bytes: usize, last: usize, one: usize, other: usize, stiffnesses: usize,
): void {
  const third = f32x4.splat(<f32>(1.0 / 3.0));
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
    const right = at + 32 < bytes ? at + 32 : last;
    const x1 = v128.load(below + right);
    const y1 = v128.load(below + right, 16);
    const x2 = v128.load(above + right);
    const y2 = v128.load(above + right, 16);
    const xBottom = f32x4.sub(x1, x0);
    const xTop = f32x4.sub(x2, x3);
    const yBottom = f32x4.sub(y1, y0);
    const yTop = f32x4.sub(y2, y3);
    const xi = f32x4.add(xTop, xBottom);
    const yEta = f32x4.add(f32x4.sub(y3, y0), f32x4.sub(y2, y1));
    const shearing = f32x4.add(f32x4.add(f32x4.sub(x3, x0), f32x4.sub(x2, x1)), f32x4.add(yTop, yBottom));
    let forceXi: v128;
    let forceEta: v128;
    let forceShear: v128;
    let hourglass: v128;
    if (isFloat<Pixel>()) {
      const oneModuli = v128.load64_zero(one);
      const otherModuli = v128.load64_zero(other);
      one += 8;
      other += 8;
      const bulk = v128.shuffle<f32>(oneModuli, otherModuli, 0, 0, 4, 4);
      const shear = v128.shuffle<f32>(oneModuli, otherModuli, 1, 1, 5, 5);
      const dilation = f32x4.mul(bulk, f32x4.add(xi, yEta));
      const deviation = f32x4.mul(shear, f32x4.sub(xi, yEta));
      forceXi = f32x4.add(dilation, deviation);
      forceEta = f32x4.sub(dilation, deviation);
      forceShear = f32x4.mul(shear, shearing);
      hourglass = f32x4.mul(f32x4.add(bulk, f32x4.add(shear, shear)), third);
    } else {
      const stiffness = stiffnesses + (<usize>load<u8>(one) << 6);
      one++;
      const own = v128.load(stiffness);
      const cross = v128.load(stiffness, 16);
      forceXi = f32x4.add(f32x4.mul(own, xi), f32x4.mul(cross, yEta));
      forceEta = f32x4.add(f32x4.mul(cross, xi), f32x4.mul(own, yEta));
      forceShear = f32x4.mul(v128.load(stiffness, 32), shearing);
      hourglass = v128.load(stiffness, 48);
    }
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
  forcesBelow += last;
  forcesAbove += last;
  v128.store(forcesBelow, f32x4.add(v128.load(forcesBelow), fx0));
  v128.store(forcesBelow, f32x4.add(v128.load(forcesBelow, 16), fy0), 16);
  v128.store(forcesAbove, f32x4.add(v128.load(forcesAbove), fx3));
  v128.store(forcesAbove, f32x4.add(v128.load(forcesAbove, 16), fy3), 16);
}
