/*
 * The stiffness of a gray image condensed as direct/condensation.ts does it with two phases, with leaves of pixels
 * that have constants of their own.
 */
import { createFactorization, type NodalField, type RetainedValues, type RootSolver } from '../direct/factorization';
import type { BoundaryConditions } from '../element/boundary-conditions';
import type { PixelStiffnesses } from './gray-pixels';

/** The solver of one grid and one kind of conditions. Not for two threads at once. */
export interface GrayCondensation extends RootSolver {
  /** Factorizes an image, voids filled; the retained unknowns' stiffness matrix, row-major, in the image's `unit` and `kelvins`. */
  condense(stiffnesses: PixelStiffnesses): Float64Array;
  /** Displacements of the condensed image for up to four load cases. */
  substituteBack(loadCases: readonly RetainedValues[]): NodalField;
}

/** Sets up everything that does not depend on the image. */
export function createGrayCondensation(conditions: BoundaryConditions): GrayCondensation {
  const { layout, functions, numbers, condensed, solveRoot, substituteBack } = createFactorization(conditions, 'gray');
  const { records, frontCount, front, pixels, leafWork, leafMatrices, leafMatrixBytes } = layout;
  return {
    condense(stiffnesses) {
      numbers.set(stiffnesses.numbers, pixels / 8);
      return condensed(functions.factorizeGray(records, frontCount, front, pixels, conditions.resolution, leafWork, leafMatrices, leafMatrixBytes));
    },
    solveRoot,
    substituteBack,
  };
}
