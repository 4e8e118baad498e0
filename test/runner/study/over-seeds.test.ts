/* What a study over seeds says of the explanation against chance: the numbers, and each outcome as plainly as the others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comparedArm } from '#domain/arms';
import { attainableLimit } from '#domain/limits';
import type { CaseSpecification } from '#language/specification/specification';
import { quantile, type CaseResult } from '#engine/api';
import { compareOverSeeds, fewestSeeds } from '#runner/study/over-seeds';
import { seedSentences } from '#runner/study/over-seeds-words';
import { studyPage } from '#runner/study/study-page';
import { collectStudy, type StudyResult, type VariantArm, type VariantResult } from '#runner/study/study-result';
import { writeStudy } from '#runner/study/write-study';
import { controlSpec, explainedSpec, syntheticCase } from '#test/runner/report/synthetic-case';
import { temporaryFolder } from '#test/support/temporary-folder';

const provenance = { specification: 'small.xdesign', overrides: {}, versions: {}, machine: '2 cores' };

/** What an arm of a seed reaches, in GPa; without a tenth it has no design, without a best one none is feasible. */
interface Reached {
  readonly tenth?: number;
  readonly best?: number;
  readonly beating?: number;
  /** Of ten tries over the best image, a share. */
  readonly gain?: number;
}

function armOf(spec: VariantArm['spec'], { tenth, best, beating = 0, gain }: Reached, comparison?: VariantArm['comparison']): VariantArm {
  return {
    name: spec.name, spec, attempts: 20, designs: tenth === undefined ? 0 : 10, feasible: best === undefined ? 0 : 4, beating,
    ...(tenth !== undefined && { bestTenth: tenth * 1e9, box: [100e9, 110e9, 120e9, 130e9, 150e9] }),
    ...(gain !== undefined && { tries: { tries: 10, feasible: 1, beating: 0.5, best: 141e9, gain: gain * 140e9 } }),
    ...(best !== undefined && { best: { file: 'design-001.png', objectiveValue: best * 1e9, volumeFraction: 0.4, picture: 'data:,' } }),
    ...(comparison && { comparison }),
  };
}

type Seed = { readonly own: Reached; readonly other: Reached; readonly byImage?: number; readonly p?: number } | 'refused';

/** A study of seeds, or of those with each threshold, the seeds of a threshold next to each other. */
function studyOf(seeds: readonly Seed[], { thresholds = [] as readonly string[], sense = 'maximize' as 'maximize' | 'minimize', compared = controlSpec } = {}): StudyResult {
  const perThreshold = thresholds.length === 0 ? seeds.length : seeds.length / thresholds.length;
  const variants = seeds.map((seed, i): VariantResult => ({
    name: `Made/${i}`, folder: `variant-${i}`, seconds: 2, secondsAlone: 9, findings: [],
    settings: { ...(thresholds.length > 0 && { threshold: thresholds[Math.floor(i / perThreshold)]! }), seed: String(1 + (i % perThreshold)) },
    ...(seed !== 'refused' && {
      outcome: {
        images: 60, outliers: 9, bestImage: 140e9, r2: 0.97,
        arms: [armOf(explainedSpec, seed.own), armOf(compared, seed.other, seed.own.tenth !== undefined && seed.other.tenth !== undefined ? { superiority: 0.6, byImage: seed.byImage ?? 0.5, pOneSided: seed.p ?? 0.5, pTwoSided: 1 } : undefined)],
      },
    }),
  }));
  const setting = (name: string, values: readonly string[]) => ({ name, values: values.map((text) => ({ text, number: Number(text) })) });
  const seedSetting = setting('seed', Array.from({ length: perThreshold }, (_, i) => String(i + 1)));
  return { name: 'Made', case: 'Stiffness', settings: thresholds.length > 0 ? [setting('threshold', thresholds), seedSetting] : [seedSetting], objective: { sense, property: 'youngs-modulus', directions: ['x', 'y'] }, variants };
}

const better: Seed = { own: { tenth: 145, best: 150, beating: 9, gain: 0.03 }, other: { tenth: 141, best: 149, beating: 3, gain: 0.02 }, byImage: 0.8, p: 0.1 };
const worse: Seed = { own: better.other, other: better.own, byImage: 0.2, p: 0.9 };
const times = (count: number, seed: Seed): Seed[] => new Array<Seed>(count).fill(seed);
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const said = (study: StudyResult): string => plain(seedSentences(study).join(' '));
const outcomesOf = (study: StudyResult): string[] => compareOverSeeds(study).map(({ outcome }) => outcome);

describe('over the seeds', () => {
  test('means, counts and tests of eight seeds', () => {
    const seeds: Seed[] = [...times(6, better), { ...better, byImage: 0.7, p: 0.01, own: { tenth: 143, best: 149, beating: 1, gain: 0.01 } }, { ...worse, own: { tenth: 140, gain: 0 } }];
    const [comparison] = compareOverSeeds(studyOf(seeds));
    expect(comparison).toMatchObject({ settings: {}, seeds: 8, tested: 8, bestAtLeast: 7, beating: { own: 55, other: 30 }, outcome: 'better' });
    expect(comparison!.superiorityByImage.mean).toBeCloseTo((6 * 0.8 + 0.7 + 0.2) / 8, 12);
    expect(comparison!.bestTenth).toMatchObject({ own: { mean: expect.closeTo(144.125e9, 0) as number, count: 8 }, better: 7 });
    // The sum 21 of the differences against all choices of their signs.
    const differences = [4, 4, 4, 4, 4, 4, 2, -5];
    const reaching = Array.from({ length: 256 }, (_, choice) => differences.reduce((sum, value, i) => sum + ((choice >> i) & 1 ? value : -value), 0)).filter((sum) => sum >= 21).length;
    expect(comparison!.signFlip).toMatchObject({ pOneSided: reaching / 256, pTwoSided: (2 * reaching) / 256, least: 1 / 256, method: 'exact' });
    // The upper tail of χ² with 16 degrees of freedom at twice h, term by term.
    const h = -(6 * Math.log(0.1) + Math.log(0.01) + Math.log(0.9));
    let [term, tail] = [Math.exp(-h), 0];
    for (let i = 0; i < 8; i++, term *= h / i) tail += term;
    expect(comparison!.combinedP).toBeCloseTo(tail, 12);
    expect(comparison!.fewTries.own.mean).toBeCloseTo((6 * 0.03 + 0.01) / 8, 12);
    expect(comparison!.fewTries.other.mean).toBeCloseTo((7 * 0.02 + 0.03) / 8, 12);
  });

  test('the explanation does better: the sentence has the test and the least p there is', () => {
    expect(said(studyOf(times(8, better)))).toBe(
      'Over 8 seeds, the explanation does better than chance: the best tenth of its designs reaches further in 8 of 8 seeds (exact sign-flip test over the seeds, one-sided p = 0.004, the least that as many seeds can give).' +
      ' The mean of an image’s designs is better than that of an image of the compared arm with probability 0.80 ± 0.00 (Fisher’s combination of the p by image: p = 0.002), the best design is at least as good in 8 of 8 seeds,' +
      ' 72 feasible designs beat all images, against 24 (3.0 times as many) and ten tries gain 3.00 % over the best image, against 2.00 % (1.5 times as much).',
    );
  });

  test('the control does better, and it is said as plainly', () => {
    const study = studyOf(times(8, worse));
    expect(outcomesOf(study)).toEqual(['worse']);
    expect(said(study)).toContain('Over 8 seeds, the explanation does worse than chance: the best tenth of its designs reaches further in only 0 of them (exact sign-flip test over the seeds, two-sided p = 0.008).');
    expect(plain(studyPage(study, provenance))).toContain('<tr><th scope="row">verdict on the own arm</th><td>worse</td></tr>');
  });

  test('no difference, or too few seeds to show one', () => {
    const mixed = studyOf([...times(4, better), ...times(4, worse)]);
    expect(outcomesOf(mixed)).toEqual(['no-difference']);
    expect(said(mixed)).toContain('Over 8 seeds, no difference shows between the explanation and chance: the best tenth of the designs of the former reaches further in 4 of 8 seeds, which chance explains (exact sign-flip test over the seeds, one-sided p = 0.637).');
    expect(fewestSeeds).toBe(5);
    expect(outcomesOf(studyOf(times(5, better)))).toEqual(['better']);
    const few = studyOf(times(4, better));
    expect(outcomesOf(few)).toEqual(['too-few-seeds']);
    expect(said(few)).toContain('4 seeds are too few to say whether the explanation does better than chance: the best tenth of its designs reaches further in 4 of 4 seeds, and no outcome could have p below 0.063 (exact sign-flip test over the seeds). At least 5 seeds can.');
  });

  test('where less is better, the lower tenth is', () => {
    expect(outcomesOf(studyOf(times(8, better), { sense: 'minimize' }))).toEqual(['worse']);
    const [comparison] = compareOverSeeds(studyOf(times(8, worse), { sense: 'minimize' }));
    expect(comparison).toMatchObject({ outcome: 'better', bestAtLeast: 8, bestTenth: { better: 8 } });
  });

  test('seeds that were refused or lack designs of an arm are left out of the tests, and it is said', () => {
    const study = studyOf([...times(6, better), { own: {}, other: better.other }, 'refused']);
    expect(compareOverSeeds(study)[0]).toMatchObject({ seeds: 7, tested: 6, bestAtLeast: 6, beating: { own: 54, other: 21 }, signFlip: { pOneSided: 1 / 64 } });
    expect(said(study)).toContain('Over 6 seeds (1 seed without designs of both arms is left out), the explanation does better than chance');
    const none = studyOf(times(3, { own: {}, other: {} }));
    expect(said(none)).toMatch(/^No seed has designs of both arms, so the study does not compare the explanation with chance\./);
    expect(studyPage(none, provenance).replace(/<script>[\s\S]*<\/script>/, '')).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('each combination of the other settings has a row, and one sentence has all', () => {
    const study = studyOf([...times(5, better), ...times(6, worse).slice(1), ...times(5, better)], { thresholds: ['0.3', '0.5', '0.7'] });
    expect(outcomesOf(study)).toEqual(['better', 'no-difference', 'better']);
    expect(said(study)).toBe('Over the seeds, the explanation does better than chance with threshold 0.3 and threshold 0.7 and no difference shows with threshold 0.5 (sign-flip tests); if it never did better, about 0.2 of 3 such tests would say so by chance.');
    const section = /<section aria-labelledby="seeds-title">[\s\S]*?<\/section>/.exec(studyPage(study, provenance))![0];
    expect(section).toContain('<tr><th scope="row">verdict on the own arm</th><td>better</td><td>no difference</td><td>better</td></tr>');
    expect(new Set([...section.matchAll(/<tr>[\s\S]*?<\/tr>/g)].map(([row]) => row.match(/<t[dh]/g)!.length)).size).toBe(1);
    expect(plain(section)).toContain('<td>45 : 15 = 3.0</td><td>15 : 45 = 0.3</td><td>45 : 15 = 3.0</td>');
  });

  test('against the share of white, the outcome is followed by what it means for the explanation', () => {
    const against = (seeds: readonly Seed[]) => plain(seedSentences(studyOf(seeds, { compared: comparedArm('white-share', 'mirror', 'lower') }))[0]!);
    expect(against(times(8, better))).toMatch(/^Over 8 seeds, the explanation does better than the share of white: .*\)\. So the explanation finds more than where there is the least white\.$/);
    expect(against(times(8, worse))).toMatch(/^Over 8 seeds, the explanation does worse than the share of white: .*\)\. So the explanation finds less here than simply where there is the least white\.$/);
    expect(against([...times(4, better), ...times(4, worse)])).toMatch(/no difference shows between the explanation and the share of white: .*\)\. So it is not shown that the explanation finds more than where there is the least white, which needs no explanation\.$/);
    expect(against(times(2, better))).not.toContain('So ');
    expect(said(studyOf(times(8, better)))).not.toContain('So ');
  });

  test('a study is compared once, whatever requests its comparisons', () => {
    const study = studyOf(times(5, better));
    expect(compareOverSeeds(study)).toBe(compareOverSeeds(study));
    expect(compareOverSeeds(studyOf(times(5, worse)))).not.toEqual(compareOverSeeds(study));
  });

  test('without seeds there is nothing of this', () => {
    const study = studyOf(times(3, better), { thresholds: ['0.3', '0.5', '0.7'] });
    expect(compareOverSeeds(study)).toEqual([]);
    expect(studyPage(study, provenance)).not.toContain('Over the seeds');
  });

  test('study.json and study.csv have the numbers, SI units', () => {
    const folder = temporaryFolder();
    const study = studyOf([...times(8, better)]);
    writeStudy(folder, study, provenance);
    const { says, groups } = JSON.parse(readFileSync(join(folder, 'Made', 'study.json'), 'utf8')) as { says: string[]; groups: { comparisons: object[] }[] };
    expect(says).toEqual(expect.arrayContaining([...seedSentences(study)]));
    expect(groups[0]!.comparisons).toEqual([{
      arms: ['explained', 'control'], seeds: 8, tested: 8, bestAtLeast: 8, combinedP: expect.any(Number) as number, outcome: 'better', beating: { own: 72, other: 24 },
      signFlip: { pOneSided: 1 / 256, pTwoSided: 1 / 128, least: 1 / 256, method: 'exact' },
      superiorityByImage: { count: 8, mean: expect.closeTo(0.8, 12) as number, deviation: expect.closeTo(0, 12) as number },
      bestTenth: { own: { count: 8, mean: 145e9, deviation: 0 }, other: { count: 8, mean: 141e9, deviation: 0 }, better: 8 },
      fewTries: { tries: 10, own: { count: 8, mean: expect.closeTo(0.03, 12) as number, deviation: expect.closeTo(0, 12) as number }, other: { count: 8, mean: expect.closeTo(0.02, 12) as number, deviation: expect.closeTo(0, 12) as number } },
    }]);
    const [head, first] = readFileSync(join(folder, 'Made', 'study.csv'), 'utf8').split('\r\n').map((line) => line.split(','));
    const cell = (name: string): string => first![head!.indexOf(name)]!;
    expect(['explained: best_tenth_SI', 'explained: ten_tries_gain_SI', 'control: superiority_by_image'].map(cell)).toEqual(['145000000000', '4200000000', '0.8']);
  });
});

test('a variant keeps the best tenth, ten tries and the periodic value of its best design', () => {
  const result: CaseResult = syntheticCase({ property: 'thermal-expansion', designCount: 30 });
  const collector = collectStudy();
  collector.add({ case: { name: 'Made/seed-1' }, variant: { study: 'Made', case: 'Expansion', settings: { seed: '1' } } } as unknown as CaseSpecification, [], [], result);
  const [own, other] = collector.variants()[0]!.outcome!.arms;
  const { designs, tries } = result.arms[0];
  expect(own.bestTenth).toBe(quantile(designs.map(({ objectiveValue }) => objectiveValue).sort((a, b) => b - a), 0.9));
  expect(own.tries).toEqual(tries!.find((each) => each.tries === 10));
  expect(other!.comparison!.byImage).toBe(result.comparisons[0]!.byImage.superiority);
  const { x, y } = designs[0]!.periodic!.thermalExpansion!;
  const limit = attainableLimit({ ...result.problem, ...result.problem.objective, test: 'periodic', volumeFraction: designs[0]!.volumeFraction })!;
  expect(own.best!.periodic).toEqual({ objectiveValue: Math.max(x, y), percentOfLimit: expect.closeTo((100 * limit.value) / Math.max(x, y), 8) as number });
});
