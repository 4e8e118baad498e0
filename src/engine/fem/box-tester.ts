/*
 * Compression and heating between rollers: left edge u_x = 0, bottom edge u_y = 0. Loading along x
 * adds u_x = −ε L on the right edge with the top edge free, loading along y the same with the axes
 * swapped, heating leaves both edges free. All follow from the stiffness condensed to the u_x of the
 * right edge and the u_y of the top edge. Section 2.3 of the paper (10.1016/j.eml.2024.102269) gives
 * the loads; the rollers at the sides are our reading of it.
 */
import type { PhasePair } from '#engine/core/material';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { createCondensation, solverName, type Displacements, type KeptValues } from './condensation';
import { boxSupports, type Supports } from './supports';
import type { VirtualTester, VirtualTestResult, VirtualTestSettings } from './virtual-test';

/** The tester of `compression` and `heating`; heating reports the compression results as well. */
export function createBoxTester(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  const heating = settings.kind === 'heating';
  const supports = boxSupports(resolution, heating ? 1 : 0);
  const condensation = createCondensation(supports, phases, settings.plane);
  const edge = resolution + 1;

  const run = (image: Image2D<'binary'>): VirtualTestResult => {
    const stiffness = condensation.condense(image);
    const alongX = compress(0, edge);
    const alongY = compress(edge, 0);
    const loadCases = [alongX.values, alongY.values];
    const heated = heating ? heat() : undefined;
    if (heated !== undefined) loadCases.push(heated.values);

    const displacements = condensation.substituteBack(loadCases);
    return {
      kind: settings.kind,
      volumeFraction: volumeFraction(image),
      // With ε L = 1, E = 2 U / (ε L)².
      youngsModulus: { x: displacements.energy(0, 0), y: displacements.energy(1, 1) },
      poissonRatio: { x: alongX.poissonRatio, y: alongY.poissonRatio },
      ...(heated === undefined ? {} : { thermalExpansion: heated.expansion }),
      statistics: { solver: solverName, unknowns: supports.solved, iterations: 0, residual: unbalance(supports, displacements) },
    };

    /** Moves the edge whose unknowns start at `moved` by −1, with the edge from `free` on free. */
    function compress(moved: number, free: number) {
      const size = edge + 1;
      const all = supports.kept.length;
      const matrix = new Float64Array(size * size);
      for (let r = 0; r < edge; r++) {
        let coupling = 0;
        for (let c = 0; c < edge; c++) {
          matrix[r * size + c] = stiffness[(free + r) * all + free + c]!;
          coupling += stiffness[(free + r) * all + moved + c]!;
        }
        matrix[r * size + edge] = matrix[edge * size + r] = coupling;
      }
      const response = condensation.close(matrix, size, edge);
      const values: KeptValues = new Float64Array(all);
      for (let i = 0; i < edge; i++) {
        values[moved + i] = -1;
        values[free + i] = -response[i]!;
      }
      return { values, poissonRatio: edgeMean(values, free, edge) };
    }

    /** Heats by 1 K. */
    function heat() {
      const all = supports.kept.length;
      const response = condensation.close(stiffness, all, all - 1);
      const values: KeptValues = new Float64Array(all);
      values.set(response);
      values[all - 1] = 1;
      const expansion = { x: edgeMean(values, 0, edge) / resolution, y: edgeMean(values, edge, edge) / resolution };
      return { values, expansion };
    }
  };
  return { run };
}

/** Integral mean along an edge: the end nodes weigh half. */
function edgeMean(values: Float64Array, start: number, count: number): number {
  let sum = (values[start]! + values[start + count - 1]!) / 2;
  for (let i = 1; i < count - 1; i++) sum += values[start + i]!;
  return sum / (count - 1);
}

/** Largest share of unbalanced forces over the load cases x, y and heating. */
function unbalance(supports: Supports, displacements: Displacements): number {
  const { resolution } = supports;
  let largest = 0;
  for (let loadCase = 0; loadCase < displacements.loadCases; loadCase++) {
    let sum = 0;
    for (let row = 0; row <= resolution; row++) {
      for (let column = 0; column <= resolution; column++) {
        const fixedX = column === 0 || (loadCase === 0 && column === resolution);
        const fixedY = row === 0 || (loadCase === 1 && row === resolution);
        const first = 2 * (row * (resolution + 1) + column);
        if (!fixedX) sum += displacements.forceAt(first, loadCase) ** 2;
        if (!fixedY) sum += displacements.forceAt(first + 1, loadCase) ** 2;
      }
    }
    largest = Math.max(largest, Math.sqrt(sum / displacements.squaredElementForces(loadCase)));
  }
  return largest;
}
