import { expect, test } from 'vitest';
import { readSpecification } from '#language/read-specification';
import { estimateRun } from '#runner/estimate/estimate-run';
import { estimateStudy } from '#runner/estimate/estimate-study';
import { smallCase } from '#test/e2e/workplace';
import { epochsSetting, seedOf, thresholdSetting, varyCase, type TestSetting } from '#test/support/vary-case';

const text = smallCase();
const [specification] = readSpecification('small.xdesign', { read: () => text, resolve: (_, target) => target }).specification!.cases;
const variantsOf = (...settings: [TestSetting, ...TestSetting[]]) => varyCase(specification!, 'Study', settings).variants.map((variant) => variant.case);

test('stages that variants share count once', () => {
  const thresholds = variantsOf(thresholdSetting(0.3, 0.5, 0.7));
  const each = thresholds.map((variant) => estimateRun(variant, 2));
  const own = (stages: ReadonlyMap<string, number>): number => ['explain', 'validate explained', 'validate control'].reduce((sum, stage) => sum + stages.get(stage)!, 0);
  const { variants, seconds, secondsApart } = estimateStudy(thresholds, 2);
  expect(variants).toBe(3);
  expect(secondsApart).toBeCloseTo(each.reduce((sum, { seconds: alone }) => sum + alone, 0), 9);
  expect(seconds).toBeCloseTo(each[0]!.seconds + own(each[1]!.stages) + own(each[2]!.stages), 9);
  expect(seconds).toBeLessThan(0.6 * secondsApart);
});

test('seeds share nothing, epochs only the images; overrides count', () => {
  const seeds = estimateStudy(variantsOf(seedOf(1, 2, 3)), 2);
  expect(seeds.seconds).toBeCloseTo(seeds.secondsApart, 9);
  const epochs = estimateStudy(variantsOf(epochsSetting(2, 4)), 2);
  const { stages } = estimateRun(specification!.case, 2);
  expect(epochs.secondsApart - epochs.seconds).toBeCloseTo(stages.get('generate')! + stages.get('solve')!, 9);
  // The examination of maps takes the same time for any size.
  expect(estimateStudy(variantsOf(seedOf(1, 2)), 2, { size: 144 }).seconds).toBeGreaterThan(1.4 * estimateStudy(variantsOf(seedOf(1, 2)), 2).seconds);
  const one = estimateStudy(variantsOf(seedOf(1)), 2);
  expect(one.seconds).toBeCloseTo(estimateRun(specification!.case, 2).seconds, 9);
});
