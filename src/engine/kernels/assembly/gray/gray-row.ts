/* Rows of gray elements and of scaled nodes, in single precision. Modes of the square as in conjugate-gradients/element-row.ts. */

/**
 * Adds the forces of a row of elements, `bytes` / 32 of them, to the rows of nodes below and above; `last` is
 * where the last element's right nodes lie in their rows. `one`, `other`: for each element a quarter of its
 * bulk and of its shear modulus, single numbers, for lanes 0 and 1 and for lanes 2 and 3.
 */
export function grayElementRow(
  below: usize, above: usize, forcesBelow: usize, forcesAbove: usize, bytes: usize, last: usize, one: usize, other: usize,
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
    const oneModuli = v128.load64_zero(one);
    const otherModuli = v128.load64_zero(other);
    one += 8;
    other += 8;
    const bulk = v128.shuffle<f32>(oneModuli, otherModuli, 0, 0, 4, 4);
    const shear = v128.shuffle<f32>(oneModuli, otherModuli, 1, 1, 5, 5);
    const hourglass = f32x4.mul(f32x4.add(bulk, f32x4.add(shear, shear)), third);

    const xBottom = f32x4.sub(x1, x0);
    const xTop = f32x4.sub(x2, x3);
    const yBottom = f32x4.sub(y1, y0);
    const yTop = f32x4.sub(y2, y3);
    const xi = f32x4.add(xTop, xBottom);
    const yEta = f32x4.add(f32x4.sub(y3, y0), f32x4.sub(y2, y1));
    const shearing = f32x4.add(f32x4.add(f32x4.sub(x3, x0), f32x4.sub(x2, x1)), f32x4.add(yTop, yBottom));
    const dilation = f32x4.mul(bulk, f32x4.add(xi, yEta));
    const deviation = f32x4.mul(shear, f32x4.sub(xi, yEta));
    const forceXi = f32x4.add(dilation, deviation);
    const forceEta = f32x4.sub(dilation, deviation);
    const forceShear = f32x4.mul(shear, shearing);
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

/** u += α p, p = scale · z + β p, and zero in place of z, to be filled with forces. `factors`: α and β, four single numbers each. */
export function updateScaledRow(u: usize, p: usize, z: usize, bytes: usize, factors: usize, scales: usize): void {
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
export function reduceScaledRow(r: usize, q: usize, bytes: usize, alpha: usize, scales: usize): void {
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
