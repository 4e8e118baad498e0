/* What `run` prints of comparisons, of cases that optimize, and of studies. */
import { expect, test } from 'vitest';
import { runSummary, summaryText } from '#cli/run-summary';
import type { CaseSpecification } from '#language/specification/specification';
import type { RunOutcome } from '#runner/run';
import { trustInMaps } from '#runner/report/faithfulness/trust';
import { seedSentences } from '#runner/study/over-seeds-words';
import { collectStudy, type StudyResult } from '#runner/study/study-result';
import { syntheticCase } from '#test/runner/report/synthetic-case';
import { syntheticOptimization } from '#test/runner/report/synthetic-optimization';

type Summary = { readonly cases: readonly { readonly arms: readonly { readonly name: string; readonly designs: readonly object[] }[]; readonly optimization?: { readonly groups: readonly { readonly name: string }[]; readonly bestKnown: number } }[] };

const result = syntheticOptimization();
const outcomeOf = (each: typeof result): RunOutcome => ({ cases: [{ name: 'Stiffness', values: {}, stages: [], result: each }] }) as unknown as RunOutcome;

test('the object of --json has the optimization, and parents and starts of designs', () => {
  const [{ optimization, arms }] = (JSON.parse(JSON.stringify(runSummary(outcomeOf(result)))) as Summary).cases as [Summary['cases'][number]];
  expect(optimization!.bestKnown).toBe(result.optimization!.bestKnown);
  expect(optimization!.groups.map(({ name }) => name)).toEqual(['explained', 'control', 'noise', 'cosines', 'frame', 'images']);
  const { parent, finer } = result.arms[2]!.designs[0]!;
  expect(arms[2]!.designs[0]).toMatchObject({ parent, twiceResolution: { Ex: finer!.youngsModulus!.x } });
  expect(arms[4]!.designs[0]).toMatchObject({ start: { family: 'noise' } });
  expect(runSummary(outcomeOf(syntheticCase()))).not.toHaveProperty('cases.0.optimization');
});

test('the line for people says what the optimization reaches', () => {
  const [design, refined] = [result.arms[0].designs.find(({ feasible }) => feasible)!, result.arms[2]!.designs[0]!];
  expect(summaryText(outcomeOf(result))[0]).toContain(`the best reaches ${design.limit!.percent.toFixed(1)} % of the physical limit, by optimization ${refined.limit!.percent.toFixed(1)} % (`);
  expect(summaryText(outcomeOf(syntheticCase()))[0]).not.toContain('optimization');
});

test('the lines of a study over seeds say whether the explanation does better than chance', () => {
  const collector = collectStudy();
  const seeds = ['1', '2', '3', '4', '5'];
  for (const seed of seeds) collector.add({ case: { name: `Seeds/seed-${seed}` }, variant: { study: 'Seeds', case: 'Stiffness', settings: { seed } } } as unknown as CaseSpecification, [], [], syntheticCase());
  const study: StudyResult = { name: 'Seeds', case: 'Stiffness', settings: [{ name: 'seed', values: seeds.map((text) => ({ text })) }], objective: syntheticCase().problem.objective, variants: collector.variants() };
  const [first, second] = summaryText({ cases: [], study, report: 'study.html', status: 'finished' } as unknown as RunOutcome);
  expect(first).toMatch(/^Seeds: 5 variants of Stiffness\. Over 5 seeds, the best design reaches /);
  expect(second).toBe(seedSentences(study)[0]);
  expect(second).toMatch(/^Over 5 seeds, the explanation does better than chance: .* in 5 of 5 seeds \(exact sign-flip test over the seeds, one-sided p.=.0\.031, the least that as many seeds can give\)\.$/);
});

test.each([
  ['the explanation does better', 4, 1, 'The explanation does better than chance: a design from a critical region beats one from a random patch in'],
  ['there is no difference', 3, 3, 'The explanation does not do measurably better than chance: its designs beat those of random patches in'],
  ['the control wins', 1.5, 5, 'The control wins: a design from a random patch beats one from a critical region in'],
])('that %s stands in the line for people and in the object of --json', (_outcome, explainedLead, controlLead, sentence) => {
  const each = syntheticCase({ explainedLead, controlLead });
  expect(summaryText(outcomeOf(each))).toContainEqual(expect.stringContaining(`Stiffness: ${sentence}`));
  expect(runSummary(outcomeOf(each))).toMatchObject({ cases: [{ comparisons: [{ verdict: expect.stringContaining(sentence) }] }] });
});

test('whether the maps are to be trusted stands there, too', () => {
  const each = syntheticCase({ trust: 'none' });
  const [{ sentence }] = trustInMaps(each) as [ReturnType<typeof trustInMaps>[number]];
  const plain = sentence.replace(/[\u00a0\u202f]/g, ' ');
  expect(plain).toContain('not to be trusted');
  expect(summaryText(outcomeOf(each))).toContain(`Stiffness: ${plain}`);
  expect(runSummary(outcomeOf(each))).toMatchObject({ cases: [{ faithfulness: { trust: [{ layer: 'last', verdict: 'no-trust', sentence: plain }] } }] });
});
