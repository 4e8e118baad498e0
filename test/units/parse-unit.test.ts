import { describe, expect, test } from 'vitest';
import { parseUnit, unitSymbols } from '#units/parse-unit';
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
    ['µm', units.micrometre],
    ['μm', units.micrometre],
  ])('%s', (symbol, unit) => {
    expect(parseUnit(symbol)).toEqual({ ok: true, unit });
  });
});

describe('unknown symbols come with the nearest known one', () => {
  test.each([
    ['Gpa', 'GPa'],
    ['mPa', 'MPa'],
    ['GPA', 'GPa'],
    ['degr', 'deg'],
    ['1/k', '1/K'],
    ['1/C', '1/K'],
  ])('%s', (symbol, nearest) => {
    expect(parseUnit(symbol)).toEqual({ ok: false, nearest });
  });

  test('or alone, when none is near', () => {
    expect(parseUnit('furlong')).toEqual({ ok: false });
  });
});

test('no symbol means two units', () => {
  expect(new Set(unitSymbols).size).toBe(unitSymbols.length);
  const spellings = Object.values(units).flatMap((unit) => [unit.symbol, ...('otherSymbols' in unit ? unit.otherSymbols : [])]);
  expect(spellings.toSorted()).toEqual([...unitSymbols].toSorted());
});
