/* Topology optimizations of a case, complete or under way: how each went, and what it began with. */
import type { GroupLook } from '#display/starts';
import type { StartFamily } from '#domain/optimization';
import type { PackedColumn, PackedImages } from '../packed';
import type { LimitView, ObjectiveView } from '../result';

/** All optimizations of a case. Its query is empty. */
export interface OptimizationView {
  readonly objective: ObjectiveView;
  /** The arms of the case that optimize. */
  readonly arms: readonly string[];
  /** Groups of the runs by what they began with. */
  readonly groups: readonly OptimizationGroup[];
  /** Of the arms whose starts are chosen, arm by arm; empty where there was nothing to begin with. */
  readonly runs: readonly OptimizationRunView[];
  /** The cell of each run that has begun, in the order of the runs: that of its last cut. */
  readonly cells: PackedImages;
  /** The bound for the case's own test, if one is known. */
  readonly limit?: LimitView;
  /** The best image of the database; absent until its images are tested. */
  readonly bestImage?: { readonly image: number; readonly objectiveValue: number };
  /** Present when all arms are complete. */
  readonly outcome?: OptimizationOutcome;
}

export interface OptimizationGroup extends GroupLook {
  /** An arm whose designs are refined, or a source of starts. */
  readonly name: string;
}

/** What a run began with. */
export type StartView =
  /** A design of another arm; `objectiveValue` is that of the design. */
  | { readonly kind: 'design'; readonly arm: string; readonly rank: number; readonly name: string; readonly objectiveValue: number }
  /** An image of the database. */
  | { readonly kind: 'image'; readonly image: number; readonly objectiveValue: number }
  /** A start of a family; `number` counts those of the family from 0. */
  | { readonly kind: 'family'; readonly family: StartFamily; readonly number: number }
  /** A PNG file that the case names, by its path as written. */
  | { readonly kind: 'picture'; readonly file: string };

/** One optimization. */
export interface OptimizationRunView {
  /** The arm, and the number of the start in it, which is the `candidate` of its design. */
  readonly arm: string;
  readonly candidate: number;
  readonly group: string;
  readonly start: StartView;
  /** `refused`: the objective has no gradient at the start. */
  readonly state: 'waiting' | 'running' | 'ended' | 'refused';
  readonly iterations: number;
  /** Absent until its first cut. */
  readonly cuts?: CutColumns;
  /** Rank of its design in the arm; absent until all arms are complete, and where its cell is no design of its own. */
  readonly rank?: number;
}

/** Cells that the densities gave every few iterations, tested; the first one is the start, the last one the present cell. */
export interface CutColumns {
  readonly iterations: PackedColumn<'i32'>;
  /** The objective by the case's own test, SI; NaN where the cell has no value. */
  readonly values: PackedColumn<'f64'>;
  /** 1 where all constraints are satisfied. */
  readonly feasible: PackedColumn<'u8'>;
}

/** What the runs say of their starts. */
export interface OptimizationOutcome {
  /** The best objective value of all feasible cuts and designs, SI; absent where there is none. */
  readonly bestKnown?: number;
  /** What a run is to reach, the easiest first. */
  readonly targets: readonly TargetView[];
  readonly groups: readonly GroupOutcome[];
  readonly comparisons: readonly GroupComparison[];
}

/** A value close to the best one known. */
export interface TargetView {
  /** Such as 0.99. */
  readonly share: number;
  /** The worst objective value that reaches it, SI; absent where no value is known. */
  readonly value?: number;
  /** What the share is taken of: the best value known, or its gain over the best image. */
  readonly scale: 'best-known' | 'gain-over-database';
}

export interface GroupOutcome {
  readonly name: string;
  readonly runs: number;
  /** Best feasible final value, SI; absent where no run ends with a feasible cell. */
  readonly best?: number;
  /** Of the final values of all runs, SI, where those that do not end feasible are the worst; absent where one of these is in the middle. */
  readonly median?: number;
  /**
   * One entry per target: how many runs reach it, and the expected running time in iterations, which is absent where none does.
   */
  readonly reached: readonly { readonly runs: number; readonly iterations?: number }[];
}

/** The first group compared with another one; the alternative is that the first one is better. */
export interface GroupComparison {
  /** Names of the two. */
  readonly groups: readonly [string, string];
  /** Probability that a final value of the first one is better, and the one-sided p value of Mann and Whitney. */
  readonly superiority: number;
  readonly pOneSided: number;
}

/** What one run began with. */
export interface OptimizationStartQuery {
  readonly arm: string;
  /** As in `OptimizationRunView`. */
  readonly candidate: number;
}

export interface OptimizationStartView {
  readonly width: number;
  readonly height: number;
  /** Of each pixel, row-major from the top: 0 black, 255 white; grays between are densities. */
  readonly density: PackedColumn<'u8'>;
}
