/* The optimizations of a case for other programs: as the manifest and `run --json` have them. SI units. */
import type { CaseResult } from '#engine/api';
import { bestOptimized, finerValue, refinedPairs } from './optimization-summary';
import { pictureName } from './result-files';

/** Undefined where no arm optimizes. Running times without a hit are null. */
export function optimizationJson(result: CaseResult): object | undefined {
  const { optimization } = result;
  if (optimization === undefined) return undefined;
  const { settings, bestKnown, targets, groups, comparisons } = optimization;
  const best = bestOptimized(result);
  const finer = best && finerValue(result, best.design);
  return {
    settings,
    bestKnown: finite(bestKnown),
    ...(best && { best: { file: pictureName(best.look, best.index + 1), objectiveValue: best.design.objectiveValue, percentOfLimit: best.design.limit?.percent ?? null, ...(finer !== undefined && { twiceResolution: finer }) } }),
    targets: targets.map(({ share, value, scale }) => ({ share, value: finite(value), scale })),
    groups: groups.map(({ kind, name, runs, best: value, median, reached }) => ({
      kind,
      name,
      runs,
      ...(value !== undefined && { best: value }),
      ...(median !== undefined && { median }),
      reached: reached.map((each) => ({ runs: each.runs, iterations: finite(each.iterations), solverIterations: finite(each.solverIterations) })),
    })),
    comparisons: comparisons.map(({ groups: names, finalValues, hittingTimes }) => ({ groups: names, finalValues, hittingTimes: hittingTimes.map((test) => test ?? null) })),
    refined: refinedPairs(result).map(({ before, after }) => ({
      arm: after.arm.name,
      rank: after.index + 1,
      file: pictureName(after.look, after.index + 1),
      parentArm: before.arm.name,
      parentRank: before.index + 1,
      parent: pictureName(before.look, before.index + 1),
      before: before.design.objectiveValue,
      after: after.design.objectiveValue,
      feasible: after.design.feasible,
    })),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
