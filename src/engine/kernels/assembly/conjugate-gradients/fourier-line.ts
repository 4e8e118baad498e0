/*
 * Fourier transforms of one line of n records (complex numbers of four lanes), in place: radix 4, and
 * one step of radix 2 when the exponent is odd. Forward decimates in frequency and leaves the
 * frequencies in bit-reversed order; backward takes them in that order. So nothing is ever permuted.
 *
 * `twiddles`: for each step of radix 4, from the longest to the shortest block of m records, m / 4
 * entries of six single numbers: cosine and sine of 2π j / m, of twice and of three times the angle.
 */

/** Kernel exp(−2πi jk/n), unscaled. */
export function forwardLine(line: usize, n: i32, twiddles: usize): void {
  const end = line + (<usize>n << 5);
  let bytes = <usize>n << 5;
  let table = twiddles;
  for (; bytes >= 128; bytes >>= 2) {
    const quarter = bytes >> 2;
    const entries = table + (quarter >> 5) * 24;
    for (let block = line; block < end; block += bytes) {
      forwardFour(block, quarter);
      let record = block + 32;
      for (let entry = table + 24; entry < entries; entry += 24) {
        forwardFourTurned(record, quarter, entry);
        record += 32;
      }
    }
    table = entries;
  }
  if (bytes === 64) for (let block = line; block < end; block += 64) two(block);
}

/** Kernel exp(+2πi jk/n), unscaled. */
export function inverseLine(line: usize, n: i32, twiddles: usize): void {
  const end = line + (<usize>n << 5);
  let bytes: usize = 128;
  let quarters: usize = 1;
  if (31 - clz(n) & 1) {
    for (let block = line; block < end; block += 64) two(block);
    bytes = 256;
    quarters = 2;
  }
  // The tables lie from the longest block to the shortest: this is the end of them all.
  let entries = twiddles;
  for (let q: usize = <usize>n >> 2; q >= quarters; q >>= 2) entries += q * 24;
  for (; bytes <= <usize>n << 5; bytes <<= 2) {
    const quarter = bytes >> 2;
    const table = entries - (quarter >> 5) * 24;
    for (let block = line; block < end; block += bytes) {
      inverseFour(block, quarter);
      let record = block + 32;
      for (let entry = table + 24; entry < entries; entry += 24) {
        inverseFourTurned(record, quarter, entry);
        record += 32;
      }
    }
    entries = table;
  }
}

function two(block: usize): void {
  const ar = v128.load(block);
  const ai = v128.load(block, 16);
  const br = v128.load(block, 32);
  const bi = v128.load(block, 48);
  v128.store(block, f32x4.add(ar, br));
  v128.store(block, f32x4.add(ai, bi), 16);
  v128.store(block, f32x4.sub(ar, br), 32);
  v128.store(block, f32x4.sub(ai, bi), 48);
}

// @ts-ignore: decorator
@inline
function forwardFour(a: usize, quarter: usize): void {
  const b = a + quarter;
  const c = b + quarter;
  const d = c + quarter;
  const ar = v128.load(a);
  const ai = v128.load(a, 16);
  const br = v128.load(b);
  const bi = v128.load(b, 16);
  const cr = v128.load(c);
  const ci = v128.load(c, 16);
  const dr = v128.load(d);
  const di = v128.load(d, 16);
  const acr = f32x4.add(ar, cr);
  const aci = f32x4.add(ai, ci);
  const bdr = f32x4.add(br, dr);
  const bdi = f32x4.add(bi, di);
  const amr = f32x4.sub(ar, cr);
  const ami = f32x4.sub(ai, ci);
  const bmr = f32x4.sub(br, dr);
  const bmi = f32x4.sub(bi, di);
  v128.store(a, f32x4.add(acr, bdr));
  v128.store(a, f32x4.add(aci, bdi), 16);
  v128.store(b, f32x4.sub(acr, bdr));
  v128.store(b, f32x4.sub(aci, bdi), 16);
  v128.store(c, f32x4.add(amr, bmi));
  v128.store(c, f32x4.sub(ami, bmr), 16);
  v128.store(d, f32x4.sub(amr, bmi));
  v128.store(d, f32x4.add(ami, bmr), 16);
}

// @ts-ignore: decorator
@inline
function forwardFourTurned(a: usize, quarter: usize, entry: usize): void {
  const b = a + quarter;
  const c = b + quarter;
  const d = c + quarter;
  const ar = v128.load(a);
  const ai = v128.load(a, 16);
  const cr = v128.load(c);
  const ci = v128.load(c, 16);
  const acr = f32x4.add(ar, cr);
  const aci = f32x4.add(ai, ci);
  const amr = f32x4.sub(ar, cr);
  const ami = f32x4.sub(ai, ci);
  const br = v128.load(b);
  const bi = v128.load(b, 16);
  const dr = v128.load(d);
  const di = v128.load(d, 16);
  const bdr = f32x4.add(br, dr);
  const bdi = f32x4.add(bi, di);
  const bmr = f32x4.sub(br, dr);
  const bmi = f32x4.sub(bi, di);
  v128.store(a, f32x4.add(acr, bdr));
  v128.store(a, f32x4.add(aci, bdi), 16);
  storeTurned(b, f32x4.sub(acr, bdr), f32x4.sub(aci, bdi), v128.load_splat<f32>(entry, 8), v128.load_splat<f32>(entry, 12));
  storeTurned(c, f32x4.add(amr, bmi), f32x4.sub(ami, bmr), v128.load_splat<f32>(entry), v128.load_splat<f32>(entry, 4));
  storeTurned(d, f32x4.sub(amr, bmi), f32x4.add(ami, bmr), v128.load_splat<f32>(entry, 16), v128.load_splat<f32>(entry, 20));
}

/** Stores (re + i im)(cos − i sin). */
// @ts-ignore: decorator
@inline
function storeTurned(target: usize, re: v128, im: v128, cos: v128, sin: v128): void {
  v128.store(target, f32x4.add(f32x4.mul(re, cos), f32x4.mul(im, sin)));
  v128.store(target, f32x4.sub(f32x4.mul(im, cos), f32x4.mul(re, sin)), 16);
}

// @ts-ignore: decorator
@inline
function inverseFour(a: usize, quarter: usize): void {
  const b = a + quarter;
  const c = b + quarter;
  const d = c + quarter;
  storeFour(
    a, b, c, d, v128.load(a), v128.load(a, 16), v128.load(b), v128.load(b, 16), v128.load(c), v128.load(c, 16), v128.load(d), v128.load(d, 16),
  );
}

// @ts-ignore: decorator
@inline
function inverseFourTurned(a: usize, quarter: usize, entry: usize): void {
  const b = a + quarter;
  const c = b + quarter;
  const d = c + quarter;
  let cos = v128.load_splat<f32>(entry, 8);
  let sin = v128.load_splat<f32>(entry, 12);
  let re = v128.load(b);
  let im = v128.load(b, 16);
  const br = f32x4.sub(f32x4.mul(re, cos), f32x4.mul(im, sin));
  const bi = f32x4.add(f32x4.mul(im, cos), f32x4.mul(re, sin));
  cos = v128.load_splat<f32>(entry);
  sin = v128.load_splat<f32>(entry, 4);
  re = v128.load(c);
  im = v128.load(c, 16);
  const cr = f32x4.sub(f32x4.mul(re, cos), f32x4.mul(im, sin));
  const ci = f32x4.add(f32x4.mul(im, cos), f32x4.mul(re, sin));
  cos = v128.load_splat<f32>(entry, 16);
  sin = v128.load_splat<f32>(entry, 20);
  re = v128.load(d);
  im = v128.load(d, 16);
  const dr = f32x4.sub(f32x4.mul(re, cos), f32x4.mul(im, sin));
  const di = f32x4.add(f32x4.mul(im, cos), f32x4.mul(re, sin));
  storeFour(a, b, c, d, v128.load(a), v128.load(a, 16), br, bi, cr, ci, dr, di);
}

// @ts-ignore: decorator
@inline
function storeFour(
  a: usize, b: usize, c: usize, d: usize,
  ar: v128, ai: v128, br: v128, bi: v128, cr: v128, ci: v128, dr: v128, di: v128,
): void {
  const apr = f32x4.add(ar, br);
  const api = f32x4.add(ai, bi);
  const amr = f32x4.sub(ar, br);
  const ami = f32x4.sub(ai, bi);
  const cpr = f32x4.add(cr, dr);
  const cpi = f32x4.add(ci, di);
  const cmr = f32x4.sub(cr, dr);
  const cmi = f32x4.sub(ci, di);
  v128.store(a, f32x4.add(apr, cpr));
  v128.store(a, f32x4.add(api, cpi), 16);
  v128.store(b, f32x4.sub(amr, cmi));
  v128.store(b, f32x4.add(ami, cmr), 16);
  v128.store(c, f32x4.sub(apr, cpr));
  v128.store(c, f32x4.sub(api, cpi), 16);
  v128.store(d, f32x4.add(amr, cmi));
  v128.store(d, f32x4.sub(ami, cmr), 16);
}
