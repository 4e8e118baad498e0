import { expect, test } from 'vitest';
import { extremeSquares } from '#engine/grid/extreme-square';
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
