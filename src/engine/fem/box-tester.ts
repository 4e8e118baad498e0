import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { boxIterativeSolverName, createBoxCg } from './box-cg';
import { createBoxDirect } from './box-direct';
import { suitsIterations, usualLimits, type IterationLimits } from './iteration-limits';
import { afterIterations } from './solver-statistics';
import type { VirtualTester, VirtualTestResult } from './virtual-test';

/** The tester of `compression` and `heating`, by the solver that contrast and size call for. */
export function createBoxTester(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  return suitsIterations(resolution, phases, settings)
    ? createIterativeBoxTester(resolution, phases, settings, usualLimits)
    : createBoxDirect(resolution, phases, settings);
}

/** Compression by conjugate gradients, and by the direct solver after them if they do not converge. */
export function createIterativeBoxTester(
  resolution: number,
  phases: PhasePair,
  settings: VirtualTestSettings,
  limits: IterationLimits,
): VirtualTester {
  const conjugateGradients = createBoxCg(resolution, phases, settings.plane);
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
        statistics: { solver: boxIterativeSolverName, unknowns, iterations, residual, errorEstimate: errorBound },
      };
    }
    // Made when it is needed: it holds much more memory.
    direct ??= createBoxDirect(resolution, phases, settings);
    const result = direct.run(image);
    return { ...result, statistics: afterIterations(boxIterativeSolverName, iterations, result.statistics) };
  };
  return { run };
}
