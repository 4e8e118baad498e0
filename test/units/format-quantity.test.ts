import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCount, formatNumber, formatQuantity, formatWindow } from '#units/format-quantity';
import { parseUnit } from '#units/parse-unit';
import { quantity, type Dimension, type Quantity } from '#units/quantity';

const format = (si: number, dimension: Dimension, digits?: number): string => formatQuantity(si as Quantity<Dimension>, dimension, digits);

describe('as people write it', () => {
  test.each<[number, Dimension, string]>([
    [152.2e9, 'stress', '152.2 GPa'],
    [152.249e9, 'stress', '152.2 GPa'],
    [68.3e9, 'stress', '68.3 GPa'],
    [1e5, 'stress', '100 kPa'],
    [999.96e6, 'stress', '1 GPa'],
    [0.5, 'stress', '0.5 Pa'],
    [0, 'stress', '0 Pa'],
    [-1e9, 'stress', '-1 GPa'],
    [2.5e15, 'stress', '2500 TPa'],
    [12.31e-6, 'expansion', '12.31e-6 /K'],
    [23.6e-6, 'expansion', '23.6e-6 /K'],
    [1e-15, 'expansion', '1e-15 /K'],
    [-5e-7, 'expansion', '-500e-9 /K'],
    [0, 'expansion', '0 /K'],
    [0.395, 'share', '39.5%'],
    [0.07, 'share', '7%'],
    [Math.PI, 'angle', '180 deg'],
    [0.3, 'number', '0.3'],
    [1 / 3, 'number', '0.3333'],
    [1.5e-6, 'length', '1.5 um'],
    [480, 'temperature-difference', '480 K'],
  ])('%d %s: %s', (si, dimension, text) => {
    expect(format(si, dimension)).toBe(text);
  });

  test('with other digits', () => {
    expect(format(152.249e9, 'stress', 2)).toBe('150 GPa');
    expect(format(152.249e9, 'stress', 6)).toBe('152.249 GPa');
    expect(formatNumber(12.3456, 3)).toBe('12.3');
  });
});

test('one thing is singular, and the ends of a window have as many digits', () => {
  expect([0, 1, 2].map((count) => formatCount(count, 'patch', 'patches'))).toEqual(['0 patches', '1 patch', '2 patches']);
  expect(formatWindow(0.39, 0.4)).toBe('0.39 .. 0.40');
  expect(formatWindow(0.38, 0.41)).toBe('0.38 .. 0.41');
  expect(formatWindow(1e-9, 0.5)).toBe('1e-9 .. 0.5');
  expect(formatWindow(0, 1)).toBe('0 .. 1');
});

test('what is printed reads back as the same quantity to the digits printed', () => {
  const dimensions = ['stress', 'expansion', 'share', 'angle', 'length'] as const satisfies readonly Dimension[];
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), fc.constantFrom(...dimensions), fc.boolean(), (size, dimension, negative) => {
      const si = negative ? -size : size;
      const text = format(si, dimension, 6);
      const [, number, symbol] = /^(-?[0-9.]+(?:e[+-]?[0-9]+)?) ?(\S+)$/.exec(text)!;
      const parsed = parseUnit(symbol!);
      expect(parsed.ok && parsed.unit.dimension === dimension).toBe(true);
      if (parsed.ok) expect(Math.abs(quantity(Number(number), parsed.unit) - si)).toBeLessThanOrEqual(1.01e-5 * size);
    }),
  );
});
