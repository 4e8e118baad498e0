import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectedComponents } from '#engine/grid/connected-components';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { distanceTransform } from '#engine/morphology/distance-transform';
import { thinByDistance } from '#engine/morphology/thin-by-distance';
import { draw, image } from '#test/support/draw-image';

const inverse = ({ width, height, data }: Image2D<'binary'>): Image2D<'binary'> => imageOf('binary', width, height, data.map((pixel) => 1 - pixel));

function skeletonOf(white: Image2D<'binary'>): Image2D<'binary'> {
  return imageOf('binary', white.width, white.height, thinByDistance(white, distanceTransform(inverse(white), 'open').data));
}

test('the skeleton of a frame runs in the middle, around its corners too', () => {
  expect(draw(skeletonOf(image(`
    ...........
    .#########.
    .#########.
    .#########.
    .###...###.
    .###...###.
    .###...###.
    .#########.
    .#########.
    .#########.
    ...........`)))).toMatchInlineSnapshot(`
      "...........
      ...........
      ...#####...
      ..#.....#..
      ..#.....#..
      ..#.....#..
      ..#.....#..
      ..#.....#..
      ...######..
      .........#.
      ..........."
    `);
});

test('pieces and holes stay, and thinning a skeleton changes nothing', () => {
  const drawings = fc.integer({ min: 3, max: 14 }).chain((edge) =>
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: edge * edge, maxLength: edge * edge }).map((values) =>
      imageOf('binary', edge, edge, Uint8Array.from(values, (value, p) => Number(value > 0 && p % edge > 0 && p % edge < edge - 1 && p >= edge && p < edge * (edge - 1))))));
  fc.assert(fc.property(drawings, (white) => {
    const skeleton = skeletonOf(white);
    expect(skeleton.data.every((pixel, p) => pixel <= white.data[p]!)).toBe(true);
    expect(connectedComponents(skeleton, 8, 'open').sizes.length).toBe(connectedComponents(white, 8, 'open').sizes.length);
    expect(connectedComponents(inverse(skeleton), 4, 'open').sizes.length).toBe(connectedComponents(inverse(white), 4, 'open').sizes.length);
    expect(skeletonOf(skeleton)).toEqual(skeleton);
  }), { numRuns: 300 });
});
