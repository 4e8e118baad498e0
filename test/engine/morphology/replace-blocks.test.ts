import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockMeans, imageOf } from '#engine/grid/image-2d';
import { replaceBlocks } from '#engine/morphology/replace-blocks';
import { draw, image } from '#test/support/draw-image';
import { spottedImage } from '#test/support/spotted-image';

test('every square keeps its white pixels and gets the donor’s arrangement', () => {
  // The donor is white on the left half of each square, deepest away from the black columns.
  const picture = image(`
    #...####
    #...####
    #...####
    #...####
    ......#.
    .......#
    ......#.
    ......#.`);
  const donor = image(`
    ##..##..
    ##..##..
    ##..##..
    ##..##..
    ##..##..
    ##..##..
    ##..##..
    ##..##..`);
  expect(draw(replaceBlocks(picture, donor, 2))).toMatchInlineSnapshot(`
    "##..####
    ##..####
    ....####
    ....####
    ....##..
    ....##..
    ........
    ........"
  `);
});

test('a donor with the same amounts of white is copied', () => {
  const donor = spottedImage(32, 3);
  expect(draw(replaceBlocks(donor, donor, 8))).toBe(draw(donor));
});

test('no square gains or loses white, whatever the images', () => {
  const pixels = fc.uint8Array({ min: 0, max: 1, minLength: 256, maxLength: 256 });
  fc.assert(
    fc.property(pixels, pixels, fc.constantFrom(1, 2, 4, 8), (first, second, edge) => {
      fc.pre(second.includes(0) && second.includes(1));
      const picture = imageOf('binary', 16, 16, first);
      const replaced = replaceBlocks(picture, imageOf('binary', 16, 16, second), edge);
      expect(blockMeans(16, edge, (p) => replaced.data[p]!)).toEqual(blockMeans(16, edge, (p) => picture.data[p]!));
    }),
  );
});
