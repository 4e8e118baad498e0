import type { SolverStatistics } from './virtual-test';

/** Statistics of a direct result that iterations without convergence came before: the name says both. */
export function afterIterations(iterative: string, iterations: number, direct: SolverStatistics): SolverStatistics {
  return { ...direct, solver: `${iterative}, then ${direct.solver}`, iterations };
}
