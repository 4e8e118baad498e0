/* Two constructions of the same patches in the report: the judgment, its sentence, the section, the JSON. */
import { describe, expect, test } from 'vitest';
import { comparedArm, ownArm } from '#domain/arms';
import type { CaseResult, PairedArm, PairedComparison } from '#engine/api';
import { signedRank } from '#engine/validation/signed-rank';
import { comparisonsJson } from '#runner/report/comparison-words';
import { pairedOutcome, pairedSentence, plain } from '#runner/report/construction-words';
import { manifestJson } from '#runner/report/manifest';
import { reportPage } from '#runner/report/report-page';
import { judge } from '#runner/report/verdict';
import { syntheticCase } from '#test/runner/report/synthetic-case';

const arms = [{ name: 'explained', spec: ownArm('mirror') }, { name: 'graph', spec: comparedArm('graph', 'mirror') }] as unknown as CaseResult['arms'];
const provenance = { specification: 'case.xdesign', overrides: {}, versions: {}, machine: 'a machine' };

const made = (cells: number, feasible: number, broken: number): PairedArm => ({ cells, feasible, violations: [{ name: 'fraction in 0.39 .. 0.4', count: 0 }, { name: 'difference(E) < 10 %', count: broken }] });
const [up, down, even] = [1, -1, 0].map((sign) => signedRank(Array.from({ length: 10 }, (_, i) => (sign === 0 ? (i % 2 === 0 ? 1 : -1) : sign) * (i + 1))));

function paired(feasibleByImage = even!, valuesByImage = even!, counts: Partial<PairedComparison> = {}): PairedComparison {
  return { patches: 100, arms: [made(98, 60, 38), made(80, 20, 60)], bothFeasible: 15, firstBetter: 9, secondBetter: 6, feasibleByImage, valuesByImage, ...counts };
}

const sentence = (comparison: PairedComparison): string => plain(pairedSentence({ arms, problem: { objective: { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] } } as unknown as CaseResult['problem'] }, ['explained', 'graph'], comparison));

describe('the judgment', () => {
  test.each([
    ['more feasible cells and better ones', up, up, 'better'],
    ['more feasible cells', up, even, 'better'],
    ['better cells', even, up, 'better'],
    ['fewer feasible cells', down, even, 'worse'],
    ['more feasible cells, but worse ones', up, down, 'divided'],
    ['nothing that chance does not explain', even, even, 'no-difference'],
  ] as const)('%s', (_what, feasible, values, outcome) => {
    expect(pairedOutcome(paired(feasible, values))).toBe(outcome);
  });
});

describe('the sentence says which is better', () => {
  test('and why, where the numbers show it', () => {
    expect(sentence(paired(up, up))).toBe(
      'The mirror construction is better than the graph construction on the same 100 patches: it makes 60 (60.0 %) of them feasible and the graph construction 20 (20.0 %), p = 0.002' +
        ' (by the graph construction, 80 % instead of 98 % of its patches give a cell, and 75 % instead of 39 % of its cells violate “difference(E) < 10 %”);' +
        ' of the 15 patches that are feasible by both, the mirror construction makes the better cell of 9, p = 0.002.',
    );
  });

  test('whichever arm it is', () => {
    const turned = paired(down, even, { arms: [made(80, 20, 60), made(98, 60, 38)] });
    expect(sentence(turned)).toMatch(/^The graph construction is better than the mirror construction on the same 100 patches: it makes 60 .* \(by the mirror construction, 80 % instead of 98 %.*the graph construction makes the better cell of 6, p = /);
  });

  test('that each has its merit', () => {
    expect(sentence(paired(up, down))).toMatch(/^Neither construction is better in every respect on the same 100 patches: the mirror construction makes 60 .*, but of the 15 patches that are feasible by both, the graph construction makes the better cell of 6, p = /);
  });

  test('that neither is, without a reason for what is no difference', () => {
    expect(sentence(paired())).toMatch(/^Neither construction is measurably better on the same 100 patches: the mirror construction makes 60 /);
    expect(sentence(paired())).not.toContain('instead of');
    expect(sentence(paired(even, up))).not.toContain('instead of');
  });

  test('whose cell is the best of all, also where it is not that of the better one', () => {
    const withBest = (...values: readonly [number, number]): string => sentence(paired(up, up, { arms: [{ ...made(98, 60, 38), best: { objectiveValue: values[0] } }, { ...made(80, 20, 60), best: { objectiveValue: values[1] } }] }));
    expect(withBest(150e9, 152.8e9)).toMatch(/^The mirror construction is better .*; the best cell is one of the graph construction, with 152\.8 GPa instead of 150\.0 GPa\.$/);
    expect(withBest(153e9, 152e9)).toMatch(/; the best cell is one of the mirror construction, with 153\.0 GPa instead of 152\.0 GPa\.$/);
    expect(withBest(150e9, 150e9)).toMatch(/better cell of 9, p = 0\.002\.$/);
  });

  test('without a pair of feasible cells', () => {
    expect(sentence(paired(up, signedRank([]), { bothFeasible: 0, firstBetter: 0, secondBetter: 0 }))).toMatch(/; no patch is feasible by both\.$/);
    expect(sentence(paired(up, signedRank([1]), { bothFeasible: 1, firstBetter: 1, secondBetter: 0 }))).toContain('of the one patch that is feasible by both');
  });
});

describe('a case that compares with the other construction', () => {
  const graph = { spec: comparedArm('graph', 'mirror'), lead: 1 };
  const result = syntheticCase({ explainedLead: 4, moreArms: [graph] });
  const alone = syntheticCase({ explainedLead: 4, controlLead: undefined, moreArms: [graph] });
  const { paired: comparison } = result.comparisons.find(({ arms: [, name] }) => name === 'graph')!;
  const expected = plain(pairedSentence(result, ['explained', 'graph'], comparison!));

  test('judges constructions as such, and the explanation by the control alone', () => {
    expect(judge(result).comparisons).toMatchObject([{ own: 'explanation', outcome: 'better' }, { own: 'mirror construction', outcome: 'better' }]);
    expect(judge(result).sentences.map(plain)).toContain(expected);
    const words = judge(alone).sentences.map(plain).join(' ');
    expect(words).toContain('There is no control arm');
    expect(words).not.toContain('The explanation does');
  });

  test('has a section with the numbers of both', () => {
    const page = plain(reportPage([result], provenance, 'in-case-folder'));
    expect(page).toContain('One construction versus the other');
    expect(page).toContain('mirror construction better than the graph construction');
    const [first, second] = comparison!.arms;
    for (const { feasible } of [first, second]) expect(page).toContain(`<td>${feasible} (${((100 * feasible) / 12).toFixed(1)} %)</td>`);
    expect(page).toContain(`${comparison!.bothFeasible} of 12 patches gave a feasible cell in both`);
    expect(plain(reportPage([syntheticCase()], provenance, 'in-case-folder'))).not.toContain('One construction versus the other');
  });

  test('tells programs the same', () => {
    const entry = comparisonsJson(result).find(({ arms: [, name] }) => name === 'graph')!;
    expect(entry).toMatchObject({ paired: { patches: 12, bothFeasible: comparison!.bothFeasible }, verdict: expected });
    const manifest = JSON.parse(manifestJson(result, provenance)) as { readonly comparisons: unknown };
    expect(manifest.comparisons).toEqual(JSON.parse(JSON.stringify(comparisonsJson(result))));
  });

  test('a construction without a design cannot be compared, and the report says so', () => {
    const [own, ...others] = alone.arms;
    const without: CaseResult = { ...alone, arms: [own, ...others.map((arm) => ({ ...arm, designs: [] }))], comparisons: [] };
    expect(judge(without).sentences.map(plain)).toContain('The constructions cannot be compared: the mirror construction made 12 designs, the graph construction made 0 designs.');
    expect(judge(without).comparisons).toMatchObject([{ own: 'mirror construction', outcome: 'unknown' }]);
  });
});
