/*
 * Compression and heating between rollers: left edge u_x = 0, bottom edge u_y = 0. Loading along x
 * adds u_x = −ε L on the right edge with the top edge free, loading along y the same with the axes
 * swapped, heating leaves both edges free. All follow from the stiffness condensed to the u_x of the
 * right edge and the u_y of the top edge. Section 2.3 of the paper (10.1016/j.eml.2024.102269) gives
 * the loads; the rollers at the sides are our reading of it.
 *
 * A mean displacement errs as the displacements do. Its mixed energy with the adjoint, which is zero for exact
 * displacements, is this error up to second order; taken off, ν and α err in second order as E does. It costs
 * another substitution, so it is done where phases differ by more than `firstOrderContrast`.
 *
 * Load cases are given by the retained unknowns: the u_x of the right edge, then the u_y of the top edge. The adjoints
 * are unit loads whose displacements say how a mean displacement depends on stiffness.
 */
import type { PhasePair } from '#domain/materials';
import type { Direction, Directional } from '#domain/objective';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import type { Image2D } from '#engine/grid/image-2d';
import { createCondensation, solverName, type Displacements } from './condensation';
import type { RetainedValues, RootSolver } from './factorization';
import { condensedEnergy, directErrorEstimate, firstOrderContrast } from './direct-error';
import { contrastOf } from '../element/modal-stiffness';
import { rollerBoundaryConditions, type BoundaryConditions } from '../element/boundary-conditions';
import { carries, filledPhases, hasVoid } from '../element/void-phase';
import type { Solution, Solver } from '../solver';

/** The direct solver; heating reports the compression results as well. */
export function createRollerDirect(resolution: number, phases: PhasePair, settings: VirtualTestSettings): Solver {
  const heating = settings.kind === 'heating';
  const conditions = rollerBoundaryConditions(resolution, heating ? 1 : 0);
  const condensation = createCondensation(conditions, phases, settings.plane);
  const contrast = contrastOf(filledPhases(phases), settings.plane);
  const stationary = contrast > firstOrderContrast;
  const porous = hasVoid(phases);

  const solve = (image: Image2D<'binary'>): Solution => {
    const stiffness = condensation.condense(image);
    const x = compressionLoad(condensation, stiffness, resolution, 'x');
    const y = compressionLoad(condensation, stiffness, resolution, 'y');
    const compressed = [x.values, y.values];
    const heated = heating ? heatingLoads(condensation, stiffness, resolution) : undefined;
    // Up to four load cases at once; what the first ones left is read before the next ones take its place.
    const displacements = condensation.substituteBack([
      ...compressed,
      ...(stationary ? [x.adjoint, y.adjoint] : heated === undefined ? [] : [heated.x.values]),
    ]);
    // With ε L = 1, E = 2 U / (ε L)² and ν is the mean itself.
    const [alongX, alongY] = compressed.map((values, load) => {
      const energy = displacements.energy(load, load);
      return !porous || carries(energy, condensedEnergy(stiffness, values)) ? energy : 0;
    }) as [number, number];
    const whole = alongX > 0 && alongY > 0;
    const [lateralX, lateralY] = stationary ? [x.mean - displacements.energy(0, 2), y.mean - displacements.energy(1, 3)] : [x.mean, y.mean];
    const errorEstimate = directErrorEstimate(stiffness, compressed, displacements, contrast);
    let residual = Math.max(alongX > 0 ? relativeResidual(conditions, displacements, 0, 'x') : 0, alongY > 0 ? relativeResidual(conditions, displacements, 1, 'y') : 0);
    let thermalExpansion: Directional | undefined;
    if (heated !== undefined && whole) {
      const hot = stationary ? condensation.substituteBack([heated.x.values, heated.x.adjoint, heated.y.adjoint]) : displacements;
      const [right, top] = stationary ? [heated.x.mean - hot.energy(0, 1), heated.y.mean - hot.energy(0, 2)] : [heated.x.mean, heated.y.mean];
      thermalExpansion = { x: right / resolution, y: top / resolution };
      residual = Math.max(residual, relativeResidual(conditions, hot, stationary ? 0 : 2, 'none'));
    }
    return {
      properties: {
        youngsModulus: { x: alongX, y: alongY },
        ...(whole && { poissonRatio: { x: lateralX, y: lateralY } }),
        ...(thermalExpansion && { thermalExpansion }),
      },
      converged: true,
      statistics: { solver: solverName, unknowns: conditions.solved, iterations: 0, residual, errorEstimate },
    };
  };
  return { solve };
}

/** Share of residual forces in a load case that moves one edge, or none. */
function relativeResidual(
  { resolution }: BoundaryConditions,
  { stride, forces, squaredElementForces }: Displacements,
  loadCase: number,
  moved: Direction | 'none',
): number {
  const edge = resolution + 1;
  let sum = 0;
  for (let row = 0; row < edge; row++) {
    for (let column = 0; column < edge; column++) {
      const first = 2 * (row * edge + column) * stride + loadCase;
      const fixedX = column === 0 || (moved === 'x' && column === resolution);
      const fixedY = row === 0 || (moved === 'y' && row === resolution);
      if (!fixedX) sum += forces[first]! ** 2;
      if (!fixedY) sum += forces[first + stride]! ** 2;
    }
  }
  return Math.sqrt(sum / squaredElementForces(loadCase));
}

/** A load case with the displacement that its test measures. */
export interface MeasuredLoad {
  readonly values: RetainedValues;
  /** Integral mean over the measured edge, in edges of a pixel. */
  readonly mean: number;
  /** Displacements when the measured edge is pulled by a unit force, spread evenly, and nothing else. */
  readonly adjoint: RetainedValues;
}

/** Compression along x or y: one edge moves by −1, the other is free and measured. */
export function compressionLoad(solver: RootSolver, stiffness: Float64Array, resolution: number, direction: Direction): MeasuredLoad {
  const edge = resolution + 1;
  const moved = direction === 'x' ? 0 : edge;
  const free = edge - moved;
  const matrix = freeEdgeMatrix(stiffness, edge, moved);
  const response = solver.solveRoot(matrix, edge + 2, edge);
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
export function heatingLoads(solver: RootSolver, stiffness: Float64Array, resolution: number): { x: MeasuredLoad; y: MeasuredLoad } {
  const edge = resolution + 1;
  const retained = Math.sqrt(stiffness.length);
  const response = solver.solveRoot(freeEdgesMatrix(stiffness, edge), retained + 2, 2 * edge);
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
