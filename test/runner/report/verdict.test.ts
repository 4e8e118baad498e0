import { describe, expect, test } from 'vitest';
import type { CaseResult } from '#engine/api';
import { judge } from '#runner/report/verdict';
import { syntheticCase } from '#test/runner/report/synthetic-case';

/** Headline and sentences as one text with plain spaces. */
function words(result: CaseResult): string {
  const { headline, sentences } = judge(result);
  return [headline, ...sentences].join(' ').replace(/[\u00a0\u202f]/g, ' ');
}

describe('judge', () => {
  test('designs beat the database and chance', () => {
    const result = syntheticCase({ explainedLead: 4, controlLead: 1 });
    expect(judge(result)).toMatchObject({ outcome: 'beats-database', comparisons: [{ outcome: 'better' }] });
    expect(words(result)).toMatch(/^\d+ designs beat every one of 60 random images\./);
    expect(words(result)).toMatch(/design-001, reaches E = 1\d\d\.\d GPa in its worse direction \(Ex [\d.]+ GPa, Ey [\d.]+ GPa\) at 39\.\d % white in the compression test\./);
    expect(words(result)).toMatch(/% of the physical limit at its own volume fraction \(rank-2 laminate/);
    expect(words(result)).toMatch(/does better than chance.*12 against 12 designs; Mann–Whitney on the means of \d+ and \d+ images, one-sided p = /);
  });

  test('the numbers of the verdict are those of the best feasible design', () => {
    const result = syntheticCase();
    const best = result.arms[0].designs.find(({ feasible }) => feasible)!;
    expect(words(result)).toContain(`reaches E = ${(best.objectiveValue / 1e9).toFixed(1)} GPa`);
    expect(words(result)).toContain(`That is ${best.limit!.percent.toFixed(1)} % of the physical limit`);
    const beating = result.arms[0].designs.filter((design) => design.feasible && design.beatsDatabase).length;
    expect(words(result)).toContain(`${beating} designs beat every one of`);
  });

  test('a difference that chance explains is not called one', () => {
    const result = syntheticCase({ explainedLead: 3, controlLead: 3 });
    expect(judge(result).comparisons).toMatchObject([{ outcome: 'no-difference' }]);
    expect(words(result)).toMatch(/does not do measurably better than chance.*which chance explains/);
  });

  test('the control wins, and it is said', () => {
    const result = syntheticCase({ explainedLead: 1.5, controlLead: 5 });
    expect(judge(result).comparisons).toMatchObject([{ outcome: 'worse' }]);
    expect(words(result)).toMatch(/The control wins: a design from a random patch beats one from a critical region in \d+ % of all pairs .*two-sided p = /);
    expect(words(result)).toContain('The best single cell of the run is a design from a random patch: ');
  });

  test('against the share of white, each outcome says what it means for the explanation', () => {
    const against = (lead: number, extreme: 'most' | 'least'): string => {
      const spec = { name: 'white-share', images: 'outliers', proposals: `${extreme}-white`, construct: 'mirror' } as const;
      return words(syntheticCase({ explainedLead: 3, moreArms: [{ spec, lead }] }));
    };
    expect(against(0, 'least')).toMatch(/The explanation does better than the share of white: a design from a critical region beats one from a square with the least white in \d+ % of all pairs \(.*\)\. So the explanation finds more than where there is the least white\./);
    expect(against(3, 'least')).toMatch(/The explanation does not do measurably better than the share of white: its designs beat those of squares with the least white in .* which chance explains \(.*\)\. So it is not shown that the explanation finds more than where there is the least white, which needs no explanation\./);
    expect(against(6, 'most')).toMatch(/The white-share arm wins: a design from a square with the most white beats one from a critical region in .*\. So the explanation finds less here than simply where there is the most white\./);
    expect(against(6, 'most')).toContain('The best single cell of the run is a design from a square with the most white: ');
  });

  test('feasible designs that do not beat the database', () => {
    const result = syntheticCase({ explainedLead: -3 });
    expect(judge(result).outcome).toBe('feasible-only');
    expect(words(result)).toMatch(/^No design beats the best of 60 random images\./);
    expect(words(result)).toMatch(/the design is [\d.]+ % below it, where higher is better/);
  });

  test('nothing feasible names the constraints that are broken', () => {
    const result = syntheticCase({ feasible: 'none' });
    expect(judge(result).outcome).toBe('nothing-feasible');
    expect(words(result)).toMatch(/^No design satisfies all constraints\. Constraints that 12 designs break: “difference\(E\) < 10 %” by 12\./);
  });

  test('no design at all tells why', () => {
    const result = syntheticCase({ designCount: 0 });
    expect(judge(result).outcome).toBe('no-designs');
    expect(words(result)).toMatch(/^This run produced no design\. None of 5 patches gave a cell: the maps of the two directions share no region \(3\); no branch/);
  });

  test('without a control nothing is said about chance', () => {
    const result = syntheticCase({ controlLead: undefined });
    expect(judge(result).comparisons).toEqual([]);
    expect(words(result)).toContain('There is no control arm');
    expect(words(result)).not.toContain('Mann–Whitney');
  });

  test('for a minimized property lower is better', () => {
    const result = syntheticCase({ property: 'thermal-expansion', explainedLead: 4 });
    expect(judge(result).outcome).toBe('beats-database');
    expect(words(result)).toMatch(/reaches α = [\d.]+ × 10⁻⁶\/K .* in the heating test\. .* % below it, where lower is better/);
    const { x, y } = result.arms[0].designs[0]!.periodic!.thermalExpansion!;
    expect(words(result)).toContain(`The periodic test, for one cell among many, gives the same design α = ${(1e6 * Math.max(x, y)).toFixed(2)} × 10⁻⁶/K.`);
  });

  test('a value beyond a limit is not passed over', () => {
    const result = syntheticCase();
    const [own, ...compared] = result.arms;
    const [first, ...others] = own.designs;
    const passing: CaseResult = { ...result, arms: [{ ...own, designs: [{ ...first!, limit: { value: 150e9, percent: 100.4 } }, ...others] }, ...compared] };
    expect(words(passing)).toContain('A value beyond the limit needs a reason: Attained under periodicity; free edges may let a cell pass it a little.');
    expect(words(result)).not.toContain('beyond the limit');
  });

  test('a network that predicts poorly is called out', () => {
    expect(words(syntheticCase({ r2: 0.5 }))).toMatch(/predicts the held-out images poorly \(R² 0\.50 along x, R² 0\.49 along y\)/);
    expect(words(syntheticCase({ r2: 0.97 }))).not.toContain('poorly');
  });
});
