/* What the optimizations of a case came to, in sentences. A negative answer is stated as plainly as a positive one. */
import { counted, countText, fixed, percentText, probabilityStatement } from '#display/numbers';
import { significanceLevel } from '#display/significance';
import { displayOf, propertyText } from '#display/properties';
import { groupLook } from '#display/starts';
import { isBetter } from '#domain/objective';
import type { OptimizationSymmetry } from '#domain/optimization';
import type { CaseResult, LogRankResult, OptimizationResult, OptimizationTarget, StartComparison, StartGroup } from '#engine/api';
import { designName } from '#display/arms';
import { bestOptimized, finerValue, gainOf, percentOfWidestLimit } from './optimization-summary';

const symmetries: Readonly<Record<OptimizationSymmetry, string>> = {
  square: 'the symmetry of a square',
  mirror: 'mirror symmetry about both mid-lines',
  transpose: 'symmetry under the exchange of x and y',
  none: 'no symmetry',
};

/** With fewer runs a group says little. */
const enoughRuns = 20;

/** `99 %`, `99.9 %`. */
export function targetText({ share }: Pick<OptimizationTarget, 'share'>): string {
  const percent = 100 * share;
  return percentText(share, Math.abs(percent - Math.round(percent)) < 1e-9 ? 0 : 1);
}

/** What targets are shares of: `the best value known`. */
export function targetBase([target]: readonly OptimizationTarget[]): string {
  return target?.scale === 'gain-over-database' ? 'the best known gain over the database' : 'the best value known';
}

/** What was optimized, the best value known, and the best cell at twice the resolution. */
export function summarySentences(result: CaseResult, optimization: OptimizationResult): string[] {
  const { problem, limits } = result;
  const { property } = problem.objective;
  const { symbol } = displayOf(property);
  const { settings, groups, bestKnown } = optimization;
  const counts = groups.map(({ name, runs }) => `${countText(runs)} from ${groupLook(name, problem.arms).title}`);
  const total = groups.reduce((sum, { runs }) => sum + runs, 0);
  const percent = percentOfWidestLimit(result, bestKnown);
  const best = bestOptimized(result);
  const isOnTheWay = best !== undefined && isBetter(problem.objective, bestKnown, best.design.objectiveValue) && result.arms.every(({ designs }) => designs.every(({ feasible, objectiveValue }) => !feasible || objectiveValue !== bestKnown));
  const finer = best && finerValue(result, best.design);
  return [
    `${counted(total, 'topology optimization')} ran with a filter of ${counted(settings.filter, 'pixel')} and ${symmetries[settings.symmetry]}: ${counts.join(', ')}.`,
    Number.isNaN(bestKnown)
      ? 'None of them came across a cell that satisfies all constraints.'
      : `The best value known${isOnTheWay ? ', of a cut during a run,' : ''} is ${symbol}\u00a0=\u00a0${propertyText(property, bestKnown)}${percent === undefined ? '' : `, ${fixed(percent, 1)} % of the physical limit at the most favorable fraction (${limits[0]!.name})`}.`,
    ...(best && finer !== undefined
      ? [`The best design, ${designName(best.look, best.index + 1)}, reaches ${propertyText(property, best.design.objectiveValue)}; at twice the resolution, with four pixels in place of each, the same cell reaches ${propertyText(property, finer)} (${signedPercent(gainOf(result, finer, best.design.objectiveValue).share)}).`]
      : []),
  ];
}

/** `+0.12 %`, `−0.04 %`: positive is better. */
export function signedPercent(share: number, digits = 2): string {
  const text = percentText(share, digits);
  return share > 0 && Number(share.toFixed(digits + 2)) > 0 ? `+${text}` : text;
}

/** Whether runs of the first group end better, and reach the targets sooner, than those of the second. */
export function comparisonSentences({ problem: { arms } }: CaseResult, { groups, targets }: OptimizationResult, { groups: names, finalValues, hittingTimes }: StartComparison): string[] {
  const [first, second] = names.map((name) => groups.find((group) => group.name === name)!) as [StartGroup, StartGroup];
  const [one, other] = [first, second].map(({ name }) => groupLook(name, arms).title) as [string, string];
  const { superiority, pOneSided, pTwoSided, firstCount, secondCount } = finalValues;
  const counts = (one: number, two: number): string => `Mann–Whitney on ${countText(one)} and ${counted(two, 'run')}`;
  const pairs = (share: number): string => `in ${percentText(share, 0)} of all pairs`;
  const ends =
    superiority > 0.5 && pOneSided < significanceLevel
      ? `Runs from ${one} end better than runs from ${other}: ${pairs(superiority)} (${counts(firstCount, secondCount)}, one-sided ${probabilityStatement(pOneSided)}).`
      : superiority < 0.5 && pTwoSided < significanceLevel
        ? `Runs from ${other} end better than runs from ${one}: ${pairs(1 - superiority)} (${counts(secondCount, firstCount)}, two-sided ${probabilityStatement(pTwoSided)}).`
        : `Runs from ${one} do not end measurably better than runs from ${other}: they do ${pairs(superiority)}, which chance explains (${counts(firstCount, secondCount)}, one-sided ${probabilityStatement(pOneSided)}).`;
  const clauses = targets.flatMap((target, t) => {
    const tested = hittingTimes[t];
    return tested === undefined ? [] : [{ target: targetText(target), clause: hittingClause(tested, first, second, t) }];
  });
  const missed = targets.filter((_, t) => hittingTimes[t] === undefined).map(targetText);
  return [
    ends,
    ...(clauses.length === 0 ? [] : [`${clauses.map(({ target, clause }, c) => (c === 0 ? `${target} of ${targetBase(targets)} is reached ${clause}` : `${target} ${clause}`)).join('; ')}.`]),
    ...(missed.length === 0 ? [] : [`No run of either reaches ${missed.join(' or ')} of ${targetBase(targets)}.`]),
  ];
}

/** `by 7 of 10 runs against 2 of 12, sooner (log-rank, one-sided p = 0.01)`. */
function hittingClause({ events, expected, pOneSided, pTwoSided }: LogRankResult, first: StartGroup, second: StartGroup, target: number): string {
  const numbers = `by ${countText(first.reached[target]!.runs)} of ${counted(first.runs, 'run')} against ${countText(second.reached[target]!.runs)} of ${countText(second.runs)}`;
  const [tested, p] = events > expected ? ['one-sided', pOneSided] as const : ['two-sided', pTwoSided] as const;
  const judgment = p >= significanceLevel ? 'which chance explains' : events > expected ? 'sooner' : 'later';
  return `${numbers}, ${judgment} (log-rank, ${tested} ${probabilityStatement(p)})`;
}

/** A warning where a compared group is small. */
export function fewRunsSentence({ groups, comparisons }: OptimizationResult): string | undefined {
  const compared = groups.filter(({ name }) => comparisons.some(({ groups: names }) => names.includes(name)));
  if (compared.every(({ runs }) => runs >= enoughRuns)) return undefined;
  return `Groups of fewer than ${enoughRuns} runs say little: a difference may be there and not be seen, and one that is seen may be of these starts only.`;
}
