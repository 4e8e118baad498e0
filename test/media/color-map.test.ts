import { expect, test } from 'vitest';
import { heatColors, heatCss, heatLevel } from '#media/shared/color-map';
import { infernoColor } from '#runner/report/pictures/color-map';

function colorAt(share: number): number[] {
  const level = heatLevel(share);
  return Array.from(heatColors.subarray(level, level + 3));
}

test('colors are those of reports', () => {
  for (let level = 0; level < 256; level++) {
    // Halves may be rounded either way.
    colorAt(level / 255).forEach((part, c) => expect(Math.abs(part - infernoColor(level / 255)[c]!)).toBeLessThanOrEqual(1));
  }
});

test('brighter means more, also in gray', () => {
  const gray = Array.from({ length: 64 }, (_, i) => colorAt(i / 63)).map(([red, green, blue]) => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!);
  for (let i = 1; i < gray.length; i++) expect(gray[i]!).toBeGreaterThan(gray[i - 1]!);
});

test('what is no share in [0, 1] has the color of the nearest one, and what is no number is dark', () => {
  expect(heatCss(-3)).toBe(heatCss(0));
  expect(heatCss(7)).toBe(heatCss(1));
  expect(heatCss(NaN)).toBe(heatCss(0));
});
