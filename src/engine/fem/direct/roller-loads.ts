/*
 * The load cases of the roller cell in terms of its retained unknowns, the u_x of the right edge and then the u_y
 * of the top edge, and the unit loads whose displacements say how a mean displacement depends on stiffness
 * (adjoints).
 */
import type { Direction } from '#domain/objective';
import type { Condensation, RetainedValues } from './condensation';

/** A load case with the displacement that its test measures. */
export interface MeasuredLoad {
  readonly values: RetainedValues;
  /** Integral mean over the measured edge, in edges of a pixel. */
  readonly mean: number;
  /** Displacements when the measured edge is pulled by a unit force, spread evenly, and nothing else. */
  readonly adjoint: RetainedValues;
}

/** Compression along x or y: one edge moves by −1, the other is free and measured. */
export function compressionLoad(condensation: Condensation, stiffness: Float64Array, resolution: number, direction: Direction): MeasuredLoad {
  const edge = resolution + 1;
  const moved = direction === 'x' ? 0 : edge;
  const free = edge - moved;
  const matrix = freeEdgeMatrix(stiffness, edge, moved);
  const response = condensation.solveRoot(matrix, edge + 2, edge);
  const values = new Float64Array(Math.sqrt(stiffness.length)).fill(-1, moved, moved + edge);
  values.set(every(2, 0, response).map((value) => -value), free);
  const adjoint = new Float64Array(values.length);
  adjoint.set(every(2, 1, response), free);
  return { values, mean: edgeMean(values, free, edge), adjoint };
}

/** The free edge, then the moved edge as one unknown, then a unit force on the free edge as one unknown; lower triangle alone. */
function freeEdgeMatrix(stiffness: Float64Array, edge: number, moved: number): Float64Array {
  const free = edge - moved;
  const retained = Math.sqrt(stiffness.length);
  const weights = edgeWeights(edge);
  const size = edge + 2;
  const matrix = new Float64Array(size * size);
  for (let r = 0; r < edge; r++) {
    const row = (free + r) * retained;
    let coupling = 0;
    for (let c = 0; c < edge; c++) {
      matrix[r * size + c] = stiffness[row + free + c]!;
      coupling += stiffness[row + moved + c]!;
    }
    matrix[edge * size + r] = coupling;
    matrix[(edge + 1) * size + r] = -weights[r]!;
  }
  return matrix;
}

/** Heating by 1 K with both edges free: what the right edge and what the top edge measures. */
export function heatingLoads(condensation: Condensation, stiffness: Float64Array, resolution: number): { x: MeasuredLoad; y: MeasuredLoad } {
  const edge = resolution + 1;
  const retained = Math.sqrt(stiffness.length);
  const response = condensation.solveRoot(freeEdgesMatrix(stiffness, edge), retained + 2, 2 * edge);
  const values = new Float64Array(retained);
  values.set(every(3, 0, response));
  values[2 * edge] = 1;
  const adjoints = [1, 2].map((column) => {
    const adjoint = new Float64Array(retained);
    adjoint.set(every(3, column, response));
    return adjoint;
  }) as [RetainedValues, RetainedValues];
  return {
    x: { values, mean: edgeMean(values, 0, edge), adjoint: adjoints[0] },
    y: { values, mean: edgeMean(values, edge, edge), adjoint: adjoints[1] },
  };
}

/** All edges' unknowns, temperature, unit force at the right, unit force at the top; lower triangle alone. */
function freeEdgesMatrix(stiffness: Float64Array, edge: number): Float64Array {
  const retained = Math.sqrt(stiffness.length);
  const weights = edgeWeights(edge);
  const size = retained + 2;
  const matrix = new Float64Array(size * size);
  for (let r = 0; r < retained; r++) matrix.set(stiffness.subarray(r * retained, (r + 1) * retained), r * size);
  for (let i = 0; i < edge; i++) {
    matrix[retained * size + i] = -weights[i]!;
    matrix[(retained + 1) * size + edge + i] = -weights[i]!;
  }
  return matrix;
}

/** One column of a row-major matrix. */
function every(columns: number, column: number, matrix: Float64Array): Float64Array {
  return Float64Array.from({ length: matrix.length / columns }, (_, row) => matrix[row * columns + column]!);
}

/** The integral mean over an edge whose unknowns begin at `start`. */
function edgeMean(values: RetainedValues, start: number, edge: number): number {
  return edgeWeights(edge).reduce((sum, weight, i) => sum + weight * values[start + i]!, 0);
}

/** Weights of the integral mean: the end nodes weigh half. */
function edgeWeights(count: number): Float64Array {
  return new Float64Array(count).fill(1 / (count - 1)).map((weight, i) => (i === 0 || i === count - 1 ? weight / 2 : weight));
}
