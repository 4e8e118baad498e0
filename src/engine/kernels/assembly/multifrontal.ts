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
import { assemble } from './multifrontal/assemble';
import { condenseLeaves } from './multifrontal/condense-leaves';
import { eliminate } from './multifrontal/eliminate';
import { CHILD_BYTES, CHILD_KIND, CHILD_SHAPE, CHILD_SOURCE, ELIMINATED, FIRST_CHILD, LEAF, PADDED, PANEL, RECORD_BYTES, SIZE, UPDATE, word } from './multifrontal/front-record';

export { eliminate } from './multifrontal/eliminate';
export { elementForces } from './multifrontal/element-forces';
export { solveFront, substituteBack } from './multifrontal/substitute-back';

/** Assembles and eliminates all fronts, children first, with leaves from tables. 0, or 1 + the front that is not positive definite. */
export function factorize(records: usize, count: i32, front: usize): i32 {
  for (let f = 0; f < count; f++) {
    const record = records + <usize>f * RECORD_BYTES;
    const one = record + FIRST_CHILD;
    const other = one + CHILD_BYTES;
    assemble(record, front, tableEntry(one), tableEntry(other));
    if (!eliminateFront(record, front)) return 1 + f;
  }
  return 0;
}

/**
 * The same with leaves of gray pixels (condense-leaves.ts). `work` holds the leaf before its condensation, two numbers
 * for each entry, then the matrices of two leaves.
 */
export function factorizeGray(records: usize, count: i32, front: usize, numbers: usize, resolution: i32, work: usize, matrices: usize, matrixBytes: usize): i32 {
  const others = matrices + matrixBytes;
  for (let f = 0; f < count; f++) {
    const record = records + <usize>f * RECORD_BYTES;
    const one = record + FIRST_CHILD;
    const other = one + CHILD_BYTES;
    const isLeaf = word(one, CHILD_KIND) == LEAF;
    const isOther = word(other, CHILD_KIND) == LEAF;
    if (isLeaf && isOther && word(one, CHILD_SHAPE) == word(other, CHILD_SHAPE)) condenseLeaves(one, other, matrices, others, numbers, resolution, work);
    else {
      if (isLeaf) condenseLeaves(one, one, matrices, matrices, numbers, resolution, work);
      if (isOther) condenseLeaves(other, other, others, others, numbers, resolution, work);
    }
    assemble(record, front, matrices, others);
    if (!eliminateFront(record, front)) return 1 + f;
  }
  return 0;
}

function tableEntry(child: usize): usize {
  return word(child, CHILD_KIND) == LEAF ? <usize>load<i32>(<usize>word(child, CHILD_SOURCE)) : 0;
}

function eliminateFront(record: usize, front: usize): bool {
  return eliminate(front, <usize>word(record, PANEL), word(record, ELIMINATED), word(record, PADDED), word(record, SIZE), <usize>word(record, UPDATE));
}
