import type { Directional, Property } from '#domain/objective';
import { measures, type VirtualTestKind } from '#domain/virtual-tests';
import { ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';

/** Names of all solvers. Stored results keep the position in this list: only append. */
export const solverNames: readonly string[] = [
  'nested-dissection-cholesky',
  'nested-dissection-cholesky-of-quarters',
  'fft-preconditioned-conjugate-gradients',
  // The first did not converge, the result is the second's.
  'fft-preconditioned-conjugate-gradients, then nested-dissection-cholesky',
  'dct-preconditioned-conjugate-gradients',
  'dct-preconditioned-conjugate-gradients, then nested-dissection-cholesky',
  'preconditioned-conjugate-gradients-of-gray-pixels',
  // No solver: the properties came with the image, and the error is how far they are from our own test.
  'labels',
];

/** How the equations were solved, stored with every result. */
export interface SolverStatistics {
  /** One of `solverNames`. */
  readonly solver: string;
  readonly unknowns: number;
  /** Iterations of an iterative solver or refinement steps of a direct one. */
  readonly iterations: number;
  /**
   * Largest relative residual over the load cases: norm of the residual forces, over that of
   * the elements' elastic and thermal forces which should balance. Unlike the load of a uniform
   * periodic cell, these are never zero.
   */
  readonly residual: number;
  /**
   * How large the solver's error can be. Of an iterative solver a bound: for `compression` of the relative
   * error of E and of the error of ν; for `periodic` in every entry of the stiffness relative to the largest
   * entry, and in the thermal stress relative to the larger of the constrained phases'. Of a direct solver an estimate relative to the property (see `directErrorEstimate`).
   */
  readonly errorEstimate?: number;
}

/**
 * What a virtual test measures. A property that the test does not give is absent. Next to a void the solid may carry
 * no load: E in that direction, or G, is 0, and without E in both directions there is neither Poisson's ratio nor
 * expansion.
 */
export interface TestProperties {
  /** Pa. */
  readonly youngsModulus?: Directional;
  /** x: ν_xy (load along x), y: ν_yx. */
  readonly poissonRatio?: Directional;
  /** Pa; `periodic` only. */
  readonly shearModulus?: number;
  /** 1/K; `heating`, and `periodic` when both phases have an expansion. */
  readonly thermalExpansion?: Directional;
  /** 3 × 3 row-major, Voigt order 11, 22, 12, engineering shear, Pa; `periodic` only. */
  readonly stiffness?: Float64Array;
}

/** The result of one virtual test of one image. */
export interface VirtualTestResult extends TestProperties {
  readonly kind: VirtualTestKind;
  readonly volumeFraction: number;
  readonly statistics: SolverStatistics;
}

/** The property's two values, NaN where a void leaves none; a test that cannot give it is a bug, as the language refuses the case. */
export function propertyOf(result: VirtualTestResult, property: Property): Directional {
  const value =
    property === 'youngs-modulus' ? result.youngsModulus
    : property === 'poisson-ratio' ? result.poissonRatio
    : result.thermalExpansion;
  ensure(value !== undefined || measures(result.kind, property), `the ${result.kind} test gives no ${property}`);
  return value ?? { x: NaN, y: NaN };
}

/** A virtual test that is set up for one resolution and one pair of phases. */
export interface VirtualTester {
  /** Tests one image of the tester's resolution. */
  run(image: Image2D<'binary'>): VirtualTestResult;
}
