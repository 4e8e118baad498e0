/* What a topology optimization is asked to do. */
import type { Interval } from './intervals';
import type { PhasePair, PlaneAssumption } from './materials';
import type { Constraint, Objective } from './objective';
import type { VirtualTestKind } from './virtual-tests';

/** Symmetries of a cell: of the square, of its two mirror lines, of the exchange of x and y, none. */
export const optimizationSymmetries = ['square', 'mirror', 'transpose', 'none'] as const;
export type OptimizationSymmetry = (typeof optimizationSymmetries)[number];

/** Whether the symmetry exchanges x and y, so that both directions have equal properties. */
export function keepsDirectionsEqual(symmetry: OptimizationSymmetry): boolean {
  return symmetry === 'square' || symmetry === 'transpose';
}

/** Families of starts that need no image. */
export const startFamilies = ['noise', 'cosines', 'disc', 'frame'] as const;
export type StartFamily = (typeof startFamilies)[number];

/** What starts can be taken from: families, and the best images of the database. */
export const startSources = [...startFamilies, 'images'] as const;
export type StartSource = (typeof startSources)[number];

/** How often a source is different: `disc` and `frame` are one start each. */
export function isSingleStart(source: StartSource): boolean {
  return source === 'disc' || source === 'frame';
}

/** What is optimized. */
export interface OptimizationProblem {
  readonly phases: PhasePair;
  readonly plane: PlaneAssumption;
  readonly test: VirtualTestKind;
  readonly objective: Objective;
  readonly constraints: readonly Constraint[];
  /** A power of two ≥ 4. */
  readonly resolution: number;
  /** Of white, in the cell. */
  readonly window: Interval;
}

export interface OptimizationSettings {
  /** Radius of the density filter, pixels. */
  readonly filter: number;
  readonly symmetry: OptimizationSymmetry;
}

/** The optimizations of a case: all of its arms optimize in the same way, so that their starts can be compared. */
export interface CaseOptimization extends OptimizationSettings {
  /** How many designs of an arm are refined, the best ones. */
  readonly best: number;
  /** How many starts the arm of starts has, taken from its sources by turns. */
  readonly starts: number;
  readonly from: readonly StartSource[];
}
