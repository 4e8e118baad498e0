import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thicken, type Thickened } from '#engine/construction/thicken';
import type { Attempt } from '#engine/construction/attempt';
import { volumeFraction } from '#engine/grid/image-2d';
import { squaredDistanceToSegment } from '#engine/morphology/vectorize-skeleton';
import { draw } from '#test/support/draw-image';

function valueOf(attempt: Attempt<Thickened>): Thickened {
  if (!attempt.ok) throw new Error(attempt.reason);
  return attempt.value;
}

const slanted = Float64Array.of(0, 2, 16, 9.5);
const wide = { lower: 0.35, upper: 0.45 };

test('a slanted strut at the two ends of a window', () => {
  expect(draw(valueOf(thicken(slanted, 16, { window: wide, aim: 'lower-end', boundary: 'open' })).image)).toMatchInlineSnapshot(`
    "#####...........
    ######..........
    ######..........
    .#####..........
    .######.........
    ..#####.........
    ..######........
    ...#####........
    ...######.......
    ....#####.......
    ....######......
    .....#####......
    .....######.....
    .....######.....
    ......######....
    ......######...."
  `);
  expect(draw(valueOf(thicken(slanted, 16, { window: wide, aim: 'upper-end', boundary: 'open' })).image)).toMatchInlineSnapshot(`
    "######..........
    ######..........
    #######.........
    #######.........
    ########........
    .#######........
    .########.......
    ..#######.......
    ..########......
    ...#######......
    ...########.....
    ....#######.....
    ....########....
    .....#######....
    .....#######....
    ......#######..."
  `);
});

describe('pixels at equal distance', () => {
  // A strut along a line between two rows: whole rows are at equal distance, two at a time.
  const level = Float64Array.of(8, 0, 8, 16);

  test('are taken together where the window allows it', () => {
    // 6 rows are 0.375, 8 rows 0.5: the aimed 0.45 has no clean count nearer than 0.375.
    const { image, halfWidth } = valueOf(thicken(level, 16, { window: wide, aim: 'upper-end', boundary: 'open' }));
    expect(volumeFraction(image)).toBe(0.375);
    expect(halfWidth).toBe(2.5);
  });

  test('are taken in raster order where it does not', () => {
    const { image } = valueOf(thicken(level, 16, { window: { lower: 0.4, upper: 0.41 }, aim: 'upper-end', boundary: 'open' }));
    expect(image.data.reduce((sum, pixel) => sum + pixel, 0)).toBe(Math.floor(0.41 * 256));
    expect(draw(image).split('\n').filter((row) => row.includes('#') && row.includes('.'))).toEqual(['########........']);
  });
});

test('an isolated point becomes a disc', () => {
  const { image, halfWidth } = valueOf(thicken(Float64Array.of(8, 8, 8, 8), 16, { window: { lower: 0.39, upper: 0.4 }, aim: 'middle', boundary: 'open' }));
  expect(Math.PI * halfWidth ** 2).toBeGreaterThan(0.36 * 256);
  expect(Math.PI * halfWidth ** 2).toBeLessThan(0.43 * 256);
  expect(draw(image)).toMatchInlineSnapshot(`
    "................
    ................
    ......####......
    ....########....
    ...#########....
    ...##########...
    ...##########...
    ..############..
    ..############..
    ...##########...
    ...##########...
    ....########....
    .....######.....
    .......##.......
    ................
    ................"
  `);
});

describe('refusals', () => {
  test('struts thinner than the pixels', () => {
    const rows = Float64Array.from(Array.from({ length: 64 }, (_, i) => [i / 4 + 0.125, 0, i / 4 + 0.125, 16]).flat());
    expect(thicken(rows, 16, { window: { lower: 0.39, upper: 0.4 }, aim: 'middle', boundary: 'open' })).toEqual({ ok: false, reason: 'struts-too-thin' });
  });

  test('a window without a count of pixels', () => {
    expect(thicken(slanted, 4, { window: { lower: 0.39, upper: 0.4 }, aim: 'middle', boundary: 'open' })).toEqual({ ok: false, reason: 'fraction-window-too-narrow' });
  });
});

test('the nearest pixels are white, as many as the window wants', () => {
  const end = fc.integer({ min: 0, max: 96 }).map((n) => n / 3);
  const pieces = fc.array(fc.tuple(end, end, end, end), { minLength: 1, maxLength: 5 }).map((list) => Float64Array.from(list.flat()));
  const aims = fc.constantFrom('lower-end' as const, 'middle' as const, 'upper-end' as const);
  fc.assert(
    fc.property(pieces, aims, (list, aim) => {
      const attempt = thicken(list, 32, { window: { lower: 0.39, upper: 0.4 }, aim, boundary: 'open' });
      const { image, halfWidth } = valueOf(attempt);
      const count = image.data.reduce((sum, pixel) => sum + pixel, 0);
      expect(count >= 400 && count <= 409).toBe(true);
      image.data.forEach((pixel, p) => {
        let least = Infinity;
        for (let s = 0; s < list.length; s += 4) {
          least = Math.min(least, squaredDistanceToSegment(Math.floor(p / 32) + 0.5, (p % 32) + 0.5, list[s]!, list[s + 1]!, list[s + 2]!, list[s + 3]!));
        }
        if (pixel === 1) expect(Math.sqrt(least)).toBeLessThanOrEqual(halfWidth);
        else expect(Math.sqrt(least)).toBeGreaterThanOrEqual(halfWidth);
      });
    }),
    { numRuns: 100 },
  );
});

test('in a whole cell the edges are no special places: curves moved over them give the cell moved over its edges', () => {
  const at = fc.integer({ min: 0, max: 128 }).map((n) => n / 4);
  const list = fc.array(fc.tuple(at, at, at, at), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(list, fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 }), (segments, down, right) => {
      const moved = segments.map(([r0, c0, r1, c1]) => [r0 + down, c0 + right, r1 + down, c1 + right]);
      // The window has room for any number, so that no group of equal distance is split in raster order.
      const cells = [segments, moved].map((each) => thicken(Float64Array.from(each.flat()), 32, { window: { lower: 0.3, upper: 0.9 }, aim: 'lower-end', boundary: 'periodic' }));
      const [cell, other] = cells.map((attempt) => (attempt.ok ? attempt.value.image.data : undefined));
      if (cell === undefined || other === undefined) {
        expect([cell, other]).toEqual([undefined, undefined]);
        return;
      }
      cell.forEach((pixel, p) => {
        const [r, c] = [((p >> 5) + down + 64) % 32, ((p & 31) + right + 64) % 32];
        expect(other[r * 32 + c]).toBe(pixel);
      });
    }),
    { numRuns: 100 },
  );
});

describe('another norm', () => {
  const at = Float64Array.of(16, 16, 16, 16);
  const window = { lower: 0.3, upper: 0.45 };

  test('an isolated point becomes a superellipse: with 3, between a disc and a square', () => {
    const widths = [2, 3, 8].map((norm) => {
      const { image, halfWidth } = valueOf(thicken(at, 32, { window, aim: 'lower-end', boundary: 'open', norm }));
      image.data.forEach((pixel, p) => {
        const length = (Math.abs(Math.floor(p / 32) - 15.5) ** norm + Math.abs((p % 32) - 15.5) ** norm) ** (1 / norm);
        expect(pixel === 1).toBe(length <= halfWidth + 1e-9);
      });
      return image.data.subarray(16 * 32, 17 * 32).reduce((sum, pixel) => sum + pixel, 0);
    });
    // About the same area: the more of a square, the narrower along the middle row.
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(widths.at(-1)).toBeLessThan(widths[0]!);
  });

  test('a straight strut along an axis stays as it is', () => {
    const level = Float64Array.of(8, 0, 8, 16);
    const [euclidean, other] = [2, 3].map((norm) => valueOf(thicken(level, 16, { window: wide, aim: 'upper-end', boundary: 'open', norm })));
    expect(other).toEqual(euclidean);
  });
});

describe('segments that are symmetric about the diagonal', () => {
  const end = fc.integer({ min: 0, max: 48 }).map((n) => n / 3);
  const lists = fc.array(fc.tuple(end, end, end, end), { minLength: 1, maxLength: 4 }).map((list) => Float64Array.from([...list, ...list.map(([r0, c0, r1, c1]) => [c0, r0, c1, r1])].flat()));

  test('give a symmetric image with a share in the window, whatever the window', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 60, max: 120 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom(2, 3), (list, fewest, more, norm) => {
        const attempt = thicken(list, 16, { window: { lower: fewest / 256, upper: (fewest + more) / 256 }, aim: 'upper-end', boundary: 'open', norm, keepsDiagonal: true });
        if (!attempt.ok) {
          expect(attempt.reason).toBe('struts-too-thin');
          return;
        }
        const { data } = attempt.value.image;
        const count = data.reduce((sum, pixel) => sum + pixel, 0);
        expect(count >= fewest && count <= fewest + more).toBe(true);
        data.forEach((pixel, p) => expect(data[(p % 16) * 16 + Math.floor(p / 16)]).toBe(pixel));
      }),
      { numRuns: 300 },
    );
  });

  test('are refused where the window has one number of pixels, and that would split a pair', () => {
    // The corner and pairs of pixels beside it: numbers are odd.
    const corner = Float64Array.of(0, 16, 0, 16, 16, 0, 16, 0);
    const at = (count: number): Attempt<Thickened> => thicken(corner, 16, { window: { lower: count / 256, upper: count / 256 }, aim: 'middle', boundary: 'open', keepsDiagonal: true });
    expect(at(100)).toMatchObject({ ok: true });
    expect(at(101)).toEqual({ ok: false, reason: 'fraction-window-too-narrow' });
  });
});
