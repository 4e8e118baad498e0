import { describe, expect, test } from 'vitest';
import type { CaseResult } from '#engine/api';
import { faithfulnessRows } from '#runner/report/faithfulness/rows';
import { syntheticCase } from '#test/runner/report/synthetic-case';

/** The rows by the beginning of their measures, with plain spaces. */
function rowsOf(result: CaseResult) {
  const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
  const rows = faithfulnessRows(result, 'last').map(({ measure, values, meaning }) => ({ measure, meaning: plain(meaning), values: Object.fromEntries(Object.entries(values).map(([column, text]) => [column, plain(text)])) }));
  return (measure: string) => rows.find((row) => row.measure.startsWith(measure))!;
}

const good = rowsOf(syntheticCase());
const bad = rowsOf(syntheticCase({ trust: 'none' }));
const silent = rowsOf(syntheticCase({ trust: 'silent' }));

describe('rows of a good map, of a bad one, and of one that says nothing', () => {
  test('agreement with the exact contributions, next to the controls', () => {
    expect(good('rank correlation')).toMatchObject({ values: { map: '0.45 ± 0.03', elsewhere: '0.02 ± 0.03', white: '0.70 ± 0.03' }, meaning: expect.stringContaining('agrees moderately with what they contribute') });
    expect(bad('rank correlation').meaning).toContain('does not agree with');
    expect(silent('rank correlation')).toMatchObject({ values: { map: '–' }, meaning: 'The maps have no contrast, so they rank nothing.' });
    expect(good('the same with').values).not.toHaveProperty('white');
    expect([good, bad, silent].map((row) => row('the same with').meaning)).toEqual([
      'Beyond the local share of white the maps carry a little information.',
      'Beyond the local share of white the maps mislead.',
      'Beyond the local share of white the maps carry no information.',
    ]);
    // 35 % against 11 % elsewhere and 30 % of the share of white, each ± 3 %.
    expect(good('relevance in').meaning).toContain('more than elsewhere, and no more than the share of white has');
    expect(bad('shared by').meaning).toContain('no more than elsewhere');
    expect(silent('shared by').meaning).toContain('nothing, as the maps have no contrast');
  });

  test('deletion and insertion, with two fillings, by both measures', () => {
    expect(good('deletion, most relevant first: another image’s squares, by the finite elements')).toEqual({
      measure: expect.any(String),
      values: { map: '5.0 % ± 1.3', elsewhere: '0 %', random: '−1.0 % ± 1.3', edges: '1.0 % ± 1.3', center: '0.0 % ± 1.3', white: '0.5 % ± 1.3', exact: '7.5 % ± 1.3' },
      meaning: 'The area gained over the same order elsewhere, in the advantage of the images, is better than chance (p = 0.002); no control gains as much.',
    });
    expect(good('insertion, most relevant first (deletion of the least relevant): noisy means of the surroundings, by the network').values).toEqual({ map: '3.0 % ± 1.3', elsewhere: '0 %' });
    expect(bad('deletion').meaning).toBe('The area gained over the same order elsewhere, in the advantage of the images, is no better than chance; as much or more is gained by: edges of the image, blob in the center and share of white.');
    expect(silent('deletion')).toMatchObject({ values: {}, meaning: expect.stringContaining('Not measured') });
  });

  test('random weights', () => {
    expect([good, bad, silent].map((row) => row('|rank').meaning)).toEqual([
      'A network that has learned nothing gives another map, so the maps depend on what was learned.',
      'A network that has learned nothing gives nearly the same map, so the maps show the image rather than what was learned.',
      'It could not be measured whether the maps depend on what was learned.',
    ]);
    expect(good('rise of the entropy')).toMatchObject({ values: { map: '40 % ± 3', edges: '0 %' }, meaning: expect.stringContaining('what was learned makes the maps more ordered') });
    expect(bad('rise of the entropy').meaning).toContain('spread less evenly');
    expect(silent('rise of the entropy').meaning).toContain('could not be measured');
  });

  test('stability and complexity', () => {
    expect(good('change of the map')).toMatchObject({ values: { map: '30 % ± 3; 70 % ± 3', elsewhere: '140 % ± 3; 12 % ± 3' }, meaning: expect.stringContaining('move with their images') });
    expect(bad('change of the map').meaning).toContain('do not move with their images');
    expect([good, bad, silent].map((row) => row('largest change').meaning)).toEqual([
      'One pixel in a hundred of the other phase changes the maps little.',
      'One pixel in a hundred of the other phase makes other maps of them.',
      'It could not be measured: the maps are zero or negative everywhere.',
    ]);
    expect(good('Gini index')).toMatchObject({ values: { map: '0.55 ± 0.03', white: '0.25 ± 0.03' }, meaning: expect.stringContaining('spread over a good part of the image') });
    expect(silent('Gini index').meaning).toContain('could not be measured');
  });

  test('what takes another training is not measured, and how to get it is said', () => {
    expect(good('overlap of the regions')).toMatchObject({ values: {}, meaning: expect.stringMatching(/^Not measured here: .*A study that varies the seed/) });
  });

  test('maps without positive evidence are counted', () => {
    expect(good('maps that are zero')).toMatchObject({ values: { map: 'x 0 of 20, y 0 of 20' }, meaning: 'Each explained image has positive evidence in each direction.' });
    expect(silent('maps that are zero')).toMatchObject({ values: { map: 'x 20 of 20, y 20 of 20' }, meaning: expect.stringContaining('no positive evidence in this image') });
  });
});

test('a case without a network has no rows about networks, and does not compare exact contributions with themselves', () => {
  const result = syntheticCase();
  const { faithfulness } = result;
  const layers = faithfulness.layers.map(({ entropyRise: _, ...layer }) => layer);
  const measures = faithfulnessRows({ ...result, faithfulness: { ...faithfulness, layers, parts: [], maps: faithfulness.maps.map((map) => ({ ...map, randomized: [] })) } }, 'last').map(({ measure }) => measure);
  expect(measures.filter((measure) => /network|weights/.test(measure))).toEqual([]);
  // Seven rows about the network, four of agreement.
  expect(measures).toHaveLength(faithfulnessRows(result, 'last').length - 11);
  expect(measures).not.toContain('rank correlation');
});
