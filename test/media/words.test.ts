/* Sentences of panels. */
import { describe, expect, test } from 'vitest';
import { faithfulnessWords } from '#media/heat-map/faithfulness-words';
import { progressText } from '#media/shared/progress-text';
import type { DirectionMap } from '#protocol/views/network-views';

describe('faithfulness in words', () => {
  const map = (correlation: number | null, partialCorrelation: number | null = 0.4): DirectionMap =>
    ({ direction: 'x', faithfulness: { correlation, partialCorrelation } }) as unknown as DirectionMap;

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
