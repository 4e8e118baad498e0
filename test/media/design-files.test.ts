/* The files that the design panel writes by itself are those of `xdesign export`. */
import { expect, test } from 'vitest';
import { stlOfCells, svgOfCells } from '#display/cells-for-printing';
import { fileOf } from '#media/design/save';
import { image } from '#test/support/draw-image';

test('outlines and solids of cells of 10 mm, 1 mm high', async () => {
  const cell = image(`
    ##..
    #...
    ...#
    ..##`);
  const size = { edge: 10, tiles: { columns: 3, rows: 3 } };
  const draw = (): void => expect.fail('nothing is drawn');
  expect(new TextDecoder().decode(await fileOf('svg', draw, cell, 3))).toBe(svgOfCells(cell, size));
  expect(await fileOf('stl', draw, cell, 3)).toEqual(stlOfCells(cell, { ...size, height: 1 }));
});
