/*
 * Nested dissection and multifrontal Cholesky with the memory of one grid: what condensing two-phase images (condensation.ts) and
 * gray ones (gray/gray-condensation.ts) have in common.
 */
import { BugError, ensure } from '#engine/core/bug-error';
import { createMultifrontal, type MultifrontalFunctions } from '#engine/kernels/multifrontal';
import type { BoundaryConditions } from '../element/boundary-conditions';
import { dissect } from './dissection';
import { layOutFronts, mostPairs, type FrontLayout, type LeafContent } from './front-layout';

/** One load case: the values of all retained unknowns, in the order of the boundary conditions. */
export type RetainedValues = Float64Array;

/** What solves for retained unknowns. */
export interface RootSolver {
  /**
   * Values of the first `eliminated` unknowns of a symmetric row-major matrix of the given size, one
   * row an unknown, for a unit value of each of the others, of which there are at most four. Reads the
   * lower triangle alone.
   */
  solveRoot(matrix: Float64Array, size: number, eliminated: number): Float64Array;
}

/** Nodal displacements of some load cases. */
export interface NodalField {
  /** Numbers of one nodal unknown: load case c of unknown i is at `i * stride + c`. */
  readonly stride: number;
  /** In edges of a pixel per unit of the retained unknowns; a view that the next substitution overwrites. */
  readonly field: Float64Array;
}

export interface Factorization extends RootSolver {
  readonly layout: FrontLayout;
  readonly functions: MultifrontalFunctions;
  /** Views of the whole memory. */
  readonly numbers: Float64Array;
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  /** The retained unknowns' stiffness matrix, row-major, from what the kernel's factorization returned. */
  condensed(failed: number): Float64Array;
  /** Displacements for up to four load cases. */
  substituteBack(loadCases: readonly RetainedValues[]): NodalField;
}

/** Sets up everything that does not depend on the image. */
export function createFactorization(conditions: BoundaryConditions, content: LeafContent): Factorization {
  const layout = layOutFronts(dissect(conditions), conditions.resolution, content);
  const { functions, buffer } = createMultifrontal(layout.bytes);
  const numbers = new Float64Array(buffer);
  layout.write(buffer);
  const temperatureIndex = conditions.temperatures === 1 ? conditions.retained.length - 1 : -1;

  const condensed = (failed: number): Float64Array => {
    if (failed !== 0) throw new BugError(`the stiffness matrix is not positive definite in front ${failed - 1}`);
    const size = conditions.retained.length;
    const result = new Float64Array(size * size);
    for (let c = 0; c < size; c++) {
      for (let r = c; r < size; r++) {
        const value = numbers[layout.rootUpdate / 8 + c * layout.rootLeading + r]!;
        result[r * size + c] = value;
        result[c * size + r] = value;
      }
    }
    return result;
  };

  const solveRoot = (matrix: Float64Array, size: number, eliminated: number): Float64Array => {
    const given = size - eliminated;
    ensure(given >= 1 && given <= 4 && eliminated <= conditions.retained.length, 'a solution beyond the work area of the root');
    const padded = (eliminated + 3) & ~3;
    const frontSize = padded + 4;
    const at = (i: number): number => (i < eliminated ? i : padded + i - eliminated);
    const front = numbers.subarray(layout.front / 8, layout.front / 8 + frontSize * frontSize).fill(0);
    for (let i = eliminated; i < padded; i++) front[i * frontSize + i] = 1;
    for (let c = 0; c < size; c++) {
      for (let r = c; r < size; r++) front[at(c) * frontSize + at(r)] = matrix[r * size + c]!;
    }
    const definite = functions.eliminate(layout.front, layout.rootSolvePanel, eliminated, padded, frontSize, layout.rootSolveUpdate);
    if (definite === 0) throw new BugError('the condensed stiffness matrix is not positive definite');

    const vectors = numbers.subarray(layout.rootSolveVectors / 8, layout.rootSolveVectors / 8 + 4 * frontSize).fill(0);
    for (let c = 0; c < given; c++) vectors[4 * (padded + c) + c] = 1;
    functions.solveFront(layout.rootSolvePanel, eliminated, padded, frontSize, layout.rootSolveVectors, 2);
    const response = new Float64Array(eliminated * given);
    for (let i = 0; i < eliminated; i++) {
      for (let c = 0; c < given; c++) response[i * given + c] = vectors[4 * i + c]!;
    }
    return response;
  };

  const substituteBack = (loadCases: readonly RetainedValues[]): NodalField => {
    const pairs = Math.ceil(loadCases.length / 2);
    ensure(pairs >= 1 && pairs <= mostPairs, `${loadCases.length} load cases at once`);
    const stride = 2 * pairs;
    // The conditions' zeros were overwritten if the last call had another stride.
    const field = numbers.subarray(layout.field / 8, layout.field / 8 + stride * conditions.nodal).fill(0);
    const border = layout.rootVectors / 8 + layout.rootPadded * stride;
    numbers.fill(0, border, border + stride * layout.rootLeading);
    numbers.fill(0, layout.temperatures / 8, layout.temperatures / 8 + stride);
    loadCases.forEach((values, c) => {
      ensure(values.length === conditions.retained.length, 'a load case gives every retained unknown');
      for (let i = 0; i < values.length; i++) numbers[border + i * stride + c] = values[i]!;
      if (temperatureIndex >= 0) numbers[layout.temperatures / 8 + c] = values[temperatureIndex]!;
    });
    functions.substituteBack(layout.records, layout.frontCount, pairs, layout.field, layout.scratch);
    return { stride, field };
  };

  return { layout, functions, numbers, words: new Int32Array(buffer), bytes: new Uint8Array(buffer), condensed, solveRoot, substituteBack };
}
