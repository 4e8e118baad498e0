import { expect, test } from 'vitest';
import { crop, mirrorQuarter } from '#engine/grid/image-2d';
import { draw, image } from '#test/support/draw-image';

test('a square of a periodic image may wrap around its edges', () => {
  const picture = image(`
    #...
    ..#.
    ....
    .#.#
  `);
  expect(draw(crop(picture, { row: 3, column: -1, edge: 3 }))).toMatchInlineSnapshot(`
    "#.#
    .#.
    ..."
  `);
});

test('a quarter is mirrored about both mid-lines', () => {
  const quarter = image(`
    ##.
    #..
  `);
  expect(draw(mirrorQuarter(quarter))).toMatchInlineSnapshot(`
    "##..##
    #....#
    #....#
    ##..##"
  `);
});
