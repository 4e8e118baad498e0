/*
 * The residual forces of displacements that were found, and everything that the properties are made of, in double
 * precision. A pass does one pair of lanes: `lanes` is 0 or 16, the place of the pair in a record of double numbers.
 */

/** Zeros for the sums of a pair of lanes. */
function clearSums(sums: usize, lanes: usize): void {
  for (let k: usize = 0; k < 3; k++) v128.store(sums + lanes + (k << 5), f64x2.splat(0));
  for (let k: usize = 0; k < 4; k++) v128.store(sums + 96 + lanes + (k << 5), f64x2.splat(0));
  v128.store(sums + 224 + lanes, f64x2.splat(0));
  v128.store(sums + 256 + lanes, f64x2.splat(0));
}

// @ts-ignore: decorator
@inline
function pair(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}

// @ts-ignore: decorator
@inline
function addTo(address: usize, value: v128): void {
  v128.store(address, f64x2.add(v128.load(address), value));
}

/**
 * Adds the forces of a row of elements to those of the nodes below and above, and to the sums. `last`: where
 * the last element's right nodes lie in their rows.
 */
function residualElements(
  below: usize, above: usize, forcesBelow: usize, forcesAbove: usize, bytes: usize, last: usize, pixels: usize, uniform: usize, stiffnesses: usize, sums: usize, lanes: usize,
): void {
  const offset = lanes >> 1;
  below += offset;
  above += offset;
  const uniformXi = v128.load(uniform);
  const uniformEta = v128.load(uniform, 32);
  const uniformShear = v128.load(uniform, 64);
  const temperature = v128.load(uniform, 96);
  let stress11 = f64x2.splat(0);
  let stress22 = f64x2.splat(0);
  let stress12 = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    const right = at + 32 < bytes ? at + 32 : last;
    const x0 = pair(below + at);
    const y0 = pair(below + at + 16);
    const x1 = pair(below + right);
    const y1 = pair(below + right + 16);
    const x2 = pair(above + right);
    const y2 = pair(above + right + 16);
    const x3 = pair(above + at);
    const y3 = pair(above + at + 16);
    const stiffness = stiffnesses + <usize>load<u8>(pixels) * 40;
    pixels++;

    const xBottom = f64x2.sub(x1, x0);
    const xTop = f64x2.sub(x2, x3);
    const yBottom = f64x2.sub(y1, y0);
    const yTop = f64x2.sub(y2, y3);
    const xi = f64x2.add(f64x2.add(xTop, xBottom), uniformXi);
    const yEta = f64x2.add(f64x2.add(f64x2.sub(y3, y0), f64x2.sub(y2, y1)), uniformEta);
    const shear = f64x2.add(f64x2.add(f64x2.add(f64x2.sub(x3, x0), f64x2.sub(x2, x1)), f64x2.add(yTop, yBottom)), uniformShear);
    const own = v128.load_splat<f64>(stiffness);
    const cross = v128.load_splat<f64>(stiffness, 8);
    const hourglass = v128.load_splat<f64>(stiffness, 24);
    const thermal = f64x2.mul(v128.load_splat<f64>(stiffness, 32), temperature);
    let forceXi = f64x2.add(f64x2.mul(own, xi), f64x2.mul(cross, yEta));
    let forceEta = f64x2.add(f64x2.mul(cross, xi), f64x2.mul(own, yEta));
    const forceShear = f64x2.mul(v128.load_splat<f64>(stiffness, 16), shear);
    const hx = f64x2.mul(hourglass, f64x2.sub(xTop, xBottom));
    const hy = f64x2.mul(hourglass, f64x2.sub(yTop, yBottom));
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(forceXi, forceXi), f64x2.mul(forceEta, forceEta)));
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(hx, hx), f64x2.mul(hy, hy)));
    squares = f64x2.add(squares, f64x2.mul(f64x2.splat(2), f64x2.mul(forceShear, forceShear)));
    forceXi = f64x2.add(forceXi, thermal);
    forceEta = f64x2.add(forceEta, thermal);
    stress11 = f64x2.add(stress11, forceXi);
    stress22 = f64x2.add(stress22, forceEta);
    stress12 = f64x2.add(stress12, forceShear);

    const xSum = f64x2.add(forceXi, forceShear);
    const xDifference = f64x2.sub(forceXi, forceShear);
    const ySum = f64x2.add(forceShear, forceEta);
    const yDifference = f64x2.sub(forceShear, forceEta);
    addTo(forcesBelow + at, f64x2.sub(hx, xSum));
    addTo(forcesBelow + at + 16, f64x2.sub(hy, ySum));
    addTo(forcesBelow + right, f64x2.sub(xDifference, hx));
    addTo(forcesBelow + right + 16, f64x2.sub(yDifference, hy));
    addTo(forcesAbove + right, f64x2.add(xSum, hx));
    addTo(forcesAbove + right + 16, f64x2.add(ySum, hy));
    addTo(forcesAbove + at, f64x2.sub(f64x2.neg(xDifference), hx));
    addTo(forcesAbove + at + 16, f64x2.sub(f64x2.neg(yDifference), hy));
  }
  addTo(sums + lanes, stress11);
  addTo(sums + lanes + 32, stress22);
  addTo(sums + lanes + 64, stress12);
  addTo(sums + lanes + 224, f64x2.mul(f64x2.splat(4), squares));
}

/** Stores the residual forces of a row whose forces are complete, and adds to the sums. */
function residualNodes(u: usize, residual: usize, forces: usize, bytes: usize, sums: usize, lanes: usize): void {
  const offset = lanes >> 1;
  let straightLow = f64x2.splat(0);
  let crossedLow = f64x2.splat(0);
  let straightHigh = f64x2.splat(0);
  let crossedHigh = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const force = v128.load(forces + at);
    v128.store64_lane(residual + at + offset, f32x4.demote_f64x2_zero(f64x2.neg(force)), 0);
    const low = pair(u + at);
    const high = pair(u + at + 8);
    straightLow = f64x2.add(straightLow, f64x2.mul(low, force));
    crossedLow = f64x2.add(crossedLow, f64x2.mul(v128.shuffle<f64>(low, low, 1, 0), force));
    straightHigh = f64x2.add(straightHigh, f64x2.mul(high, force));
    crossedHigh = f64x2.add(crossedHigh, f64x2.mul(v128.shuffle<f64>(high, high, 1, 0), force));
    squares = f64x2.add(squares, f64x2.mul(force, force));
  }
  addTo(sums + lanes + 96, v128.shuffle<f64>(straightLow, crossedLow, 0, 3));
  addTo(sums + lanes + 128, v128.shuffle<f64>(crossedLow, straightLow, 0, 3));
  addTo(sums + lanes + 160, v128.shuffle<f64>(straightHigh, crossedHigh, 0, 3));
  addTo(sums + lanes + 192, v128.shuffle<f64>(crossedHigh, straightHigh, 0, 3));
  addTo(sums + lanes + 256, squares);
}

/**
 * One pair of lanes (`half` 0 or 1). `u`: displacements beyond the uniform strains, single numbers.
 * `residual`: minus the nodal forces, rounded to single numbers. `modes`: for each lane the uniform ξ
 * of x, η of y, shear and temperature, each four double numbers. `stiffnesses`: for black, then white, five
 * double numbers: those of `applyStiffness`, and the thermal force per kelvin in ξ and η.
 * `sums`, double numbers: mean stresses 11, 22, 12 times twice the pixels' number (3 × 4 lanes),
 * u_i · force_j at 12 + 4 i + j, squared elastic element forces (28), squared nodal forces (32).
 * `scratch` holds three rows of nodes, 32 bytes each.
 */
export function periodicResidualForces(
  u: usize, residual: usize, n: i32, rowBytes: usize, pixels: usize, modes: usize, stiffnesses: usize, sums: usize, scratch: usize, half: i32,
): void {
  const bytes = <usize>n << 5;
  memory.fill(scratch, 0, 3 * bytes);
  const lanes = <usize>half << 4;
  const uniform = modes + lanes;
  clearSums(sums, lanes);

  let bottom: usize = 0;
  let forcesBelow = scratch;
  for (let j = 0; j < n; j++) {
    const top = j + 1 < n ? bottom + rowBytes : 0;
    const forcesAbove = j + 1 < n ? scratch + bytes * <usize>(1 + (j & 1)) : scratch;
    residualElements(u + bottom, u + top, forcesBelow, forcesAbove, bytes, 0, pixels + <usize>(n - 1 - j) * <usize>n, uniform, stiffnesses, sums, lanes);
    if (j > 0) {
      residualNodes(u + bottom, residual + bottom, forcesBelow, bytes, sums, lanes);
      memory.fill(forcesBelow, 0, bytes);
    }
    bottom = top;
    forcesBelow = forcesAbove;
  }
  residualNodes(u, residual, scratch, bytes, sums, lanes);
}

/**
 * One pair of lanes (`half` 0 or 1): a compression, and a unit traction on the top edge. `u`: displacements
 * beyond the uniform strains, single numbers. `residual`: minus the nodal forces, the traction's included,
 * zero at rollers, rounded to single numbers. `modes`, `stiffnesses`, `sums`, `scratch`: see
 * `periodicResidualForces`; a row of nodes has n + 1. The `sums` of u_i · force_j with j a compression are free of
 * the traction.
 */
export function rollerResidualForces(
  u: usize, residual: usize, n: i32, rowBytes: usize, pixels: usize, modes: usize, stiffnesses: usize, sums: usize, scratch: usize, half: i32,
): void {
  const elements = <usize>n << 5;
  const bytes = elements + 32;
  const lanes = <usize>half << 4;
  clearSums(sums, lanes);
  memory.fill(scratch, 0, 2 * bytes);
  let below = scratch;
  let above = scratch + bytes;
  for (let row = 0; row <= n; row++) {
    if (row < n) {
      residualElements(
        u, u + rowBytes, below, above, elements, elements, pixels + <usize>(n - 1 - row) * <usize>n, modes + lanes, stiffnesses, sums, lanes,
      );
    } else pull(below, elements);
    v128.store(below, f64x2.splat(0));
    v128.store(below + elements, f64x2.splat(0));
    if (row === 0) for (let y = below + 16; y < below + bytes; y += 32) v128.store(y, f64x2.splat(0));
    residualNodes(u, residual, below, bytes, sums, lanes);
    memory.fill(below, 0, bytes);
    const done = below;
    below = above;
    above = done;
    u += rowBytes;
    residual += rowBytes;
  }
}

/** Takes a unit traction off the forces along y of the second lane; the end nodes carry half. */
function pull(forces: usize, elements: usize): void {
  for (let at: usize = 0; at <= elements; at += 32) {
    const force = forces + at + 24;
    store<f64>(force, load<f64>(force) - (at === 0 || at === elements ? 0.5 : 1));
  }
}
