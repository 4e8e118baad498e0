/** From the border values of the root down to every node. */
import { BORDER, CHILD_BYTES, CHILD_KIND, CHILD_LIST, CHILD_LIST_COUNT, CHILD_ORIGIN, CHILD_SHAPE, CHILD_SOURCE, ELIMINATED, FIRST_CHILD, LEAF, PADDED, PANEL, PARENT_JUMPS, PARENT_JUMP_COUNT, PARENT_MAP, PARENT_VECTORS, RECORD_BYTES, SIZE, VECTORS, word } from './front-record';

/**
 * Displacements from the border values of the root down to the nodes, `pairs` × 2 load cases at a
 * time. Vectors hold 2 · pairs numbers an unknown; `field` likewise for every unknown of the grid,
 * and keeps zeros where unknowns are fixed. `scratch` holds one leaf.
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

/** Copies the border's displacements from the parent's, with the jumps over the periodic boundary. */
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
