/*
 * What a report, the manifest and the command say of the topology optimizations of a case, in numbers: the best cell,
 * refined designs before and after, and what starts cost.
 */
import { widestLimit } from '#display/limits';
import { percentOfLimit } from '#domain/limits';
import { isBetter, objectiveValue } from '#domain/objective';
import type { StageName } from '#domain/stages';
import { type CaseResult, type DesignResult, type OptimizationResult, propertyOf, type StartGroup } from '#engine/api';
import { type ArmInView, armsInView, optimizes } from './case-view';

/** A design with its place in its arm. */
export interface DesignInView extends ArmInView {
  readonly design: DesignResult;
  /** Index in the arm. */
  readonly index: number;
}

/** The best feasible cell of all arms that optimize, or of those that `accepts` names. */
export function bestOptimized(result: CaseResult, accepts: (inView: ArmInView) => boolean = () => true): DesignInView | undefined {
  const { objective } = result.problem;
  const bests = armsInView(result).filter((inView) => optimizes(inView) && accepts(inView)).flatMap((inView): DesignInView[] => {
    const index = inView.arm.designs.findIndex(({ feasible }) => feasible);
    return index < 0 ? [] : [{ ...inView, design: inView.arm.designs[index]!, index }];
  });
  return bests.reduce<DesignInView | undefined>((best, each) => (best === undefined || isBetter(objective, each.design.objectiveValue, best.design.objectiveValue) ? each : best), undefined);
}

/** A refined design and the one that it began with. */
export interface RefinedPair {
  readonly before: DesignInView;
  readonly after: DesignInView;
}

/** All designs that began with one of another arm, arm by arm in the order of their ranks. */
export function refinedPairs(result: CaseResult): RefinedPair[] {
  const arms = armsInView(result);
  return arms.filter(optimizes).flatMap((inView) =>
    inView.arm.designs.flatMap((design, index): RefinedPair[] => {
      const { parent } = design;
      const parents = arms.find(({ arm }) => arm.name === parent?.arm);
      const at = parents?.arm.designs.findIndex(({ candidate }) => candidate === parent?.candidate) ?? -1;
      return at < 0 ? [] : [{ before: { ...parents!, design: parents!.arm.designs[at]!, index: at }, after: { ...inView, design, index } }];
    }),
  );
}

/** How much better `value` is than `other`, SI and as a share of `other`; negative if it is worse. */
export function gainOf({ problem: { objective } }: Pick<CaseResult, 'problem'>, value: number, other: number): { readonly absolute: number; readonly share: number } {
  const absolute = objective.sense === 'maximize' ? value - other : other - value;
  return { absolute, share: absolute / Math.abs(other) };
}

/** The objective's value at twice the resolution, SI, where the design was tested there. */
export function finerValue({ problem: { objective } }: Pick<CaseResult, 'problem'>, { finer }: Pick<DesignResult, 'finer'>): number | undefined {
  return finer && objectiveValue(objective, propertyOf(finer, objective.property));
}

/** The share of the widest limit in the designs' range of fractions that a value reaches, percent; undefined where no limit is known. */
export function percentOfWidestLimit({ problem: { objective, construct }, limits: [limit] }: Pick<CaseResult, 'problem' | 'limits'>, value: number): number | undefined {
  const widest = limit && widestLimit(limit, objective, construct.fraction);
  return widest && percentOfLimit(value, widest.value, objective.sense);
}

/** The runs of a group. */
export function runsOf({ runs }: OptimizationResult, { name }: Pick<StartGroup, 'name'>): OptimizationResult['runs'] {
  return runs.filter(({ group }) => group === name);
}

/**
 * Seconds of one iteration of the optimizations of a group: the wall time that the arm's stage took over its iterations.
 * Undefined where that is not known.
 */
export function secondsOfIteration({ stages, optimization }: CaseResult, group: Pick<StartGroup, 'name'>): number | undefined {
  const arm = optimization && runsOf(optimization, group)[0]?.arm;
  const stage = stages.find((record) => record.stage === 'construct' && record.arm === arm);
  if (stage?.cost === undefined) return undefined;
  const iterations = optimization!.runs.filter((run) => run.arm === arm).reduce((sum, run) => sum + run.iterations, 0);
  return iterations > 0 ? stage.cost / iterations : undefined;
}

const stagesOfImages: readonly StageName[] = ['generate', 'solve'];

/**
 * Seconds that it took to have the starts of a group: of designs, all stages of the case up to them, of images, those of the database; 0 for
 * other starts. Undefined where that is not known of all of them.
 */
export function secondsOfStarts(result: CaseResult, { name }: Pick<StartGroup, 'name'>): number | undefined {
  const { stages, optimization } = result;
  if (optimization === undefined) return undefined;
  const isArm = result.arms.some((arm) => arm.name === name);
  if (!isArm && name !== 'images') return 0;
  const needed = stages.filter(({ stage, arm }) => (isArm ? (arm === undefined ? stage !== 'examine' : arm === name) : arm === undefined && stagesOfImages.includes(stage)));
  const isWhole = (isArm ? (['generate', 'solve', ...(result.learning ? (['learn'] as const) : []), 'explain', 'construct'] as const) : stagesOfImages).every((stage) => needed.some((record) => record.stage === stage));
  const costs = needed.flatMap(({ cost }) => cost ?? []);
  return isWhole && costs.length === needed.length ? costs.reduce((sum, cost) => sum + cost, 0) : undefined;
}
