import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipToPatch } from '#engine/construction/clip-to-patch';
import { image } from '#test/support/draw-image';

const period = { width: 16, height: 16 };
const rounded = (pieces: Float64Array): number[] => Array.from(pieces, (value) => Math.round(value * 1e9) / 1e9);

test('a curve that leaves the patch ends on its border, scaled', () => {
  // Pixel centers are whole numbers: the patch of pixels 4 … 7 reaches from 3.5 to 7.5.
  const curve = Float64Array.of(5, 0, 5, 15);
  expect(rounded(clipToPatch([curve], period, { row: 4, column: 4, edge: 4 }, undefined, 8))).toEqual([3, 0, 3, 8]);
});

test('a patch over the edge of the image sees the curves on both sides, also unwrapped ones', () => {
  const curve = Float64Array.of(2, 12, 2, 19);
  const patch = { row: 0, column: -2, edge: 6 };
  expect(rounded(clipToPatch([curve], period, patch, undefined, 6))).toEqual([2.5, 0, 2.5, 5.5]);
  expect(rounded(clipToPatch([curve], period, { ...patch, column: 14 }, undefined, 6))).toEqual([2.5, 0, 2.5, 5.5]);
});

test('without a period there is nothing beyond the edges of the image', () => {
  const curve = Float64Array.of(2, 0, 2, 15);
  expect(rounded(clipToPatch([curve], undefined, { row: 0, column: 12, edge: 4 }, undefined, 4))).toEqual([2.5, 0, 2.5, 3.5]);
  expect(rounded(clipToPatch([curve], undefined, { row: 0, column: -2, edge: 4 }, undefined, 4))).toEqual([2.5, 2.5, 2.5, 4]);
  expect(rounded(clipToPatch([curve], undefined, { row: 0, column: 20, edge: 4 }, undefined, 4))).toEqual([]);
});

test('isolated points inside are kept, others not', () => {
  const inside = Float64Array.of(5, 6);
  const outside = Float64Array.of(9, 6);
  expect(rounded(clipToPatch([inside, outside], period, { row: 4, column: 4, edge: 4 }, undefined, 4))).toEqual([1.5, 2.5, 1.5, 2.5]);
});

test('with a region only the parts over its white pixels are kept', () => {
  const region = image(`
    #..#
    ##.#
    ####
    ....
  `);
  const pieces = (row: number): number[] => rounded(clipToPatch([Float64Array.of(row, 0, row, 15)], period, { row: 4, column: 4, edge: 4 }, region, 4));
  expect(pieces(4)).toEqual([0.5, 0, 0.5, 1, 0.5, 3, 0.5, 4]);
  expect(pieces(5)).toEqual([1.5, 0, 1.5, 2, 1.5, 3, 1.5, 4]);
  expect(pieces(6)).toEqual([2.5, 0, 2.5, 4]);
  expect(pieces(7)).toEqual([]);
});

test('inside the patch every point of the curve is on a piece, outside none', () => {
  const place = fc.integer({ min: -30, max: 60 }).map((n) => n / 3);
  const curves = fc.array(place, { minLength: 2, maxLength: 6 }).map((values) => Float64Array.from(values.length % 2 === 0 ? values : values.slice(1)));
  fc.assert(
    fc.property(curves, fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 16 }), (curve, row, column, edge) => {
      const pieces = clipToPatch([curve], period, { row, column, edge }, undefined, edge);
      for (const value of pieces) expect(value >= -1e-9 && value <= edge + 1e-9).toBe(true);
      const onPiece = (r: number, c: number): boolean => {
        for (let s = 0; s < pieces.length; s += 4) {
          const length = Math.hypot(pieces[s + 2]! - pieces[s]!, pieces[s + 3]! - pieces[s + 1]!);
          const detour = Math.hypot(r - pieces[s]!, c - pieces[s + 1]!) + Math.hypot(r - pieces[s + 2]!, c - pieces[s + 3]!);
          if (detour - length < 1e-6) return true;
        }
        return false;
      };
      for (let i = 2; i < curve.length; i += 2) {
        for (const share of [0.13, 0.5, 0.91]) {
          const along = (k: number): number => curve[i + k - 2]! + share * (curve[i + k]! - curve[i + k - 2]!);
          const inPatch = (position: number, origin: number): number => ((((position - origin + 0.5) % 16) + 16) % 16);
          const r = inPatch(along(0), row);
          const c = inPatch(along(1), column);
          if (r > 1e-6 && r < edge - 1e-6 && c > 1e-6 && c < edge - 1e-6) expect(onPiece(r, c)).toBe(true);
          else if (r > edge + 1e-6 || c > edge + 1e-6) expect(onPiece(r, c)).toBe(false);
        }
      }
    }),
    { numRuns: 300 },
  );
});
