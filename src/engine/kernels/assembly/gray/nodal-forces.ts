/* Nodal forces and mean stresses of displacements, all in double precision. */

// @ts-ignore: decorator
@inline
function addTo(address: usize, value: v128): void {
  v128.store(address, f64x2.add(v128.load(address), value));
}

/**
 * One pair of lanes (`half` 0 or 1). `u`, `forces`: a record of 64 bytes for each node, `nodes` in a row, four
 * double numbers along x, then four along y. `wrap`: whether the grid is periodic. `modes`: for each lane the
 * uniform ξ, η, shear and temperature, each four double numbers. `stiffnesses`: for each element from the bottom row
 * on a quarter of the bulk modulus, a quarter of the shear modulus, and the thermal force per kelvin in ξ and
 * η. `sums`: the forces in ξ, η and shear of all elements (3 × 4 lanes), and the squares of their elastic and thermal
 * nodal forces (12).
 */
export function nodalForces(
  u: usize, forces: usize, n: i32, nodes: i32, wrap: i32, modes: usize, stiffnesses: usize, sums: usize, half: i32,
): void {
  const lanes = <usize>half << 4;
  const rowBytes = <usize>nodes << 6;
  const bytes = <usize>n << 6;
  const last: usize = wrap ? 0 : bytes;
  const rows = wrap ? n : n + 1;
  for (let at = forces + lanes, end = at + rowBytes * <usize>rows; at < end; at += 32) v128.store(at, f64x2.splat(0));
  u += lanes;
  forces += lanes;
  const uniformXi = v128.load(modes + lanes);
  const uniformEta = v128.load(modes + lanes, 32);
  const uniformShear = v128.load(modes + lanes, 64);
  const temperature = v128.load(modes + lanes, 96);
  const third = f64x2.splat(1.0 / 3.0);
  let stress11 = f64x2.splat(0);
  let stress22 = f64x2.splat(0);
  let stress12 = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let j = 0; j < n; j++) {
    const bottom = rowBytes * <usize>j;
    const top = wrap && j + 1 === n ? 0 : bottom + rowBytes;
    const below = u + bottom;
    const above = u + top;
    const forcesBelow = forces + bottom;
    const forcesAbove = forces + top;
    for (let at: usize = 0; at < bytes; at += 64) {
      const right = at + 64 < bytes ? at + 64 : last;
      const x0 = v128.load(below + at);
      const y0 = v128.load(below + at, 32);
      const x1 = v128.load(below + right);
      const y1 = v128.load(below + right, 32);
      const x2 = v128.load(above + right);
      const y2 = v128.load(above + right, 32);
      const x3 = v128.load(above + at);
      const y3 = v128.load(above + at, 32);
      const bulk = v128.load_splat<f64>(stiffnesses);
      const shear = v128.load_splat<f64>(stiffnesses, 8);
      const thermal = f64x2.mul(v128.load_splat<f64>(stiffnesses, 16), temperature);
      stiffnesses += 24;
      const hourglass = f64x2.mul(f64x2.add(bulk, f64x2.add(shear, shear)), third);

      const xBottom = f64x2.sub(x1, x0);
      const xTop = f64x2.sub(x2, x3);
      const yBottom = f64x2.sub(y1, y0);
      const yTop = f64x2.sub(y2, y3);
      const xi = f64x2.add(f64x2.add(xTop, xBottom), uniformXi);
      const eta = f64x2.add(f64x2.add(f64x2.sub(y3, y0), f64x2.sub(y2, y1)), uniformEta);
      const shearing = f64x2.add(f64x2.add(f64x2.add(f64x2.sub(x3, x0), f64x2.sub(x2, x1)), f64x2.add(yTop, yBottom)), uniformShear);
      const dilation = f64x2.mul(bulk, f64x2.add(xi, eta));
      const deviation = f64x2.mul(shear, f64x2.sub(xi, eta));
      const elasticXi = f64x2.add(dilation, deviation);
      const elasticEta = f64x2.sub(dilation, deviation);
      const forceShear = f64x2.mul(shear, shearing);
      const hx = f64x2.mul(hourglass, f64x2.sub(xTop, xBottom));
      const hy = f64x2.mul(hourglass, f64x2.sub(yTop, yBottom));
      squares = f64x2.add(squares, f64x2.add(f64x2.mul(elasticXi, elasticXi), f64x2.mul(elasticEta, elasticEta)));
      squares = f64x2.add(squares, f64x2.add(f64x2.mul(hx, hx), f64x2.mul(hy, hy)));
      squares = f64x2.add(squares, f64x2.mul(f64x2.splat(2), f64x2.add(f64x2.mul(forceShear, forceShear), f64x2.mul(thermal, thermal))));
      const forceXi = f64x2.add(elasticXi, thermal);
      const forceEta = f64x2.add(elasticEta, thermal);
      stress11 = f64x2.add(stress11, forceXi);
      stress22 = f64x2.add(stress22, forceEta);
      stress12 = f64x2.add(stress12, forceShear);

      const xSum = f64x2.add(forceXi, forceShear);
      const xDifference = f64x2.sub(forceXi, forceShear);
      const ySum = f64x2.add(forceShear, forceEta);
      const yDifference = f64x2.sub(forceShear, forceEta);
      addTo(forcesBelow + at, f64x2.sub(hx, xSum));
      addTo(forcesBelow + at + 32, f64x2.sub(hy, ySum));
      addTo(forcesBelow + right, f64x2.sub(xDifference, hx));
      addTo(forcesBelow + right + 32, f64x2.sub(yDifference, hy));
      addTo(forcesAbove + right, f64x2.add(xSum, hx));
      addTo(forcesAbove + right + 32, f64x2.add(ySum, hy));
      addTo(forcesAbove + at, f64x2.sub(f64x2.neg(xDifference), hx));
      addTo(forcesAbove + at + 32, f64x2.sub(f64x2.neg(yDifference), hy));
    }
  }
  v128.store(sums + lanes, stress11);
  v128.store(sums + lanes + 32, stress22);
  v128.store(sums + lanes + 64, stress12);
  v128.store(sums + lanes + 96, f64x2.mul(f64x2.splat(4), squares));
}

/** u_i · force_j of the lanes at 4 i + j of `work`, double numbers. `bytes`: of all records. */
export function multiplyLanes(u: usize, forces: usize, bytes: usize, work: usize): void {
  let low0 = f64x2.splat(0);
  let high0 = f64x2.splat(0);
  let low1 = f64x2.splat(0);
  let high1 = f64x2.splat(0);
  let low2 = f64x2.splat(0);
  let high2 = f64x2.splat(0);
  let low3 = f64x2.splat(0);
  let high3 = f64x2.splat(0);
  for (const end = u + bytes; u < end; u += 32) {
    const low = v128.load(forces);
    const high = v128.load(forces, 16);
    const u0 = v128.load_splat<f64>(u);
    const u1 = v128.load_splat<f64>(u, 8);
    const u2 = v128.load_splat<f64>(u, 16);
    const u3 = v128.load_splat<f64>(u, 24);
    low0 = f64x2.add(low0, f64x2.mul(u0, low));
    high0 = f64x2.add(high0, f64x2.mul(u0, high));
    low1 = f64x2.add(low1, f64x2.mul(u1, low));
    high1 = f64x2.add(high1, f64x2.mul(u1, high));
    low2 = f64x2.add(low2, f64x2.mul(u2, low));
    high2 = f64x2.add(high2, f64x2.mul(u2, high));
    low3 = f64x2.add(low3, f64x2.mul(u3, low));
    high3 = f64x2.add(high3, f64x2.mul(u3, high));
    forces += 32;
  }
  v128.store(work, low0);
  v128.store(work, high0, 16);
  v128.store(work, low1, 32);
  v128.store(work, high1, 48);
  v128.store(work, low2, 64);
  v128.store(work, high2, 80);
  v128.store(work, low3, 96);
  v128.store(work, high3, 112);
}

/** r = minus the forces, in single precision, and their squares of four lanes, double numbers. `nodes` in a row, `rowBytes` from one row of r to the next. */
export function takeResidual(forces: usize, r: usize, nodes: i32, rowBytes: usize, squares: usize): void {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let row = 0; row < nodes; row++) {
    for (let into = r, end = r + (<usize>nodes << 5); into < end; into += 16) {
      const one = v128.load(forces);
      const other = v128.load(forces, 16);
      const oneSingle = f32x4.demote_f64x2_zero(f64x2.neg(one));
      const otherSingle = f32x4.demote_f64x2_zero(f64x2.neg(other));
      v128.store(into, v128.shuffle<f32>(oneSingle, otherSingle, 0, 1, 4, 5));
      low = f64x2.add(low, f64x2.mul(one, one));
      high = f64x2.add(high, f64x2.mul(other, other));
      forces += 32;
    }
    r += rowBytes;
  }
  v128.store(squares, low);
  v128.store(squares, high, 16);
}

/** Adds a correction in single precision to what was found. */
export function addCorrection(found: usize, u: usize, nodes: i32, rowBytes: usize): void {
  for (let row = 0; row < nodes; row++) {
    for (let from = u, end = u + (<usize>nodes << 5); from < end; from += 16) {
      const numbers = v128.load(from);
      v128.store(found, f64x2.add(v128.load(found), f64x2.promote_low_f32x4(numbers)));
      v128.store(found, f64x2.add(v128.load(found, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(numbers, numbers, 2, 3, 0, 1))), 16);
      found += 32;
    }
    u += rowBytes;
  }
}
