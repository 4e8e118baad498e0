import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestUnit, parseUnit, prefixedUnit, unitSymbols } from '#units/parse-unit';
import { quantity, type Dimension } from '#units/quantity';
import { units } from '#units/units';

describe('symbols', () => {
  test.each([
    ['GPa', units.gigapascal],
    ['Pa', units.pascal],
    ['1/K', units.perKelvin],
    ['/K', units.perKelvin],
    ['1 / K', units.perKelvin],
    ['%', units.percent],
    ['deg', units.degree],
    ['°', units.degree],
    ['µm', units.micrometer],
    ['μm', units.micrometer],
  ])('%s', (symbol, unit) => {
    expect(parseUnit(symbol)).toEqual({ ok: true, unit });
  });
});

describe('every common spelling of products and powers is read', () => {
  test.each([
    ['TPa', units.terapascal],
    ['N/mm2', units.megapascal],
    ['N/mm^2', units.megapascal],
    ['N/mm²', units.megapascal],
    ['kN / mm^2', units.gigapascal],
    ['psi', units.psi],
    ['ppm/K', units.millionthPerKelvin],
    ['um/(m K)', units.millionthPerKelvin],
    ['µm/(m·K)', units.millionthPerKelvin],
    ['μm/(m*K)', units.millionthPerKelvin],
    ['um/m/K', units.millionthPerKelvin],
    ['K^-1', units.perKelvin],
    ['K⁻¹', units.perKelvin],
    ['1/°C', units.perKelvin],
    ['‰', units.perMille],
  ])('%s', (symbol, unit) => {
    expect(parseUnit(symbol)).toEqual({ ok: true, unit });
  });

  test('but millikelvins are no product of meters and kelvins', () => {
    expect(parseUnit('um/(mK)')).toEqual({ ok: false });
  });
});

test('a pound-force over a square inch is exact', () => {
  expect(quantity(1, units.psi)).toBeCloseTo(6894.757293168361, 9);
});

describe('a misspelt symbol has a nearest one, never one of another power of ten', () => {
  test.each<[string, Dimension, string | undefined]>([
    ['Gpa', 'stress', 'GPa'],
    ['gpa', 'stress', 'GPa'],
    ['GPA', 'stress', 'GPa'],
    ['GPaa', 'stress', 'GPa'],
    ['Ga', 'stress', 'GPa'],
    ['pa', 'stress', 'Pa'],
    ['Kpa', 'stress', 'kPa'],
    ['tpa', 'stress', 'TPa'],
    ['N/MM2', 'stress', 'MPa'],
    ['mPa', 'stress', undefined],
    ['mpa', 'stress', undefined],
    ['hPa', 'stress', undefined],
    ['PPa', 'stress', undefined],
    ['nm', 'stress', undefined],
    ['furlong', 'stress', undefined],
    ['1/k', 'expansion', '1/K'],
    ['1/F', 'expansion', undefined],
    ['degr', 'angle', 'deg'],
    ['grad', 'angle', undefined],
  ])('%s of %s: %s', (symbol, dimension, nearest) => {
    expect(nearestUnit(symbol, dimension)?.symbol).toBe(nearest);
  });

  test('whatever is mistyped: the prefix of the SI stays', () => {
    const power = (symbol: string): number | undefined => ({ k: 3, M: 6, G: 9, T: 12, m: -3, u: -6, n: -9, p: -12, h: 2, d: -1, c: -2, P: 15, E: 18, f: -15, a: -18 })[symbol[0]!];
    fc.assert(
      fc.property(fc.constantFrom('k', 'M', 'G', 'T', 'm', 'u', 'n', 'h', 'd', 'c', 'E', 'f', 'a'), fc.constantFrom('Pa', 'pa', 'PA', 'Paa', 'P', 'a', 'ap', 'Pa2', 'psi'), (prefix, base) => {
        fc.pre(!parseUnit(prefix + base).ok);
        const nearest = nearestUnit(prefix + base, 'stress');
        if (nearest !== undefined) expect(nearest.exponent).toBe(power(prefix));
      }),
      { numRuns: 500 },
    );
  });
});

test('a symbol of the SI that has no word here is known by its power of ten', () => {
  expect(prefixedUnit('hPa')).toMatchObject({ dimension: 'stress', exponent: 2 });
  expect(prefixedUnit('mPa')).toMatchObject({ exponent: -3 });
  expect(prefixedUnit('mrad')).toMatchObject({ dimension: 'angle', exponent: -3 });
  expect(prefixedUnit('GPa')).toBeUndefined();
  expect(prefixedUnit('xPa')).toBeUndefined();
});

test('no symbol means two units', () => {
  expect(new Set(unitSymbols).size).toBe(unitSymbols.length);
  const spellings = Object.values(units).flatMap((unit) => [unit.symbol, ...('otherSymbols' in unit ? unit.otherSymbols : [])]);
  expect(spellings.toSorted()).toEqual([...unitSymbols].toSorted());
});
