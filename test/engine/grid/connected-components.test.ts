import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectedComponents, largestComponent, type Connectivity } from '#engine/grid/connected-components';
import { imageOf, type Boundary } from '#engine/grid/image-2d';
import { draw, image } from '#test/support/draw-image';

const scattered = image(`
  #....#
  ......
  ..##..
  ....#.
  #.....
`);

test.each([
  { connectivity: 4, boundary: 'open', sizes: [1, 1, 2, 1, 1] },
  { connectivity: 8, boundary: 'open', sizes: [1, 1, 3, 1] },
  { connectivity: 4, boundary: 'periodic', sizes: [3, 2, 1] },
  { connectivity: 8, boundary: 'periodic', sizes: [3, 3] },
] as const)('sizes in the order of first pixels: $connectivity neighbors, $boundary', ({ connectivity, boundary, sizes }) => {
  const found = connectedComponents(scattered, connectivity, boundary);
  expect([...found.sizes]).toEqual(sizes);
  expect(sizes.map((_, i) => found.labels.data.filter((label) => label === i + 1).length)).toEqual(sizes);
});

test('the largest component, the first of equals', () => {
  expect(draw(largestComponent(scattered, 8, 'open')!.mask)).toMatchInlineSnapshot(`
    "......
    ......
    ..##..
    ....#.
    ......"
  `);
  expect(draw(largestComponent(scattered, 8, 'periodic')!.mask)).toMatchInlineSnapshot(`
    "#....#
    ......
    ......
    ......
    #....."
  `);
  expect(largestComponent(image('...'), 8, 'open')).toBeUndefined();
});

test('neighbors belong together, and more neighbors never make more components', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }), (pixels) => {
      const picture = imageOf('binary', 10, 8, Uint8Array.from(pixels, Number));
      const count = (connectivity: Connectivity, boundary: Boundary): number => connectedComponents(picture, connectivity, boundary).sizes.length;
      expect(count(4, 'periodic')).toBeLessThanOrEqual(count(4, 'open'));
      expect(count(8, 'periodic')).toBeLessThanOrEqual(count(8, 'open'));
      expect(count(8, 'open')).toBeLessThanOrEqual(count(4, 'open'));
      const { labels } = connectedComponents(picture, 4, 'periodic');
      for (let r = 0; r < 8; r++) {
        for (let c = 0; c < 10; c++) {
          const here = labels.data[r * 10 + c]!;
          expect(here !== 0).toBe(picture.data[r * 10 + c] === 1);
          for (const there of [labels.data[r * 10 + ((c + 1) % 10)]!, labels.data[((r + 1) % 8) * 10 + c]!]) {
            if (here !== 0 && there !== 0) expect(there).toBe(here);
          }
        }
      }
    }),
  );
});
