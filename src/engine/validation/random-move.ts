/*
 * Moves of a square raster that keep sizes, shapes and neighbors but not positions: the baseline of chance for maps and
 * rankings. A raster of a periodic image is shifted on the torus. One of another image would be cut apart at its edges by
 * that, so it is mirrored or turned.
 */
import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import type { Boundary } from '#engine/grid/image-2d';

/** Where a random move, but not the identity, puts each position of a raster of `edge` × `edge`, row-major. */
export function randomMove(edge: number, rng: Rng, boundary: Boundary): (position: number) => number {
  if (boundary === 'periodic') {
    const shift = 1 + rng.integer(edge * edge - 1);
    const [rows, columns] = [Math.floor(shift / edge), shift % edge];
    return (position) => ((Math.floor(position / edge) + rows) % edge) * edge + (((position % edge) + columns) % edge);
  }
  ensure(edge > 1, 'a raster of one position cannot be moved');
  // The symmetries of the square: rows and columns exchanged, rows reversed, columns reversed.
  const symmetry = 1 + rng.integer(7);
  const reversed = (at: number, isReversed: boolean): number => (isReversed ? edge - 1 - at : at);
  return (position) => {
    const [down, right] = [Math.floor(position / edge), position % edge];
    const [row, column] = symmetry >= 4 ? [right, down] : [down, right];
    return reversed(row, (symmetry & 2) !== 0) * edge + reversed(column, (symmetry & 1) !== 0);
  };
}
