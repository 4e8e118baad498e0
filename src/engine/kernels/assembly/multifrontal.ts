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
import { eliminate } from './multifrontal/eliminate';
import { ELIMINATED, PADDED, PANEL, RECORD_BYTES, SIZE, UPDATE, word } from './multifrontal/front-record';

export { eliminate } from './multifrontal/eliminate';
export { elementForces } from './multifrontal/element-forces';
export { solveFront, substituteBack } from './multifrontal/substitute-back';

/** Assembles and eliminates all fronts, children first. 0, or 1 + the front that is not positive definite. */
export function factorize(records: usize, count: i32, front: usize): i32 {
  for (let f = 0; f < count; f++) {
    const record = records + <usize>f * RECORD_BYTES;
    assemble(record, front);
    const panel = <usize>word(record, PANEL);
    const update = <usize>word(record, UPDATE);
    if (!eliminate(front, panel, word(record, ELIMINATED), word(record, PADDED), word(record, SIZE), update)) return 1 + f;
  }
  return 0;
}
