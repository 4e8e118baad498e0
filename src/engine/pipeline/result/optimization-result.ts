/* What the topology optimizations of a case came to, as plain data: how each went, and what a start is worth. */
import type { OptimizationSettings } from '#domain/optimization';
import type { Image2D } from '#engine/grid/image-2d';
import type { OptimizationTrace } from '../arms/optimization-trace';
import type { LogRankResult, MannWhitneyResult } from '#engine/validation/significance-tests';

/** What the topology optimizations of all arms made of their starts. Entries of runs and designs do not depend on time. */
export interface OptimizationResult {
  readonly settings: OptimizationSettings;
  /** All runs, those of one group next to each other. */
  readonly runs: readonly OptimizationRun[];
  /** Objective value of the best feasible cell that any run came across, SI; NaN when there is none. */
  readonly bestKnown: number;
  /** Shares of `bestKnown` that a run is to reach, such as 0.99. */
  readonly targets: readonly number[];
  /** The groups of starts in the order of `runs`. */
  readonly groups: readonly StartGroup[];
  /** The first group, refined designs of the own arm, with each other group that has at least two runs; empty where the own arm is not refined. */
  readonly comparisons: readonly StartComparison[];
  /** Of each design of the own arm that is shown, the nearest cell of an optimization that did not begin with it. */
  readonly resemblances: readonly Resemblance[];
}

/** One optimization from its start to its cell. */
export interface OptimizationRun extends Pick<OptimizationTrace, 'values' | 'cuts'> {
  /** The arm, and the `candidate` of its design there. */
  readonly arm: string;
  readonly candidate: number;
  /** Index of its design in the arm, absent where the cell is no design of its own (the same as another one, or without value). */
  readonly design?: number;
  /** Name of its group. */
  readonly group: string;
  readonly iterations: number;
  /** Iterations of the solver in all iterations together. */
  readonly solverIterations: number;
  /** Of a refined design: objective value of the design before and after, SI. */
  readonly refined?: { readonly before: number; readonly after: number };
}

/** Starts of one kind. */
export interface StartGroup {
  /** The arm whose designs were refined, such as `explained`, or the source of the starts, such as `noise`. */
  readonly name: string;
  readonly runs: number;
  /** Best feasible final value, SI; absent when no run ends with a feasible cell. */
  readonly best?: number;
  /** Median of the final values of all runs, SI. */
  readonly median: number;
  /** One entry per target. */
  readonly reached: readonly TargetReached[];
}

/** How a group reaches a target. */
export interface TargetReached {
  readonly runs: number;
  /** Expected running time: iterations, and iterations of the solver, of all runs until they hit the target or ended, over the number of hits; infinite without a hit. */
  readonly iterations: number;
  readonly solverIterations: number;
}

/** Whether the starts of the first group are better than those of another one. */
export interface StartComparison {
  /** Names of the two groups. */
  readonly groups: readonly [string, string];
  /** Final values; the alternative is that those of the first group are better. */
  readonly finalValues: MannWhitneyResult;
  /** Iterations until each target is hit, runs that end before it censored; one entry per target, absent where no run hits it. */
  readonly hittingTimes: readonly (LogRankResult | undefined)[];
}

/** The cell of an optimization that is most like a design. */
export interface Resemblance {
  /** Index of the design in the own arm. */
  readonly design: number;
  /** Index in `runs`. */
  readonly run: number;
  /** Share of pixels that agree, over all periodic shifts and the symmetries of the square: the largest one. */
  readonly agreement: number;
  /** White that both have over white that one has, there. */
  readonly overlap: number;
  /** The optimized cell, moved and turned to where it agrees most. */
  readonly cell: Image2D<'binary'>;
}
