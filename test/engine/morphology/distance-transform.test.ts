import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { distanceTransform } from '#engine/morphology/distance-transform';
import { image } from '#test/support/draw-image';

function byDefinition({ width, height, data }: Image2D<'binary'>, boundary: 'open' | 'periodic'): number[] {
  const gap = (a: number, b: number, period: number): number => {
    const d = Math.abs(a - b);
    return boundary === 'open' ? d : Math.min(d, period - d);
  };
  return Array.from(data, (_, p) => {
    let least = Infinity;
    data.forEach((pixel, q) => {
      if (pixel === 1) least = Math.min(least, Math.hypot(gap(Math.floor(p / width), Math.floor(q / width), height), gap(p % width, q % width, width)));
    });
    return least;
  });
}

test.each(['open', 'periodic'] as const)('equals the definition: %s', (boundary) => {
  const picture = fc.record({ width: fc.integer({ min: 1, max: 13 }), height: fc.integer({ min: 1, max: 13 }) }).chain(({ width, height }) =>
    fc
      .array(fc.integer({ min: 0, max: 19 }), { minLength: width * height, maxLength: width * height })
      .map((values) => imageOf('binary', width, height, Uint8Array.from(values, (value) => (value === 0 ? 1 : 0)))),
  );
  fc.assert(
    fc.property(picture, (drawn) => {
      const found = distanceTransform(drawn, boundary).data;
      byDefinition(drawn, boundary).forEach((distance, p) => {
        if (distance === Infinity) expect(found[p]).toBe(Infinity);
        else expect(found[p]).toBeCloseTo(distance, 12);
      });
    }),
    { numRuns: 300 },
  );
});

test('a single pixel at the corner is near all corners of a torus', () => {
  const corner = image(`
    #...
    ....
    ....
    ....
  `);
  const squares = (boundary: 'open' | 'periodic'): number[] => Array.from(distanceTransform(corner, boundary).data, (d) => Math.round(d * d));
  expect(squares('open')).toEqual([0, 1, 4, 9, 1, 2, 5, 10, 4, 5, 8, 13, 9, 10, 13, 18]);
  expect(squares('periodic')).toEqual([0, 1, 4, 1, 1, 2, 5, 2, 4, 5, 8, 5, 1, 2, 5, 2]);
});
