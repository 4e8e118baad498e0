/*
 * Which solver a periodic cell gets, by contrast and size alone: so every image of a case is solved by
 * the same one. The figures behind the limits are in docs/methods.md, "Solve".
 */
import type { PhasePair } from '#engine/core/material';
import type { Image2D } from '#engine/grid/image-2d';
import { createPeriodicCg, iterativeSolverName, type PeriodicCgSettings } from './periodic-cg';
import { createPeriodicDirect } from './periodic-direct';
import type { PeriodicAnswer, PeriodicSolver } from './periodic-solver';
import { contrastOf } from './reference-medium';
import type { VirtualTestSettings } from './virtual-test';

/** Iterations take about the square root of the contrast; and single precision has an end. */
const mostContrast = 50;
/** The direct solver takes few milliseconds for less, and is exact. */
const leastResolution = 64;
/** The bound of the error of every entry relative to the largest, and four times as many iterations as contrast 50 took. */
const iterative: PeriodicCgSettings = { tolerance: 1e-9, iterations: 150 };

/** The solver for `periodic`. Where the iterations do not reach their bound, the direct solver follows and the name says both. */
export function choosePeriodicSolver(resolution: number, phases: PhasePair, settings: VirtualTestSettings): PeriodicSolver {
  return suitsIterations(resolution, phases, settings)
    ? createIterativeFirst(resolution, phases, settings, iterative)
    : createPeriodicDirect(resolution, phases, settings);
}

/** Whether the iterative solver is the one for these: sizes that are powers of two, from 64 pixels on, up to a contrast of 50. */
export function suitsIterations(resolution: number, phases: PhasePair, { plane }: VirtualTestSettings): boolean {
  return resolution >= leastResolution && Number.isInteger(Math.log2(resolution)) && contrastOf(phases, plane) <= mostContrast;
}

/** Conjugate gradients, and the direct solver after them if they do not converge. */
export function createIterativeFirst(
  resolution: number,
  phases: PhasePair,
  settings: VirtualTestSettings,
  limits: PeriodicCgSettings,
): PeriodicSolver {
  const iterations = createPeriodicCg(resolution, phases, settings.plane);
  let direct: PeriodicSolver | undefined;
  const solve = (image: Image2D<'binary'>): PeriodicAnswer => {
    const { converged, stiffness, thermalStress, iterations: count, residual, errorBound } = iterations.solve(image, limits);
    if (converged) {
      const unknowns = 2 * resolution * resolution - 2;
      return { stiffness, thermalStress, statistics: { solver: iterativeSolverName, unknowns, iterations: count, residual, errorEstimate: errorBound } };
    }
    // Made when it is needed: it holds much more memory.
    direct ??= createPeriodicDirect(resolution, phases, settings);
    const answer = direct.solve(image);
    const solver = `${iterativeSolverName}, then ${answer.statistics.solver}`;
    return { ...answer, statistics: { ...answer.statistics, solver, iterations: count } };
  };
  return { solve };
}
