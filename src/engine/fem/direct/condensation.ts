/*
 * The stiffness of an image condensed to the few unknowns that a virtual test is about, and the way
 * back to all displacements. Direct: nested dissection and multifrontal Cholesky, so exact to
 * round-off for every contrast of the phases.
 */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { BugError, ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';
import { createMultifrontal } from '#engine/kernels/multifrontal';
import { checkImage } from '../solver';
import { dissect } from './dissection';
import { layOutFronts, mostPairs } from './front-layout';
import { leafTable } from './leaf-table';
import { planeElement } from '../element/plane-element';
import type { BoundaryConditions } from '../element/boundary-conditions';
import { filledPhases } from '../element/void-phase';

export const solverName = 'nested-dissection-cholesky';

/** One load case: the values of all retained unknowns, in the order of the boundary conditions. */
export type RetainedValues = Float64Array;

/** The solver of one grid, one kind of conditions and one pair of phases. Not for two threads at once. */
export interface Condensation {
  /** Factorizes the image, voids filled (void-phase.ts); the retained unknowns' stiffness matrix, row-major, Pa. */
  condense(image: Image2D<'binary'>): Float64Array;
  /**
   * Values of the first `eliminated` unknowns of a symmetric row-major matrix of the given size, one
   * row an unknown, for a unit value of each of the others, of which there are at most four. Reads the
   * lower triangle alone.
   */
  solveRoot(matrix: Float64Array, size: number, eliminated: number): Float64Array;
  /** Displacements of the condensed image for up to four load cases. */
  substituteBack(loadCases: readonly RetainedValues[]): Displacements;
}

/** All nodal displacements of some load cases, in edges of a pixel per unit of the retained unknowns. */
export interface Displacements {
  readonly loadCases: number;
  /** Numbers of one nodal unknown: load case c of unknown i is at `i * stride + c`. Valid until the next image. */
  readonly stride: number;
  readonly field: Float64Array;
  /** Forces of the elements on the nodes, temperature included, likewise; of the solid alone. */
  readonly forces: Float64Array;
  /** One number a load case. */
  readonly temperatures: Float64Array;
  /**
   * Twice the mixed strain energy of two load cases, Pa; of the solid alone. Stationary: an error of the displacements
   * enters squared, so this is sharper than the condensed stiffness itself.
   */
  energy(one: number, other: number): number;
  /** Sum of the squares of all elastic and all thermal element forces. */
  squaredElementForces(loadCase: number): number;
}

/** Sets up everything that does not depend on the image. */
export function createCondensation(conditions: BoundaryConditions, phases: PhasePair, plane: PlaneAssumption): Condensation {
  const { resolution, temperatures } = conditions;
  const layout = layOutFronts(dissect(conditions), resolution);
  const { functions, buffer } = createMultifrontal(layout.bytes);
  const numbers = new Float64Array(buffer);
  const words = new Int32Array(buffer);
  const bytes = new Uint8Array(buffer);
  layout.write(buffer);

  const white = planeElement(phases.white, plane);
  const black = planeElement(phases.black, plane);
  const filled = filledPhases(phases);
  const [filledWhite, filledBlack] = [planeElement(filled.white, plane), planeElement(filled.black, plane)];
  layout.shapes.forEach((shape, s) => numbers.set(leafTable(shape, filledWhite, filledBlack), layout.tables[s]! / 8));
  numbers.set(black, layout.matrices / 8);
  numbers.set(white, layout.matrices / 8 + 81);
  const temperatureIndex = temperatures === 1 ? conditions.retained.length - 1 : -1;

  const condense = (image: Image2D<'binary'>): Float64Array => {
    checkImage(image, resolution);
    bytes.set(image.data, layout.pixels);
    for (const leaf of layout.leaves) {
      const { width, height, entryLength } = layout.shapes[leaf.shape]!;
      let pattern = 0;
      for (let row = height - 1; row >= 0; row--) {
        const start = (resolution - 1 - leaf.row - row) * resolution + leaf.column;
        for (let column = width - 1; column >= 0; column--) pattern = 2 * pattern + image.data[start + column]!;
      }
      words[leaf.address / 4] = layout.tables[leaf.shape]! + 8 * entryLength * pattern;
    }
    const failed = functions.factorize(layout.records, layout.frontCount, layout.front);
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

  const substituteBack = (loadCases: readonly RetainedValues[]): Displacements => {
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
    functions.elementForces(
      layout.pixels,
      resolution,
      pairs,
      layout.field,
      layout.forces,
      layout.matrices,
      layout.temperatures,
      layout.squares,
      layout.energies,
      layout.scratch,
    );
    const forces = numbers.subarray(layout.forces / 8, layout.forces / 8 + stride * conditions.nodal);
    const squares = numbers.subarray(layout.squares / 8, layout.squares / 8 + stride);
    const energies = numbers.subarray(layout.energies / 8, layout.energies / 8 + stride * stride);
    return {
      loadCases: loadCases.length,
      stride,
      field,
      forces,
      temperatures: numbers.subarray(layout.temperatures / 8, layout.temperatures / 8 + stride),
      energy: (one, other) => (energies[one * stride + other]! + energies[other * stride + one]!) / 2,
      squaredElementForces: (loadCase) => squares[loadCase]!,
    };
  };

  return { condense, solveRoot, substituteBack };
}
