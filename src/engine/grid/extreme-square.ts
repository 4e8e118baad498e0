/*
 * Squares of an image by their sums, in any number per image: a summed-area table (Crow 1984, SIGGRAPH Computer Graphics
 * 18(3), 207–212) gives the sum of a square of any edge from four values.
 */
import { ensure } from '#engine/core/bug-error';
import type { Image2D, Square } from './image-2d';

/**
 * Finds squares inside the image, which do not cross its edges, with the most white pixels for sign 1 and the fewest for
 * sign −1; of several the first one in row-major order of their upper left corners.
 */
export function extremeSquares({ width, height, data }: Image2D<'binary'>, sign: 1 | -1): (edge: number) => Square {
  // Entry (row, column) has the sum of all pixels above the row and left of the column.
  const stride = width + 1;
  const sums = new Uint32Array(stride * (height + 1));
  for (let row = 0; row < height; row++) {
    let ofRow = 0;
    for (let column = 0; column < width; column++) {
      ofRow += data[row * width + column]!;
      sums[(row + 1) * stride + column + 1] = sums[row * stride + column + 1]! + ofRow;
    }
  }
  return (edge) => {
    ensure(edge >= 1 && edge <= Math.min(width, height), `a square of ${edge} pixels in an image of ${width} × ${height}`);
    let best = { row: 0, column: 0, score: -Infinity };
    for (let row = 0; row + edge <= height; row++) {
      for (let column = 0; column + edge <= width; column++) {
        const [above, below] = [row * stride + column, (row + edge) * stride + column];
        const score = sign * (sums[below + edge]! - sums[below]! - sums[above + edge]! + sums[above]!);
        if (score > best.score) best = { row, column, score };
      }
    }
    return { row: best.row, column: best.column, edge };
  };
}
