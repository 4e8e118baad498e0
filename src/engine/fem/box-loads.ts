/*
 * The load cases of the box in terms of its kept unknowns, the u_x of the right edge and then the u_y
 * of the top edge, and the unit loads whose answers say how a mean displacement depends on stiffness
 * (adjoints).
 */
import type { Condensation, KeptValues } from './condensation';

/** A load case with the displacement that its test measures. */
export interface MeasuredLoad {
  readonly values: KeptValues;
  /** Integral mean over the measured edge, in edges of a pixel. */
  readonly mean: number;
  /** Displacements when the measured edge is pulled by a unit force, spread evenly, and nothing else. */
  readonly adjoint: KeptValues;
}

/** Compression along x or y: one edge moves by −1, the other is free and measured. */
export function compressionLoad(condensation: Condensation, stiffness: Float64Array, resolution: number, direction: 'x' | 'y'): MeasuredLoad {
  const edge = resolution + 1;
  const moved = direction === 'x' ? 0 : edge;
  const free = edge - moved;
  const kept = Math.sqrt(stiffness.length);
  const weights = edgeWeights(edge);
  // Free edge, moved edge as one unknown, unit force as one unknown.
  const size = edge + 2;
  const matrix = new Float64Array(size * size);
  for (let r = 0; r < edge; r++) {
    const row = (free + r) * kept;
    let coupling = 0;
    for (let c = 0; c < edge; c++) {
      matrix[r * size + c] = stiffness[row + free + c]!;
      coupling += stiffness[row + moved + c]!;
    }
    matrix[edge * size + r] = coupling;
    matrix[(edge + 1) * size + r] = -weights[r]!;
  }
  const response = condensation.close(matrix, size, edge);
  const values: KeptValues = new Float64Array(kept);
  const adjoint: KeptValues = new Float64Array(kept);
  let mean = 0;
  for (let i = 0; i < edge; i++) {
    values[moved + i] = -1;
    values[free + i] = -response[2 * i]!;
    adjoint[free + i] = response[2 * i + 1]!;
    mean += weights[i]! * values[free + i]!;
  }
  return { values, mean, adjoint };
}

/** Heating by 1 K with both edges free: what the right edge and what the top edge measures. */
export function heatingLoads(condensation: Condensation, stiffness: Float64Array, resolution: number): { x: MeasuredLoad; y: MeasuredLoad } {
  const edge = resolution + 1;
  const kept = Math.sqrt(stiffness.length);
  const weights = edgeWeights(edge);
  // All edges' unknowns, temperature, unit force at the right, unit force at the top.
  const size = kept + 2;
  const matrix = new Float64Array(size * size);
  for (let r = 0; r < kept; r++) {
    for (let c = 0; c < kept; c++) matrix[r * size + c] = stiffness[r * kept + c]!;
  }
  for (let i = 0; i < edge; i++) {
    matrix[kept * size + i] = -weights[i]!;
    matrix[(kept + 1) * size + edge + i] = -weights[i]!;
  }
  const response = condensation.close(matrix, size, 2 * edge);
  const values: KeptValues = new Float64Array(kept);
  values[2 * edge] = 1;
  const adjoints = [new Float64Array(kept), new Float64Array(kept)] as const;
  for (let i = 0; i < 2 * edge; i++) {
    values[i] = response[3 * i]!;
    adjoints[0][i] = response[3 * i + 1]!;
    adjoints[1][i] = response[3 * i + 2]!;
  }
  const mean = (start: number): number => weights.reduce((sum, weight, i) => sum + weight * values[start + i]!, 0);
  return { x: { values, mean: mean(0), adjoint: adjoints[0] }, y: { values, mean: mean(edge), adjoint: adjoints[1] } };
}

/** Weights of the integral mean: the end nodes weigh half. */
function edgeWeights(count: number): Float64Array {
  return new Float64Array(count).fill(1 / (count - 1)).map((weight, i) => (i === 0 || i === count - 1 ? weight / 2 : weight));
}
