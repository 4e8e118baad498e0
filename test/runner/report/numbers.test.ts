import { describe, expect, test } from 'vitest';
import type { PhysicalLimit } from '#engine/api';
import { quantile } from '#runner/report/arm-summary';
import { countText, durationText, percentText, probabilityStatement, propertyText, scientific } from '#runner/report/display-property';
import { limitAt, percentOfBound, widestLimit } from '#runner/report/physical-limit';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers for people', () => {
  test('properties in the units of the field', () => {
    expect(plain(propertyText('youngs-modulus', 146.34e9))).toBe('146.3 GPa');
    expect(plain(propertyText('youngs-modulus', 1e5))).toBe('100.0 kPa');
    expect(plain(propertyText('poisson-ratio', -0.1234))).toBe('−0.123');
    expect(plain(propertyText('thermal-expansion', 12.31e-6))).toBe('12.31 × 10⁻⁶/K');
    expect(plain(propertyText('thermal-expansion', 1e-15))).toBe('1.000 × 10⁻¹⁵/K');
  });

  test('probabilities', () => {
    expect(plain(probabilityStatement(0.0312))).toBe('p = 0.031');
    expect(plain(probabilityStatement(2.13e-9))).toBe('p = 2.1 × 10⁻⁹');
    expect(plain(probabilityStatement(0))).toBe('p < 10⁻³⁰⁰');
    expect(plain(probabilityStatement(1))).toBe('p > 0.999');
  });

  test('counts, shares and times', () => {
    expect(plain(countText(1234567))).toBe('1 234 567');
    expect(plain(countText(999))).toBe('999');
    expect(plain(percentText(-0.0517))).toBe('−5.2 %');
    expect(plain(scientific(-12345, 3))).toBe('−1.23 × 10⁴');
    expect([0.44, 59.4, 246, 12000].map(durationText)).toEqual(['0.4 s', '59 s', '4 min 06 s', '3 h 20 min']);
  });
});

test('quantiles lie between the values', () => {
  expect(quantile([1, 2, 3, 4, 5], 0.5)).toBe(3);
  expect(quantile([0, 10], 0.9)).toBe(9);
  expect(quantile([7], 0.9)).toBe(7);
  expect(quantile([], 0.5)).toBeUndefined();
});

describe('physical limits', () => {
  const limit: PhysicalLimit = {
    name: 'test', test: 'any', bounds: 'worst-direction', condition: '',
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
    expect(widestLimit(limit, { sense: 'maximize', property: 'youngs-modulus', directions: ['x'] }, window)).toEqual({ volumeFraction: 0.4, value: 20 });
    expect(widestLimit(limit, { sense: 'minimize', property: 'youngs-modulus', directions: ['x'] }, window)?.volumeFraction).toBe(0.39);
  });

  test('100 percent is the bound, less is worse, whatever the sense', () => {
    const objective = { property: 'thermal-expansion', directions: ['x', 'y'] } as const;
    expect(percentOfBound(9, 10, { ...objective, sense: 'maximize' })).toBe(90);
    expect(percentOfBound(12.5, 10, { ...objective, sense: 'minimize' })).toBe(80);
  });
});
