/* A design as outlines and as a body. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contours, stlOf, svgOf } from '#media/design/save';
import type { Pixels } from '#media/shared/images';
import { image } from '#test/support/draw-image';

const drawings = fc.integer({ min: 1, max: 9 }).chain((width) =>
  fc.array(fc.array(fc.constantFrom(0, 1), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 9 })
    .map((rows): Pixels => ({ width, height: rows.length, data: Uint8Array.from(rows.flat()) })));

const whiteOf = ({ data }: Pixels): number => data.reduce((sum, pixel) => sum + pixel, 0);

/** Positive where the inside is on the right hand, y downward. */
function areaOf(polygon: readonly number[]): number {
  let twice = 0;
  for (let i = 0; i < polygon.length; i += 2) {
    const [x0, y0, x1, y1] = [polygon[i]!, polygon[i + 1]!, polygon[(i + 2) % polygon.length]!, polygon[(i + 3) % polygon.length]!];
    twice += x0 * y1 - x1 * y0;
  }
  return twice / 2;
}

describe('contours', () => {
  test('a pixel is a square, a hole goes the other way', () => {
    const [outer, hole] = contours(image(`
      ###
      #.#
      ###`));
    expect(areaOf(outer!)).toBe(9);
    expect(areaOf(hole!)).toBe(-1);
    expect(outer).toHaveLength(8);
  });

  test('pixels that touch at a corner alone are two polygons', () => {
    expect(contours(image(`
      #.
      .#`))).toHaveLength(2);
    expect(contours(image(`
      .#
      #.`))).toHaveLength(2);
  });

  test('the areas of the polygons sum to the white pixels, and every turn is one', () => {
    fc.assert(fc.property(drawings, (drawing) => {
      const polygons = contours(drawing);
      expect(polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0)).toBe(whiteOf(drawing));
      for (const polygon of polygons) {
        for (let i = 0; i < polygon.length; i += 2) {
          const [dx, dy] = [polygon[i]! - polygon.at(i - 2)!, polygon[i + 1]! - polygon.at(i - 1)!];
          expect(Number(dx === 0) + Number(dy === 0)).toBe(1);
        }
      }
    }));
  });
});

test('the outlines as SVG', () => {
  expect(svgOf(image(`
    .#
    ##`))).toMatchInlineSnapshot(`
      "<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2" width="2" height="2">
      <rect width="2" height="2" fill="#000"/>
      <path fill="#fff" fill-rule="evenodd" d="M2 0L2 2L0 2L0 1L1 1L1 0Z"/>
      </svg>
      "
    `);
});

describe('the body as STL', () => {
  type Corner = readonly [number, number, number];

  function read(bytes: Uint8Array<ArrayBuffer>): { readonly normal: Corner; readonly corners: readonly [Corner, Corner, Corner] }[] {
    const view = new DataView(bytes.buffer);
    const count = view.getUint32(80, true);
    expect(bytes.length).toBe(84 + 50 * count);
    const corner = (at: number): Corner => [0, 4, 8].map((byte) => view.getFloat32(at + byte, true)) as unknown as Corner;
    return Array.from({ length: count }, (_, t) => {
      const at = 84 + 50 * t;
      return { normal: corner(at), corners: [corner(at + 12), corner(at + 24), corner(at + 36)] };
    });
  }

  const determinant = ([a, b, c]: readonly [Corner, Corner, Corner]): number =>
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);

  test('its volume is that of the white pixels, and its surface is closed', () => {
    fc.assert(fc.property(drawings, (drawing) => {
      const triangles = read(stlOf(drawing, { width: 2 * drawing.width, thickness: 3 }));
      expect(triangles.reduce((sum, { corners }) => sum + determinant(corners) / 6, 0)).toBeCloseTo(whiteOf(drawing) * 4 * 3, 6);
      const edges = new Map<string, number>();
      for (const { corners } of triangles) {
        corners.forEach((from, i) => {
          const [one, other] = [from.join(), corners[(i + 1) % 3]!.join()];
          edges.set(`${one} ${other}`, (edges.get(`${one} ${other}`) ?? 0) + 1);
          edges.set(`${other} ${one}`, (edges.get(`${other} ${one}`) ?? 0) - 1);
        });
      }
      expect([...edges.values()].every((balance) => balance === 0)).toBe(true);
    }));
  });

  test('normals point outward: the top up, the left wall to the left', () => {
    const triangles = read(stlOf(image('#'), { width: 1, thickness: 1 }));
    expect(triangles).toHaveLength(12);
    const of = (axis: number, at: number): readonly Corner[] => triangles.filter(({ corners }) => corners.every((corner) => corner[axis] === at)).map(({ normal }) => normal);
    expect(of(2, 1)).toEqual([[0, 0, 1], [0, 0, 1]]);
    expect(of(0, 0)).toEqual([[-1, 0, 0], [-1, 0, 0]]);
  });
});
