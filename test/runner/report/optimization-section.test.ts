/* What reports say of topology optimization: each number of a text is that of the result. */
import { describe, expect, test } from 'vitest';
import { findResemblances, type CaseResult } from '#engine/api';
import { judge } from '#runner/report/verdict';
import { comparisonSentences, fewRunsSentence, summarySentences } from '#runner/report/optimization-words';
import { secondsOfIteration, secondsOfStarts } from '#runner/report/optimization-summary';
import { reportPage } from '#runner/report/report-page';
import { syntheticCase } from './synthetic-case';
import { syntheticOptimization } from './synthetic-optimization';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const pageOf = (result: CaseResult): string => plain(reportPage([result], { specification: 'a.xdesign', overrides: {}, versions: {}, machine: 'one' }, 'in-case-folder'));
const sectionOf = (result: CaseResult, name: string): string => new RegExp(`<section aria-labelledby="case-1-${name}-title">[\\s\\S]*?</section>`).exec(pageOf(result))?.[0] ?? '';
const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const words = (result: CaseResult): string => plain(judge(result).sentences.join(' '));
const gpa = (value: number): string => (value / 1e9).toFixed(1);

const result = syntheticOptimization();
const optimization = result.optimization!;
const armOf = (name: string): CaseResult['arms'][number] => result.arms.find((arm) => arm.name === name)!;

describe('the verdict', () => {
  const [refined] = armOf('explained-refined').designs;
  const [started] = armOf('optimization').designs;
  const before = armOf('explained').designs.find(({ feasible }) => feasible)!;

  test('says what refinement gains, with the numbers of the best designs', () => {
    const gain = (100 * (refined!.objectiveValue / before.objectiveValue - 1)).toFixed(1);
    expect(words(result)).toContain(`Refined, the best design reaches ${gpa(refined!.objectiveValue)} GPa, ${refined!.limit!.percent.toFixed(1)} % of the limit, ${gain} % better than the best design before.`);
    expect(words(result)).toContain(`Starts that no design inspired (noise, random cosines, a frame and database images) do not do as well: the best of them reaches ${gpa(started!.objectiveValue)} GPa, ${started!.limit!.percent.toFixed(1)} % of the limit.`);
  });

  test('says as plainly when other starts do as well, or better', () => {
    expect(words(syntheticOptimization({ refinedShare: 0.965, randomShare: 0.965 }))).toMatch(/Starts that no design inspired \([^)]*\) do (as well|better): /);
    expect(words(syntheticOptimization({ refinedShare: 0.94, randomShare: 0.97 }))).toContain('do better: the best of them reaches');
  });

  test('smaller is better where a case minimizes', () => {
    expect(words(syntheticOptimization({ property: 'thermal-expansion' }))).toMatch(/Refined, the best design reaches 9\.\d+ × 10⁻⁶\/K, 9\d\.\d % of the limit, \d+\.\d % better than the best design before\./);
  });

  test('of optimized arms alone, or of none', () => {
    const alone = syntheticOptimization({ refined: 0 });
    expect(words(alone)).toMatch(/Optimized from noise, random cosines, a frame and database images, the best cell reaches [\d.]+ GPa, [\d.]+ % of the limit, [\d.]+ % better than the best design before\./);
    expect(words(alone)).not.toContain('Refined');
    expect(words(syntheticOptimization({ starts: 0 }))).not.toContain('no design inspired');
    expect(words(syntheticCase())).not.toMatch(/[Rr]efined|[Oo]ptimiz/);
  });

  test('whether the explanation beats chance is a question to the control alone', () => {
    expect(judge(result).comparisons.map(({ with: { called } }) => called)).toEqual(['the control']);
    const bare = syntheticOptimization({ controlLead: undefined });
    expect(judge(bare).comparisons).toEqual([]);
    expect(words(bare)).toContain('There is no control arm');
    const arms = textOf(sectionOf({ ...result, comparisons: [...result.comparisons, { ...result.comparisons[0]!, arms: ['explained', 'optimization'] }] }, 'arms'));
    expect(arms.match(/A design from a/g)).toHaveLength(1);
    expect(pageOf(result).match(/<dt>better than/g)).toHaveLength(1);
  });
});

describe('arms that optimize', () => {
  test('are rows of the table of arms, with starts beside patches', () => {
    const section = sectionOf(result, 'arms');
    expect(section).toContain('<th scope="col">patches or starts</th>');
    for (const { name, designs, attempts } of result.arms.slice(2)) {
      const title = { 'explained-refined': 'explained designs, refined', 'control-refined': 'control designs, refined', optimization: 'optimized from other starts' }[name];
      expect(section).toContain(`<th scope="row">${title}</th><td>${attempts}</td><td>${designs.length}</td>`);
    }
    expect(textOf(section)).toContain('Patches and starts that gave no design:');
    expect(sectionOf(syntheticCase(), 'arms')).toContain('<th scope="col">patches</th>');
  });

  test('their designs name what they began with, and no patch', () => {
    const section = sectionOf(result, 'designs');
    const [, , refined, , started] = section.match(/<table class="designs">[\s\S]*?<\/table>/g)!;
    expect(refined).toContain('<th scope="col">began with</th>');
    const { parent } = armOf('explained-refined').designs[0]!;
    const rank = armOf('explained').designs.findIndex(({ candidate }) => candidate === parent!.candidate) + 1;
    expect(refined).toContain(`<th scope="row">refined-001</th><td>design-${String(rank).padStart(3, '0')}</td>`);
    expect(started).toContain('<th scope="col">start</th>');
    expect(started).toMatch(/<th scope="row">optimized-\d{3}<\/th><td>noise \d+<\/td>/);
    expect(started).toMatch(/<td>random cosines \d+<\/td>/);
    expect(started).toMatch(/<td>image \d+<\/td>/);
    expect(started).toContain('<td>a frame</td>');
    for (const table of [refined, started]) expect(table).not.toMatch(/patch|threshold/);
    expect(textOf(section)).toContain('All 10 refined designs: feasible ones first');
  });
});

describe('the section', () => {
  test('says what was optimized, what is known, and what the best cell reaches at twice the resolution', () => {
    const text = plain(summarySentences(result, optimization).join(' '));
    const best = armOf('explained-refined').designs[0]!;
    expect(text).toContain('47 topology optimizations');
    expect(text).toContain('ran with a filter of 3 pixels and mirror symmetry about both mid-lines: 10 from explained designs, 10 from control designs, 10 from noise, 10 from random cosines');
    expect(text).toContain(`The best value known is E = ${gpa(optimization.bestKnown)} GPa, ${((100 * optimization.bestKnown) / 158.236e9).toFixed(1)} % of the physical limit at the most favorable fraction (rank-2 laminate).`);
    expect(text).toContain(`refined-001, reaches ${gpa(best.objectiveValue)} GPa; at twice the resolution, with four pixels in place of each, the same cell reaches ${gpa(best.finer!.youngsModulus!.x)} GPa (−0.04 %).`);
  });

  test('has a row per group with its share of hits and expected running times', () => {
    const section = sectionOf(result, 'optimization');
    const [first] = optimization.groups;
    const { runs, iterations, solverIterations } = first!.reached[0]!;
    const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');
    const seconds = (40 / optimization.runs.filter(({ arm }) => arm === 'explained-refined').reduce((sum, run) => sum + run.iterations, 0)) * iterations;
    expect(section).toContain(
      `<th scope="row">explained designs</th><td>10</td><td>${gpa(first!.best!)}</td><td>${gpa(first!.median!)}</td><td>${10 * runs} %</td><td>${count(iterations)}<br><small>${count(solverIterations)}</small></td><td>${seconds.toFixed(seconds < 10 ? 1 : 0)}</td>`,
    );
    // 4.2 + 131.4 + 0.1 + 214.9 + 20.1 + 3 × 2 s, without the examination.
    expect(section).toMatch(/explained designs<\/th>.*<td>6 min 17 s<\/td><\/tr>/);
    expect(section).toMatch(/noise<\/th>.*<td>none<\/td><\/tr>/);
    expect(section).toMatch(/database images<\/th>.*<td>2 min 16 s<\/td><\/tr>/);
  });

  test('says nothing of solver iterations where systems were solved directly', () => {
    const direct: CaseResult = {
      ...result,
      optimization: {
        ...optimization,
        runs: optimization.runs.map((run) => ({ ...run, solverIterations: 0 })),
        groups: optimization.groups.map((group) => ({ ...group, reached: group.reached.map((reached) => ({ ...reached, solverIterations: reached.runs > 0 ? 0 : Infinity })) })),
      },
    };
    expect(sectionOf(result, 'optimization')).toContain('<small>of the solver</small>');
    expect(sectionOf(direct, 'optimization')).not.toMatch(/of the solver|<small>0<\/small>/);
  });

  test('times of values from the store are those of the run that they came from, where it kept them', () => {
    const [explained, , noise] = optimization.groups;
    const stored: CaseResult = { ...result, stages: result.stages.map((stage) => ({ ...stage, seconds: 0, reused: 'everything' })) };
    expect(secondsOfIteration(stored, explained!)).toBe(secondsOfIteration(result, explained!));
    expect(secondsOfStarts(stored, explained!)).toBeCloseTo(376.7, 6);
    expect(secondsOfStarts(result, explained!)).toBeCloseTo(376.7, 6);

    const unknown: CaseResult = { ...stored, stages: stored.stages.map(({ cost: _cost, ...stage }) => (stage.stage === 'learn' || stage.arm === 'explained-refined' ? stage : { ...stage, cost: 1 })) };
    expect(secondsOfIteration(unknown, explained!)).toBeUndefined();
    expect(secondsOfIteration(unknown, noise!)).toBeGreaterThan(0);
    expect(secondsOfStarts(unknown, explained!)).toBeUndefined();
    expect(secondsOfStarts(unknown, noise!)).toBe(0);
  });

  test('draws a line per run, the best of each group thick and marked', () => {
    const chart = /<svg class="chart"[\s\S]*?<\/svg>/.exec(sectionOf(result, 'optimization'))![0];
    expect(chart).toContain('aria-label="E of the cut cell over the iterations of 47 runs: 10 from explained designs');
    const lines = (width: string): number => chart.match(new RegExp(`fill="none"[^>]*stroke-width="${width}"`, 'g'))?.length ?? 0;
    expect(chart.match(/stroke-opacity="0.45"/g)).toHaveLength(47 - 6);
    expect(lines('2.6')).toBe(6);
    for (const color of ['series-5', 'series-6', 'series-3', 'series-4', 'particles', 'fibers']) expect(chart).toContain(`fill="var(--${color})"`);
  });

  test('compares starts in words, also when explained ones are no better', () => {
    const [control, noise] = optimization.comparisons.map((comparison) => plain(comparisonSentences(result, optimization, comparison).join(' ')));
    const [first, second, third] = optimization.groups;
    expect(control).toMatch(/^Runs from explained designs do not end measurably better than runs from control designs: they do in \d+ % of all pairs, which chance explains \(Mann–Whitney on 10 and 10 runs, one-sided p = 0\.\d+\)\./);
    expect(control).toContain(`99 % of the best value known is reached by ${first!.reached[0]!.runs} of 10 runs against ${second!.reached[0]!.runs} of 10, `);
    expect(noise).toMatch(/^Runs from explained designs end better than runs from noise: in \d+ % of all pairs \(/);
    const { events, expected, pOneSided } = optimization.comparisons[1]!.hittingTimes[0]!;
    expect(events > expected && pOneSided < 0.05).toBe(true);
    expect(noise).toContain(`is reached by ${first!.reached[0]!.runs} of 10 runs against ${third!.reached[0]!.runs} of 10, sooner (log-rank, one-sided p = ${pOneSided >= 0.001 ? pOneSided.toFixed(3) : ''}`);
    const worse = syntheticOptimization({ refinedShare: 0.94, randomShare: 0.97 });
    const against = plain(comparisonSentences(worse, worse.optimization!, worse.optimization!.comparisons[1]!).join(' '));
    expect(against).toMatch(/^Runs from noise end better than runs from explained designs: in \d+ % of all pairs \(Mann–Whitney on 10 and 10 runs, two-sided p [=<] /);
    expect(against).toMatch(/99 % of the best value known is reached by 0 of 10 runs against \d+ of 10, (later|which chance explains) \(log-rank, two-sided p = /);
  });

  test('warns of groups of fewer than 20 runs', () => {
    expect(fewRunsSentence(optimization)).toMatch(/^Groups of fewer than 20 runs say little/);
    expect(fewRunsSentence({ ...optimization, groups: optimization.groups.map((group) => ({ ...group, runs: 20 })) })).toBeUndefined();
  });

  test('shows the best cell of each group, and each refined design beside its parent with its gain', () => {
    const section = sectionOf(result, 'optimization');
    for (const title of ['explained designs', 'control designs', 'noise', 'random cosines', 'database images', 'a frame']) expect(section).toContain(`<b>best from ${title}</b>`);
    expect(section.match(/alt="three by three cells of /g)).toHaveLength(6);
    const { parent, objectiveValue, limit } = armOf('explained-refined').designs[0]!;
    const before = armOf('explained').designs.find(({ candidate }) => candidate === parent!.candidate)!;
    const gain = objectiveValue - before.objectiveValue;
    expect(textOf(section)).toContain(`${gpa(before.objectiveValue)} GPa → ${gpa(objectiveValue)} GPa ${(gain / 1e9).toPrecision(4)} GPa better (+${((100 * gain) / before.objectiveValue).toFixed(1)} %) ${before.limit!.percent.toFixed(1)} → ${limit!.percent.toFixed(1)} % of the limit`);
    expect(section.match(/, after"/g)).toHaveLength(20);
  });

  test('a design that refinement makes worse is told so', () => {
    const worse = textOf(sectionOf(syntheticOptimization({ property: 'poisson-ratio', refinedShare: 0.6 }), 'optimization'));
    expect(worse).toMatch(/0\.\d+ worse \(−\d+\.\d %\)/);
  });

  test('puts each shown design beside the nearest optimum, with agreement, overlap and what unrelated images have', () => {
    const { nearest, unrelated } = findResemblances(result)!;
    const text = textOf(sectionOf(result, 'optimization'));
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    for (const { design, run, agreement, overlap } of nearest.slice(0, 6)) {
      const { arm, design: index, group } = optimization.runs[run]!;
      const prefix = { 'explained-refined': 'refined', 'control-refined': 'control-refined', optimization: 'optimized' }[arm];
      const title = { explained: 'explained designs', control: 'control designs', cosines: 'random cosines', frame: 'a frame', images: 'database images' }[group] ?? group;
      expect(text).toContain(`design-00${design + 1} nearest: ${prefix}-${String(index! + 1).padStart(3, '0')}, from ${title} ${percent(agreement)} of the pixels agree, overlap ${percent(overlap)}`);
    }
    expect(text).toContain(`${unrelated!.pairs} pairs of images of the database, which have nothing to do with each other, agree in ${percent(unrelated!.agreement)} of their pixels on average and in ${percent(unrelated!.largestAgreement)} at most; their overlap is ${percent(unrelated!.overlap)} on average.`);
    expect(text).not.toContain('design-007 nearest');
  });

  test('is absent where nothing optimizes', () => {
    expect(sectionOf(syntheticCase(), 'optimization')).toBe('');
  });

  test('adds less than 300 kB for 60 runs at 128 × 128 pixels', () => {
    const wish = { resolution: 128, designCount: 10 };
    const all = syntheticOptimization({ ...wish, starts: 17 });
    expect(all.optimization!.runs.length).toBeGreaterThan(60);
    expect(pageOf(all).length - pageOf(syntheticCase(wish)).length).toBeLessThan(300_000);
  }, 120_000);
});
