import { describe, expect, test } from 'vitest';
import { ellipse, spherocylinder } from '#engine/microstructure/particles-and-fibers';
import type { Shape } from '#engine/microstructure/place-shapes';

/** Distance to the outline by looking at points all along it. */
function sampledDistance(shape: Shape, x: number, y: number, outline: readonly (readonly [number, number])[]): number {
  const nearest = Math.min(...outline.map(([a, b]) => Math.hypot(a - x, b - y)));
  return shape.signedDistance(x, y) < 0 ? -nearest : nearest;
}

const turn = (points: (readonly [number, number])[], angle: number) =>
  points.map(([x, y]) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)] as const);
const turns = Array.from({ length: 2000 }, (_, j) => (j / 1000) * Math.PI);

describe('ellipse', () => {
  const [radius, aspect, angle] = [10, 3, 0.5];
  const [long, short] = [radius * Math.sqrt(aspect), radius / Math.sqrt(aspect)];
  const outline = turn(turns.map((t) => [long * Math.cos(t), short * Math.sin(t)] as const), angle);
  const shape = ellipse(radius, aspect, angle);

  test('the outline is at distance zero and inside the reach', () => {
    for (const [x, y] of outline) expect(shape.signedDistance(x, y)).toBeCloseTo(0, 10);
    expect(Math.max(...outline.map(([x]) => x))).toBeCloseTo(shape.reachX, 3);
    expect(Math.max(...outline.map(([, y]) => y))).toBeCloseTo(shape.reachY, 3);
  });
  test('near the outline the distance is true to 15 %', () => {
    for (const [x, y] of outline.filter((_, j) => j % 37 === 0)) {
      for (const scale of [0.95, 1.05]) {
        const exact = sampledDistance(shape, scale * x, scale * y, outline);
        expect(shape.signedDistance(scale * x, scale * y) / exact).toBeGreaterThan(0.85);
        expect(shape.signedDistance(scale * x, scale * y) / exact).toBeLessThan(1.15);
      }
    }
  });
  test('of aspect 1 it is a circle', () => {
    const circle = ellipse(7, 1, 1);
    expect(circle.signedDistance(3, 4)).toBeCloseTo(-2, 12);
    expect(circle.signedDistance(6, 8)).toBeCloseTo(3, 12);
    expect(circle.signedDistance(0, 0)).toBeCloseTo(-7, 12);
  });
});

test('spherocylinder: true distances, along the turned axis', () => {
  const shape = spherocylinder(20, 6, Math.PI / 2);
  expect(shape.signedDistance(0, 0)).toBeCloseTo(-3, 12);
  expect(shape.signedDistance(0, 10)).toBeCloseTo(0, 12);
  expect(shape.signedDistance(0, 12)).toBeCloseTo(2, 12);
  expect(shape.signedDistance(5, 3)).toBeCloseTo(2, 12);
  expect(shape.signedDistance(3, 11)).toBeCloseTo(2, 12);
  expect([shape.reachX, shape.reachY]).toEqual([expect.closeTo(3, 12), expect.closeTo(10, 12)]);
  expect(shape.area).toBeCloseTo(9 * Math.PI + 14 * 6, 12);
});

test('a spherocylinder shorter than wide is a circle', () => {
  const shape = spherocylinder(2, 6, 0);
  expect(shape.signedDistance(3, 0)).toBeCloseTo(0, 12);
  expect(shape.area).toBeCloseTo(9 * Math.PI, 12);
});
