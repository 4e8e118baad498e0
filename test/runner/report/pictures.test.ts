import { describe, expect, test } from 'vitest';
import { imageOf } from '#engine/api';
import { infernoColor, infernoHex } from '#runner/report/pictures/color-map';
import { tiled } from '#runner/report/pictures/encode-png';
import { outlinePath, patchPath } from '#runner/report/pictures/outline';
import { heatOverImage } from '#runner/report/pictures/strip-images';
import { draw, image } from '#test/support/draw-image';

describe('outlinePath', () => {
  test('one pixel has four sides', () => {
    expect(outlinePath(image(`
      ...
      .#.
      ...`))).toBe('M1 1h1M1 2h1M1 1v1M2 1v1');
  });

  test('sides in a line are one stroke, the image’s border is an edge too', () => {
    expect(outlinePath(image(`
      ###
      ###`))).toBe('M0 0h3M0 2h3M0 0v2M3 0v2');
    expect(outlinePath(image(`
      ..
      ..`))).toBe('');
  });

  test('its length is the number of sides between white and not white', () => {
    const region = image(`
      .##.#
      .#.##
      #..#.
      ####.`);
    const length = [...outlinePath(region).matchAll(/[hv](\d+)/g)].reduce((sum, [, part]) => sum + Number(part), 0);
    let sides = 0;
    const at = (row: number, column: number): number => (row < 0 || column < 0 || row > 3 || column > 4 ? 0 : region.data[5 * row + column]!);
    for (let row = 0; row <= 4; row++) {
      for (let column = 0; column <= 5; column++) {
        sides += Number(at(row, column) !== at(row - 1, column)) + Number(at(row, column) !== at(row, column - 1));
      }
    }
    expect(length).toBe(sides);
  });
});

test('a patch that wraps is drawn on both sides', () => {
  expect(patchPath({ row: 2, column: 3, edge: 4 }, 16)).toBe('M3 2h4v4h-4z');
  expect(patchPath({ row: 2, column: 14, edge: 4 }, 16)).toBe('M14 2h4v4h-4zM-2 2h4v4h-4z');
  expect(patchPath({ row: 14, column: 14, edge: 4 }, 16).match(/M/g)).toHaveLength(4);
});

test('heat colors get lighter step by step, in gray too', () => {
  const luminance = ([red, green, blue]: readonly number[]): number => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  const steps = Array.from({ length: 65 }, (_, i) => luminance(infernoColor(i / 64)));
  expect(steps.every((value, i) => i === 0 || value > steps[i - 1]!)).toBe(true);
  expect([infernoHex(0), infernoHex(0.5), infernoHex(1)]).toEqual(['#000004', '#bc3754', '#fcffa4']);
});

test('over the heat the white phase stays lighter than the black one', () => {
  const phases = image('#.');
  const { data } = heatOverImage(phases, imageOf('heat', 2, 1, Float32Array.of(0.5, 0.5)));
  for (let channel = 0; channel < 3; channel++) expect(data[channel]!).toBeGreaterThan(data[3 + channel]!);
});

test('tiles repeat the image', () => {
  expect(draw(tiled(image('#.\n..'), 2))).toBe('#.#.\n....\n#.#.\n....');
});
