/* The plane of the database panel: windows, ticks, points, limits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInside, limitCurve, nearest } from '#media/database/points';
import { ticksOf } from '#media/database/draw-scatter';
import { between, mappingOf, panned, viewportOf, zoomed, type Viewport } from '#media/database/viewport';
import type { LimitView, ObjectiveView } from '#protocol/result';

const area = { x: 50, y: 10, width: 400, height: 200 };
const viewport: Viewport = { left: 10, right: 20, bottom: 1, top: 3 };

describe('windows', () => {
  test('corners are mapped to corners, y upward', () => {
    const { scaleX, shiftX, scaleY, shiftY } = mappingOf(viewport, area);
    expect([10 * scaleX + shiftX, 20 * scaleX + shiftX, 3 * scaleY + shiftY, 1 * scaleY + shiftY]).toEqual([50, 450, 10, 210]);
  });

  test('dragged to the right and down, points to the left and above come into sight', () => {
    expect(panned(viewport, area, 40, 20)).toEqual({ left: 9, right: 19, bottom: 1.2, top: 3.2 });
  });

  test('zooming holds the point under the pointer, and back is back', () => {
    fc.assert(fc.property(fc.double({ min: 0.2, max: 5, noNaN: true }), fc.integer({ min: 50, max: 450 }), fc.integer({ min: 10, max: 210 }), (factor, x, y) => {
      const there = zoomed(viewport, area, factor, x, y);
      const back = zoomed(there, area, 1 / factor, x, y);
      expect(there.right - there.left).toBeCloseTo(10 * factor, 9);
      expect(between(there, area, x, y, x, y).left).toBeCloseTo(between(viewport, area, x, y, x, y).left, 9);
      for (const side of ['left', 'right', 'bottom', 'top'] as const) expect(back[side]).toBeCloseTo(viewport[side], 9);
    }));
  });

  test('a rectangle is the same from any of its corners', () => {
    expect(between(viewport, area, 450, 10, 50, 210)).toEqual(viewport);
    expect(between(viewport, area, 50, 210, 450, 10)).toEqual(viewport);
  });

  test('around all points; square ones have one range', () => {
    const clouds = [{ x: Float32Array.of(0, 10), y: Float32Array.of(4, 6) }, { x: Float32Array.of(20), y: Float32Array.of(5) }];
    expect(viewportOf(clouds, false, 0.1)).toEqual({ left: -2, right: 22, bottom: 4 - 0.2, top: 6 + 0.2 });
    expect(viewportOf(clouds, true, 0)).toEqual({ left: 0, right: 20, bottom: 0, top: 20 });
    expect(viewportOf([{ x: Float32Array.of(5), y: Float32Array.of(0) }], false, 0)).toEqual({ left: 5, right: 5, bottom: 0, top: 0 });
  });
});

test('ticks are round and tell themselves apart', () => {
  expect(ticksOf(118.2, 141, 5)).toEqual({ values: [120, 125, 130, 135, 140], digits: 0 });
  expect(ticksOf(0.38, 0.41, 3).values.map((value) => value.toFixed(2))).toEqual(['0.38', '0.39', '0.40', '0.41']);
  expect(ticksOf(0.38, 0.41, 3).digits).toBe(2);
});

test('the nearest shown point within reach', () => {
  const cloud = { x: Float32Array.of(0, 1, 1.01), y: Float32Array.of(0, 1, 1) };
  const mapping = { scaleX: 100, shiftX: 0, scaleY: -100, shiftY: 100 };
  const find = (x: number, y: number, isShown = (_: number): boolean => true): number | undefined => nearest(cloud, mapping, x, y, 9, isShown);
  expect(find(101, 0)).toBe(2);
  expect(find(101, 0, (i) => i !== 2)).toBe(1);
  expect(find(50, 50)).toBeUndefined();
  expect(isInside({ left: 0, right: 1, bottom: 0, top: 1 }, 1, 1)).toBe(true);
  expect(isInside({ left: 0, right: 1, bottom: 0, top: 1 }, 1.01, 1)).toBe(false);
});

describe('the limit', () => {
  const objective: ObjectiveView = {
    property: 'youngs-modulus', name: 'Young’s modulus', symbol: 'E', unit: 'GPa', scale: 1e-9, digits: 1, sense: 'maximize', directions: ['x', 'y'], test: 'compression',
  };
  const limit: LimitView = { name: 'limit', test: 'any', bounds: 'harmonic-mean', condition: '', volumeFractions: [0.38, 0.41], values: [150e9, 160e9], widest: { volumeFraction: 0.41, value: 160e9 } };
  const plane: Viewport = { left: 100, right: 200, bottom: 100, top: 200 };

  test('of a mean is a curve on which the mean is the loosest bound', () => {
    const curve = limitCurve(limit, objective, 'directions', plane);
    expect(curve.length).toBeGreaterThan(100);
    for (const [x, y] of curve) expect(2 / (1 / x + 1 / y)).toBeCloseTo(160, 6);
    for (const [x, y] of limitCurve({ ...limit, bounds: 'arithmetic-mean' }, objective, 'directions', plane)) expect(x + y).toBeCloseTo(320, 6);
  });

  test('of the worst direction is a corner, on the side of the sense', () => {
    const worst: LimitView = { ...limit, bounds: 'worst-direction' };
    expect(limitCurve(worst, objective, 'directions', plane)).toEqual([[160, 200], [160, 160], [200, 160]]);
    const lowest = { ...worst, widest: { volumeFraction: 0.38, value: 150e9 } };
    expect(limitCurve(lowest, { ...objective, sense: 'minimize' }, 'directions', plane)).toEqual([[150, 100], [150, 150], [100, 150]]);
  });

  test('over the volume fraction is the bound itself; of one direction a straight line', () => {
    expect(limitCurve(limit, objective, 'fraction', plane)).toEqual([[0.38, 150], [0.41, 160]]);
    expect(limitCurve(limit, { ...objective, directions: ['y'] }, 'directions', plane)).toEqual([[100, 160], [200, 160]]);
    expect(limitCurve(undefined, objective, 'directions', plane)).toEqual([]);
  });
});
