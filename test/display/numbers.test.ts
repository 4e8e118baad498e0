import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DisplayedDimension, fittingDisplay, fixed, numberText, quantityText } from '#display/numbers';

/** What a text says, in SI. */
function valueOf(text: string): number {
  const powers: Readonly<Record<string, number>> = { GPa: 9, MPa: 6, kPa: 3, Pa: 0 };
  const plain = text.replaceAll('−', '-').replaceAll('\u00a0', ' ').replace(/\/K$/, '').replace(/ 1$/, '');
  const [, number, exponent, unit] = /^(-?[\d.]+)(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(?: (\w+))?$/.exec(plain)!;
  const raised = exponent === undefined ? 0 : Number([...exponent].map((digit) => (digit === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit))).join(''));
  return Number(`${number}e${raised + (unit === undefined ? 0 : powers[unit]!)}`);
}

function significantDigits(text: string): number {
  return /[\d.]+/.exec(text)![0].replace('.', '').replace(/^0+/, '').length;
}

const alone = (dimension: DisplayedDimension, value: number): string => quantityText(fittingDisplay(dimension, [value]), value);

describe('a value alone has the unit that fits', () => {
  test.each<[DisplayedDimension, number, string]>([
    ['stress', 146.34e9, '146.3 GPa'],
    ['stress', 8.2e9, '8.200 GPa'],
    ['stress', 25e3, '25.00 kPa'],
    ['stress', 2.999e3, '2.999 kPa'],
    ['stress', 1.5e6, '1.500 MPa'],
    ['stress', 999.96e6, '1.000 GPa'],
    ['stress', 1, '1.000 Pa'],
    ['stress', 1e12, '1000 GPa'],
    ['stress', 1e-5, '1.00 × 10⁻⁵ Pa'],
    ['stress', 1e-3, '0.00100 Pa'],
    ['number', 0.3, '0.300'],
    ['number', -0.25, '−0.250'],
    ['number', 0.0123, '0.0123'],
    ['number', -1.5e-7, '−1.50 × 10⁻⁷'],
    ['number', 0, '0'],
    ['number', -0, '0'],
    ['expansion', 12.314e-6, '12.31 × 10⁻⁶/K'],
    ['expansion', -5e-7, '−0.5000 × 10⁻⁶/K'],
    ['expansion', 1e-15, '1.000 × 10⁻¹⁵/K'],
    ['expansion', 0, '0/K'],
  ])('%s %d: %s', (dimension, value, text) => {
    expect(alone(dimension, value).replaceAll('\u00a0', ' ')).toBe(text);
  });
});

test('whatever is shown, alone or in a column: three significant digits at least, the right value, no zero that is none', () => {
  const size = fc.tuple(fc.double({ min: 1, max: 9.999999, noNaN: true }), fc.integer({ min: -18, max: 12 })).map(([mantissa, exponent]) => mantissa * 10 ** exponent);
  const values = fc.array(fc.tuple(size, fc.boolean()).map(([value, negative]) => (negative ? -value : value)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(values, fc.constantFrom<DisplayedDimension>('stress', 'number', 'expansion'), (column, dimension) => {
      const display = fittingDisplay(dimension, column);
      for (const value of column) {
        const text = quantityText(display, value);
        expect(significantDigits(text), text).toBeGreaterThanOrEqual(3);
        expect(Math.abs(valueOf(text) - value), text).toBeLessThanOrEqual(0.00501 * Math.abs(value));
        expect(numberText(display, value)).not.toMatch(/^[−-]?0(\.0*)?$/);
        expect(text).not.toMatch(/^-/);
      }
    }),
    { numRuns: 3000, seed: 5 },
  );
});

test('from 1 Pa to 1 TPa the number before the unit lies between 1 and 1000', () => {
  for (let exponent = 0; exponent < 12; exponent += 0.01) {
    const text = alone('stress', 10 ** exponent);
    const [, number] = /^([\d.]+)\u00a0(?:Pa|kPa|MPa|GPa)$/.exec(text)!;
    expect(Number(number)).toBeGreaterThanOrEqual(1);
    expect(Number(number)).toBeLessThanOrEqual(1000);
  }
});

test('a column has one unit and one number of digits, also beside a value of another kind', () => {
  const column = (dimension: DisplayedDimension, values: readonly number[]): string => {
    const display = fittingDisplay(dimension, values);
    return `${values.map((value) => numberText(display, value)).join('  ')} ${display.unit}`.replaceAll('\u00a0', ' ');
  };
  expect(column('stress', [146.34e9, 98.21e9])).toBe('146.3  98.2 GPa');
  expect(column('stress', [25.31e3, 3.2e3])).toBe('25.31  3.20 kPa');
  expect(column('stress', [379.3e9, 1e5])).toBe('379.3  1.00 × 10⁻⁴ GPa');
  expect(column('number', [0.3, -0.012])).toBe('0.3000  −0.0120 ');
  expect(column('expansion', [23.6e-6, 1e-15])).toBe('23.60  1.00 × 10⁻⁹ 10⁻⁶/K');
  expect(column('stress', [])).toBe(' GPa');
});

test('no zero has a sign', () => {
  expect(fixed(-0.0001, 2)).toBe('0.00');
  expect(fixed(-0, 1)).toBe('0.0');
  expect(fixed(-0.25, 2)).toBe('−0.25');
});
