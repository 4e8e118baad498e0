/* Properties, shares and p values as reports and panels write them. */
import { describe, expect, test } from 'vitest';
import { counted, countText, gainText, numberText, percentText, probabilityStatement, quantityText, scientific } from '#display/numbers';
import { propertyText, subscript, type PropertyDisplay } from '#display/properties';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

const modulus: PropertyDisplay = { property: 'youngs-modulus', name: 'Young’s modulus', symbol: 'E', unit: 'GPa', scale: 1e-9, digits: 1 };
const expansion: PropertyDisplay = { property: 'thermal-expansion', name: 'thermal expansion', symbol: 'α', unit: '10⁻⁶/K', scale: 1e6, digits: 2 };

test('numbers have the unit of the field and real minus signs', () => {
  expect(quantityText(modulus, 146.34e9)).toBe('146.3\u00a0GPa');
  expect(quantityText(expansion, 12.314e-6)).toBe('12.31\u00a0×\u00a010⁻⁶/K');
  expect(numberText({ ...modulus, unit: '', scale: 1, digits: 3 }, -0.25)).toBe('−0.250');
  expect(numberText(modulus, 2.1e5)).toBe('2.10\u00a0×\u00a010⁻⁴');
  expect(numberText(modulus, NaN)).toBe('–');
  expect(countText(1234567)).toBe('1\u202f234\u202f567');
  expect(counted(1, 'patch', 'patches')).toBe('1 patch');
  expect(counted(1000, 'design')).toBe('1\u202f000 designs');
  expect(subscript('poisson-ratio', 'y')).toBe('yx');
});

test('a gain is positive when it is better, for both senses', () => {
  expect(gainText(110, 100, 'maximize')).toBe('+10.0\u00a0%');
  expect(gainText(100, 110, 'minimize')).toBe('+10.0\u00a0%');
  expect(gainText(90, 100, 'maximize')).toBe('−10.0\u00a0%');
});

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

  test('counts and shares', () => {
    expect(plain(countText(1234567))).toBe('1 234 567');
    expect(plain(countText(999))).toBe('999');
    expect(plain(percentText(-0.0517))).toBe('−5.2 %');
    expect(plain(scientific(-12345, 3))).toBe('−1.23 × 10⁴');
  });
});
