/* Cells as SVG and STL: sizes, and a surface that encloses what the pixels say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repeat, stlOfCells, svgOfCells } from '#display/cells-for-printing';
import { checkClosed, readStl } from '#test/support/closed-surface';
import { draw, image } from '#test/support/draw-image';
import { drawings } from '#test/support/drawings';
import { whitePhase } from '#test/support/white-phase';
import { imageOf } from '#engine/grid/image-2d';

const one = { columns: 1, rows: 1 };

test('an image repeated along each axis', () => {
  const { width, height, data } = repeat(image(`
    #.
    ..`), { columns: 3, rows: 2 });
  expect(draw(imageOf('binary', width, height, data))).toBe('#.#.#.\n......\n#.#.#.\n......');
});

describe('SVG', () => {
  test('one path in millimeters, whose coordinates are pixels', () => {
    expect(svgOfCells(image(`
      .#
      #.`), { edge: 20, tiles: one })).toMatchInlineSnapshot(`
        "<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2" width="20mm" height="20mm">
        <title>XDesign, 1 x 1 cell of 20 mm</title>
        <path fill-rule="evenodd" d="M2 0L2 1L1.5 1L1 1.5L1 2L0 2L0 1L0.5 1L1 0.5L1 0Z"/>
        </svg>
        "
      `);
  });

  test('tiles of any number, with a size without rounding errors', () => {
    const text = svgOfCells(image(`
      ###
      #.#
      ###`), { edge: 0.1, tiles: { columns: 3, rows: 2 } });
    expect(text).toContain('viewBox="0 0 9 6" width="0.3mm" height="0.2mm"');
    expect(text).toContain('3 x 2 cells of 0.1 mm');
    expect(text.match(/M/g)).toHaveLength(1 + 6);
  });
});

describe('STL', () => {
  test('a surface that is closed, without triangles of no area, with the volume and the holes of the pixels', () => {
    fc.assert(fc.property(drawings, (drawing) => {
      const { triangles } = readStl(stlOfCells(drawing, { edge: 2 * drawing.width, height: 3, tiles: one }));
      const { volume, euler } = checkClosed(triangles);
      const { area, pieces, holes } = whitePhase(drawing);
      // A solid with h holes is a sphere with h handles.
      expect(euler).toBe(2 * pieces - 2 * holes);
      expect(volume).toBeCloseTo(area * 4 * 3, 6);
    }), { numRuns: 500 });
  });

  test('normals point outward, the image’s top is at the largest y, and the origin at its lower left corner', () => {
    const { text, triangles } = readStl(stlOfCells(image(`
      #.
      ..`), { edge: 20, height: 5, tiles: one }));
    expect(text).toBe('XDesign, 1 x 1 cell of 20 mm, 5 mm high; unit mm');
    expect(triangles).toHaveLength(12);
    const facing = (axis: number, at: number): unknown => triangles.filter(({ corners }) => corners.every((corner) => corner[axis] === at)).map(({ normal }) => normal);
    expect([facing(0, 0), facing(0, 10)]).toEqual([[[-1, 0, 0], [-1, 0, 0]], [[1, 0, 0], [1, 0, 0]]]);
    expect([facing(1, 10), facing(1, 20)]).toEqual([[[0, -1, 0], [0, -1, 0]], [[0, 1, 0], [0, 1, 0]]]);
    expect([facing(2, 0), facing(2, 5)]).toEqual([[[0, 0, -1], [0, 0, -1]], [[0, 0, 1], [0, 0, 1]]]);
  });

  test('black alone is an empty file', () => {
    expect(readStl(stlOfCells(image('..'), { edge: 1, height: 1, tiles: one })).triangles).toEqual([]);
  });
});
