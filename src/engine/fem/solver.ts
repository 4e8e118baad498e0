import type { Image2D } from '#engine/grid/image-2d';
import type { SolverStatistics } from './virtual-test';

/** What a solver finds of a periodic cell. */
export interface PeriodicAnswer {
  /** 3 × 3 row-major, Voigt order 11, 22, 12, engineering shear, Pa. */
  readonly stiffness: Float64Array;
  /** The same with the void filled, where one phase is a void; `stiffness` is then of the solid alone. */
  readonly filledStiffness?: Float64Array;
  /** Stress of the cell under constrained heating by 1 K, Voigt order, Pa/K; zero unless both phases have an expansion. */
  readonly thermalStress: Float64Array;
  readonly statistics: SolverStatistics;
}

/** A solver of one resolution and one pair of phases. */
export interface PeriodicSolver {
  solve(image: Image2D<'binary'>): PeriodicAnswer;
}
