/* What a topology optimization is asked to do. */
import type { DesignCase } from './case';
import type { Interval } from './intervals';

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

/** What is optimized. */
export interface OptimizationProblem extends Pick<DesignCase, 'phases' | 'plane' | 'test' | 'objective' | 'constraints'> {
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
