import { expect, test } from 'vitest';
import { heatColor, heatHex, heatOffset, heatTable } from '#display/colors';

function colorAt(share: number): number[] {
  const level = heatOffset(share);
  return Array.from(heatTable.subarray(level, level + 3));
}

test('the table of colors has the colors of its heats', () => {
  for (let level = 0; level < 256; level++) {
    expect(colorAt(level / 255)).toEqual(heatColor(level / 255));
  }
});

test('heat colors get lighter step by step, in gray too', () => {
  const luminance = ([red, green, blue]: readonly number[]): number => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  const steps = Array.from({ length: 65 }, (_, i) => luminance(heatColor(i / 64)));
  expect(steps.every((value, i) => i === 0 || value > steps[i - 1]!)).toBe(true);
  expect([heatHex(0), heatHex(0.5), heatHex(1)]).toEqual(['#000004', '#bc3754', '#fcffa4']);
});

test('a heat outside of [0, 1] has the color of the nearest one, and NaN is dark', () => {
  expect(heatHex(-3)).toBe(heatHex(0));
  expect(heatHex(7)).toBe(heatHex(1));
  expect(heatHex(NaN)).toBe(heatHex(0));
});
