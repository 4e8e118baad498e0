/* What every solver of a virtual test takes and gives: direct or iterative, of two phases or of gray pixels. */
import { ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';
import type { SolverStatistics, TestProperties } from './virtual-test';

/** When iterations end. */
export interface IterationLimits {
  /** Largest error bound of a converged solution. */
  readonly tolerance: number;
  /** Most iterations in all. */
  readonly iterations: number;
}

/** Four times as many iterations as contrast 50 took. */
export const usualLimits: IterationLimits = { tolerance: 1e-9, iterations: 150 };

/** What a solver found of one cell. */
export interface Solution {
  readonly properties: TestProperties;
  /** Stress of the cell under constrained heating by 1 K, Voigt order, Pa/K; `periodic` with expansion. */
  readonly thermalStress?: Float64Array;
  readonly statistics: SolverStatistics;
  /** Whether the error bound is within the tolerance; true of every direct solution. */
  readonly converged: boolean;
}

/**
 * A solver of one virtual test for cells of one resolution and, unless the cells have constants of their own, one
 * pair of phases. It keeps its buffers, so it is not for two threads at once; a solution depends on its cell alone.
 */
export interface Solver<Cell = Image2D<'binary'>, Settings = IterationLimits> {
  /** A direct solver ignores the settings; an iterative one uses `usualLimits` without them. */
  solve(cell: Cell, settings?: Settings): Solution;
}

/** A `BugError` unless the image has n × n pixels, each of one of the two phases: a solver would read other values as other tables. */
export function checkImage({ width, height, data }: Image2D<'binary'>, n: number): void {
  ensure(width === n && height === n, `image of ${width} × ${height} in a test of ${n} × ${n} pixels`);
  let seen = 0;
  for (let p = 0; p < data.length; p++) seen |= data[p]!;
  ensure(seen <= 1, 'an image with pixels that are neither white nor black');
}
