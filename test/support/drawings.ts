/** Random small images for fast-check, any pixel white or black. */
import fc from 'fast-check';
import { imageOf, type Image2D } from '#engine/grid/image-2d';

export const drawings: fc.Arbitrary<Image2D<'binary'>> = fc.integer({ min: 1, max: 9 }).chain((width) =>
  fc.array(fc.array(fc.constantFrom(0, 1), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 9 })
    .map((rows) => imageOf('binary', width, rows.length, Uint8Array.from(rows.flat()))));
