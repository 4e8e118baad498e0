/*
 * Sums over squares of any edge in constant time, from a summed-area table (Crow 1984, doi:10.1145/964965.808600), and the
 * squares of an image that have the most or the fewest white pixels.
 */
import { ensure } from '#engine/core/bug-error';
import { wrap, type Boundary, type Image2D, type Square } from './image-2d';

/** The sum of a field over the square with this first row and column and this edge, pixels. */
export type SquareSums = (row: number, column: number, edge: number) => number;

/**
 * Sums over the squares of a field of `width` × `height` values, row-major. `periodic`: squares may begin anywhere and wrap around
 * the edges; `open`: they lie inside.
 */
export function squareSums(field: ArrayLike<number>, width: number, height: number, boundary: Boundary): SquareSums {
  const isPeriodic = boundary === 'periodic';
  // Twice as wide and high, so that squares that wrap are whole.
  const [columns, rows] = isPeriodic ? [2 * width, 2 * height] : [width, height];
  // Entry (row, column) has the sum of all values above the row and left of the column.
  const stride = columns + 1;
  const table = new Float64Array(stride * (rows + 1));
  for (let row = 0; row < rows; row++) {
    let along = 0;
    for (let column = 0; column < columns; column++) {
      along += field[(row % height) * width + (column % width)]!;
      table[(row + 1) * stride + column + 1] = table[row * stride + column + 1]! + along;
    }
  }
  return (row, column, edge) => {
    const above = (isPeriodic ? wrap(row, height) : row) * stride + (isPeriodic ? wrap(column, width) : column);
    const below = above + edge * stride;
    return table[below + edge]! - table[below]! - table[above + edge]! + table[above]!;
  };
}

/**
 * Finds squares inside the image, which do not cross its edges, with the most white pixels for sign 1 and the fewest for
 * sign −1; of several the first one in row-major order of their upper left corners.
 */
export function extremeSquares({ width, height, data }: Image2D<'binary'>, sign: 1 | -1): (edge: number) => Square {
  const whiteIn = squareSums(data, width, height, 'open');
  return (edge) => {
    ensure(edge >= 1 && edge <= Math.min(width, height), `a square of ${edge} pixels in an image of ${width} × ${height}`);
    let best = { row: 0, column: 0, score: -Infinity };
    for (let row = 0; row + edge <= height; row++) {
      for (let column = 0; column + edge <= width; column++) {
        const score = sign * whiteIn(row, column, edge);
        if (score > best.score) best = { row, column, score };
      }
    }
    return { row: best.row, column: best.column, edge };
  };
}
