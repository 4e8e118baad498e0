/*
 * Displacements of the systems of gray images by the direct solver: exact to round-off at every contrast, where iterations
 * would take thousands. Compression along both axes and heating differ in the unknowns of two edges alone, so one
 * factorization serves both systems. What is measured of these displacements is what is measured of iterated ones,
 * and errs in second order.
 */
import { directErrorEstimate } from '../direct/direct-error';
import type { RetainedValues } from '../direct/factorization';
import { unitStrains } from '../direct/periodic-direct';
import { compressionLoad, heatingLoads } from '../direct/roller-direct';
import { periodicBoundaryConditions, rollerBoundaryConditions } from '../element/boundary-conditions';
import { lanes } from '../iterative/conjugate-gradients';
import { createGrayCondensation, type GrayCondensation } from './gray-condensation';
import type { GraySystem } from './gray-equations';
import { measureBoth, type GrayIterations } from './gray-iterations';
import { uniformModes, type GraySystemName, type GrayTestKind } from './gray-modes';
import type { PixelStiffnesses } from './gray-pixels';

const record = 2 * lanes;

/** Factorizes an image without voids; the function that it returns finds displacements of the test's systems, until the next image. */
export type GrayDirect = (stiffnesses: PixelStiffnesses) => (name: GraySystemName, system: GraySystem) => GrayIterations;

/** Of one resolution and test. */
export function createGrayDirect(n: number, kind: GrayTestKind): GrayDirect {
  const condensation = createGrayCondensation(kind === 'periodic' ? periodicBoundaryConditions(n, 1) : rollerBoundaryConditions(n, kind === 'compression' ? 0 : 1));
  return (stiffnesses) => {
    const condensed = condensation.condense(stiffnesses);
    return (name, system) => {
      const { memory } = system;
      memory.setStiffnesses(stiffnesses, false);
      const loads = loadsOf(name, n, condensation, condensed);
      toFluctuations[name](memory.found, condensation.substituteBack(loads).field, n);
      const measured = measureBoth(system, stiffnesses);
      const temperatures = Float64Array.from(uniformModes(name), ([, , , temperature]) => temperature);
      const energies = { temperatures, energy: (lane: number): number => measured.filled.energies[lane]! };
      return { measured, iterations: 0, errorBound: directErrorEstimate(condensed, loads, energies, stiffnesses.contrast, true), converged: true };
    };
  };
}

/** The load case of each lane; the last lane of heating has none. */
function loadsOf(name: GraySystemName, n: number, condensation: GrayCondensation, condensed: Float64Array): readonly RetainedValues[] {
  if (name === 'periodic') return unitStrains(true);
  if (name === 'mirrored') return mirroredLoads(n);
  // A strain or a traction of 1, where the edge of a load moves by one pixel and that of an adjoint has a force of 1 in all.
  const unit = (values: RetainedValues): RetainedValues => values.map((value) => n * value);
  if (name === 'compression') {
    return (['x', 'y'] as const).flatMap((direction) => {
      const { values, adjoint } = compressionLoad(condensation, condensed, n, direction);
      return [unit(values), unit(adjoint)];
    });
  }
  const { x, y } = heatingLoads(condensation, condensed, n);
  return [x.values, unit(x.adjoint), unit(y.adjoint)];
}

/** Strains 11 and 22 move the right and the top edge, then nothing, and heating; the mirror lines stay straight. */
function mirroredLoads(n: number): readonly RetainedValues[] {
  const nodes = n + 1;
  return [[n, 0, 0], [0, n, 0], [0, 0, 0], [0, 0, 1]].map(([right, top, temperature]) => {
    const values = new Float64Array(2 * nodes + 1).fill(right!, 0, nodes).fill(top!, nodes, 2 * nodes);
    values[2 * nodes] = temperature!;
    return values;
  });
}

/** From all displacements, four numbers for each unknown, to those beyond the uniform strains of the lanes. */
const toFluctuations: Readonly<Record<GraySystemName, (found: Float64Array, field: Float64Array, n: number) => void>> = {
  heating: (found, field) => found.set(field),
  mirrored(found, field, n) {
    found.set(field);
    for (let row = 0, at = 0; row <= n; row++) {
      for (let column = 0; column <= n; column++, at += record) {
        found[at]! -= column;
        found[at + lanes + 1]! -= row;
      }
    }
  },
  compression(found, field, n) {
    const nodes = n + 1;
    for (let row = 0, at = 0; row < nodes; row++) {
      for (let column = 0; column < nodes; column++, at += record) {
        const transposed = record * (column * nodes + row);
        found[at] = field[at]! + column;
        found[at + 1] = field[at + 1]!;
        found[at + 2] = field[transposed + lanes + 2]! + column;
        found[at + 3] = field[transposed + lanes + 3]!;
        found[at + lanes] = field[at + lanes]!;
        found[at + lanes + 1] = field[at + lanes + 1]!;
        found[at + lanes + 2] = field[transposed + 2]!;
        found[at + lanes + 3] = field[transposed + 3]!;
      }
    }
  },
  periodic(found, field, n) {
    for (let row = 0, at = 0; row < n; row++) {
      for (let column = 0; column < n; column++, at += record) {
        const from = record * (row * (n + 1) + column);
        for (let k = 0; k < record; k++) found[at + k] = field[from + k]!;
        found[at]! -= column;
        found[at + lanes + 1]! -= row;
        found[at + 2]! -= row / 2;
        found[at + lanes + 2]! -= column / 2;
      }
    }
  },
};
