/*
 * What the topology optimizations of a case came to, as plain data: how each went, and what a start is worth
 * (`assembleOptimization`). How much designs are like the cells of optimizations takes longer and is computed when it is
 * shown (`findResemblances`).
 */
import type { OptimizationSettings } from '#domain/optimization';
import type { Image2D } from '#engine/grid/image-2d';
import type { LogRankResult } from '#engine/validation/log-rank';
import type { MannWhitneyResult } from '#engine/validation/significance-tests';
import type { CandidateOrigin, PatchOrigin } from '../arms/candidate';
import type { OptimizationTrace } from '../arms/optimization-trace';

/** What the topology optimizations of all arms made of their starts. Entries of runs and designs do not depend on time. */
export interface OptimizationResult {
  readonly settings: OptimizationSettings;
  /** All runs, those of one group next to each other, in a group in the order of its arm's proposals. A start that was refused is no run. */
  readonly runs: readonly OptimizationRun[];
  /** The best objective value of all feasible cuts of all runs and all feasible designs of all arms, SI; NaN when there is none. */
  readonly bestKnown: number;
  /** What a run is to reach, the easiest first. */
  readonly targets: readonly OptimizationTarget[];
  /** The groups of starts in the order of `runs`; each has at least one. */
  readonly groups: readonly StartGroup[];
  /** The first group, refined designs of the own arm, with each other group, where both have at least two runs; empty where the own arm is not refined. */
  readonly comparisons: readonly StartComparison[];
}

/** An objective value close to the best one known. */
export interface OptimizationTarget {
  /** Such as 0.99: the target is missed by the value that is worse than `bestKnown` by more than 1 − share of `scale`. */
  readonly share: number;
  /** The worst objective value that reaches it, SI; NaN when no value is known. */
  readonly value: number;
  /**
   * What 1 − share is a part of: the size of the best value known; or, where this is nearer to zero than to the best
   * image of the database, as Poisson's ratios may be, the gain over that image.
   */
  readonly scale: 'best-known' | 'gain-over-database';
}

/** One optimization from its start to its cell. */
export interface OptimizationRun extends OptimizationTrace {
  /** The arm, and the proposal there: the `candidate` of its design. */
  readonly arm: string;
  readonly candidate: number;
  /** What it began with. */
  readonly origin: Exclude<CandidateOrigin, PatchOrigin>;
  /** Index of its design in the arm, absent where the cell is no design of its own (the same as another one, or without value). */
  readonly design?: number;
  /** Name of its group. */
  readonly group: string;
  readonly iterations: number;
  /** Iterations of the solver in all iterations together. */
  readonly solverIterations: number;
  /** Objective value of its last cut, SI; absent where that cut is not feasible. */
  readonly final?: number;
  /** Of a refined design: its index in the arm that `origin` names, and objective values of the design and of the last cut, feasible or not, SI. */
  readonly refined?: { readonly design: number; readonly before: number; readonly after: number };
}

/** Starts of one kind. */
export interface StartGroup {
  /** `refined`: designs of an arm; `starts`: of a source that no design inspired. */
  readonly kind: 'refined' | 'starts';
  /** The arm whose designs were refined, such as `explained`, or the source of the starts, such as `noise`. */
  readonly name: string;
  readonly runs: number;
  /** Best feasible final value, SI; absent when no run ends with a feasible cell. */
  readonly best?: number;
  /** Median of the final values of all runs, SI, where a run that does not end feasible counts as the worst; absent where such a run is in the middle. */
  readonly median?: number;
  /** One entry per target. */
  readonly reached: readonly TargetReached[];
}

/** How a group reaches a target. A run hits it with its first cut that is feasible and at least as good. */
export interface TargetReached {
  /** How many runs hit it. */
  readonly runs: number;
  /** Expected running time: iterations, and iterations of the solver, of all runs until they hit the target or ended, over the number of hits; infinite without a hit. */
  readonly iterations: number;
  readonly solverIterations: number;
}

/** Whether the starts of the first group are better than those of another one. */
export interface StartComparison {
  /** Names of the two groups. */
  readonly groups: readonly [string, string];
  /** Final values, where runs that do not end feasible share the last place; the alternative is that those of the first group are better. */
  readonly finalValues: MannWhitneyResult;
  /**
   * Iterations until each target is hit; the alternative is that runs of the first group hit it earlier. A run without a
   * hit ended by itself and would never hit, so it stays among those that have not until the last hit of all. One entry per
   * target, undefined where no run of the two groups hits it.
   */
  readonly hittingTimes: readonly (LogRankResult | undefined)[];
}

/** How much designs of the own arm are like what optimizations find without them. */
export interface Resemblances {
  /** Of each design that is shown, the nearest cell of the optimizations that did not begin with it. */
  readonly nearest: readonly Resemblance[];
  /** What unrelated images have in common when they are compared in the same way; absent where the database has fewer than two. */
  readonly unrelated?: UnrelatedImages;
}

/** The cell of an optimization that is most like a design. */
export interface Resemblance {
  /** Index of the design in the own arm. */
  readonly design: number;
  /** Index in `OptimizationResult.runs`. */
  readonly run: number;
  /** Share of pixels that agree, over all periodic shifts and the symmetries of the square: the largest one. */
  readonly agreement: number;
  /** White that both have over white that one has, there. */
  readonly overlap: number;
  /** The optimized cell, moved and turned to where it agrees most. */
  readonly cell: Image2D<'binary'>;
}

/** All pairs of a few images of the database whose fractions are nearest to those of the designs; of images that are not periodic, of cells made of their quarters. */
export interface UnrelatedImages {
  readonly pairs: number;
  /** Means over the pairs, and the agreement of the pair that agrees most. */
  readonly agreement: number;
  readonly overlap: number;
  readonly largestAgreement: number;
}
