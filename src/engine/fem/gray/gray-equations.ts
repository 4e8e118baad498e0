/*
 * The systems of equations. Periodic: unit strains 11, 22, 12, and constrained heating. Mirrored: the quarter of a periodic
 * cell with two mirror lines, between rollers at all edges; unit strains 11 and 22, nothing, and constrained heating. Shear 12
 * has other supports and is not among them. Compression, between
 * rollers at the left, right and bottom: compression along x and a unit traction at the top, of the image in lanes
 * 0 and 1, of its transpose in lanes 2 and 3. Heating, between rollers at the left and at the bottom: heating, unit traction
 * at the right, unit traction at the top, and nothing.
 */
import { oppositePositions, phaseFactorTable, wavePairs } from '../iterative/fourier-tables';
import { eliminateRollerCell } from '../iterative/roller-medium';
import { lanes } from '../iterative/conjugate-gradients';
import { symbolTable } from '../iterative/reference-medium';
import type { ModalStiffness } from '../element/modal-stiffness';
import { createFreeEdge, type FreeEdge } from './free-edge';
import type { GrayEdges, GrayEquations } from './gray-iterations';
import { createGrayMemory, type GrayMemory } from './gray-memory';
import { uniformModes, type GraySystemName } from './gray-modes';
import type { PixelStiffnesses } from './gray-pixels';

/** Equations of one resolution that take one image after the other. */
export interface GraySystem extends GrayEquations {
  /** Takes over an image; the scales of its nodes when they are wanted. */
  setStiffnesses(stiffnesses: PixelStiffnesses, scaled: boolean): void;
}

/** The system; the resolution is a power of two ≥ 4. */
export function createGraySystem(name: GraySystemName, n: number): GraySystem {
  return name === 'periodic' ? periodicSystem(n) : rollerSystem(n, name);
}

/** Numbers that the kernel left at an address. */
function read({ doubles, products }: GrayMemory): readonly number[] {
  return Array.from(doubles.subarray(products / 8, products / 8 + lanes));
}

/** Calls `build` when the medium is another than before. */
function onNewMedium(build: (medium: ModalStiffness) => void): (medium: ModalStiffness) => void {
  let last: number | undefined;
  return (medium) => {
    if (medium.own === last) return;
    build(medium);
    last = medium.own;
  };
}

function periodicSystem(n: number): GraySystem {
  const opposites = 0;
  const symbols = 4 * n;
  const memory = createGrayMemory(n, true, false, symbols + 12 * n * (n / 2 + 1));
  const { kernel, singles, r, u, p, z, rowBytes, factors, twiddles, products, tables } = memory;
  memory.integers.set(oppositePositions(n), (tables + opposites) / 4);
  uniformModes('periodic').forEach((modes, lane) => modes.forEach((value, mode) => (memory.modes[lanes * mode + lane] = value)));
  const setMedium = onNewMedium((medium) => singles.set(symbolTable(n, medium), (tables + symbols) / 4));
  return {
    memory,
    setStiffnesses(stiffnesses, scaled) {
      memory.setStiffnesses(stiffnesses, scaled);
      setMedium(stiffnesses.medium);
    },
    edges: { fixed: new Int32Array(0), loads: [] },
    reduce(alpha, scales) {
      singles.set(alpha, factors / 4);
      kernel.reduceResidual(r, z, n, rowBytes, factors, scales, twiddles);
      kernel.preconditionColumns(z, n, rowBytes, twiddles, tables + opposites, tables + symbols, memory.scratch, products);
      return read(memory);
    },
    apply(both, scales) {
      singles.set(both, factors / 4);
      kernel.applyStiffness(u, p, z, n, rowBytes, factors, scales, twiddles, memory.moduli[0], products);
      return read(memory);
    },
  };
}

function rollerSystem(n: number, name: Exclude<GraySystemName, 'periodic'>): GraySystem {
  const freeRight = name === 'heating';
  const closed = name === 'mirrored';
  const phaseFactors = 0;
  const pairs = phaseFactors + 8 * (n / 2 + 1);
  const couplings = pairs + 8 * (n + 1);
  const pivots = couplings + 12 * (n + 1);
  const memory = createGrayMemory(n, false, name === 'compression', pivots + 12 * (n + 1) * (n + 1));
  const { kernel, singles, r, u, p, z, rowBytes, factors, twiddles, products, scratch, tables } = memory;
  const at = { phaseFactors: tables + phaseFactors, pairs: tables + pairs, couplings: tables + couplings, pivots: tables + pivots };
  singles.set(phaseFactorTable(n), at.phaseFactors / 4);
  memory.integers.set(wavePairs(n), at.pairs / 4);
  uniformModes(name).forEach((modes, lane) => modes.forEach((value, mode) => (memory.modes[lanes * mode + lane] = value)));

  const solveWaves = (): void => {
    kernel.eliminateRows(z, n, rowBytes, twiddles, at.phaseFactors, at.pairs, at.couplings, at.pivots, products);
    kernel.substituteRows(z, n, rowBytes, twiddles, at.phaseFactors, at.pairs, at.couplings, at.pivots, scratch);
  };
  let edge: FreeEdge | undefined;
  const setMedium = onNewMedium((medium) => {
    // The waves' way there and back multiplies by 4 n.
    const elimination = eliminateRollerCell(n, medium, 4 * n, closed);
    singles.set(elimination.couplings, at.couplings / 4);
    singles.set(elimination.pivots, at.pivots / 4);
    if (freeRight) edge = createFreeEdge(n, medium, singles.subarray(z / 4, (z + memory.vectorBytes) / 4), rowBytes / 4, solveWaves);
  });
  return {
    memory,
    setStiffnesses(stiffnesses, scaled) {
      memory.setStiffnesses(stiffnesses, scaled);
      setMedium(stiffnesses.medium);
    },
    edges: edgesOf(name, n),
    reduce(alpha, scales) {
      singles.set(alpha, factors / 4);
      if (edge === undefined) {
        kernel.forwardSweep(r, z, n, rowBytes, factors, scales, twiddles, at.phaseFactors, at.pairs, at.couplings, at.pivots, products);
        return read(memory);
      }
      kernel.scaleRows(r, z, n, rowBytes, factors, scales);
      edge.solve();
      kernel.multiplyScaled(r, z, n, rowBytes, scales, scratch, products);
      return read(memory);
    },
    apply(both, scales) {
      singles.set(both, factors / 4);
      if (edge === undefined) {
        const [one, other] = memory.moduli;
        kernel.backwardSweep(
          u, p, z, n, rowBytes, factors, scales, twiddles, at.phaseFactors, at.pairs, at.couplings, at.pivots, one, other, scratch, products, Number(closed),
        );
      } else kernel.applyUpwards(u, p, z, n, rowBytes, factors, scales, memory.moduli[0], products);
      return read(memory);
    },
  };
}

/** Rollers and loads between rollers. */
function edgesOf(name: Exclude<GraySystemName, 'periodic'>, n: number): GrayEdges {
  const [freeRight, closed] = [name === 'heating', name === 'mirrored'];
  const fixed: number[] = [];
  const loads: { readonly at: number; readonly lane: number; readonly force: number }[] = [];
  for (let row = 0; row <= n; row++) {
    for (let column = 0; column <= n; column += row === 0 || row === n ? 1 : n) {
      const along = (position: number): number => (position === 0 || position === n ? 0.5 : 1);
      const at = 2 * lanes * (row * (n + 1) + column);
      if (column === 0 || (!freeRight && column === n)) fixed.push(at);
      if (row === 0 || (closed && row === n)) fixed.push(at + lanes);
      if (freeRight && column === n) loads.push({ at, lane: 1, force: along(row) });
      if (row < n || closed) continue;
      for (const lane of freeRight ? [2] : [1, 3]) loads.push({ at: at + lanes, lane, force: along(column) });
    }
  }
  return { fixed: Int32Array.from(fixed), loads };
}
