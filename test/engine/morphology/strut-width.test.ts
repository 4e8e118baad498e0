/* Widths of struts whose width is known. */
import { describe, expect, test } from 'vitest';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { strutWidth } from '#engine/morphology/strut-width';
import { image } from '#test/support/draw-image';

/** White where the function says so of the center of a pixel, x and y in pixels. */
function drawn(size: number, white: (x: number, y: number) => boolean): Image2D<'binary'> {
  return imageOf('binary', size, size, Uint8Array.from({ length: size * size }, (_, p) => Number(white((p % size) + 0.5, Math.floor(p / size) + 0.5))));
}

test.each([1, 2, 3, 4, 7])('struts along the pixels have their width: %i', (width) => {
  const n = 48;
  const strut = (at: number): boolean => at >= 20 && at < 20 + width;
  expect(strutWidth(drawn(n, (_, y) => strut(y)))).toBe(width);
  // A cross, whose middle is wider, and a frame, whose corners are.
  expect(strutWidth(drawn(n, (x, y) => strut(x) || strut(y)))).toBe(width);
  expect(strutWidth(drawn(n, (x, y) => Math.max(Math.abs(x - 24), Math.abs(y - 24)) < 20 && Math.max(Math.abs(x - 24), Math.abs(y - 24)) > 20 - width))).toBe(width);
});

test('the thinnest of several counts, on whichever piece it is', () => {
  expect(strutWidth(drawn(64, (x, y) => (y > 8 && y < 14) || (y > 30 && y < 34) || Math.hypot(x - 32, y - 50) < 9))).toBe(4);
  expect(strutWidth(drawn(64, (_, y) => (y > 8 && y < 14) || y > 61))).toBe(3);
});

test('corners, ends and small bumps are no struts', () => {
  expect(strutWidth(drawn(32, (x, y) => x > 4 && x < 25 && y > 6 && y < 25))).toBe(19);
  expect(strutWidth(drawn(32, (x, y) => (x > 4 && x < 25 && y > 6 && y < 25) || (y > 5 && y < 7 && x > 11 && x < 13)))).toBeGreaterThan(18);
  expect(strutWidth(image(`
    ......
    .####.
    .####.
    ......`))).toBe(2);
  expect(strutWidth(image('##\n##'))).toBe(2);
});

test('a long dead end is one', () => {
  expect(strutWidth(drawn(64, (x, y) => (x > 4 && x < 30 && y > 6 && y < 40) || (x >= 30 && x < 50 && y > 20 && y < 24)))).toBe(4);
});

test('a neck between two discs counts, though wide discs cover it', () => {
  // 2 √(14² − 13.5²) = 7.4, which is 8 pixels.
  expect(strutWidth(drawn(64, (x, y) => Math.hypot(x - 18, y - 32) < 14 || Math.hypot(x - 45, y - 32) < 14))).toBe(8);
});

test('a slanted strut that the border cuts at an acute angle is not thinner there', () => {
  const [c, s] = [Math.cos(Math.PI / 9), Math.sin(Math.PI / 9)];
  expect(strutWidth(drawn(96, (x, y) => Math.abs((x - 48) * s - (y - 48) * c) < 5))).toBeGreaterThan(8);
});

describe('struts across the pixels', () => {
  test.each([15, 30, 45, 60, 80])('%i degrees: at most two pixels less than between straight lines', (degrees) => {
    const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    for (const width of [3, 5.5, 8]) {
      const found = strutWidth(drawn(96, (x, y) => Math.abs((x - 48) * s - (y - 48) * c) < width / 2));
      expect(found).toBeGreaterThan(width - 2);
      expect(found).toBeLessThan(width + 0.75);
    }
  });

  test('rings', () => {
    for (const width of [3, 6]) {
      const found = strutWidth(drawn(96, (x, y) => Math.abs(Math.hypot(x - 48, y - 48) - 30) < width / 2));
      expect(found).toBeGreaterThan(width - 2);
      expect(found).toBeLessThan(width + 0.75);
    }
  });
});

test('twice as many pixels are twice the width; nothing white has none', () => {
  const ring = (scale: number): Image2D<'binary'> => drawn(48 * scale, (x, y) => Math.abs(Math.hypot(x / scale - 24, y / scale - 24) - 14) < 3);
  expect(strutWidth(ring(2)) / 2).toBeCloseTo(strutWidth(ring(1)), -0.5);
  expect(strutWidth(drawn(8, () => false))).toBeNaN();
  expect(strutWidth(drawn(8, () => true))).toBe(8);
});
