/*
 * `periodic` of a cell that is symmetric about both mid-lines, from a quarter of it. Under strains 11
 * and 22 and under heating each line of symmetry stays straight and free of friction, like a flat
 * platen; under shear the field changes its sign by mirroring, so each line keeps its displacement
 * along itself instead. Two factorizations of a quarter take the place of one of the cell, and the
 * result is the same: no entry couples shear to the rest.
 */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { ensure } from '#engine/core/bug-error';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { createCondensation, type Condensation, type Displacements } from './condensation';
import type { RetainedValues } from './factorization';
import { condensedEnergy, directErrorEstimate } from './direct-error';
import { bothExpand, periodicProperties, porousProperties, solidExpansion } from '../periodic-properties';
import { contrastOf } from '../element/modal-stiffness';
import { rollerBoundaryConditions, shearBoundaryConditions, type BoundaryConditions } from '../element/boundary-conditions';
import { carries, filledPhases, hasVoid } from '../element/void-phase';
import type { Solution, Solver } from '../solver';

/** Whether the image equals its mirror images about both mid-lines, pixel by pixel, and has whole quarters. */
export function isMirrored({ width, height, data }: Image2D<'binary'>): boolean {
  if (width % 2 === 1 || height % 2 === 1) return false;
  for (let row = 0; row < height / 2; row++) {
    const top = row * width;
    const bottom = (height - 1 - row) * width;
    for (let column = 0; column < width / 2; column++) {
      const value = data[top + column];
      const other = width - 1 - column;
      if (data[top + other] !== value || data[bottom + column] !== value || data[bottom + other] !== value) return false;
    }
  }
  return true;
}

/** The solver of `periodic` for images that `isMirrored` says yes to; others are a `BugError`. */
export function createMirroredDirect(resolution: number, phases: PhasePair, settings: VirtualTestSettings): Solver {
  ensure(settings.kind === 'periodic' && resolution % 2 === 0, `${settings.kind} of a quarter of ${resolution} pixels`);
  const edge = resolution / 2;
  const heated = bothExpand(phases);
  const normal = quarterOf(rollerBoundaryConditions(edge, heated ? 1 : 0), phases, settings);
  const sheared = quarterOf(shearBoundaryConditions(edge), phases, settings);
  const normalLoads = [normal.load(edge, 0, 0), normal.load(0, edge, 0), ...(heated ? [normal.load(0, 0, 1)] : [])];
  // Half of the shear angle on either side.
  const shearLoads = [sheared.load(edge / 2, edge / 2, 0)];
  const area = edge * edge;
  const porous = hasVoid(phases);
  const filledStiffness = (): Float64Array => {
    const [f11, f12, f22] = [normal.filledEnergy(0, 0) / area, normal.filledEnergy(0, 1) / area, normal.filledEnergy(1, 1) / area];
    return Float64Array.of(f11, f12, 0, f12, f22, 0, 0, 0, sheared.filledEnergy(0, 0) / area);
  };

  const solve = (image: Image2D<'binary'>): Solution => {
    ensure(image.width === resolution && isMirrored(image), 'a quarter of an image without mirror symmetry');
    const quarter = lowerLeftQuarter(image);
    const displacements = normal.solve(quarter, normalLoads);
    const [c11, c12, c22] = [displacements.energy(0, 0) / area, displacements.energy(0, 1) / area, displacements.energy(1, 1) / area];
    const shear = sheared.solve(quarter, shearLoads).energy(0, 0) / area;
    const stiffness = Float64Array.of(c11, c12, 0, c12, c22, 0, 0, 0, shear);
    const thermalStress = heated ? Float64Array.of(-displacements.energy(0, 2) / area, -displacements.energy(1, 2) / area, 0) : undefined;
    return {
      properties: porous ? porousProperties(stiffness, filledStiffness(), solidExpansion(phases, settings.plane)) : periodicProperties(stiffness, thermalStress),
      ...(thermalStress && { thermalStress }),
      converged: true,
      statistics: {
        solver: 'nested-dissection-cholesky-of-quarters',
        unknowns: normal.unknowns + sheared.unknowns,
        iterations: 0,
        residual: Math.max(normal.residual(), sheared.residual()),
        errorEstimate: Math.max(normal.errorEstimate(), sheared.errorEstimate()),
      },
    };
  };
  return { solve };
}

/** A quarter on one kind of conditions. */
interface Quarter {
  readonly unknowns: number;
  /** The right edge's displacement, the top edge's, the temperature. */
  load(right: number, top: number, temperature: number): RetainedValues;
  solve(quarter: Image2D<'binary'>, loads: readonly RetainedValues[]): Displacements;
  /** Twice the mixed energy of two load cases of the last solution, voids filled. */
  filledEnergy(one: number, other: number): number;
  /** Largest share of residual forces over the load cases of the last solution. */
  residual(): number;
  /** See `directErrorEstimate`, of the last solution. */
  errorEstimate(): number;
}

function quarterOf(conditions: BoundaryConditions, phases: PhasePair, { plane }: VirtualTestSettings): Quarter {
  const condensation: Condensation = createCondensation(conditions, phases, plane);
  const contrast = contrastOf(filledPhases(phases), plane);
  const porous = hasVoid(phases);
  const nodes = conditions.resolution + 1;
  const free = Int32Array.from({ length: conditions.nodal }, (_, unknown) => unknown).filter((unknown) => {
    const { column, row, component } = conditions.placeOf(unknown);
    return !conditions.isRetained(unknown) && conditions.unknownAt(column, row, component) >= 0;
  });
  let residual = 0;
  let errorEstimate = 0;
  let filledEnergy = (_one: number, _other: number): number => 0;
  return {
    unknowns: free.length,
    load(right, top, temperature) {
      const values: RetainedValues = new Float64Array(conditions.retained.length).fill(right, 0, nodes).fill(top, nodes, 2 * nodes);
      return values.fill(temperature, 2 * nodes);
    },
    solve(quarter, loads) {
      const condensed = condensation.condense(quarter);
      const displacements = condensation.substituteBack(loads);
      filledEnergy = (one, other) => condensedEnergy(condensed, loads[one]!, loads[other]!);
      const carried = (load: number): boolean => !porous || carries(displacements.energy(load, load), filledEnergy(load, load));
      residual = loads.reduce((largest, _, load) => (carried(load) ? Math.max(largest, relativeResidual(free, displacements, load)) : largest), 0);
      errorEstimate = directErrorEstimate(condensed, loads, displacements, contrast);
      return displacements;
    },
    filledEnergy: (one, other) => filledEnergy(one, other),
    residual: () => residual,
    errorEstimate: () => errorEstimate,
  };
}

function relativeResidual(free: Int32Array, { forces, stride, squaredElementForces }: Displacements, load: number): number {
  let sum = 0;
  for (let i = 0; i < free.length; i++) sum += forces[free[i]! * stride + load]! ** 2;
  return Math.sqrt(sum / squaredElementForces(load));
}

function lowerLeftQuarter({ width, height, data }: Image2D<'binary'>): Image2D<'binary'> {
  const edge = width / 2;
  const quarter = new Uint8Array(edge * edge);
  for (let row = 0; row < edge; row++) {
    const start = (height / 2 + row) * width;
    quarter.set(data.subarray(start, start + edge), row * edge);
  }
  return imageOf('binary', edge, edge, quarter);
}
