/*
 * Periodic homogenization (e.g. Michel, Moulinec & Suquet 1999, doi 10.1016/S0045-7825(98)00227-8):
 * the stiffness condensed to the macroscopic strains, per area, is the effective stiffness itself, and
 * its column of the temperature is minus the effective thermal stress.
 */
import type { PhasePair } from '#engine/core/material';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { inverse3 } from '#engine/numerics/matrix-3';
import { createCondensation, solverName, type Displacements, type KeptValues } from './condensation';
import { periodicSupports, type Supports } from './supports';
import type { VirtualTester, VirtualTestResult, VirtualTestSettings } from './virtual-test';

/** The corner node comes before the strains among the kept unknowns; it stays at rest. */
const firstStrain = 2;

/** The tester of `periodic`; thermal expansion when both phases have one. */
export function createPeriodicTester(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  const heated = phases.white.thermalExpansion !== undefined && phases.black.thermalExpansion !== undefined;
  const supports = periodicSupports(resolution, heated ? 1 : 0);
  const condensation = createCondensation(supports, phases, settings.plane);
  const area = resolution * resolution;

  const run = (image: Image2D<'binary'>): VirtualTestResult => {
    const condensed = condensation.condense(image);
    const kept = supports.kept.length;
    const perArea = (row: number, column: number): number => condensed[(firstStrain + row) * kept + firstStrain + column]! / area;
    const stiffness = Float64Array.from({ length: 9 }, (_, i) => perArea(Math.floor(i / 3), i % 3));
    const S = inverse3(stiffness);

    const loadCases: KeptValues[] = [0, 1, 2].map((strain) => unitStrain(kept, strain));
    let thermalExpansion: { x: number; y: number } | undefined;
    if (heated) {
      const free = [0, 1, 2].map((r) => -[0, 1, 2].reduce((sum, c) => sum + S[3 * r + c]! * perArea(c, 3), 0));
      thermalExpansion = { x: free[0]!, y: free[1]! };
      loadCases.push(Float64Array.of(0, 0, ...free, 1));
    }
    const displacements = condensation.substituteBack(loadCases);
    return {
      kind: settings.kind,
      volumeFraction: volumeFraction(image),
      youngsModulus: { x: 1 / S[0]!, y: 1 / S[4]! },
      poissonRatio: { x: -S[3]! / S[0]!, y: -S[1]! / S[4]! },
      shearModulus: 1 / S[8]!,
      stiffness,
      ...(thermalExpansion === undefined ? {} : { thermalExpansion }),
      statistics: { solver: solverName, unknowns: supports.solved, iterations: 0, residual: unbalance(supports, displacements) },
    };
  };
  return { run };
}

function unitStrain(kept: number, strain: number): KeptValues {
  const values = new Float64Array(kept);
  values[firstStrain + strain] = 1;
  return values;
}

/** Largest share of unbalanced forces over the load cases; forces of opposite edges balance each other. */
function unbalance({ resolution: n }: Supports, displacements: Displacements): number {
  let largest = 0;
  for (let loadCase = 0; loadCase < displacements.loadCases; loadCase++) {
    let sum = 0;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        for (let component = 0; component < 2; component++) {
          const at = (i: number, j: number): number => displacements.forceAt(2 * (j * (n + 1) + i) + component, loadCase);
          let force = at(column, row);
          if (column === 0) force += at(n, row);
          if (row === 0) force += at(column, n);
          if (column === 0 && row === 0) force += at(n, n);
          sum += force ** 2;
        }
      }
    }
    largest = Math.max(largest, Math.sqrt(sum / displacements.squaredElementForces(loadCase)));
  }
  return largest;
}
