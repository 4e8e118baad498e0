import { describe, expect, test } from 'vitest';
import { outlinePath, patchPath } from '#display/outlines';
import { image } from '#test/support/draw-image';

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
  expect(patchPath({ row: 1, column: 2, edge: 3 }, 8)).toBe('M2 1h3v3h-3z');
  expect(patchPath({ row: 6, column: 0, edge: 3 }, 8)).toBe('M0 6h3v3h-3zM0 -2h3v3h-3z');
  expect(patchPath({ row: 14, column: 14, edge: 4 }, 16).match(/M/g)).toHaveLength(4);
});
