/* Reading the curve of a physical limit. */
import { describe, expect, test } from 'vitest';
import { limitAt, widestLimit, type LimitCurve } from '#display/limits';

describe('physical limits', () => {
  const limit: LimitCurve = {
    volumeFractions: Float64Array.of(0.38, 0.4, 0.41), values: Float64Array.of(10, 20, 40),
  };

  test('between the points of the curve, and nowhere else', () => {
    expect(limitAt(limit, 0.38)).toBe(10);
    expect(limitAt(limit, 0.39)).toBeCloseTo(15, 12);
    expect(limitAt(limit, 0.405)).toBeCloseTo(30, 12);
    expect(limitAt(limit, 0.41)).toBe(40);
    expect(limitAt(limit, 0.42)).toBeUndefined();
    expect(limitAt(limit, 0.37)).toBeUndefined();
  });

  test('the widest of a window is its highest for a maximum, its lowest for a minimum', () => {
    const window = { lower: 0.39, upper: 0.4 };
    expect(widestLimit(limit, { sense: 'maximize' }, window)).toEqual({ volumeFraction: 0.4, value: 20 });
    expect(widestLimit(limit, { sense: 'minimize' }, window)?.volumeFraction).toBe(0.39);
  });

  test('the widest may lie inside of a range, or nowhere', () => {
    const bump: LimitCurve = { volumeFractions: [0.3, 0.4, 0.5], values: [1, 5, 2] };
    expect(widestLimit(bump, { sense: 'maximize' }, { lower: 0.3, upper: 0.5 })).toEqual({ volumeFraction: 0.4, value: 5 });
    expect(widestLimit(bump, { sense: 'maximize' }, { lower: 0.6, upper: 0.7 })).toBeUndefined();
  });
});
