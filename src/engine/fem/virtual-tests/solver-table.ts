/*
 * Which solvers a virtual test has, in the order in which they are tried: by kind, contrast and size, so every image of
 * a case is solved by the same one, but for mirrored images and for iterations that do not converge. Of each also
 * the memory that it takes, known before anything is set up: laying out the fronts of a large grid takes seconds and a
 * memory of its own. The figures behind the limits are in docs/methods.md, "Solve".
 */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestKind, VirtualTestSettings } from '#domain/virtual-tests';
import { ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';
import { createMirroredDirect, isMirrored } from '../direct/mirrored-direct';
import { createPeriodicDirect } from '../direct/periodic-direct';
import { createRollerDirect } from '../direct/roller-direct';
import { isLowContrast } from '../element/modal-stiffness';
import { createPeriodicCg } from '../iterative/periodic-cg';
import { layOutPeriodicCg, layOutRollerCg } from '../iterative/kernel-layout';
import { createRollerCg } from '../iterative/roller-cg';
import { bothExpand } from '../periodic-properties';
import type { Solution, Solver } from '../solver';

/** Bytes of WebAssembly memory. */
export interface TesterMemory {
  readonly total: number;
  /** Of the largest single memory: none can have more than `largestMemory`. */
  readonly largest: number;
}

/** WebAssembly addresses have 32 bits. */
export const largestMemory = 2 ** 32;

/** A solver and the tests that it is for. */
interface SolverEntry {
  readonly kinds: readonly VirtualTestKind[];
  /** Iterative solvers take the sizes and contrasts of `suitsIterations` alone. */
  readonly iterative: boolean;
  /** Whether it takes only images that `isMirrored`. */
  readonly mirrored: boolean;
  create(resolution: number, phases: PhasePair, settings: VirtualTestSettings): Solver;
  /** `heated`: whether the temperature is an unknown. */
  memory(resolution: number, heated: boolean): TesterMemory;
}

/** In the order in which they are tried. */
const solverTable: readonly SolverEntry[] = [
  {
    kinds: ['periodic'],
    iterative: true,
    mirrored: false,
    create: (resolution, phases, { plane }) => createPeriodicCg(resolution, phases, plane),
    memory: (resolution) => single(layOutPeriodicCg(resolution).bytes),
  },
  {
    // Heating has two free edges, which no preconditioner of the two-phase solvers knows.
    kinds: ['compression'],
    iterative: true,
    mirrored: false,
    create: (resolution, phases, { plane }) => createRollerCg(resolution, phases, plane),
    memory: (resolution) => single(layOutRollerCg(resolution).bytes),
  },
  {
    kinds: ['periodic'],
    iterative: false,
    mirrored: true,
    create: createMirroredDirect,
    memory(resolution, heated) {
      const largest = rollerBytes(resolution / 2, heated);
      return { total: largest + rollerBytes(resolution / 2, false), largest };
    },
  },
  { kinds: ['periodic'], iterative: false, mirrored: false, create: createPeriodicDirect, memory: (resolution, heated) => single(periodicBytes(resolution, heated)) },
  {
    kinds: ['compression', 'heating'],
    iterative: false,
    mirrored: false,
    create: createRollerDirect,
    memory: (resolution, heated) => single(rollerBytes(resolution, heated)),
  },
];

/** The direct solver takes few milliseconds for less, and is exact. */
const leastResolution = 64;

/** Whether the test is solved by iterations: up to contrast 50, in sizes that are powers of two, from 64 pixels on. */
export function suitsIterations(resolution: number, phases: PhasePair, { kind, plane }: VirtualTestSettings): boolean {
  return (
    solverTable.some(({ kinds, iterative }) => iterative && kinds.includes(kind)) &&
    resolution >= leastResolution &&
    Number.isInteger(Math.log2(resolution)) &&
    isLowContrast(phases, plane)
  );
}

/** The solvers of a test in the order in which they are tried. */
function solversOf(resolution: number, phases: PhasePair, settings: VirtualTestSettings): readonly SolverEntry[] {
  const iterations = suitsIterations(resolution, phases, settings);
  // Iterations on the whole cell take less time than factorizations of its quarters.
  return solverTable.filter(({ kinds, iterative, mirrored }) => kinds.includes(settings.kind) && (iterations ? !mirrored : !iterative));
}

/**
 * The solver of a test. Where the iterations of one do not reach their tolerance the next one follows; then the name
 * says both, the iterations are those of all, and everything else is the last one's. Each is set up when an image
 * first needs it.
 */
export function createSolver(resolution: number, phases: PhasePair, settings: VirtualTestSettings): Solver {
  const solvers = solversOf(resolution, phases, settings).map(({ mirrored, create }) => {
    let solver: Solver | undefined;
    return {
      takes: (image: Image2D<'binary'>): boolean => !mirrored || isMirrored(image),
      get: (): Solver => (solver ??= create(resolution, phases, settings)),
    };
  });
  return {
    solve(image, limits) {
      let last: Solution | undefined;
      for (const { takes, get } of solvers) {
        if (!takes(image)) continue;
        const solution = get().solve(image, limits);
        last = last === undefined ? solution : { ...solution, statistics: after(last, solution) };
        if (last.converged) break;
      }
      ensure(last !== undefined, `no solver of ${settings.kind}`);
      return last;
    },
  };
}

/** Statistics of a solution that one without convergence came before. */
function after({ statistics: first }: Solution, { statistics: second }: Solution): Solution['statistics'] {
  return { ...second, solver: `${first.solver}, then ${second.solver}`, iterations: first.iterations + second.iterations };
}

/**
 * What `createVirtualTester` takes for images of resolution² pixels; `mirrored` ones are tested on a quarter where the
 * solver is direct. A direct solver that has to follow iterations takes more.
 */
export function testerMemory(resolution: number, phases: PhasePair, settings: VirtualTestSettings, mirrored: boolean): TesterMemory {
  const entry = solversOf(resolution, phases, settings).find((each) => mirrored || !each.mirrored);
  ensure(entry !== undefined, `no solver of ${settings.kind}`);
  return entry.memory(resolution, settings.kind === 'heating' || (settings.kind === 'periodic' && bothExpand(phases)));
}

function single(bytes: number): TesterMemory {
  return { total: bytes, largest: bytes };
}

/*
 * Factors of nested dissection grow as n² log n (George 1973); the constants are fitted to `layOutFronts`, which a test
 * compares.
 */

/** The tables of all patterns of a leaf. */
const leafTables = 1.57e6;

function rollerBytes(n: number, heated: boolean): number {
  return leafTables + n * n * ((heated ? 97 : 48) + 262 * Math.log2(n));
}

function periodicBytes(n: number, heated: boolean): number {
  return leafTables + n * n * ((heated ? 646 : 588) + 268.5 * Math.log2(n));
}
