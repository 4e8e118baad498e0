import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectedDirections, patchGraph } from '#engine/construction/patch-graph';
import { redrawPatch, type RedrawnPatch } from '#engine/construction/redraw-patch';

const size = 96;
const line = (...values: number[]): Float64Array => Float64Array.from(values);
const redraw = (curves: readonly Float64Array[], thickness: (row: number, column: number) => number = () => 2): RedrawnPatch =>
  redrawPatch(patchGraph(curves, size), size, ({ row, column }) => thickness(row, column));
const rounded = (curves: readonly Float64Array[]): number[][] => curves.map((curve) => Array.from(curve, (value) => Math.round(value * 1e9) / 1e9));

/** From top to bottom; without a common node it is not connected to the others. */
const upright = line(0, 50, 96, 50);

describe('struts from edge to edge', () => {
  test('a straight strut stays', () => {
    const { curves, meanShift, directions } = redraw([line(30, 0, 30, 96), upright]);
    expect(rounded(curves)).toEqual([[30, 0, 30, 96], [0, 50, 96, 50]]);
    expect([meanShift, directions]).toEqual([0, 1]);
  });

  test('one that ends at different heights is shifted to their mean, and its middle stays', () => {
    const { curves, meanShift, moved } = redraw([line(30, 0, 34, 48, 38, 96)]);
    expect(rounded(curves)).toEqual([[34, 0, 34, 48, 34, 96]]);
    expect(meanShift).toBe(4);
    expect(moved.map(({ to }) => to)).toEqual([{ row: 34, column: 0 }, { row: 34, column: 96 }]);
  });

  test('a thick strut moves less than a thin one', () => {
    const { curves } = redraw([line(30, 0, 30, 40), line(38, 60, 38, 96), line(30, 40, 38, 60)], (_row, column) => (column < 48 ? 6 : 2));
    expect(rounded(curves)[0]!.slice(0, 2)).toEqual([32, 0]);
    expect(rounded(curves)[1]!.slice(2)).toEqual([32, 96]);
  });

  test('in the corner zone, two curves go to the corner and become one node', () => {
    const { curves, directions } = redraw([line(2, 0, 48, 48), line(48, 48, 95, 96), line(1, 96, 48, 48), line(48, 48, 96, 3)]);
    expect(rounded(curves)).toEqual([[0, 0, 48, 48], [48, 48, 96, 96], [0, 96, 48, 48], [48, 48, 96, 0]]);
    expect(directions).toBe(2);
  });

  test('a curve that only cuts a corner is left out', () => {
    const { curves, removed } = redraw([line(2, 0, 0, 2), upright]);
    expect(curves).toHaveLength(1);
    expect(removed).toEqual([{ row: 2, column: 0 }, { row: 0, column: 2 }]);
  });
});

describe('nodes without a partner', () => {
  const crossing = [line(40, 0, 40, 50), line(40, 50, 40, 96), line(0, 50, 40, 50), line(40, 50, 96, 50)];

  test('near a node that has one, they are joined to it along the edge', () => {
    const { curves, moved, directions } = redraw([...crossing, line(52, 0, 70, 20), line(70, 20, 96, 50)]);
    expect(rounded(curves)).toContainEqual([52, 0, 40, 0]);
    expect(moved).toContainEqual({ from: expect.objectContaining({ row: 52, column: 0 }), to: { row: 40, column: 0 } });
    expect(directions).toBe(2);
  });

  test('otherwise their branch is removed up to the next junction, and what it leaves dangling', () => {
    const branch = [line(90, 0, 85, 20), line(85, 20, 60, 30), line(60, 30, 40, 50)];
    const { curves, moved, removed } = redraw([...crossing, ...branch]);
    expect(rounded(curves)).toEqual(rounded(crossing));
    expect(removed).toEqual([{ row: 90, column: 0 }]);
    expect(moved).toHaveLength(4);
  });

  test('an end inside the patch is not dangling by that: it was there before', () => {
    const spur = line(40, 50, 60, 70);
    expect(redraw([...crossing, spur]).curves).toHaveLength(5);
  });

  test('where the whole curve hangs on one, its partner goes too', () => {
    // The strut from the left ends at the top, where it has no partner.
    expect(redraw([line(30, 0, 10, 20, 0, 20), line(30, 96, 30, 80)]).curves).toHaveLength(0);
  });
});

describe('connected directions', () => {
  const loop = (rows: number, columns: number) => ({ from: 0, to: 0, rows, columns });
  test.each([
    [[], 0],
    [[loop(0, 0)], 0],
    [[loop(0, 1)], 1],
    [[loop(1, 1), loop(-1, -1), loop(2, 2)], 1],
    [[loop(0, 1), loop(1, 0)], 2],
    [[loop(1, 1), loop(1, -1)], 2],
    [[{ from: 0, to: 1, rows: 0, columns: 1 }, { from: 1, to: 0, rows: 0, columns: -1 }], 0],
    [[{ from: 0, to: 1, rows: 0, columns: 1 }, { from: 1, to: 0, rows: 0, columns: 0 }, { from: 1, to: 1, rows: 1, columns: 0 }], 2],
    // Two components, each with one direction, do not make a cell with two.
    [[loop(0, 1), { from: 1, to: 1, rows: 1, columns: 0 }], 1],
  ])('case %#', (branches, directions) => {
    expect(connectedDirections(2, branches)).toBe(directions);
  });
});

test('every end on an edge has a partner at the same place of the opposite edge, or a joint', () => {
  const at = fc.integer({ min: 1, max: 95 });
  const middle = fc.record({ row: fc.integer({ min: 20, max: 76 }), column: fc.integer({ min: 20, max: 76 }) });
  fc.assert(
    fc.property(middle, fc.array(at, { maxLength: 4 }), fc.array(at, { maxLength: 4 }), fc.array(at, { maxLength: 4 }), fc.array(at, { maxLength: 4 }), ({ row, column }, left, right, top, bottom) => {
      const star = [
        ...left.map((t) => line(t, 0, row, column)), ...right.map((t) => line(t, 96, row, column)),
        ...top.map((t) => line(0, t, row, column)), ...bottom.map((t) => line(96, t, row, column)),
      ];
      const { curves } = redraw(star);
      const ends = curves.flatMap((curve) => [[curve[0]!, curve[1]!], [curve.at(-2)!, curve.at(-1)!]]);
      const key = ([r, c]: readonly number[]): string => `${(r! % 96).toFixed(6)} ${(c! % 96).toFixed(6)}`;
      const counts = Map.groupBy(ends.filter(([r, c]) => r! % 96 === 0 || c! % 96 === 0), key);
      for (const [place, list] of counts) expect(list.length, place).toBeGreaterThan(1);
    }),
    { numRuns: 200 },
  );
});
