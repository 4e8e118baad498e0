/*
 * The stiffness of an image condensed to the few unknowns that a virtual test is about, and the way
 * back to all displacements. Direct: nested dissection and multifrontal Cholesky, so exact to
 * round-off for every contrast of the phases.
 */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import type { Image2D } from '#engine/grid/image-2d';
import { checkImage } from '../solver';
import { createFactorization, type NodalField, type RetainedValues, type RootSolver } from './factorization';
import { leafTable } from './leaf-table';
import { planeElement } from '../element/plane-element';
import type { BoundaryConditions } from '../element/boundary-conditions';
import { filledPhases } from '../element/void-phase';

export const solverName = 'nested-dissection-cholesky';

/** The solver of one grid, one kind of conditions and one pair of phases. Not for two threads at once. */
export interface Condensation extends RootSolver {
  /** Factorizes the image, voids filled (void-phase.ts); the retained unknowns' stiffness matrix, row-major, Pa. */
  condense(image: Image2D<'binary'>): Float64Array;
  /** Displacements of the condensed image for up to four load cases. */
  substituteBack(loadCases: readonly RetainedValues[]): Displacements;
}

/** All nodal displacements of some load cases, in edges of a pixel per unit of the retained unknowns. */
export interface Displacements extends NodalField {
  readonly loadCases: number;
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
  const { resolution } = conditions;
  const factorization = createFactorization(conditions, 'patterns');
  const { layout, functions, numbers, words, bytes } = factorization;

  const white = planeElement(phases.white, plane);
  const black = planeElement(phases.black, plane);
  const filled = filledPhases(phases);
  const [filledWhite, filledBlack] = [planeElement(filled.white, plane), planeElement(filled.black, plane)];
  layout.shapes.forEach((shape, s) => numbers.set(leafTable(shape, filledWhite, filledBlack), layout.tables[s]! / 8));
  numbers.set(black, layout.matrices / 8);
  numbers.set(white, layout.matrices / 8 + 81);

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
    return factorization.condensed(functions.factorize(layout.records, layout.frontCount, layout.front));
  };

  const substituteBack = (loadCases: readonly RetainedValues[]): Displacements => {
    const { stride, field } = factorization.substituteBack(loadCases);
    functions.elementForces(
      layout.pixels,
      resolution,
      stride / 2,
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

  return { condense, solveRoot: factorization.solveRoot, substituteBack };
}
