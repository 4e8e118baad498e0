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
 */
import type { PhasePair } from '#domain/materials';
import type { Direction, Directional } from '#domain/objective';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { compressionLoad, heatingLoads } from './roller-loads';
import { createCondensation, solverName, type Displacements } from './condensation';
import { condensedEnergy, directErrorEstimate, firstOrderContrast } from './direct-error';
import { contrastOf } from '../element/modal-stiffness';
import { rollerBoundaryConditions, type BoundaryConditions } from '../element/boundary-conditions';
import { carries, filledPhases, hasVoid } from '../element/void-phase';
import type { VirtualTester, VirtualTestResult } from '../virtual-test';

/** The direct solver; heating reports the compression results as well. */
export function createRollerDirect(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  const heating = settings.kind === 'heating';
  const conditions = rollerBoundaryConditions(resolution, heating ? 1 : 0);
  const condensation = createCondensation(conditions, phases, settings.plane);
  const contrast = contrastOf(filledPhases(phases), settings.plane);
  const stationary = contrast > firstOrderContrast;
  const porous = hasVoid(phases);

  const run = (image: Image2D<'binary'>): VirtualTestResult => {
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
      kind: settings.kind,
      volumeFraction: volumeFraction(image),
      youngsModulus: { x: alongX, y: alongY },
      ...(whole && { poissonRatio: { x: lateralX, y: lateralY } }),
      ...(thermalExpansion && { thermalExpansion }),
      statistics: { solver: solverName, unknowns: conditions.solved, iterations: 0, residual, errorEstimate },
    };
  };
  return { run };
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
