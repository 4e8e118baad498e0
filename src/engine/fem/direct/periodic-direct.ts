/*
 * The periodic cell by the direct solver: the mixed energies of three unit strains, per area, are the
 * effective stiffness, and those with constrained heating by 1 K are minus the effective thermal stress.
 */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import type { Image2D } from '#engine/grid/image-2d';
import { createCondensation, solverName, type Displacements } from './condensation';
import type { RetainedValues } from './factorization';
import { directErrorEstimate } from './direct-error';
import { bothExpand, periodicProperties, porousProperties, solidExpansion } from '../periodic-properties';
import type { Solution, Solver } from '../solver';
import { contrastOf } from '../element/modal-stiffness';
import { periodicBoundaryConditions, type BoundaryConditions } from '../element/boundary-conditions';
import { filledPhases, hasVoid } from '../element/void-phase';

/** Among the retained unknowns the corner node comes before the strains; it stays at rest. */
const firstStrain = 2;
/** The load case after the three strains. */
const heating = 3;

/** Unit strains 11, 22, 12 and, when both phases have an expansion, constrained heating by 1 K. */
export function strainLoads(phases: PhasePair): { readonly loads: readonly RetainedValues[]; readonly heated: boolean } {
  const heated = bothExpand(phases);
  return { loads: unitStrains(heated), heated };
}

/** Unit strains 11, 22, 12 and, `heated`, constrained heating by a unit temperature. */
export function unitStrains(heated: boolean): readonly RetainedValues[] {
  const count = heated ? 4 : 3;
  return Array.from({ length: count }, (_, load) => {
    const values: RetainedValues = new Float64Array(firstStrain + count);
    values[firstStrain + load] = 1;
    return values;
  });
}

/** The direct solver; exact to round-off at every contrast. */
export function createPeriodicDirect(resolution: number, phases: PhasePair, { plane }: VirtualTestSettings): Solver {
  const { loads, heated } = strainLoads(phases);
  const conditions = periodicBoundaryConditions(resolution, heated ? 1 : 0);
  const condensation = createCondensation(conditions, phases, plane);
  const contrast = contrastOf(filledPhases(phases), plane);
  const porous = hasVoid(phases);
  const area = resolution * resolution;

  const solve = (image: Image2D<'binary'>): Solution => {
    const condensed = condensation.condense(image);
    const displacements = condensation.substituteBack(loads);
    const stiffness = Float64Array.from({ length: 9 }, (_, i) => displacements.energy(Math.floor(i / 3), i % 3) / area);
    const thermalStress = heated ? Float64Array.from({ length: 3 }, (_, row) => -displacements.energy(row, heating) / area) : undefined;
    return {
      properties: porous ? porousProperties(stiffness, strainStiffness(condensed, area), solidExpansion(phases, plane)) : periodicProperties(stiffness, thermalStress),
      ...(thermalStress && { thermalStress }),
      converged: true,
      statistics: {
        solver: solverName,
        unknowns: conditions.solved,
        iterations: 0,
        residual: relativeResidual(conditions, displacements),
        errorEstimate: directErrorEstimate(condensed, loads, displacements, contrast),
      },
    };
  };
  return { solve };
}

/** The strains' part of the condensed stiffness per area: the stiffness of the cell, voids filled. */
export function strainStiffness(condensed: Float64Array, area: number): Float64Array {
  const size = Math.sqrt(condensed.length);
  return Float64Array.from({ length: 9 }, (_, i) => condensed[(firstStrain + Math.floor(i / 3)) * size + firstStrain + (i % 3)]! / area);
}

/** Largest share of residual forces over the load cases; forces of opposite edges balance each other. */
function relativeResidual({ resolution: n }: BoundaryConditions, { loadCases, stride, forces, squaredElementForces }: Displacements): number {
  // One node has `node` numbers, a row of nodes `line`.
  const node = 2 * stride;
  const line = (n + 1) * node;
  let largest = 0;
  for (let loadCase = 0; loadCase < loadCases; loadCase++) {
    let sum = 0;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        for (let component = 0; component < 2; component++) {
          const own = row * line + column * node + component * stride + loadCase;
          let force = forces[own]!;
          if (column === 0) force += forces[own + n * node]!;
          if (row === 0) force += forces[own + n * line]!;
          if (column === 0 && row === 0) force += forces[own + n * node + n * line]!;
          sum += force ** 2;
        }
      }
    }
    largest = Math.max(largest, Math.sqrt(sum / squaredElementForces(loadCase)));
  }
  return largest;
}
