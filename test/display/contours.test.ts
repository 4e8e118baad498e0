/* Outlines of the white phase, against counts of its pixels and against the definition of crossing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodiesOf, bridgeCount, twiceArea, type Outline, type PlaneBody } from '#display/contours';
import { image } from '#test/support/draw-image';
import { drawings } from '#test/support/drawings';
import { whitePhase } from '#test/support/white-phase';

const outlinesOf = (bodies: readonly PlaneBody[]): Outline[] => bodies.flatMap(({ outer, holes }) => [outer, ...holes]);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('bodiesOf', () => {
  test('a pixel is a square, clockwise as seen, in halves of a pixel', () => {
    expect(bodiesOf(image(`
      ..
      .#`))).toEqual([{ outer: [4, 2, 4, 4, 2, 4, 2, 2], holes: [] }]);
  });

  test('a hole goes the other way, and an island in it is a body of its own', () => {
    const [frame, island] = bodiesOf(image(`
      #####
      #...#
      #.#.#
      #...#
      #####`));
    expect([twiceArea(frame!.outer), ...frame!.holes.map(twiceArea)]).toEqual([2 * 4 * 25, -2 * 4 * 9]);
    expect([twiceArea(island!.outer), island!.holes.length]).toEqual([2 * 4, 0]);
  });

  test('pixels that touch only at a corner are joined by a bridge from half a side to half a side', () => {
    const falling = image(`
      #.
      .#`);
    expect(bodiesOf(falling)).toEqual([{ outer: [2, 0, 2, 1, 3, 2, 4, 2, 4, 4, 2, 4, 2, 3, 1, 2, 0, 2, 0, 0], holes: [] }]);
    expect(bodiesOf(image(`
      .#
      #.`))).toEqual([{ outer: [4, 0, 4, 2, 3, 2, 2, 3, 2, 4, 0, 4, 0, 2, 1, 2, 2, 1, 2, 0], holes: [] }]);
    expect([bridgeCount(falling), bridgeCount(image('##'))]).toEqual([1, 0]);
  });

  test('a black pixel between four bridges is a rhombus', () => {
    const [body, ...others] = bodiesOf(image(`
      .#.
      #.#
      .#.`));
    expect(others).toEqual([]);
    expect(body!.holes.map((hole) => new Set([0, 2, 4, 6].map((i) => `${hole[i]} ${hole[i + 1]}`)))).toEqual([new Set(['3 2', '4 3', '3 4', '2 3'])]);
  });

  test('nothing is outlined of black, the border of white', () => {
    expect(bodiesOf(image('..'))).toEqual([]);
    expect(bodiesOf(image('##')).map(({ outer }) => twiceArea(outer))).toEqual([2 * 4 * 2]);
  });

  test('pieces, holes and areas are those of the pixels', () => {
    fc.assert(fc.property(drawings, (drawing) => {
      const bodies = bodiesOf(drawing);
      const { area, pieces, holes, bridges } = whitePhase(drawing);
      expect(bodies).toHaveLength(pieces);
      expect(sum(bodies.map((body) => body.holes.length))).toBe(holes);
      expect(sum(outlinesOf(bodies).map(twiceArea))).toBe(2 * 4 * area);
      expect(bodies.every((body) => twiceArea(body.outer) > 0 && body.holes.every((hole) => twiceArea(hole) < 0))).toBe(true);
      expect(bridgeCount(drawing)).toBe(bridges);
    }), { numRuns: 500 });
  });

  test('no outline touches itself or another one, and no two sides in a row are in a line', () => {
    fc.assert(fc.property(drawings, (drawing) => {
      const outlines = outlinesOf(bodiesOf(drawing));
      const sides = outlines.flatMap((outline, o) => sidesOf(outline).map((side, s, all) => ({ side, o, s, count: all.length })));
      sides.forEach((one, i) => {
        for (const other of sides.slice(i + 1)) {
          const isNext = one.o === other.o && (other.s === one.s + 1 || (one.s === 0 && other.s === one.count - 1));
          if (!isNext) expect(meet(one.side, other.side)).toBe(false);
        }
      });
      for (const outline of outlines) {
        const all = sidesOf(outline);
        all.forEach(([a, b], s) => expect(turn(a, b, all[(s + 1) % all.length]![1])).not.toBe(0));
      }
    }));
  });
});

type Point = readonly [number, number];
type Side = readonly [Point, Point];

function sidesOf(outline: Outline): Side[] {
  const points = Array.from({ length: outline.length / 2 }, (_, i): Point => [outline[2 * i]!, outline[2 * i + 1]!]);
  return points.map((point, i) => [point, points[(i + 1) % points.length]!]);
}

function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return Math.sign((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));
}

/** Whether two closed segments have a point in common. */
function meet([a, b]: Side, [c, d]: Side): boolean {
  const within = (p: Point, [q, r]: Side): boolean =>
    turn(q, r, p) === 0 && Math.min(q[0], r[0]) <= p[0] && p[0] <= Math.max(q[0], r[0]) && Math.min(q[1], r[1]) <= p[1] && p[1] <= Math.max(q[1], r[1]);
  if (within(a, [c, d]) || within(b, [c, d]) || within(c, [a, b]) || within(d, [a, b])) return true;
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}
