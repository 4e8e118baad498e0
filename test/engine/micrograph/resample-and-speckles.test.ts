import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectedComponents } from '#engine/grid/connected-components';
import { imageOf } from '#engine/grid/image-2d';
import { resampledWhite } from '#engine/micrograph/resample';
import { withoutSpeckles } from '#engine/micrograph/speckles';
import { draw, image } from '#test/support/draw-image';

const whole = (edge: number) => ({ x: 0, y: 0, width: edge, height: edge });

test('whole factors give means of blocks; a block at the threshold is black', () => {
  const values = Uint8Array.of(10, 20, 0, 0, 30, 40, 0, 101, 50, 50, 25, 25, 50, 50, 25, 26);
  const picture = { width: 4, height: 4, values };
  // Means 25, 25.25, 50, 25.25.
  expect([...resampledWhite(picture, { kind: 'above', value: 25 }, whole(4), 2)]).toEqual([0, 1, 1, 1]);
  expect([...resampledWhite(picture, { kind: 'below', value: 25.25 }, whole(4), 2)]).toEqual([1, 0, 0, 0]);
  expect([...resampledWhite(picture, { kind: 'is', value: 50 }, whole(4), 2)]).toEqual([0, 0, 1, 0]);
});

test('parts of pixels weigh by their area: 3 pixels become 2', () => {
  const picture = { width: 3, height: 3, values: Float32Array.of(0, 9, 0, 0, 9, 0, 0, 9, 0) };
  // Each new pixel covers 1.5: all of a column without and half of the one with 9, so its mean is 3.
  expect([...resampledWhite(picture, { kind: 'above', value: 2.999 }, whole(3), 2)]).toEqual([1, 1, 1, 1]);
  expect([...resampledWhite(picture, { kind: 'above', value: 3 }, whole(3), 2)]).toEqual([0, 0, 0, 0]);
});

test('a picture of the same or a multiple of the resolution keeps its pixels', () => {
  const values = Uint8Array.from({ length: 64 }, (_, p) => (p * p) % 7);
  const picture = { width: 8, height: 8, values };
  const expected = Array.from(values, (value) => (value > 2 ? 1 : 0));
  expect([...resampledWhite(picture, { kind: 'above', value: 2 }, whole(8), 8)]).toEqual(expected);
  const larger = resampledWhite(picture, { kind: 'above', value: 2 }, whole(8), 24);
  expect(Array.from({ length: 64 }, (_, p) => larger[(3 * (p >> 3) + 1) * 24 + 3 * (p & 7) + 1])).toEqual(expected);
});

test('small components take the other phase, holes in them too', () => {
  const speckled = image(`
    ........
    .###..#.
    .#.#....
    .###....
    ....####
    ....#.##
    ....####
    ....####
  `);
  expect(draw(withoutSpeckles(speckled, 2, 'open'))).toBe(draw(image(`
    ........
    .###....
    .###....
    .###....
    ....####
    ....####
    ....####
    ....####
  `)));
  // The ring touches the square at a corner, so both are one component.
  expect(connectedComponents(speckled, 8, 'open').sizes.length).toBe(2);
});

test('with periodic edges a speckle goes on at the opposite edge', () => {
  const cut = image(`
    ....
    #..#
    ....
    ....
  `);
  expect(draw(withoutSpeckles(cut, 2, 'open'))).not.toContain('#');
  expect(draw(withoutSpeckles(cut, 2, 'periodic'))).toBe(draw(cut));
});

test('white components are those of flood filling', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 63, maxLength: 63 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom('open', 'periodic'), (values, smallest, boundary) => {
      // Black is so frequent that it has no speckles, or few.
      const picture = imageOf('binary', 9, 7, Uint8Array.from(values, (value) => Number(value === 2)));
      const { labels, sizes } = connectedComponents(picture, 8, boundary);
      const white = picture.data.map((phase, p) => Number(phase === 1 && sizes[labels.data[p]! - 1]! >= smallest));
      const inverse = imageOf('binary', 9, 7, white.map((phase) => 1 - phase));
      const black = connectedComponents(inverse, 8, boundary);
      const expected = inverse.data.map((phase, p) => Number(phase === 0 || black.sizes[black.labels.data[p]! - 1]! < smallest));
      expect(withoutSpeckles(picture, smallest, boundary).data).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test('no small component is left, and a second run changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 144, maxLength: 144 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom('open', 'periodic'), (pixels, smallest, boundary) => {
      const once = withoutSpeckles(imageOf('binary', 12, 12, Uint8Array.from(pixels, Number)), smallest, boundary);
      expect(withoutSpeckles(once, smallest, boundary)).toEqual(once);
      expect(connectedComponents(once, 8, boundary).sizes.every((size) => size >= smallest)).toBe(true);
    }),
  );
});
