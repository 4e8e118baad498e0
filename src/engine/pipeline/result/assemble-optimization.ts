/*
 * From the traces of a case's optimizations to what their starts are worth, by the measures of black-box benchmarking:
 * which runs reach a value close to the best one known, and the expected running time until one does (Auger & Hansen,
 * Performance evaluation of an advanced local search evolutionary algorithm, CEC 2005, doi 10.1109/CEC.2005.1554903).
 * All runs have the same schedule, filter and symmetry, and count by their cuts, cells that were tested; what an
 * optimization believes of its gray cell counts nowhere.
 */
import type { DesignCase } from '#domain/case';
import { compareObjective, isBetter, type Objective } from '#domain/objective';
import { startGroup, type StartSource } from '#domain/optimization';
import { ensure } from '#engine/core/bug-error';
import { type EventTime, logRank } from '#engine/validation/log-rank';
import { mannWhitney } from '#engine/validation/significance-tests';
import { type CandidateOrigin, startGroupOf } from '../arms/candidate';
import type { ArmValues } from '../case-plan';
import type { ArmResult } from './case-result';
import type { OptimizationResult, OptimizationRun, OptimizationTarget, StartComparison, StartGroup, TargetReached } from './optimization-result';

/** Shares of the best value known that runs are to reach. */
const targetShares = [0.99, 0.999];

/** What the result is made of. */
export interface OptimizationParts {
  /** Proposals and candidates of each arm, by its name. */
  readonly values: { readonly [arm: string]: Pick<ArmValues, 'proposals' | 'candidates'> };
  /** The case's own arm first. */
  readonly arms: readonly ComparedDesigns[];
  /** Objective value of the database's best image, SI. */
  readonly bestOfDatabase: number;
}

type ComparedDesigns = Pick<ArmResult, 'name'> & { readonly designs: readonly Pick<ArmResult['designs'][number], 'candidate' | 'objectiveValue' | 'feasible'>[] };

/** What all optimizations of the case came to; undefined where there is none. */
export function assembleOptimization({ objective, optimization }: Pick<DesignCase, 'objective' | 'optimization'>, { values, arms, bestOfDatabase }: OptimizationParts): OptimizationResult | undefined {
  const ungrouped = arms.flatMap((arm) => runsOf(arm, values[arm.name]!, arms));
  const order = orderOfGroups(arms, optimization.from);
  const groups = order.flatMap((group) => {
    const runs = ungrouped.filter(({ origin, group: name }) => name === group.name && kindOf(origin) === group.kind);
    return runs.length > 0 ? [{ ...group, runs }] : [];
  });
  const runs = groups.flatMap((group) => group.runs);
  ensure(runs.length === ungrouped.length, 'each run began with an arm of the case or with a source that it asks for');
  if (runs.length === 0) return undefined;

  const bestKnown = bestFeasible(objective, runs, arms);
  const targets = targetShares.map((share) => targetOf(share, objective, bestKnown, bestOfDatabase));
  const [first, ...others] = groups;
  const isOwn = first!.kind === 'refined' && first!.name === arms[0]!.name;
  return {
    settings: { filter: optimization.filter, symmetry: optimization.symmetry },
    runs,
    bestKnown,
    targets,
    groups: groups.map((group) => summarize(group, objective, targets)),
    comparisons: isOwn ? others.filter((other) => Math.min(first!.runs.length, other.runs.length) >= 2).map((other) => compareStarts(first!, other, objective, targets)) : [],
  };
}

interface RunGroup extends Pick<StartGroup, 'kind' | 'name'> {
  readonly runs: readonly OptimizationRun[];
}

/** Refined designs of the own arm, those of other arms, then sources of starts as the case lists them. */
function orderOfGroups(arms: OptimizationParts['arms'], from: readonly StartSource[]): Pick<StartGroup, 'kind' | 'name'>[] {
  return [...arms.map(({ name }) => ({ kind: 'refined' as const, name })), ...from.map((source) => ({ kind: 'starts' as const, name: startGroup(source) }))];
}

function kindOf({ kind }: CandidateOrigin): StartGroup['kind'] {
  return kind === 'parent' ? 'refined' : 'starts';
}

function runsOf({ name, designs }: ComparedDesigns, { proposals, candidates }: Pick<ArmValues, 'proposals' | 'candidates'>, arms: OptimizationParts['arms']): OptimizationRun[] {
  return (candidates.traces ?? []).flatMap((trace, candidate) => {
    if (trace === undefined) return [];
    const { cuts } = trace;
    const origin = proposals.origins[candidate]!;
    ensure(origin.kind !== 'patch', 'an optimization starts from a whole cell');
    const design = designs.findIndex((each) => each.candidate === candidate);
    const last = cuts.values.length - 1;
    const after = cuts.values[last]!;
    return {
      ...trace,
      arm: name,
      candidate,
      origin,
      ...(design >= 0 && { design }),
      group: startGroupOf(origin),
      iterations: trace.values.length,
      solverIterations: cuts.solverIterations[last]!,
      ...(isCell(cuts, last) && { final: after }),
      ...(origin.kind === 'parent' && { refined: { ...parentOf(origin, arms), after } }),
    };
  });
}

function parentOf(origin: { readonly arm: string; readonly candidate: number }, arms: OptimizationParts['arms']): { readonly design: number; readonly before: number } {
  const designs = arms.find(({ name }) => name === origin.arm)?.designs ?? [];
  const design = designs.findIndex(({ candidate }) => candidate === origin.candidate);
  ensure(design >= 0, 'only designs are refined');
  return { design, before: designs[design]!.objectiveValue };
}

/** Whether a cut counts: it satisfies all constraints, and no void leaves it without a value. */
function isCell({ feasible, values }: OptimizationRun['cuts'], cut: number): boolean {
  return feasible[cut] === 1 && !Number.isNaN(values[cut]);
}

function bestFeasible(objective: Objective, runs: readonly OptimizationRun[], arms: OptimizationParts['arms']): number {
  const ofRuns = runs.flatMap(({ cuts }) => Array.from(cuts.values).filter((_, cut) => isCell(cuts, cut)));
  const ofArms = arms.flatMap(({ designs }) => designs.filter(({ feasible }) => feasible).map(({ objectiveValue }) => objectiveValue));
  return [...ofRuns, ...ofArms].reduce((best, value) => (isBetter(objective, value, best) ? value : best), NaN);
}

/**
 * The target is worse than the best value known by 1 − share of its size: 99 % of the largest Young's modulus, 1 % more
 * than the smallest expansion. Poisson's ratios and expansions may be close to zero or change sign, where a share of
 * the value would be arbitrarily little. So where the best value known is nearer to zero than to the best image
 * of the database, the share is one of the gain over this image.
 */
function targetOf(share: number, objective: Objective, bestKnown: number, bestOfDatabase: number): OptimizationTarget {
  const gain = isBetter(objective, bestKnown, bestOfDatabase) ? Math.abs(bestKnown - bestOfDatabase) : 0;
  const size = Math.abs(bestKnown);
  const tolerance = (1 - share) * Math.max(size, Number.isNaN(gain) ? 0 : gain);
  return {
    share,
    value: objective.sense === 'maximize' ? bestKnown - tolerance : bestKnown + tolerance,
    scale: gain > size ? 'gain-over-database' : 'best-known',
  };
}

/** The first cut of the run that reaches the target; undefined when none does. */
function hitOf({ cuts }: OptimizationRun, target: OptimizationTarget, objective: Objective): number | undefined {
  const hit = cuts.values.findIndex((value, cut) => isCell(cuts, cut) && compareObjective(objective, value, target.value) <= 0);
  return hit < 0 ? undefined : hit;
}

function summarize({ kind, name, runs }: RunGroup, objective: Objective, targets: readonly OptimizationTarget[]): StartGroup {
  // Runs that do not end feasible come last.
  const finals = runs.map(({ final }) => final ?? NaN).sort((a, b) => compareObjective(objective, a, b));
  const best = finals[0]!;
  const median = (finals[(finals.length - 1) >> 1]! + finals[finals.length >> 1]!) / 2;
  return {
    kind,
    name,
    runs: runs.length,
    ...(!Number.isNaN(best) && { best }),
    ...(!Number.isNaN(median) && { median }),
    reached: targets.map((target) => reach(runs, target, objective)),
  };
}

function reach(runs: readonly OptimizationRun[], target: OptimizationTarget, objective: Objective): TargetReached {
  const hits = runs.map((run) => hitOf(run, target, objective));
  const count = hits.filter((hit) => hit !== undefined).length;
  const expected = (spent: (run: OptimizationRun, hit: number | undefined) => number): number => (count === 0 ? Infinity : runs.reduce((sum, run, i) => sum + spent(run, hits[i]), 0) / count);
  return {
    runs: count,
    iterations: expected(({ cuts, iterations }, hit) => (hit === undefined ? iterations : cuts.iterations[hit]!)),
    solverIterations: expected(({ cuts, solverIterations }, hit) => (hit === undefined ? solverIterations : cuts.solverIterations[hit]!)),
  };
}

function compareStarts(first: RunGroup, second: RunGroup, objective: Objective, targets: readonly OptimizationTarget[]): StartComparison {
  const sign = objective.sense === 'maximize' ? 1 : -1;
  const known = [...first.runs, ...second.runs].flatMap(({ final }) => (final === undefined ? [] : sign * final));
  // Only the order counts: below all others.
  const last = 2 * Math.min(0, ...known) - 1;
  const ranked = ({ runs }: RunGroup): number[] => runs.map(({ final }) => (final === undefined ? last : sign * final));
  return {
    groups: [first.name, second.name],
    finalValues: mannWhitney(ranked(first), ranked(second)),
    hittingTimes: targets.map((target) => {
      const times = ({ runs }: RunGroup): EventTime[] => runs.map((run) => {
        const hit = hitOf(run, target, objective);
        return hit === undefined ? { time: Infinity, event: false } : { time: run.cuts.iterations[hit]!, event: true };
      });
      const [ofFirst, ofSecond] = [times(first), times(second)];
      return [...ofFirst, ...ofSecond].some(({ event }) => event) ? logRank(ofFirst, ofSecond) : undefined;
    }),
  };
}
