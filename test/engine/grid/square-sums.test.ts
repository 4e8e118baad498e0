import { expect, test } from 'vitest';
import { extremeSquares, squareSums } from '#engine/grid/square-sums';
import { image as drawn } from '#test/support/draw-image';

const image = drawn(`
  ......
  .##...
  .##..#
  ......
  ...##.
  #..##.
`);

test('the first square of several with the most or the fewest white pixels', () => {
  expect(extremeSquares(image, 1)(2)).toEqual({ row: 1, column: 1, edge: 2 });
  expect(extremeSquares(image, -1)(2)).toEqual({ row: 0, column: 3, edge: 2 });
  expect(extremeSquares(image, 1)(1)).toEqual({ row: 1, column: 1, edge: 1 });
  expect(extremeSquares(image, -1)(1)).toEqual({ row: 0, column: 0, edge: 1 });
});

test('one finder serves all edges, up to that of the image', () => {
  const squareOf = extremeSquares(image, 1);
  expect(squareOf(3)).toEqual({ row: 0, column: 0, edge: 3 });
  // Four pixels of one cluster and two of the other; a row below has as many.
  expect(squareOf(4)).toEqual({ row: 1, column: 1, edge: 4 });
  expect(squareOf(6)).toEqual({ row: 0, column: 0, edge: 6 });
  expect(() => squareOf(7)).toThrow();
});

test('sums of squares are those of their pixels, also across the edges of a periodic field', () => {
  const field = Array.from({ length: 30 }, (_, p) => Math.sin(p));
  const [width, height] = [6, 5];
  const byHand = (row: number, column: number, edge: number): number =>
    Array.from({ length: edge * edge }, (_, i) => field[((row + Math.floor(i / edge) + height) % height) * width + ((column + (i % edge) + width) % width)]!).reduce((a, b) => a + b, 0);
  const [inside, around] = [squareSums(field, width, height, 'open'), squareSums(field, width, height, 'periodic')];
  for (const [row, column, edge] of [[0, 0, 1], [1, 2, 3], [0, 1, 5]] as const) {
    expect(inside(row, column, edge)).toBeCloseTo(byHand(row, column, edge), 12);
    expect(around(row, column, edge)).toBeCloseTo(byHand(row, column, edge), 12);
  }
  for (const [row, column, edge] of [[-2, 4, 3], [4, 5, 5], [3, -1, 4]] as const) expect(around(row, column, edge)).toBeCloseTo(byHand(row, column, edge), 12);
});
