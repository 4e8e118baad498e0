/* What conjugate gradients do to the rows of their vectors; four load cases in the lanes. */

/** u += α p, p = z + β p, and zero in place of z, to be filled with forces. `factors`: α and β, four single numbers each. */
export function updateDirectionRow(u: usize, p: usize, z: usize, bytes: usize, factors: usize): void {
  const alpha = v128.load(factors);
  const beta = v128.load(factors, 16);
  const zero = f32x4.splat(0);
  for (const end = p + bytes; p < end; p += 16) {
    const last = v128.load(p);
    v128.store(u, f32x4.add(v128.load(u), f32x4.mul(alpha, last)));
    v128.store(p, f32x4.add(v128.load(z), f32x4.mul(beta, last)));
    v128.store(z, zero);
    z += 16;
    u += 16;
  }
}

/** From this many nodes a row on, vectors are larger than the caches. */
const farNodes = 512;

/**
 * Brings rows that will be needed soon into the caches, one load a line: many wait for the memory at once,
 * while a pass that also computes waits for few. `sink` takes 4 bytes of no meaning, so that the compiler does not drop the loads.
 */
export function fetchRows(u: usize, p: usize, z: usize, n: i32, sink: usize): void {
  if (n < farNodes) return;
  let any: u32 = 0;
  for (const end = u + (<usize>n << 5); u < end; u += 64) {
    any |= load<u32>(u) | load<u32>(p) | load<u32>(z);
    p += 64;
    z += 64;
  }
  store<u32>(sink, any);
}

/** r −= α q, and the new r in place of q. `alpha`: four single numbers. */
export function reduceRow(r: usize, q: usize, bytes: usize, alpha: usize): void {
  const factor = v128.load(alpha);
  for (let at: usize = 0; at < bytes; at += 16) {
    const rest = f32x4.sub(v128.load(r + at), f32x4.mul(factor, v128.load(q + at)));
    v128.store(r + at, rest);
    v128.store(q + at, rest);
  }
}

/** u += α p for `bytes` bytes. */
export function addDirection(u: usize, p: usize, bytes: usize, alpha: usize): void {
  const factor = v128.load(alpha);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(u + at, f32x4.add(v128.load(u + at), f32x4.mul(factor, v128.load(p + at))));
}

/** Adds p · q of each load case to four double numbers. */
export function addProducts(products: usize, p: usize, q: usize, bytes: usize): void {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(p + at), v128.load(q + at)));
  addPromoted(products, sum);
}

/** Adds four single numbers to four double ones. */
export function addPromoted(target: usize, sum: v128): void {
  v128.store(target, f64x2.add(v128.load(target), f64x2.promote_low_f32x4(sum)));
  v128.store(target, f64x2.add(v128.load(target, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))), 16);
}
