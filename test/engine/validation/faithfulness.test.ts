import { describe, expect, test } from 'vitest';
import { arrangementScores, exactContributions, faithfulness } from '#engine/validation/faithfulness';
import { rankCorrelation } from '#engine/numerics/statistics';
import { image } from '#test/support/draw-image';

describe('rankCorrelation', () => {
  test('is 1 for any rising relation, −1 for any falling one', () => {
    const x = [0.1, 3, -2, 8, 5];
    expect(rankCorrelation(x, x.map((value) => Math.exp(value)))).toBeCloseTo(1, 12);
    expect(rankCorrelation(x, x.map((value) => -(value ** 3)))).toBeCloseTo(-1, 12);
  });

  test('ties share their ranks', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: Pearson's correlation is 4.5 / √(4.5 · 5).
    expect(rankCorrelation([1, 2, 2, 3], [10, 20, 30, 40])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
  });

  test('is not a number where one side is constant', () => {
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});

describe('faithfulness', () => {
  // White shares of the 2 × 2 blocks: 1/4, 1/2, 1/2, 3/4; f = 1/2.
  const picture = image(`
    #.#.
    ..#.
    #.##
    #..#`);
  // Each pixel contributes ± s / 2: + where it is white, − where it is black.
  const sensitivity = Float64Array.from([8, 0, 4, 0, 0, 0, 4, 0, 6, 0, 2, 2, 6, 0, 0, 2]);
  // So blocks contribute 1, 1, 1.5 and 0.75.
  const exact = (sign: 1 | -1) => exactContributions(2, picture, sensitivity, sign);

  test('compares the map with the exact contributions of its blocks', () => {
    const contributions = [1, 1, 1.5, 0.75];
    for (const map of [[0, 5, 6, 70], [7, 7, 9, 1], [3, 2, 1, 0]]) {
      const { correlation } = faithfulness(map, exact(1));
      expect(correlation).toBeCloseTo(rankCorrelation(map, contributions), 12);
      expect(faithfulness(map, exact(-1)).correlation).toBeCloseTo(-correlation, 12);
    }
  });

  test('a map of nothing but the local share of white knows nothing beyond it', () => {
    const { correlation, partialCorrelation } = faithfulness([0.3, 0.5, 0.5, 0.75], exact(1));
    expect(correlation).toBeCloseTo(rankCorrelation([1, 2, 2, 3], [1, 1, 1.5, 0.75]), 12);
    expect(partialCorrelation).toBeNaN();
    // One that tells the two half-white blocks apart rightly does.
    expect(faithfulness([0.3, 0.4, 0.5, 0.2], exact(1)).partialCorrelation).toBeGreaterThan(0.5);
  });

  test('says nothing about a map without contrast', () => {
    expect(Object.values(faithfulness(new Float32Array(4), exact(1))).every(Number.isNaN)).toBe(true);
    expect(faithfulness([2, 2, 2, 2], exact(1))).toMatchObject({ correlation: NaN, gini: 0, relevanceMass: NaN, sharedTenth: NaN });
  });

  test('the relevance in the tenth that contributes most, and the tenth of the map in it', () => {
    // Of four positions, the tenth is the one with the contribution 1.5.
    expect(faithfulness([1, 2, 6, 1], exact(1))).toMatchObject({ relevanceMass: 0.6, sharedTenth: 1, gini: expect.closeTo(0.4) });
    expect(faithfulness([-1, 3, 1, -5], exact(1))).toMatchObject({ relevanceMass: 0.25, sharedTenth: 0 });
    // Evidence against the property is no relevance: there is none here, nor an order beyond it.
    expect(faithfulness([-4, -3, -1, -2], exact(1)).relevanceMass).toBeNaN();
  });
});

test('the scores of an arrangement hold each square’s white fixed', () => {
  const picture = image(`
    ##..
    ##..
    #.#.
    #.#.`);
  const sensitivity = Float64Array.from({ length: 16 }, (_, p) => p);
  // Squares of one phase have no arrangement; the others have white in their left halves: Σ ± p / 2.
  expect([...arrangementScores(picture, 2, sensitivity, 1)]).toEqual([0, 0, -1, -1]);
  expect([...arrangementScores(picture, 2, sensitivity, -1)].map((score) => score + 0)).toEqual([0, 0, 1, 1]);
});
