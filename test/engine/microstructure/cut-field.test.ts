import { describe, expect, test } from 'vitest';
import { imageOf } from '#engine/grid/image-2d';
import { cutField, whitePixelCount } from '#engine/microstructure/cut-field';
import { draw } from '#test/support/draw-image';

const field = imageOf('field', 4, 2, Float64Array.of(3, 1, 2, 2, 0, 2, -1, 5));

test('the highest pixels are white, the first among equals', () => {
  expect(draw(cutField(field, 4).image)).toMatchInlineSnapshot(`
    "#.##
    ...#"
  `);
  expect(draw(cutField(field, 5).image)).toMatchInlineSnapshot(`
    "#.##
    .#.#"
  `);
  expect(cutField(field, 4).level).toBe(2);
});

describe('the number of white pixels', () => {
  test('is the nearest to the target', () => {
    expect(whitePixelCount(0.3949, { lower: 0.38, upper: 0.41 }, 32)).toEqual({ ok: true, value: 404 });
  });
  test('stays inside the window where rounding would leave it', () => {
    // 0.38 of 1024 is 389.12, 0.41 of it is 419.84.
    expect(whitePixelCount(0.38, { lower: 0.38, upper: 0.41 }, 32)).toEqual({ ok: true, value: 390 });
    expect(whitePixelCount(0.41, { lower: 0.38, upper: 0.41 }, 32)).toEqual({ ok: true, value: 419 });
  });
  test('of a window that is one whole number', () => {
    expect(whitePixelCount(0.375, { lower: 0.375, upper: 0.375 }, 32)).toEqual({ ok: true, value: 384 });
  });
  test('of a window between two whole numbers is a finding', () => {
    const result = whitePixelCount(0.4, { lower: 0.4, upper: 0.4 }, 32);
    expect(result).toMatchObject({ ok: false, findings: [{ code: 'fraction-window-too-narrow' }] });
  });
});
