import { expect, test } from 'vitest';
import { counted, countText, gainText, numberText, quantityText, subscript } from '#protocol/numbers';
import type { PropertyDisplay } from '#protocol/vocabulary';

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
