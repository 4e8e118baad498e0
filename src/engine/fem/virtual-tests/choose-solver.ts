import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import type { Image2D } from '#engine/grid/image-2d';
import { usualLimits, type IterationLimits } from '../iterative/conjugate-gradients';
import { suitsIterations } from './iteration-limits';
import { createPeriodicCg, iterativeSolverName } from '../iterative/periodic-cg';
import { createPeriodicDirect } from '../direct/periodic-direct';
import type { PeriodicAnswer, PeriodicSolver } from '../solver';
import { afterIterations } from '../solver-statistics';

/** The solver for `periodic`. Where the iterations do not reach their bound, the direct solver follows and the name says both. */
export function choosePeriodicSolver(resolution: number, phases: PhasePair, settings: VirtualTestSettings): PeriodicSolver {
  return suitsIterations(resolution, phases, settings)
    ? createIterativeFirst(resolution, phases, settings, usualLimits)
    : createPeriodicDirect(resolution, phases, settings);
}

/** Conjugate gradients, and the direct solver after them if they do not converge. */
export function createIterativeFirst(
  resolution: number,
  phases: PhasePair,
  settings: VirtualTestSettings,
  limits: IterationLimits,
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
    return { ...answer, statistics: afterIterations(iterativeSolverName, count, answer.statistics) };
  };
  return { solve };
}
