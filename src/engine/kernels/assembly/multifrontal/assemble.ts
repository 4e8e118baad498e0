/** Fronts from the matrices of their children. */
import { CHILD_BYTES, CHILD_JUMPS, CHILD_JUMP_COUNT, CHILD_KIND, CHILD_LEADING, CHILD_LIST, CHILD_LIST_COUNT, CHILD_SOURCE, ELIMINATED, FIRST_CHILD, FRONT, LEAF, PADDED, SIZE, word } from './front-record';

/** Sets the front to the sum of its children, with the matrices of those that are leaves; padding gets a unit diagonal. */
export function assemble(record: usize, front: usize, oneLeaf: usize, otherLeaf: usize): void {
  const size = word(record, SIZE);
  addUpdates(front, size, record + FIRST_CHILD, record + FIRST_CHILD + CHILD_BYTES);
  const padded = word(record, PADDED);
  for (let i = word(record, ELIMINATED); i < padded; i++) {
    store<f64>(front + <usize>(i * size + i) * 8, 1);
  }
  for (let c: usize = 0; c < 2; c++) {
    const child = record + FIRST_CHILD + c * CHILD_BYTES;
    if (word(child, CHILD_KIND) == LEAF) addLeaf(front, size, child, c == 0 ? oneLeaf : otherLeaf);
    else if (word(child, CHILD_JUMP_COUNT) > 0) addJumps(front, size, child);
  }
}

/** Adds a leaf's full matrix; the list holds (own index, front index), by ascending front index. */
function addLeaf(front: usize, size: i32, child: usize, matrix: usize): void {
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
 * Unknowns beyond the periodic boundary of a cell are the ones at its start plus weight × macroscopic
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
