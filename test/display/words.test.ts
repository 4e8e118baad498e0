/* What reports and panels say of correlations, durations and stages. */
import { describe, expect, test } from 'vitest';
import { agreementText, correlationStrength, faithfulnessText } from '#display/correlation';
import { durationText, roughDurationText } from '#display/durations';
import { progressText, stageTitle } from '#display/stages';

test('rank correlations have the strengths of Cohen (1988)', () => {
  expect([0.5, 0.499, 0.3, 0.299, 0.1, 0.099, -0.099, -0.1].map(correlationStrength))
    .toEqual(['strong', 'moderate', 'moderate', 'weak', 'weak', 'none', 'none', 'opposite']);
  expect([0.35, 0, -0.4].map(agreementText)).toEqual(['agrees moderately with', 'does not agree with', 'is opposite to']);
});

describe('the faithfulness of a map', () => {
  const text = (correlation: number | null, partialCorrelation: number | null = 0.4, relevanceMass: number | null = 0.31): string =>
    faithfulnessText('x', true, { correlation, partialCorrelation, relevanceMass }).replace(/[\u00a0\u202f]/g, ' ');

  test('says how far it agrees, with and without the share of white', () => {
    expect(text(0.74)).toBe('Along x: the map’s ranking of regions agrees strongly with their exact finite-element contributions (rank correlation 0.74). With the local share of white held fixed: 0.40. The tenth of the positions that contribute most has 31 % of the map’s relevance; by chance it would have 10 %.');
    expect(text(0.35)).toContain('moderately');
    expect(text(0.25)).toContain('weakly');
    expect(text(0)).toContain('does not agree');
    expect(text(-0.5)).toContain('opposite');
  });

  test('says what is not known', () => {
    expect(text(null)).toBe('Along x: the map has no contrast.');
    expect(text(0.5, null)).not.toContain('held fixed');
    expect(text(0.5, 0.4, null)).not.toContain('tenth');
    expect(faithfulnessText('y', true, undefined)).toContain('Along y: known only for the images that the run examined');
  });

  test('says that a map has no positive evidence, whether the image was examined or not', () => {
    expect(faithfulnessText('y', false, undefined)).toBe('Along y: no positive evidence in this image. The map is zero or negative everywhere, so no heat is drawn and no patch is cut.');
  });
});

test('measured durations keep the seconds, up to an hour', () => {
  expect([0.44, 9.96, 59.4, 59.6, 246, 3599.6, 12000].map(durationText)).toEqual(['0.4 s', '10 s', '59 s', '1 min 00 s', '4 min 06 s', '1 h 00 min', '3 h 20 min']);
});

test('estimated durations have one unit', () => {
  expect([0.2, 45.3, 89, 100, 1234, 9000, 40_000, 200_000].map((seconds) => roughDurationText(seconds)))
    .toEqual(['1 s', '45 s', '89 s', '2 min', '21 min', '2.5 h', '11 h', '2.3 days']);
  expect([15, 200, 3100, 9000, 40_000, 200_000].map((seconds) => roughDurationText(seconds, 1))).toEqual(['20 s', '3 min', '50 min', '3 h', '10 h', '2 days']);
});

test('progress in one line', () => {
  expect(progressText({ stage: 'learn', done: 120, total: 400, secondsLeft: 100, note: 'epoch 5, loss 0.0032' })).toBe('Training the network: 120 of 400, about 2 min left · epoch 5, loss 0.0032');
  expect(progressText({ done: 0, total: 0 })).toBe('Starting');
  expect(progressText({ done: 120, total: 300, secondsLeft: 20 })).toBe('Reading images: 120 of 300, about 20 s left');
});

test('a stage of an arm names the arm', () => {
  expect(stageTitle({ stage: 'learn' })).toBe('Train the network');
  expect(stageTitle({ stage: 'construct', arm: 'control' })).toBe('Construct cells (control)');
});
