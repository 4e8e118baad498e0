import { describe, expect, test } from 'vitest';
import type { CaseResult } from '#engine/api';
import { trustInMaps } from '#runner/report/trust';
import { syntheticCase } from '#test/runner/report/synthetic-case';

/** The sentences of the only layer with plain spaces. */
function words(result: CaseResult): string {
  return trustInMaps(result)[0]!.sentences.join(' ').replace(/[\u00a0\u202f]/g, ' ');
}

/** A case whose perturbation by finite elements is changed. */
function withGain(mean: number, p: number): CaseResult {
  const plain = syntheticCase();
  const { faithfulness } = plain;
  const [own, exact] = faithfulness.perturbation;
  const finiteElements = { ...own!.finiteElements!, deletionGain: { ...own!.finiteElements!.deletionGain, mean, p } };
  return { ...plain, faithfulness: { ...faithfulness, perturbation: [{ ...own!, finiteElements }, exact!] } };
}

describe('trust in maps', () => {
  test('maps that pass every question', () => {
    expect(trustInMaps(syntheticCase())).toMatchObject([{ layer: 'last', verdict: 'trust', answers: { ranks: 'yes', perturbation: 'yes', weights: 'yes' } }]);
    // The worse direction speaks.
    expect(words(syntheticCase())).toContain('The maps’ ranking of regions agrees moderately with the physics (rank correlation 0.40 with');
    expect(words(syntheticCase())).toContain('They carry a little information beyond the local share of white (0.20 with the local share of white held fixed)');
    expect(words(syntheticCase())).toMatch(/images lose 42 % of their advantage, and with a quarter of the same shape elsewhere 32 %\. Deletion does better than chance in 14 of 16 images \(p = 0\.002\), insertion in 13 of 16 images \(p = 0\.011\)\. The gain of deletion is 67 % of what the exact/);
    expect(words(syntheticCase())).toContain('a network with random weights gives a different map (|rank correlation| 0.10)');
  });

  test('maps that pass none, and it is said', () => {
    const none = syntheticCase({ trust: 'none' });
    expect(trustInMaps(none)[0]).toMatchObject({ verdict: 'no-trust', answers: { ranks: 'no', perturbation: 'no', weights: 'no' } });
    expect(words(none)).toContain('The maps’ ranking of regions does not agree with the physics');
    expect(words(none)).toContain('they mislead (−0.20');
    expect(words(none)).toContain('carry no more than other regions');
    expect(words(none)).toContain('show the image rather than what was learned');
  });

  test('a gain that chance explains is not called one', () => {
    expect(trustInMaps(withGain(0.02, 0.2))[0]).toMatchObject({ verdict: 'partly', answers: { perturbation: 'no' } });
    expect(words(withGain(0.02, 0.2))).toContain('It is not shown that');
    expect(words(withGain(0.02, 0.2))).not.toContain('of what the exact sensitivities gain');
    expect(words(withGain(-0.02, 0.9))).toContain('carry no more than other regions');
  });

  test('what cannot be told is not told', () => {
    const silent = syntheticCase({ trust: 'silent' });
    expect(trustInMaps(silent)[0]).toMatchObject({ verdict: 'no-trust', answers: { ranks: 'unknown', perturbation: 'unknown', weights: 'unknown' } });
    expect(words(silent)).toBe(
      'The maps have no contrast, so they rank nothing. Replacing all regions of the images costs them nothing, so no region can carry the property.' +
        ' It could not be measured whether the maps depend on what was learned.' +
        ' Some maps say “no positive evidence in this image”, as they are zero or negative everywhere: 20 of 20 along x and 20 of 20 along y. No heat is drawn from them, and no patch is cut.',
    );
  });
});
