/* What a study's page, table and words say of made-up variants. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { VariedSetting } from '#domain/study';
import { groupBySeed, meanOf } from '#runner/study/compare-variants';
import { slotsOf } from '#runner/study/setting-slots';
import { studyPage } from '#runner/study/study-page';
import type { StudyResult, VariantArm, VariantResult } from '#runner/study/study-result';
import { studyWords } from '#runner/study/study-words';
import { writeStudy } from '#runner/study/write-study';
import { controlSpec, explainedSpec } from '#test/runner/report/synthetic-case';
import { temporaryFolder } from '#test/support/temporary-folder';

const provenance = { specification: 'small.xdesign', overrides: {}, versions: { xdesign: '0.1.0' }, machine: '2 cores' };
const picture = 'data:image/png;base64,iVBORw0KGgo=';

/** An arm whose best feasible design has this value; without one nothing is feasible. */
function armWith(spec: VariantArm['spec'], best: number | undefined, pOneSided?: number, superiority = 0.7): VariantArm {
  return {
    name: spec.name, spec, attempts: 20, designs: 10, feasible: best === undefined ? 0 : 4, beating: 2, box: [100e9, 110e9, 120e9, 130e9, 150e9],
    ...(best !== undefined && { best: { file: 'design-001.png', objectiveValue: best, percentOfLimit: 90, volumeFraction: 0.4, picture } }),
    ...(pOneSided !== undefined && { comparison: { superiority, byImage: superiority > 0.5 ? 0.6 : 0.4, pOneSided, pTwoSided: 2 * Math.min(pOneSided, 1 - pOneSided) } }),
  };
}

/** A study of settings, each with its texts; `bests` in GPa in the order of the combinations, null where nothing is feasible, 'refused' where physics refuses. */
function studyOf(settings: Readonly<Record<string, readonly (number | string)[]>>, bests: readonly (number | null | 'refused')[], pOneSided = 0.3, superiority = 0.7): StudyResult {
  const varied = Object.entries(settings).map(([name, values]): VariedSetting => ({ name, values: values.map((value) => ({ text: String(value), ...(typeof value === 'number' && { number: value }) })) }));
  const combinations = varied.reduce<readonly Readonly<Record<string, string>>[]>((all, { name, values }) => all.flatMap((each) => values.map(({ text }) => ({ ...each, [name]: text }))), [{}]);
  const variants = combinations.map((each, i): VariantResult => {
    const best = bests[i]!;
    return {
      name: `Made/${i}`, settings: each, folder: `variant-${i}`, seconds: 2, secondsAlone: 9,
      findings: best === 'refused' ? [{ code: 'no-outliers', severity: 'error', message: 'No image is among the best.', remedy: 'Make the database larger.' }] : [],
      ...(best !== 'refused' && { outcome: { images: 60, outliers: 9, bestImage: 140e9, limit: 160e9, r2: 0.97, arms: [armWith(explainedSpec, best === null ? undefined : best * 1e9), armWith(controlSpec, 141e9, pOneSided, superiority)] } }),
    };
  });
  return { name: 'Made', case: 'Stiffness', settings: varied as unknown as StudyResult['settings'], objective: { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] }, variants };
}

/** Without the script. */
const textOf = (study: StudyResult): string => studyPage(study, provenance).replaceAll('\u00a0', ' ').replace(/<script>[\s\S]*<\/script>/, '');
const words = (study: StudyResult): string => [studyWords(study).headline, ...studyWords(study).sentences].join(' ').replaceAll('\u00a0', ' ');

describe('means over seeds', () => {
  test('are those of Python’s statistics.mean and statistics.stdev, without missing values', () => {
    const { mean, deviation, count } = meanOf([151.2, 148.9, undefined, 153.4, 150.1]);
    expect(count).toBe(4);
    expect(mean).toBeCloseTo(150.9, 10);
    expect(deviation).toBeCloseTo(1.9131126469708999, 10);
    expect(meanOf([3])).toEqual({ mean: 3, deviation: NaN, count: 1 });
    expect(meanOf([])).toEqual({ mean: NaN, deviation: NaN, count: 0 });
  });

  test('join variants that differ in the seed alone, wherever the seed stands among the settings', () => {
    const groups = groupBySeed(studyOf({ seed: [1, 2], threshold: [0.3, 0.5] }, [150, 151, 152, 153]))!;
    expect(groups.map(({ settings, variants }) => [settings, variants.map((variant) => variant.settings['seed'])])).toEqual([[{ threshold: '0.3' }, ['1', '2']], [{ threshold: '0.5' }, ['1', '2']]]);
    expect(groupBySeed(studyOf({ threshold: [0.3, 0.5] }, [1, 2]))).toBeUndefined();
    expect(groupBySeed(studyOf({ seed: [4], threshold: [0.3] }, [1]))).toBeUndefined();
  });
});

describe('what a study says', () => {
  test('of one setting: the best value, and that one seed does not tell small differences', () => {
    const said = words(studyOf({ threshold: [0.3, 0.5, 0.7] }, [150, 151, 153]));
    expect(said).toContain('The best design comes from threshold 0.7: 153.0 GPa, 90.0 % of the limit, 1.3 % better than that of threshold 0.5, the next, and 2.0 % better than that of threshold 0.3, the worst.');
    expect(said).toContain('Each combination ran with one seed.');
    expect(said).toContain('in 0 of 3 variants (one-sided p < 0.05); if it never did, about 0.2 of 3 such tests would say so by chance.');
    expect(words(studyOf({ threshold: [0.3, 0.5] }, [150, 150]))).toContain('All 2 variants with a feasible design end with the same best value, 150.0 GPa');
    expect(words(studyOf({ threshold: [0.3, 0.5, 0.7] }, [153, null, 'refused']))).toMatch(/Only one variant has a feasible design, threshold 0.3: .*1 of 3 variants ended without a feasible design \(threshold 0.5\).*1 of 3 variants was refused \(threshold 0.7\)/);
    expect(words(studyOf({ threshold: [0.3] }, [null]))).toMatch(/^No variant has a feasible design\./);
  });

  test('the explanation does better, chance explains the difference, and the control wins: each is said as plainly', () => {
    const said = (p: number, superiority: number): string => words(studyOf({ threshold: [0.3, 0.5, 0.7] }, [150, 151, 153], p, superiority));
    expect(said(0.001, 0.8)).toContain('The explanation does measurably better than chance in 3 of 3 variants (one-sided p < 0.05)');
    expect(said(0.001, 0.8)).not.toContain('wins');
    expect(said(0.3, 0.55)).toContain('The explanation does measurably better than chance in 0 of 3 variants');
    expect(said(0.3, 0.55)).not.toContain('wins');
    expect(said(0.999, 0.2)).toContain('The control wins in 3 of 3 variants (two-sided p < 0.05).');
    // With the same share of pairs, chance can explain it.
    expect(said(0.9, 0.2)).not.toContain('wins');
  });

  test('of the networks of other seeds, whether they find the same regions', () => {
    const saidOf = (overlap: number, elsewhere: number): string => {
      const study = studyOf({ seed: [1, 2, 3] }, [149, 150, 151]);
      const mean = (value: number) => ({ mean: value, deviation: 0.1, count: 16 });
      const variants = study.variants.map((variant, i) => (i === 0 ? variant : { ...variant, outcome: { ...variant.outcome!, regionsAgain: [{ seed: '1', layer: 'last', overlap: mean(overlap), elsewhere: mean(elsewhere) }] } }));
      return words({ ...study, variants });
    };
    expect(saidOf(0.62, 0.1)).toContain('In the same images, 2 networks of other seeds find mostly the same regions (layer last): they share 62 % of their union with those of the first seed, and elsewhere in the image they would share 10 %.');
    expect(saidOf(0.3, 0.1)).toContain('find partly the same regions');
    expect(saidOf(0.12, 0.1)).toContain('find other regions');
    expect(saidOf(NaN, NaN)).toContain('could not be measured');
    expect(words(studyOf({ seed: [1, 2, 3] }, [149, 150, 151]))).not.toContain('networks');
  });

  test('with seeds: the distance is held against the spread over them', () => {
    const settings = { threshold: [0.3, 0.7], seed: [1, 2, 3] };
    // Means 150 and 153, deviations 1; then 150 and 150.5.
    expect(words(studyOf(settings, [149, 150, 151, 152, 153, 154]))).toMatch(/come from threshold 0.7: 153.0 GPa on average over 3 seeds, 2.0 % better than those of threshold 0.3; spread over seeds ±0.7 %\..*is larger than the spread/);
    expect(words(studyOf(settings, [149, 150, 151, 149.5, 150.5, 151.5]))).toContain('is not larger than the spread of single runs over their seeds (one standard deviation), so the study does not tell the two apart.');
    expect(words(studyOf({ seed: [1, 2, 3] }, [149, 150, 151]))).toContain('Over 3 seeds, the best design reaches 150.0 ± 1.0 GPa (from 149.0 GPa to 151.0 GPa); spread over seeds ±0.7 %.');
  });

  test('a mean over some of the seeds wins nothing', () => {
    const settings = { threshold: [0.3, 0.7], seed: [1, 2] };
    expect(words(studyOf(settings, [149, 151, 160, null]))).toMatch(/^Only threshold 0.3 has feasible designs with every seed.*Not every seed gave a feasible design with threshold 0.7, so the comparison leaves it out/);
    expect(words(studyOf(settings, [149, null, 160, null]))).toMatch(/^No combination gave a feasible design with every seed, so the study cannot compare them. The best single design comes from threshold 0.7, seed 1: 160/);
  });
});

describe('the page', () => {
  const single = studyOf({ threshold: [0.3, 0.5] }, [150, 151]);
  const seeded = studyOf({ method: ['gradram', 'layercam'], seed: [1, 2] }, [149, 151, 152, 'refused']);
  const two = studyOf({ method: ['gradram', 'layercam'], layer: ['last', 'stage-1'] }, [149, 151, 152, 153]);
  const three = studyOf({ threshold: [0.3, 0.5], layer: ['last', 'stage-1'], size: [100, 10_000] }, [149, 151, 152, 153, 149, 151, 152, null]);

  test('has one table: what is the same in all variants is hidden, and shown by a switch without a script', () => {
    const page = textOf(single);
    expect(page.match(/<table/g)).toHaveLength(1);
    const heads = [...page.matchAll(/<th scope="col"( class="same")?>(.*?)<\/th>/g)].map(([, same, title]) => `${title!.replace(/<[^>]*>/g, ' ')}${same ? ' (same)' : ''}`);
    expect(heads.filter((head) => !head.endsWith('(same)')).map((head) => head.replaceAll(/\s+/g, ' ').trim())).toEqual(['threshold', 'best E (GPa) critical regions']);
    expect(heads).toContainEqual(expect.stringMatching(/hold-out R².*same/));
    expect(page).toContain(`Show the ${heads.length - 2} columns that are the same in all variants, too`);
    expect(page).toContain('.switch:not(:checked) ~ .scroll .same { display: none; }');
    const row = /<tr><th scope="row"[\s\S]*?<\/tr>/.exec(page)![0];
    expect(row.match(/<t[dh]/g)).toHaveLength(heads.length);
  });

  test('rows over seeds have mean and deviation above the single ones; refused variants say so', () => {
    const page = textOf(seeded);
    expect(page.match(/<tbody class="group">/g)).toHaveLength(2);
    expect(page).toMatch(/<tr class="mean"><th scope="row" data-value="0">gradram<\/th><td data-value="0">2 seeds<\/td><td class="text"><\/td><td data-value="150000000000">150\.0 ± 1\.4<\/td>/);
    expect(page).toContain('<td class="text"><span class="no">refused</span>: <code>no-outliers</code></td>');
    expect(page).toContain('method layercam, seed 2: error <code>no-outliers</code> No image is among the best. Make the database larger.');
    for (const [body] of page.matchAll(/<tbody[\s\S]*?<\/tbody>/g)) expect(new Set([...body.matchAll(/<tr[\s\S]*?<\/tr>/g)].map(([row]) => row.match(/<t[dh]/g)!.length)).size).toBe(1);
  });

  test.each([['one setting', single, 1], ['seeds', seeded, 1], ['two settings', two, 2], ['three settings', three, 3]] as const)('%s: a chart for each, which numbers can always be read of', (_name, study, charts) => {
    const page = textOf(study);
    expect(page.match(/<svg class="chart"/g)).toHaveLength(charts);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    for (const [, target] of page.matchAll(/aria-labelledby="([^"]*)"/g)) expect(ids).toContain(target);
  });

  test('legends name shapes as well as colors, the other setting stands side by side', () => {
    expect(textOf(two)).toMatch(/layer last<\/span>[\s\S]*layer stage-1<\/span>[\s\S]*method gradram<\/span>[\s\S]*method layercam<\/span>/);
    expect(textOf(three)).toContain('the other settings differ between marks of the same value');
    expect(textOf(seeded)).toContain('one standard deviation away');
  });

  test('works alone: its one script is the one that its policy names, and names never become markup', () => {
    const nasty = `<script>alert(1)</script>"'&`;
    const page = studyPage({ ...single, name: nasty, case: nasty, settings: [{ name: nasty, values: [{ text: nasty }] }] }, { ...provenance, specification: nasty });
    const [, script] = /<script>([\s\S]*?)<\/script>/.exec(page)!;
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain(`script-src 'sha256-${createHash('sha256').update(script!).digest('base64')}'`);
    expect(page).not.toMatch(/https?:|<link|<iframe|javascript:|\son\w+=/i);
  });

  test('table and manifest have what the page is made of, without pictures', () => {
    const folder = temporaryFolder();
    const page = writeStudy(folder, seeded, provenance);
    expect(page).toBe(join(folder, 'Made', 'study.html'));
    const lines = readFileSync(join(folder, 'Made', 'study.csv'), 'utf8').trim().split('\r\n').map((line) => line.split(','));
    const column = (name: string): string[] => lines.slice(1).map((line) => line[lines[0]!.indexOf(name)]!);
    expect(column('setting: method')).toEqual(['gradram', 'gradram', 'layercam', 'layercam']);
    expect(column('explained: best_SI')).toEqual(['149000000000', '151000000000', '152000000000', '']);
    expect(column('state')).toEqual(['finished', 'finished', 'finished', 'refused']);
    const text = readFileSync(join(folder, 'Made', 'study.json'), 'utf8');
    expect(text).not.toContain('base64');
    const { groups, variants, manifest } = JSON.parse(text) as { manifest: number; groups: object[]; variants: { arms?: { quartiles: number[] }[] }[] };
    expect(manifest).toBe(1);
    expect(groups).toMatchObject([
      { settings: { method: 'gradram' }, variants: ['Made/0', 'Made/1'], best: { count: 2, mean: 150e9, deviation: Math.SQRT2 * 1e9 } },
      { settings: { method: 'layercam' }, variants: ['Made/2', 'Made/3'], best: { count: 1, mean: 152e9 } },
    ]);
    expect(variants[0]!.arms![0]!.quartiles).toEqual([110e9, 120e9, 130e9]);
  });
});

test('numbers stand at their place, far ones on a logarithmic axis, others and words at equal distances', () => {
  const placed = (...values: (number | string)[]) => slotsOf({ values: values.map((value) => ({ text: String(value), ...(typeof value === 'number' && { number: value }) })) });
  expect(placed(0.3, 0.5, 0.6)).toMatchObject({ positions: [0.3, 0.5, 0.6] });
  const far = placed(1e-4, 1e-3, 0.1);
  expect(far.note).toContain('logarithmic');
  far.positions.forEach((position, i) => expect(position).toBeCloseTo([-4, -3, -1][i]!, 12));
  expect(placed(0, 1, 1000)).toMatchObject({ positions: [0, 1, 2], note: 'The values of the setting stand at equal distances.' });
  expect(placed('last', 'stage-1')).toMatchObject({ positions: [0, 1], gap: 1 });
  expect(placed('last')).toMatchObject({ positions: [0] });
  expect(placed(...Array.from({ length: 40 }, (_, i) => i)).note).toBeUndefined();
});
