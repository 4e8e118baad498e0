import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockMeans, imageOf } from '#engine/grid/image-2d';
import { createRng } from '#engine/core/rng';
import { fillFromSurroundings, replaceBlocks } from '#engine/morphology/replace-blocks';
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
  expect(draw(replaceBlocks(picture, donor, 2, 'periodic'))).toMatchInlineSnapshot(`
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
  expect(draw(replaceBlocks(donor, donor, 8, 'periodic'))).toBe(draw(donor));
});

test('the outlines of a donor that is not periodic are not shifted across its edges', () => {
  // The donor is white along its right edge, which is next to the first column only where images are periodic.
  const donor = image(`
    .......#
    .......#
    ...#...#
    .......#
    .......#
    .......#
    .......#
    .......#`);
  const picture = image(Array.from({ length: 8 }, (_, row) => (row < 4 ? '####....' : '........')).join('\n'));
  const half = { ...picture, data: picture.data.map((phase, p) => (p % 8 < 2 && p < 32 ? 0 : phase)) };
  const upperLeft = (boundary: 'periodic' | 'open'): string[] => draw(replaceBlocks(half, donor, 2, boundary)).split('\n').slice(0, 4).map((row) => row.slice(0, 4));
  expect(upperLeft('periodic').join('').replaceAll('.', '')).toHaveLength(8);
  expect(upperLeft('periodic').some((row) => row.startsWith('#'))).toBe(true);
  expect(upperLeft('open').every((row) => row.startsWith('.'))).toBe(true);
});

test('no square gains or loses white, whatever the images and the filling', () => {
  const pixels = fc.uint8Array({ min: 0, max: 1, minLength: 256, maxLength: 256 });
  fc.assert(
    fc.property(pixels, pixels, fc.constantFrom(1, 2, 4, 8), fc.constantFrom('periodic', 'open'), (first, second, edge, boundary) => {
      fc.pre(second.includes(0) && second.includes(1));
      const picture = imageOf('binary', 16, 16, first);
      const white = (filled: typeof picture) => blockMeans(16, edge, (p) => filled.data[p]!);
      expect(white(replaceBlocks(picture, imageOf('binary', 16, 16, second), edge, boundary))).toEqual(white(picture));
      expect(white(fillFromSurroundings(picture, edge, createRng(1), boundary))).toEqual(white(picture));
    }),
    { numRuns: 40 },
  );
});

describe('filled from its surroundings', () => {
  // One square of 4 × 4 pixels with white on its left, next to white on its right.
  const picture = image(`
    #...####
    #...####
    #...####
    #...####
    ........
    ........
    ........
    ........`);

  test('a square has its white where the pixels around it are white, not where its own were', () => {
    // Its neighbors to the left are white too, as images are periodic; so the white is on both sides, and nothing of the square below is.
    const filled = draw(fillFromSurroundings(picture, 2, createRng(3), 'periodic')).split('\n').slice(0, 4).map((row) => row.slice(0, 4));
    expect(filled.join('').replaceAll('.', '')).toHaveLength(4);
    for (const row of filled) expect(row.slice(1, 3)).toBe('..');
  });

  test('of an image that is not periodic, only pixels inside it surround a square', () => {
    const filled = draw(fillFromSurroundings(picture, 2, createRng(3), 'open')).split('\n').slice(0, 4).map((row) => row.slice(0, 4));
    for (const row of filled) expect(row.slice(0, 2)).toBe('..');
    expect(filled.join('').replaceAll('.', '')).toHaveLength(4);
  });

  test('a square says nothing of its own arrangement', () => {
    const mirrored = image(draw(picture).split('\n').map((row) => [...row.slice(0, 4)].reverse().join('') + row.slice(4)).join('\n'));
    expect(draw(fillFromSurroundings(mirrored, 2, createRng(3), 'periodic'))).toBe(draw(fillFromSurroundings(picture, 2, createRng(3), 'periodic')));
  });
});
