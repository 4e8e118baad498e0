/*
 * Partial Cholesky, register-blocked: 4 × 4 tiles in eight vectors, the inner product of two block rows
 * streaming through memory.
 */

/**
 * Partial Cholesky of one front: fills the panel and writes the Schur complement of the border to
 * `update` (leading dimension `size − padded`). False when a pivot is not positive.
 */
export function eliminate(front: usize, panel: usize, eliminated: i32, padded: i32, size: i32, update: usize): bool {
  const blocks = size >> 2;
  const pivots = padded >> 2;
  const stride = <usize>padded << 5;
  // Two block rows at a time: their tiles do not wait for each other, and share the row above.
  for (let row = 0; row < blocks; row += 2) {
    const own = panel + <usize>row * stride;
    const last = min(row + 1, pivots - 1);
    for (let column = 0; column <= last; column++) {
      const other = panel + <usize>column * stride;
      if (column <= row && !panelTile(front, size, own, other, row, column)) return false;
      if (row + 1 < blocks && !panelTile(front, size, own + stride, other, row + 1, column)) return false;
    }
  }
  const depth = <usize>eliminated << 5;
  const border = panel + <usize>pivots * stride;
  const borderBlocks = blocks - pivots;
  // Four block columns at a time stay in the first-level cache while the block rows pass by.
  for (let group = 0; group < borderBlocks; group += 4) {
    for (let row = group; row < borderBlocks; row++) {
      const last = min(row, group + 3);
      for (let column = group; column <= last; column++) {
        const source = front + <usize>((padded + 4 * column) * size + padded + 4 * row) * 8;
        const target = update + <usize>(4 * column * (size - padded) + 4 * row) * 8;
        updateTile(
          source,
          <usize>size << 3,
          target,
          <usize>(size - padded) << 3,
          border + <usize>row * stride,
          border + <usize>column * stride,
          depth,
        );
      }
    }
  }
  return true;
}

/** One 4 × 4 tile of L: subtract the inner product of the two block rows, then solve or factorize. */
function panelTile(front: usize, size: i32, own: usize, other: usize, row: i32, column: i32): bool {
  const pitch = <usize>size << 3;
  let p = front + <usize>(4 * column * size + 4 * row) * 8;
  let c00 = v128.load(p);
  let c01 = v128.load(p, 16);
  p += pitch;
  let c10 = v128.load(p);
  let c11 = v128.load(p, 16);
  p += pitch;
  let c20 = v128.load(p);
  let c21 = v128.load(p, 16);
  p += pitch;
  let c30 = v128.load(p);
  let c31 = v128.load(p, 16);

  let a = own;
  let b = other;
  const end = own + (<usize>column << 7);
  while (a < end) {
    let a0 = v128.load(a);
    let a1 = v128.load(a, 16);
    let s = v128.load_splat<f64>(b);
    c00 = f64x2.sub(c00, f64x2.mul(a0, s));
    c01 = f64x2.sub(c01, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 8);
    c10 = f64x2.sub(c10, f64x2.mul(a0, s));
    c11 = f64x2.sub(c11, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 16);
    c20 = f64x2.sub(c20, f64x2.mul(a0, s));
    c21 = f64x2.sub(c21, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 24);
    c30 = f64x2.sub(c30, f64x2.mul(a0, s));
    c31 = f64x2.sub(c31, f64x2.mul(a1, s));
    a0 = v128.load(a, 32);
    a1 = v128.load(a, 48);
    s = v128.load_splat<f64>(b, 32);
    c00 = f64x2.sub(c00, f64x2.mul(a0, s));
    c01 = f64x2.sub(c01, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 40);
    c10 = f64x2.sub(c10, f64x2.mul(a0, s));
    c11 = f64x2.sub(c11, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 48);
    c20 = f64x2.sub(c20, f64x2.mul(a0, s));
    c21 = f64x2.sub(c21, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 56);
    c30 = f64x2.sub(c30, f64x2.mul(a0, s));
    c31 = f64x2.sub(c31, f64x2.mul(a1, s));
    a += 64;
    b += 64;
  }

  if (row != column) {
    // b points to the tile's triangle: column k at 32 k, reciprocal on the diagonal.
    let s = v128.load_splat<f64>(b);
    c00 = f64x2.mul(c00, s);
    c01 = f64x2.mul(c01, s);
    s = v128.load_splat<f64>(b, 8);
    c10 = f64x2.sub(c10, f64x2.mul(c00, s));
    c11 = f64x2.sub(c11, f64x2.mul(c01, s));
    s = v128.load_splat<f64>(b, 40);
    c10 = f64x2.mul(c10, s);
    c11 = f64x2.mul(c11, s);
    s = v128.load_splat<f64>(b, 16);
    c20 = f64x2.sub(c20, f64x2.mul(c00, s));
    c21 = f64x2.sub(c21, f64x2.mul(c01, s));
    s = v128.load_splat<f64>(b, 48);
    c20 = f64x2.sub(c20, f64x2.mul(c10, s));
    c21 = f64x2.sub(c21, f64x2.mul(c11, s));
    s = v128.load_splat<f64>(b, 80);
    c20 = f64x2.mul(c20, s);
    c21 = f64x2.mul(c21, s);
    s = v128.load_splat<f64>(b, 24);
    c30 = f64x2.sub(c30, f64x2.mul(c00, s));
    c31 = f64x2.sub(c31, f64x2.mul(c01, s));
    s = v128.load_splat<f64>(b, 56);
    c30 = f64x2.sub(c30, f64x2.mul(c10, s));
    c31 = f64x2.sub(c31, f64x2.mul(c11, s));
    s = v128.load_splat<f64>(b, 88);
    c30 = f64x2.sub(c30, f64x2.mul(c20, s));
    c31 = f64x2.sub(c31, f64x2.mul(c21, s));
    s = v128.load_splat<f64>(b, 120);
    c30 = f64x2.mul(c30, s);
    c31 = f64x2.mul(c31, s);
    v128.store(a, c00);
    v128.store(a, c01, 16);
    v128.store(a, c10, 32);
    v128.store(a, c11, 48);
    v128.store(a, c20, 64);
    v128.store(a, c21, 80);
    v128.store(a, c30, 96);
    v128.store(a, c31, 112);
    return true;
  }

  const d0 = f64x2.extract_lane(c00, 0);
  if (!(d0 > 0)) return false;
  const r0 = 1 / Math.sqrt(d0);
  const l10 = f64x2.extract_lane(c00, 1) * r0;
  const l20 = f64x2.extract_lane(c01, 0) * r0;
  const l30 = f64x2.extract_lane(c01, 1) * r0;
  const d1 = f64x2.extract_lane(c10, 1) - l10 * l10;
  if (!(d1 > 0)) return false;
  const r1 = 1 / Math.sqrt(d1);
  const l21 = (f64x2.extract_lane(c11, 0) - l20 * l10) * r1;
  const l31 = (f64x2.extract_lane(c11, 1) - l30 * l10) * r1;
  const d2 = f64x2.extract_lane(c21, 0) - l20 * l20 - l21 * l21;
  if (!(d2 > 0)) return false;
  const r2 = 1 / Math.sqrt(d2);
  const l32 = (f64x2.extract_lane(c21, 1) - l30 * l20 - l31 * l21) * r2;
  const d3 = f64x2.extract_lane(c31, 1) - l30 * l30 - l31 * l31 - l32 * l32;
  if (!(d3 > 0)) return false;
  store<f64>(a, r0);
  store<f64>(a, l10, 8);
  store<f64>(a, l20, 16);
  store<f64>(a, l30, 24);
  store<f64>(a, 0, 32);
  store<f64>(a, r1, 40);
  store<f64>(a, l21, 48);
  store<f64>(a, l31, 56);
  store<f64>(a, 0, 64);
  store<f64>(a, 0, 72);
  store<f64>(a, r2, 80);
  store<f64>(a, l32, 88);
  store<f64>(a, 0, 96);
  store<f64>(a, 0, 104);
  store<f64>(a, 0, 112);
  store<f64>(a, 1 / Math.sqrt(d3), 120);
  return true;
}

/** One 4 × 4 tile of the Schur complement: target = source − own · otherᵀ over `depth` bytes of columns. */
function updateTile(source: usize, sourcePitch: usize, target: usize, targetPitch: usize, own: usize, other: usize, depth: usize): void {
  let p = source;
  let c00 = v128.load(p);
  let c01 = v128.load(p, 16);
  p += sourcePitch;
  let c10 = v128.load(p);
  let c11 = v128.load(p, 16);
  p += sourcePitch;
  let c20 = v128.load(p);
  let c21 = v128.load(p, 16);
  p += sourcePitch;
  let c30 = v128.load(p);
  let c31 = v128.load(p, 16);

  let a = own;
  let b = other;
  const end = own + depth;
  const even = own + (depth & ~63);
  while (a < even) {
    let a0 = v128.load(a);
    let a1 = v128.load(a, 16);
    let s = v128.load_splat<f64>(b);
    c00 = f64x2.sub(c00, f64x2.mul(a0, s));
    c01 = f64x2.sub(c01, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 8);
    c10 = f64x2.sub(c10, f64x2.mul(a0, s));
    c11 = f64x2.sub(c11, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 16);
    c20 = f64x2.sub(c20, f64x2.mul(a0, s));
    c21 = f64x2.sub(c21, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 24);
    c30 = f64x2.sub(c30, f64x2.mul(a0, s));
    c31 = f64x2.sub(c31, f64x2.mul(a1, s));
    a0 = v128.load(a, 32);
    a1 = v128.load(a, 48);
    s = v128.load_splat<f64>(b, 32);
    c00 = f64x2.sub(c00, f64x2.mul(a0, s));
    c01 = f64x2.sub(c01, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 40);
    c10 = f64x2.sub(c10, f64x2.mul(a0, s));
    c11 = f64x2.sub(c11, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 48);
    c20 = f64x2.sub(c20, f64x2.mul(a0, s));
    c21 = f64x2.sub(c21, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 56);
    c30 = f64x2.sub(c30, f64x2.mul(a0, s));
    c31 = f64x2.sub(c31, f64x2.mul(a1, s));
    a += 64;
    b += 64;
  }
  while (a < end) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    let s = v128.load_splat<f64>(b);
    c00 = f64x2.sub(c00, f64x2.mul(a0, s));
    c01 = f64x2.sub(c01, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 8);
    c10 = f64x2.sub(c10, f64x2.mul(a0, s));
    c11 = f64x2.sub(c11, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 16);
    c20 = f64x2.sub(c20, f64x2.mul(a0, s));
    c21 = f64x2.sub(c21, f64x2.mul(a1, s));
    s = v128.load_splat<f64>(b, 24);
    c30 = f64x2.sub(c30, f64x2.mul(a0, s));
    c31 = f64x2.sub(c31, f64x2.mul(a1, s));
    a += 32;
    b += 32;
  }

  p = target;
  v128.store(p, c00);
  v128.store(p, c01, 16);
  p += targetPitch;
  v128.store(p, c10);
  v128.store(p, c11, 16);
  p += targetPitch;
  v128.store(p, c20);
  v128.store(p, c21, 16);
  p += targetPitch;
  v128.store(p, c30);
  v128.store(p, c31, 16);
}
