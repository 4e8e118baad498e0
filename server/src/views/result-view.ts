import { success, type ArmResult } from '#engine/api';
import type { ArmView, RankedDesign } from '#protocol/result';
import { designName } from '#runner/report/result-files';
import { resultNeeds, resultOf } from './case-results';
import { view } from './view';
import { displaysOf, wireDesign, wireLimit, wireObjective, wireOrigin } from './wire';

/** The case as a whole, in numbers. */
export const resultView = view<'result', (typeof resultNeeds)[number]>(resultNeeds, (_values, _query, { stored }) => {
  const result = resultOf(stored);
  const { problem, database, outliers, explained, control, significance, limits, findings } = result;
  const objective = wireObjective(problem, stored.read('tests')!);
  const displays = displaysOf(stored.read('tests')!);
  return success({
    objective,
    displays: [...displays].sort((a, b) => Number(b.property === objective.property) - Number(a.property === objective.property)),
    database: {
      count: database.images.count,
      resolution: database.images.resolution,
      outliers: outliers.length,
      best: { image: database.best.index, objectiveValue: database.best.objectiveValue },
    },
    explained: wireArm(explained),
    ...(control && { control: wireArm(control) }),
    ...(significance && { significance: { superiority: significance.superiority, p: significance.byImage.pOneSided } }),
    limits: limits.map(wireLimit),
    findings,
  });
});

/** One design of an arm, by its index from 0. */
export function wireRanked(arm: ArmResult, index: number): RankedDesign {
  const design = arm.designs[index]!;
  return { name: designName(arm.arm, index + 1), arm: arm.arm, rank: index + 1, origin: wireOrigin(design), ...wireDesign(design) };
}

function wireArm(arm: ArmResult): ArmView {
  return { attempts: arm.attempts, designs: arm.designs.map((_, i) => wireRanked(arm, i)), failures: arm.failures };
}
