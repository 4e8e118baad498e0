import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { rollerIterativeSolverName, createRollerCg } from '../iterative/roller-cg';
import { createRollerDirect } from '../direct/roller-direct';
import { usualLimits, type IterationLimits } from '../iterative/conjugate-gradients';
import { suitsIterations } from './iteration-limits';
import { afterIterations } from '../solver-statistics';
import type { VirtualTester, VirtualTestResult } from '../virtual-test';

/** The tester of `compression` and `heating`, by the solver that contrast and size call for. */
export function createRollerTester(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  return suitsIterations(resolution, phases, settings)
    ? createIterativeRollerTester(resolution, phases, settings, usualLimits)
    : createRollerDirect(resolution, phases, settings);
}

/** Compression by conjugate gradients, and by the direct solver after them if they do not converge. */
export function createIterativeRollerTester(
  resolution: number,
  phases: PhasePair,
  settings: VirtualTestSettings,
  limits: IterationLimits,
): VirtualTester {
  const conjugateGradients = createRollerCg(resolution, phases, settings.plane);
  let direct: VirtualTester | undefined;
  const run = (image: Image2D<'binary'>): VirtualTestResult => {
    const { converged, youngsModulus, poissonRatio, iterations, residual, errorBound } = conjugateGradients.solve(image, limits);
    if (converged) {
      // One direction: two components of (n + 1)² nodes, but for u_x of two edges and u_y of one.
      const unknowns = (resolution + 1) * (2 * resolution - 1);
      return {
        kind: settings.kind,
        volumeFraction: volumeFraction(image),
        youngsModulus,
        poissonRatio,
        statistics: { solver: rollerIterativeSolverName, unknowns, iterations, residual, errorEstimate: errorBound },
      };
    }
    // Made when it is needed: it holds much more memory.
    direct ??= createRollerDirect(resolution, phases, settings);
    const result = direct.run(image);
    return { ...result, statistics: afterIterations(rollerIterativeSolverName, iterations, result.statistics) };
  };
  return { run };
}
