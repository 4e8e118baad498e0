/* Numbers and sentences of panels. */
import { describe, expect, test } from 'vitest';
import { faithfulnessWords } from '#media/heat-map/faithfulness-words';
import { countText, gainText, numberText, quantityText, subscript } from '#media/shared/numbers';
import { progressText } from '#media/shared/progress-text';
import type { PropertyDisplay } from '#protocol/vocabulary';
import type { DirectionMap } from '#protocol/views/heat-map-view';

const modulus: PropertyDisplay = { property: 'youngs-modulus', name: 'Young’s modulus', symbol: 'E', unit: 'GPa', scale: 1e-9, digits: 1 };
const expansion: PropertyDisplay = { property: 'thermal-expansion', name: 'thermal expansion', symbol: 'α', unit: '10⁻⁶/K', scale: 1e6, digits: 2 };

describe('numbers', () => {
  test('have the unit of the field and real minus signs', () => {
    expect(quantityText(modulus, 146.34e9)).toBe('146.3\u00a0GPa');
    expect(quantityText(expansion, 12.314e-6)).toBe('12.31\u00a0×\u00a010⁻⁶/K');
    expect(numberText({ ...modulus, unit: '', scale: 1, digits: 3 }, -0.25)).toBe('−0.250');
    expect(numberText(modulus, 2.1e5)).toBe('2.1\u00a0×\u00a010⁻⁴');
    expect(numberText(modulus, NaN)).toBe('–');
    expect(countText(1234567)).toBe('1\u202f234\u202f567');
    expect(subscript('poisson-ratio', 'y')).toBe('yx');
  });

  test('a gain is positive when it is better, for both senses', () => {
    expect(gainText(110, 100, 'maximize')).toBe('+10.0\u00a0%');
    expect(gainText(100, 110, 'minimize')).toBe('+10.0\u00a0%');
    expect(gainText(90, 100, 'maximize')).toBe('−10.0\u00a0%');
  });
});

describe('faithfulness in words', () => {
  const map = (correlation: number | null, beyondWhiteShare: number | null = 0.4): DirectionMap =>
    ({ direction: 'x', faithfulness: { correlation, beyondWhiteShare } }) as unknown as DirectionMap;

  test('says how closely, and what the share of white does not tell', () => {
    expect(faithfulnessWords(map(0.74))).toBe('Along x: the map closely ranks regions as their exact finite-element contributions do (rank correlation 0.74). Beyond what the share of white alone tells: 0.40.');
    expect(faithfulnessWords(map(0.5))).toContain('moderately');
    expect(faithfulnessWords(map(0.25))).toContain('loosely');
    expect(faithfulnessWords(map(0))).toContain('hardly');
    expect(faithfulnessWords(map(-0.5))).toContain('opposite');
  });

  test('says what it does not know', () => {
    expect(faithfulnessWords(map(null))).toBe('Along x: the map has no contrast.');
    expect(faithfulnessWords(map(0.5, null))).not.toContain('Beyond');
    expect(faithfulnessWords({ direction: 'y' } as DirectionMap)).toContain('Along y: known only for the images that the run examined');
  });
});

test('progress in one line', () => {
  expect(progressText({ kind: 'running', stage: 'learn', done: 120, total: 400, secondsLeft: 100, note: 'epoch 5, loss 0.0032' })).toBe('Training the network: 120 of 400, about 2 min left · epoch 5, loss 0.0032');
  expect(progressText({ kind: 'running', done: 0, total: 0 })).toBe('Starting');
});
