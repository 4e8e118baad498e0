import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { quantity, valueIn, type Quantity, type Unit } from '#units/quantity';
import { dimensionNames, units, unitsOf } from '#units/units';

const { gigapascal, megapascal, kilopascal, pascal, percent, degree, radian, perKelvin, micrometer, millimeter } = units;

describe('a number with a unit becomes the nearest SI number to the decimal that was written', () => {
  test.each([
    [379.3, gigapascal, 379300000000],
    [379300, megapascal, 379300000000],
    [0.1, megapascal, 100000],
    [12.5, kilopascal, 12500],
    [7, percent, 0.07],
    [33.3, percent, 0.333],
    [23.6e-6, perKelvin, 23.6e-6],
    [1e-15, perKelvin, 1e-15],
    [180, degree, Math.PI],
    [-45, degree, -Math.PI / 4],
    [2, radian, 2],
    [3, millimeter, 0.003],
    [1.1, micrometer, 1.1e-6],
  ] as const)('%d %o', (value, unit, si) => {
    expect(quantity<Unit['dimension']>(value, unit)).toBe(si);
  });
});

test('the same stress in two units is the same number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 5 }), (digits, places) => {
      const inMega = Number(`${digits}e-${places}`);
      const inGiga = Number(`${digits}e-${places + 3}`);
      expect(quantity(inGiga, gigapascal)).toBe(quantity(inMega, megapascal));
    }),
  );
});

test('valueIn undoes quantity', () => {
  const all: readonly Unit[] = Object.values(units);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-30, max: 1e30 }), fc.constantFrom(...all), (value, unit) => {
      const back = valueIn(quantity(value, unit), unit);
      expect(Math.abs(back - value)).toBeLessThanOrEqual(1e-15 * value);
    }),
  );
});

test('infinite numbers stay infinite, and say so to whoever checks them', () => {
  expect(quantity(Infinity, gigapascal)).toBe(Infinity);
});

test('a unit of another dimension does not compile', () => {
  const stress = quantity(1, pascal);
  expectTypeOf(stress).toEqualTypeOf<Quantity<'stress'>>();
  expectTypeOf(valueIn<'stress'>).parameter(1).toEqualTypeOf<Unit<'stress'>>();
  // @ts-expect-error A length is no stress.
  valueIn(stress, millimeter);
});

test('every unit has its dimension named, and dimensions list their units', () => {
  for (const unit of Object.values(units)) expect(dimensionNames[unit.dimension]).toBeTruthy();
  expect(unitsOf('stress').map((unit) => unit.symbol)).toEqual(['Pa', 'kPa', 'MPa', 'GPa', 'TPa', 'psi', 'ksi', 'Msi']);
  expect(unitsOf('number')).toEqual([]);
});
