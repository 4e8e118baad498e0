/*
 * Multifrontal Cholesky over a fixed tree of fronts (Duff & Reid 1983, doi 10.1145/356044.356047),
 * and the way back down the tree. AssemblyScript, compiled to WebAssembly SIMD; no relaxed
 * instructions, one fixed order of operations, so every machine gives the same bytes.
 *
 * The fronts are described by records of 32-bit words that fem/front-layout.ts writes; the field
 * numbers below are the same there. A front holds `eliminated` unknowns, padded to a multiple of 4,
 * then its border, padded too. Three storages:
 * - the front itself: one work area, plain column-major, lower triangle, leading dimension `size`;
 * - the panel (rows of L for the eliminated columns): blocks of 4 rows, in a block column after
 *   column, 4 numbers each; the diagonal holds reciprocals. So both operands of the inner product
 *   of two block rows stream through memory;
 * - the update matrix (Schur complement on the border): plain column-major, lower triangle.
 */

const ELIMINATED: usize = 0 << 2;
const PADDED: usize = 1 << 2;
const SIZE: usize = 2 << 2;
const PANEL: usize = 3 << 2;
const UPDATE: usize = 4 << 2;
const VECTORS: usize = 5 << 2;
const BORDER: usize = 6 << 2;
const PARENT_VECTORS: usize = 7 << 2;
const PARENT_MAP: usize = 8 << 2;
const PARENT_JUMPS: usize = 9 << 2;
const PARENT_JUMP_COUNT: usize = 10 << 2;
const FIRST_CHILD: usize = 12 << 2;
const CHILD_BYTES: usize = 10 << 2;
const RECORD_BYTES: usize = 32 << 2;

const CHILD_KIND: usize = 0 << 2;
const CHILD_SOURCE: usize = 1 << 2;
const CHILD_LEADING: usize = 2 << 2;
const CHILD_LIST: usize = 3 << 2;
const CHILD_LIST_COUNT: usize = 4 << 2;
const CHILD_JUMPS: usize = 5 << 2;
const CHILD_JUMP_COUNT: usize = 6 << 2;
const CHILD_SHAPE: usize = 7 << 2;
const CHILD_ORIGIN: usize = 8 << 2;

const LEAF: i32 = 1;
const FRONT: i32 = 2;

// @ts-ignore: decorator
@inline
function word(record: usize, field: usize): i32 {
  return load<i32>(record + field);
}

/** Assembles and eliminates all fronts, children first. 0, or 1 + the front that is not positive definite. */
export function factorize(records: usize, count: i32, front: usize): i32 {
  for (let f = 0; f < count; f++) {
    const record = records + <usize>f * RECORD_BYTES;
    const size = word(record, SIZE);
    addUpdates(front, size, record + FIRST_CHILD, record + FIRST_CHILD + CHILD_BYTES);
    const padded = word(record, PADDED);
    for (let i = word(record, ELIMINATED); i < padded; i++) {
      store<f64>(front + <usize>(i * size + i) * 8, 1);
    }
    for (let c: usize = 0; c < 2; c++) {
      const child = record + FIRST_CHILD + c * CHILD_BYTES;
      if (word(child, CHILD_KIND) == LEAF) addLeaf(front, size, child);
      else if (word(child, CHILD_JUMP_COUNT) > 0) addJumps(front, size, child);
    }
    const update = <usize>word(record, UPDATE);
    const panel = <usize>word(record, PANEL);
    if (!eliminate(front, panel, word(record, ELIMINATED), padded, size, update)) return 1 + f;
  }
  return 0;
}

/** Adds a leaf's full matrix; the list holds (own index, front index), by ascending front index. */
function addLeaf(front: usize, size: i32, child: usize): void {
  const matrix = <usize>load<i32>(<usize>word(child, CHILD_SOURCE));
  const leading = word(child, CHILD_LEADING);
  const list = <usize>word(child, CHILD_LIST);
  const end = list + <usize>word(child, CHILD_LIST_COUNT) * 8;
  for (let a = list; a < end; a += 8) {
    const source = matrix + <usize>(load<i32>(a) * leading) * 8;
    const target = front + <usize>(load<i32>(a, 4) * size) * 8;
    for (let b = a; b < end; b += 8) {
      const address = target + (<usize>load<i32>(b, 4) << 3);
      store<f64>(address, load<f64>(address) + load<f64>(source + (<usize>load<i32>(b) << 3)));
    }
  }
}

/**
 * Sets the lower triangle (by whole 4 × 4 tiles) to the sum of the update matrices of those children
 * that are fronts. Their lists hold runs (own index, front index, length), both ascending.
 */
function addUpdates(front: usize, size: i32, one: usize, other: usize): void {
  const zero = f64x2.splat(0);
  let run = <usize>word(one, CHILD_LIST);
  const end = word(one, CHILD_KIND) == FRONT ? run + <usize>word(one, CHILD_LIST_COUNT) * 12 : run;
  let otherRun = <usize>word(other, CHILD_LIST);
  const otherEnd = word(other, CHILD_KIND) == FRONT ? otherRun + <usize>word(other, CHILD_LIST_COUNT) * 12 : otherRun;
  for (let column = 0; column < size; column++) {
    const target = front + <usize>(column * size) * 8;
    const last = target + (<usize>size << 3);
    for (let p = target + (<usize>(column & ~3) << 3); p < last; p += 32) {
      v128.store(p, zero);
      v128.store(p, zero, 16);
    }
    if (run < end && column >= load<i32>(run, 4)) {
      addColumn(target, column, one, run, end);
      if (column + 1 == load<i32>(run, 4) + load<i32>(run, 8)) run += 12;
    }
    if (otherRun < otherEnd && column >= load<i32>(otherRun, 4)) {
      addColumn(target, column, other, otherRun, otherEnd);
      if (column + 1 == load<i32>(otherRun, 4) + load<i32>(otherRun, 8)) otherRun += 12;
    }
  }
}

/** Adds a child's column, from the diagonal down, to the column of the front that its run reaches. */
function addColumn(target: usize, column: i32, child: usize, run: usize, end: usize): void {
  const k = column - load<i32>(run, 4);
  const own = load<i32>(run) + k;
  const source = <usize>word(child, CHILD_SOURCE) + <usize>(own * word(child, CHILD_LEADING)) * 8;
  addRange(target + (<usize>column << 3), source + (<usize>own << 3), load<i32>(run, 8) - k);
  for (let rest = run + 12; rest < end; rest += 12) {
    addRange(target + (<usize>load<i32>(rest, 4) << 3), source + (<usize>load<i32>(rest) << 3), load<i32>(rest, 8));
  }
}

// @ts-ignore: decorator
@inline
function addRange(target: usize, source: usize, length: i32): void {
  let t = target;
  let s = source;
  let left = length;
  while (left >= 4) {
    v128.store(t, f64x2.add(v128.load(t), v128.load(s)));
    v128.store(t, f64x2.add(v128.load(t, 16), v128.load(s, 16)), 16);
    t += 32;
    s += 32;
    left -= 4;
  }
  while (left > 0) {
    store<f64>(t, load<f64>(t) + load<f64>(s));
    t += 8;
    s += 8;
    left--;
  }
}

/**
 * Unknowns beyond the seam of a periodic cell are the ones at its start plus weight × macroscopic
 * strain: adds what that congruence gives beyond the plain sum. Jumps are (own index, front index
 * of the strain, weight as f64); strains come last in every front.
 */
function addJumps(front: usize, size: i32, child: usize): void {
  const update = <usize>word(child, CHILD_SOURCE);
  const leading = word(child, CHILD_LEADING);
  const list = <usize>word(child, CHILD_LIST);
  const listEnd = list + <usize>word(child, CHILD_LIST_COUNT) * 12;
  const jumps = <usize>word(child, CHILD_JUMPS);
  const end = jumps + <usize>word(child, CHILD_JUMP_COUNT) * 16;
  for (let a = jumps; a < end; a += 16) {
    const c = load<i32>(a);
    const strain = load<i32>(a, 4);
    const weight = load<f64>(a, 8);
    for (let run = list; run < listEnd; run += 12) {
      const own = load<i32>(run);
      const into = load<i32>(run, 4);
      const length = load<i32>(run, 8);
      for (let k = 0; k < length; k++) {
        const row = into + k;
        const value = weight * lower(update, leading, own + k, c);
        // A strain that the child has already couples to itself twice: once as row, once as column.
        if (row < strain) addTo(front, size, strain, row, value);
        else if (row == strain) addTo(front, size, strain, strain, 2 * value);
        else addTo(front, size, row, strain, value);
      }
    }
    for (let b = jumps; b < end; b += 16) {
      const other = load<i32>(b, 4);
      if (other <= strain) addTo(front, size, strain, other, weight * load<f64>(b, 8) * lower(update, leading, load<i32>(b), c));
    }
  }
}

// @ts-ignore: decorator
@inline
function lower(matrix: usize, leading: i32, row: i32, column: i32): f64 {
  return load<f64>(matrix + <usize>(row >= column ? column * leading + row : row * leading + column) * 8);
}

// @ts-ignore: decorator
@inline
function addTo(front: usize, size: i32, row: i32, column: i32, value: f64): void {
  const address = front + <usize>(column * size + row) * 8;
  store<f64>(address, load<f64>(address) + value);
}

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

/**
 * Displacements from the border values of the root down to the nodes, `pairs` × 2 load cases at a
 * time. Vectors hold 2 · pairs numbers an unknown; `field` likewise for every unknown of the grid,
 * and keeps zeros where the supports are. `scratch` holds one leaf.
 */
export function substituteBack(records: usize, count: i32, pairs: i32, field: usize, scratch: usize): void {
  const stride = <usize>pairs << 4;
  for (let f = count - 1; f >= 0; f--) {
    const record = records + <usize>f * RECORD_BYTES;
    if (f < count - 1) takeBorder(record, stride);
    solveFront(
      <usize>word(record, PANEL),
      word(record, ELIMINATED),
      word(record, PADDED),
      word(record, SIZE),
      <usize>word(record, VECTORS),
      pairs,
    );
    for (let c: usize = 0; c < 2; c++) {
      const child = record + FIRST_CHILD + c * CHILD_BYTES;
      if (word(child, CHILD_KIND) == LEAF) fillLeaf(child, <usize>word(record, VECTORS), stride, field, scratch);
    }
  }
}

/** Copies the border's displacements from the parent's, with the jumps over the seam. */
function takeBorder(record: usize, stride: usize): void {
  const padded = word(record, PADDED);
  const vectors = <usize>word(record, VECTORS);
  const border = vectors + <usize>padded * stride;
  const parent = <usize>word(record, PARENT_VECTORS);
  const map = <usize>word(record, PARENT_MAP);
  const count = word(record, BORDER);
  for (let i = 0; i < count; i++) {
    const source = parent + <usize>load<i32>(map + (<usize>i << 2)) * stride;
    const target = border + <usize>i * stride;
    for (let o: usize = 0; o < stride; o += 16) v128.store(target + o, v128.load(source + o));
  }
  const end = vectors + <usize>word(record, SIZE) * stride;
  for (let p = border + <usize>count * stride; p < end; p += 16) v128.store(p, f64x2.splat(0));
  const jumps = <usize>word(record, PARENT_JUMPS);
  const jumpEnd = jumps + <usize>word(record, PARENT_JUMP_COUNT) * 16;
  for (let jump = jumps; jump < jumpEnd; jump += 16) {
    const source = parent + <usize>load<i32>(jump, 4) * stride;
    const target = border + <usize>load<i32>(jump) * stride;
    const weight = v128.load_splat<f64>(jump, 8);
    for (let o: usize = 0; o < stride; o += 16) {
      v128.store(target + o, f64x2.add(v128.load(target + o), f64x2.mul(weight, v128.load(source + o))));
    }
  }
}

/** Eliminated unknowns from the border values: Lᵀ x = −(rows of L of the border)ᵀ x_border. */
export function solveFront(panel: usize, eliminated: i32, padded: i32, size: i32, vectors: usize, pairs: i32): void {
  const stride = <usize>pairs << 4;
  const rowBytes = <usize>padded << 5;
  const end = vectors + <usize>padded * stride;
  for (let p = vectors; p < end; p += 16) v128.store(p, f64x2.splat(0));
  const pivots = padded >> 2;
  for (let block = (size >> 2) - 1; block >= 0; block--) {
    const rows = panel + <usize>block * rowBytes;
    const columns = block < pivots ? 4 * block : eliminated;
    for (let pair = 0; pair < pairs; pair++) {
      const own = vectors + <usize>(4 * block) * stride + (<usize>pair << 4);
      if (block < pivots) solveTriangle(rows + (<usize>block << 7), own, stride);
      subtractRows(rows, columns, own, vectors + (<usize>pair << 4), stride);
    }
  }
}

/** Back substitution with the transpose of one 4 × 4 triangle, one pair of load cases. */
function solveTriangle(triangle: usize, own: usize, stride: usize): void {
  const x3 = f64x2.mul(v128.load(own + 3 * stride), v128.load_splat<f64>(triangle, 120));
  let x2 = f64x2.sub(v128.load(own + 2 * stride), f64x2.mul(x3, v128.load_splat<f64>(triangle, 88)));
  x2 = f64x2.mul(x2, v128.load_splat<f64>(triangle, 80));
  let x1 = f64x2.sub(v128.load(own + stride), f64x2.mul(x3, v128.load_splat<f64>(triangle, 56)));
  x1 = f64x2.sub(x1, f64x2.mul(x2, v128.load_splat<f64>(triangle, 48)));
  x1 = f64x2.mul(x1, v128.load_splat<f64>(triangle, 40));
  let x0 = f64x2.sub(v128.load(own), f64x2.mul(x3, v128.load_splat<f64>(triangle, 24)));
  x0 = f64x2.sub(x0, f64x2.mul(x2, v128.load_splat<f64>(triangle, 16)));
  x0 = f64x2.sub(x0, f64x2.mul(x1, v128.load_splat<f64>(triangle, 8)));
  x0 = f64x2.mul(x0, v128.load_splat<f64>(triangle));
  v128.store(own, x0);
  v128.store(own + stride, x1);
  v128.store(own + 2 * stride, x2);
  v128.store(own + 3 * stride, x3);
}

/** Subtracts four known rows from the right-hand side of `columns` unknowns, one pair of load cases. */
function subtractRows(rows: usize, columns: i32, own: usize, vectors: usize, stride: usize): void {
  const x0 = v128.load(own);
  const x1 = v128.load(own + stride);
  const x2 = v128.load(own + 2 * stride);
  const x3 = v128.load(own + 3 * stride);
  let target = vectors;
  const end = rows + (<usize>columns << 5);
  for (let p = rows; p < end; p += 32) {
    const first = f64x2.add(f64x2.mul(x0, v128.load_splat<f64>(p)), f64x2.mul(x1, v128.load_splat<f64>(p, 8)));
    const second = f64x2.add(f64x2.mul(x2, v128.load_splat<f64>(p, 16)), f64x2.mul(x3, v128.load_splat<f64>(p, 24)));
    v128.store(target, f64x2.sub(v128.load(target), f64x2.add(first, second)));
    target += stride;
  }
}

/**
 * A leaf's nodes: those on its edge from the parent front, those inside by its table's rows. The
 * shape is: unknowns on the edge (with those that the leaf shares with all), unknowns inside, then for
 * each its offset in the field, −1 for the shared ones.
 */
function fillLeaf(child: usize, parent: usize, stride: usize, field: usize, scratch: usize): void {
  const shape = <usize>word(child, CHILD_SHAPE);
  const own = load<i32>(shape);
  const inside = load<i32>(shape, 4);
  const offsets = shape + 8;
  const origin = field + <usize>word(child, CHILD_ORIGIN) * stride;
  const scratchEnd = scratch + <usize>own * stride;
  for (let p = scratch; p < scratchEnd; p += 16) v128.store(p, f64x2.splat(0));

  const list = <usize>word(child, CHILD_LIST);
  const end = list + <usize>word(child, CHILD_LIST_COUNT) * 8;
  for (let entry = list; entry < end; entry += 8) {
    const i = load<i32>(entry);
    const source = parent + <usize>load<i32>(entry, 4) * stride;
    const target = scratch + <usize>i * stride;
    const offset = load<i32>(offsets + (<usize>i << 2));
    for (let o: usize = 0; o < stride; o += 16) {
      const value = v128.load(source + o);
      v128.store(target + o, value);
      if (offset >= 0) v128.store(origin + <usize>offset * stride + o, value);
    }
  }
  let row = <usize>load<i32>(<usize>word(child, CHILD_SOURCE)) + <usize>(own * own) * 8;
  for (let q = 0; q < inside; q++) {
    const target = origin + <usize>load<i32>(offsets + (<usize>(own + q) << 2)) * stride;
    for (let o: usize = 0; o < stride; o += 16) {
      let sum = f64x2.splat(0);
      for (let i = 0; i < own; i++) {
        sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(row + (<usize>i << 3)), v128.load(scratch + <usize>i * stride + o)));
      }
      v128.store(target + o, sum);
    }
    row += <usize>own << 3;
  }
}

/**
 * What the elements say to the displacements in `field`: nodal forces, summed into `forces` (same
 * shape); in `squares` the sum of the squares of all elastic and all thermal element forces, a number
 * a load case; in `energies` twice the mixed strain energy of load cases i and j at i · 2 · pairs + j. `matrices`: for
 * black, then white, 9 rows of 9 numbers, the last for the temperature; `temperatures` a number a load
 * case. Pixels row-major, row 0 at the top; nodes row-major from the bottom left. `scratch` holds 18
 * vectors.
 *
 * Displacements are taken relative to the element's first node, which the matrices allow because
 * their rows sum to zero exactly: so a stiff pixel that moves far in a soft phase makes no noise.
 */
export function elementForces(
  pixels: usize,
  resolution: i32,
  pairs: i32,
  field: usize,
  forces: usize,
  matrices: usize,
  temperatures: usize,
  squares: usize,
  energies: usize,
  scratch: usize,
): void {
  const stride = <usize>pairs << 4;
  const rowBytes = <usize>(2 * (resolution + 1)) * stride;
  const end = forces + <usize>(resolution + 1) * rowBytes;
  for (let p = forces; p < end; p += 16) v128.store(p, f64x2.splat(0));
  for (let p: usize = 0; p < stride; p += 16) v128.store(squares + p, f64x2.splat(0));
  for (let p: usize = 0; p < (stride * stride) >> 3; p += 16) v128.store(energies + p, f64x2.splat(0));
  for (let j = 0; j < resolution; j++) {
    const pixelRow = pixels + <usize>((resolution - 1 - j) * resolution);
    for (let i = 0; i < resolution; i++) {
      const matrix = matrices + <usize>load<u8>(pixelRow + <usize>i) * 648;
      const corner = <usize>j * rowBytes + <usize>(2 * i) * stride;
      for (let o: usize = 0; o < stride; o += 16) {
        elementForce(matrix, field + corner + o, forces + corner + o, rowBytes, stride, v128.load(temperatures + o), squares + o, scratch + 18 * o);
      }
      // Lane products of two pairs, straight and crossed.
      for (let a: usize = 0; a < stride; a += 16) {
        for (let b: usize = 0; b < stride; b += 16) {
          const moved = scratch + 18 * a;
          const force = scratch + 18 * b + 144;
          let straight = f64x2.splat(0);
          let crossed = f64x2.splat(0);
          for (let k: usize = 0; k < 144; k += 16) {
            const u = v128.load(moved + k);
            const f = v128.load(force + k);
            straight = f64x2.add(straight, f64x2.mul(u, f));
            crossed = f64x2.add(crossed, f64x2.mul(v128.shuffle<f64>(u, u, 1, 0), f));
          }
          const even = energies + (a >> 3) * stride + b;
          const odd = even + stride;
          v128.store(even, f64x2.add(v128.load(even), v128.shuffle<f64>(straight, crossed, 0, 3)));
          v128.store(odd, f64x2.add(v128.load(odd), v128.shuffle<f64>(crossed, straight, 0, 3)));
        }
      }
    }
  }
}

/** One element, one pair of load cases; leaves nine relative displacements and nine forces in `scratch`. */
function elementForce(
  matrix: usize,
  field: usize,
  forces: usize,
  rowBytes: usize,
  stride: usize,
  temperature: v128,
  squares: usize,
  scratch: usize,
): void {
  // Counter-clockwise from the bottom left, x before y.
  const x = v128.load(field);
  const y = v128.load(field + stride);
  const u2 = f64x2.sub(v128.load(field + 2 * stride), x);
  const u3 = f64x2.sub(v128.load(field + 3 * stride), y);
  const u4 = f64x2.sub(v128.load(field + rowBytes + 2 * stride), x);
  const u5 = f64x2.sub(v128.load(field + rowBytes + 3 * stride), y);
  const u6 = f64x2.sub(v128.load(field + rowBytes), x);
  const u7 = f64x2.sub(v128.load(field + rowBytes + stride), y);
  v128.store(scratch, f64x2.splat(0));
  v128.store(scratch, f64x2.splat(0), 16);
  v128.store(scratch, u2, 32);
  v128.store(scratch, u3, 48);
  v128.store(scratch, u4, 64);
  v128.store(scratch, u5, 80);
  v128.store(scratch, u6, 96);
  v128.store(scratch, u7, 112);
  v128.store(scratch, temperature, 128);
  let row = matrix;
  let total = v128.load(squares);
  for (let k: usize = 0; k < 9; k++) {
    const thermal = f64x2.mul(temperature, v128.load_splat<f64>(row, 64));
    let sum = f64x2.mul(u2, v128.load_splat<f64>(row, 16));
    sum = f64x2.add(sum, f64x2.mul(u3, v128.load_splat<f64>(row, 24)));
    sum = f64x2.add(sum, f64x2.mul(u4, v128.load_splat<f64>(row, 32)));
    sum = f64x2.add(sum, f64x2.mul(u5, v128.load_splat<f64>(row, 40)));
    sum = f64x2.add(sum, f64x2.mul(u6, v128.load_splat<f64>(row, 48)));
    sum = f64x2.add(sum, f64x2.mul(u7, v128.load_splat<f64>(row, 56)));
    if (k < 8) total = f64x2.add(total, f64x2.add(f64x2.mul(sum, sum), f64x2.mul(thermal, thermal)));
    sum = f64x2.add(sum, thermal);
    v128.store(scratch + (k << 4), sum, 144);
    row += 72;
    if (k == 8) break;
    const target = forces + (k < 4 ? k * stride : rowBytes + ((k - 2) & 3) * stride);
    v128.store(target, f64x2.add(v128.load(target), sum));
  }
  v128.store(squares, total);
}
