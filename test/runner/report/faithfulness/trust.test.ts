import { describe, expect, test } from 'vitest';
import type { CaseResult, LayerFaithfulness, PerturbationResult, PerturbationSummary } from '#engine/api';
import { manifestJson } from '#runner/report/manifest';
import { judgmentText, trustInMaps } from '#runner/report/faithfulness/trust';
import { syntheticCase } from '#test/runner/report/synthetic-case';

type Change = { readonly perturbation?: (own: PerturbationResult) => PerturbationResult; readonly layer?: (own: LayerFaithfulness) => LayerFaithfulness };

/** Maps that all measures support, with changes of their numbers. */
function maps({ perturbation = (own) => own, layer = (own) => own }: Change = {}): CaseResult {
  const plain = syntheticCase();
  const { faithfulness } = plain;
  const [own, exact] = faithfulness.perturbation;
  const [first] = faithfulness.layers;
  // In the synthetic case the share of white has 30 % of the relevance.
  const good = { ...first!, agreement: { ...first!.agreement, white: { ...first!.agreement.white, relevanceMass: mean(0.2), sharedTenth: mean(0.2) } }, entropyRise: mean(0.4) };
  return { ...plain, faithfulness: { ...faithfulness, layers: [layer(good)], perturbation: [perturbation(own!), exact!] } };
}

const mean = (value: number) => ({ mean: value, deviation: 0.12, count: 16 });

function gaining(summary: PerturbationSummary, way: 'deletionGain' | 'insertionGain', gain: number, p: number): PerturbationSummary {
  return { ...summary, [way]: { ...summary[way], mean: gain, p } };
}

/** With the gain of deletion by the finite elements: of the maps with either filling, or of a control. */
const withGain = (of: 'donor' | 'surroundings' | 'white' | 'edges', gain: number, p: number) => maps({
  perturbation(own) {
    const change = (measured: PerturbationResult['surroundings']) => ({ ...measured, finiteElements: gaining(measured!.finiteElements!, 'deletionGain', gain, p) });
    if (of === 'donor') return { ...own, ...change(own) };
    if (of === 'surroundings') return { ...own, surroundings: change(own.surroundings) };
    return { ...own, controls: { ...own.controls!, [of]: change(own.controls![of]) } };
  },
});

function told(result: CaseResult) {
  const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
  const [{ verdict, sentence, supporting, against, notes }] = trustInMaps(result) as [ReturnType<typeof trustInMaps>[number]];
  return { verdict, sentence: plain(sentence), supporting: supporting.map((each) => plain(judgmentText(each))), against: against.map((each) => plain(judgmentText(each))), notes: notes.map(plain) };
}

describe('maps are to be trusted', () => {
  test('if all measures support them, and the gain holds with both fillings and against every control', () => {
    const { verdict, sentence, supporting, against } = told(maps());
    expect(verdict).toBe('trust');
    expect(against).toEqual([]);
    expect(supporting).toHaveLength(16);
    expect(sentence).toBe('The maps of layer last are to be trusted, as far as this was examined: all 16 measures support them, and what they gain holds with both fillings and beats every control.');
    expect(supporting).toContain('deletion with another image’s squares, by the finite elements (gains 5.0 % over the same order elsewhere with p = 0.002, more than every control)');
    expect(supporting).toContain('rank correlation with the share of white held fixed (0.20 ± 0.03, more than every control)');
  });
});

describe('maps are to be trusted in part, and what speaks against them is named, with its numbers and their sign', () => {
  test.each([
    ['the second filling shows a loss', withGain('surroundings', -0.026, 0.9), 'deletion with noisy means of the surroundings, by the finite elements (loses 2.6 % against the same order elsewhere)'],
    ['the second filling shows what chance explains', withGain('surroundings', 0.013, 0.28), 'deletion with noisy means of the surroundings, by the finite elements (gains 1.3 % over the same order elsewhere, which chance explains with p = 0.280)'],
    ['the share of white gains more', withGain('white', 0.077, 0.001), 'deletion with another image’s squares, by the finite elements (gains 5.0 % over the same order elsewhere with p = 0.002; as much or more is gained by share of white with 7.7 %)'],
    ['the edges gain as much', withGain('edges', 0.05, 0.001), 'deletion with another image’s squares, by the finite elements (gains 5.0 % over the same order elsewhere with p = 0.002; as much or more is gained by edges of the image with 5.0 %)'],
    ['the first filling shows a loss', withGain('donor', -0.01, 0.7), 'deletion with another image’s squares, by the finite elements (loses 1.0 % against the same order elsewhere)'],
    ['the share of white has as much relevance', maps({ layer: (own) => ({ ...own, agreement: { ...own.agreement, white: { ...own.agreement.white, relevanceMass: mean(0.33) } } }) }), 'relevance in the tenth that contributes most (35 % ± 3, not measurably more than share of white with 33 % ± 3)'],
    ['nothing beyond the share of white', maps({ layer: (own) => ({ ...own, agreement: { ...own.agreement, map: { ...own.agreement.map, partialCorrelation: mean(-0.2) } } }) }), 'rank correlation with the share of white held fixed (−0.20 ± 0.03, not measurably more than same map elsewhere with 0.01 ± 0.03, edges of the image with 0.10 ± 0.03 and blob in the center with 0.01 ± 0.03)'],
    ['the map does not move with the image', maps({ layer: (own) => ({ ...own, stability: { ...own.stability, moved: mean(1.3) } }) }), 'mirroring the image (changes the map by 130 % ± 3; the same map elsewhere differs by 140 % ± 3)'],
  ])('%s', (_what, result, words) => {
    const { verdict, sentence, against } = told(result);
    expect(verdict).toBe('partly');
    expect(against[0]).toContain(words.split(' (')[0]);
    expect(against).toContain(words);
    expect(sentence).toContain(`to be trusted only in part: ${16 - against.length} of 16 measures support them. No support comes from ${words}`);
  });

  test('the gain comes first of several, and the others are counted', () => {
    const result = withGain('surroundings', -0.026, 0.9);
    const { layers } = result.faithfulness;
    const both = { ...result, faithfulness: { ...result.faithfulness, layers: layers.map((layer) => ({ ...layer, agreement: { ...layer.agreement, map: { ...layer.agreement.map, correlation: mean(0.02) } } })) } };
    expect(told(both).against.map((text) => text.split(' (')[0])).toEqual(['rank correlation with the contributions', 'deletion with noisy means of the surroundings, by the finite elements']);
    expect(told(both).sentence).toContain('No support comes from deletion with noisy means of the surroundings, by the finite elements (loses 2.6 % against the same order elsewhere) and 1 other measure.');
  });

  test('a filling that was not measured supports nothing, and it is said', () => {
    const { verdict, sentence } = told(maps({ perturbation: ({ surroundings: _, ...own }) => own }));
    expect(verdict).toBe('partly');
    expect(sentence).toContain('12 of 12 measures support them. It was not measured with both fillings whether');
  });
});

describe('maps are not to be trusted', () => {
  test('if no gain by the finite elements supports them, whatever else does', () => {
    const lost = (measured: PerturbationResult['surroundings']) => ({ ...measured, finiteElements: gaining(gaining(measured!.finiteElements!, 'deletionGain', -0.01, 0.7), 'insertionGain', -0.02, 0.8) });
    const { verdict, sentence, supporting } = told(maps({ perturbation: (own) => ({ ...own, ...lost(own), surroundings: lost(own.surroundings) }) }));
    expect(verdict).toBe('no-trust');
    expect(supporting.length).toBeGreaterThan(0);
    expect(sentence).toMatch(/^The maps of layer last are not to be trusted: no gain by the finite elements supports them\. No support comes from deletion with another image’s squares, by the finite elements \(loses 1\.0 % against the same order elsewhere\) and 3 other measures\.$/);
  });

  test('if they pass nothing', () => {
    const { verdict, against } = told(syntheticCase({ trust: 'none' }));
    expect(verdict).toBe('no-trust');
    expect(against.length).toBeGreaterThan(8);
    expect(against).toContain('dependence on what was learned (random weights leave a |rank correlation| of 0.80 ± 0.03)');
  });

  test('if what they gain is real, but the share of white gains more', () => {
    const beaten = (own: PerturbationResult): PerturbationResult => ({
      ...own,
      surroundings: { ...own.surroundings, finiteElements: gaining(gaining(own.surroundings!.finiteElements!, 'deletionGain', -0.01, 0.7), 'insertionGain', -0.02, 0.8) },
      controls: { ...own.controls!, white: { ...own.controls!.white, finiteElements: gaining(gaining(own.controls!.white.finiteElements!, 'deletionGain', 0.08, 0.001), 'insertionGain', 0.08, 0.001) } },
    });
    expect(told(maps({ perturbation: beaten }))).toMatchObject({ verdict: 'no-trust', sentence: expect.stringContaining('as much or more is gained by share of white with 8.0 %') });
  });
});

describe('it is not shown that maps are to be trusted', () => {
  test('if chance may be all that keeps a gain from supporting them', () => {
    const uncertain = (measured: PerturbationResult['surroundings']) => ({ ...measured, finiteElements: gaining(gaining(measured!.finiteElements!, 'deletionGain', 0.051, 0.0625), 'insertionGain', -0.02, 0.8) });
    const { verdict, sentence } = told(maps({ perturbation: (own) => ({ ...own, ...uncertain(own), surroundings: uncertain(own.surroundings) }) }));
    expect(verdict).toBe('not-shown');
    expect(sentence).toMatch(/^It is not shown that the maps of layer last are to be trusted: chance explains what they gain by the finite elements\. No support comes from deletion with another image’s squares, by the finite elements \(gains 5\.1 % over the same order elsewhere, which chance explains with p = 0\.063, more than every control\) and 3 other measures\.$/);
  });

  test('if nothing could be measured', () => {
    const { verdict, sentence, supporting, notes } = told(syntheticCase({ trust: 'silent' }));
    expect(verdict).toBe('not-shown');
    expect(supporting).toEqual([]);
    expect(sentence).toContain('no gain by the finite elements was measured. No support comes from rank correlation with the contributions (the maps have no contrast) and ');
    expect(sentence).toContain('It was not measured with both fillings whether');
    expect(notes).toEqual(['Some maps say “no positive evidence in this image”, as they are zero or negative everywhere: 20 of 20 along x and 20 of 20 along y. No heat is drawn from them, and no patch is cut.']);
  });
});

test('exact contributions are judged by what they gain and by their stability', () => {
  const result = maps({ layer: ({ entropyRise: _, ...own }) => own });
  const exact = { ...result, problem: { ...result.problem, explain: { method: 'exact', edges: [16], contribution: 'efficiency', outlierShare: 0.1, squares: 1 } } } as const;
  const { verdict, supporting, notes } = told(exact);
  expect([verdict, supporting.length]).toEqual(['trust', 6]);
  expect(notes).toEqual([expect.stringContaining('exact contributions of squares by the finite elements')]);
});

test('the manifest has the same verdict', () => {
  const result = withGain('white', 0.077, 0.001);
  const { faithfulness } = JSON.parse(manifestJson(result, { specification: 'a.xdesign', overrides: {}, versions: {}, machine: 'none' })) as { faithfulness: { trust: { verdict: string; sentence: string; against: string[] }[] } };
  const [{ layer, verdict, sentence }] = trustInMaps(result) as [ReturnType<typeof trustInMaps>[number]];
  expect(faithfulness.trust).toMatchObject([{ layer, verdict, sentence: sentence.replace(/[\u00a0\u202f]/g, ' '), against: [expect.stringContaining('share of white with')] }]);
});
