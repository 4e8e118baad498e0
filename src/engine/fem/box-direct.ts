/*
 * Compression and heating between rollers: left edge u_x = 0, bottom edge u_y = 0. Loading along x
 * adds u_x = −ε L on the right edge with the top edge free, loading along y the same with the axes
 * swapped, heating leaves both edges free. All follow from the stiffness condensed to the u_x of the
 * right edge and the u_y of the top edge. Section 2.3 of the paper (10.1016/j.eml.2024.102269) gives
 * the loads; the rollers at the sides are our reading of it.
 */
import type { PhasePair } from '#engine/core/material';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { compressionLoad, heatingLoads } from './box-loads';
import { createCondensation, solverName, type Displacements } from './condensation';
import { directErrorEstimate } from './direct-error';
import { contrastOf } from './reference-medium';
import { boxSupports, type Supports } from './supports';
import type { VirtualTester, VirtualTestResult, VirtualTestSettings } from './virtual-test';

/** The direct solver; heating reports the compression results as well. */
export function createBoxDirect(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  const heating = settings.kind === 'heating';
  const supports = boxSupports(resolution, heating ? 1 : 0);
  const condensation = createCondensation(supports, phases, settings.plane);
  const contrast = contrastOf(phases, settings.plane);

  const run = (image: Image2D<'binary'>): VirtualTestResult => {
    const stiffness = condensation.condense(image);
    const x = compressionLoad(condensation, stiffness, resolution, 'x');
    const y = compressionLoad(condensation, stiffness, resolution, 'y');
    const heated = heating ? heatingLoads(condensation, stiffness, resolution) : undefined;
    const loads = [x.values, y.values, ...(heated === undefined ? [] : [heated.x.values])];
    const displacements = condensation.substituteBack(loads);
    return {
      kind: settings.kind,
      volumeFraction: volumeFraction(image),
      // With ε L = 1, E = 2 U / (ε L)² and ν is the mean itself.
      youngsModulus: { x: displacements.energy(0, 0), y: displacements.energy(1, 1) },
      poissonRatio: { x: x.mean, y: y.mean },
      ...(heated === undefined ? {} : { thermalExpansion: { x: heated.x.mean / resolution, y: heated.y.mean / resolution } }),
      statistics: {
        solver: solverName,
        unknowns: supports.solved,
        iterations: 0,
        residual: unbalance(supports, displacements),
        errorEstimate: directErrorEstimate(stiffness, loads, displacements, contrast),
      },
    };
  };
  return { run };
}

/** Largest share of unbalanced forces over the load cases x, y and heating. */
function unbalance({ resolution }: Supports, { loadCases, stride, forces, squaredElementForces }: Displacements): number {
  const edge = resolution + 1;
  let largest = 0;
  for (let loadCase = 0; loadCase < loadCases; loadCase++) {
    let sum = 0;
    for (let row = 0; row < edge; row++) {
      for (let column = 0; column < edge; column++) {
        const first = 2 * (row * edge + column) * stride + loadCase;
        const fixedX = column === 0 || (loadCase === 0 && column === resolution);
        const fixedY = row === 0 || (loadCase === 1 && row === resolution);
        if (!fixedX) sum += forces[first]! ** 2;
        if (!fixedY) sum += forces[first + stride]! ** 2;
      }
    }
    largest = Math.max(largest, Math.sqrt(sum / squaredElementForces(loadCase)));
  }
  return largest;
}
