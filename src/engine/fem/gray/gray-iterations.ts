/*
 * Conjugate gradients on a gray image (conjugate-gradients.ts), for any of the three systems. What was found is
 * kept in double precision, with its residual forces; the iterations compute a correction in single
 * precision. So accuracy does not end with single precision, whatever the contrast, and a former state is a start
 * like any other.
 *
 * Two preconditioners: the reference medium's inverse R⁻¹, and D R⁻¹ D scaled by the stiffness at each node
 * (Green–Jacobi, arXiv 2508.02613), which suits moduli that change smoothly. Errors are bounded
 * by R⁻¹ in both cases, since K ≥ lambdaMin · R.
 */
import { forceSum } from '#engine/kernels/gray';
import { caution, iterate, lanes, margin, type LaneSteps } from '../iterative/conjugate-gradients';
import type { IterationLimits } from '../solver';
import type { GrayMemory } from './gray-memory';
import type { PixelStiffnesses } from './gray-pixels';

const noFactor: readonly number[] = [0, 0, 0, 0];
/** Of r · M⁻¹ r, that a correction in single precision reaches before the residual is computed again. */
const reduction = 1e-7;
/** Corrections that may help little; at large contrasts some do, before one helps much. More of them: double precision has an end too. */
const mostStalls = 3;

/** Rollers and loads, which are at edges; a periodic grid has none. Components by the position of their first lane in a field. */
export interface GrayEdges {
  readonly fixed: Int32Array;
  readonly loads: readonly { readonly at: number; readonly lane: number; readonly force: number }[];
}

/** A system of equations of four lanes. */
export interface GrayEquations {
  readonly memory: GrayMemory;
  readonly edges: GrayEdges;
  /** r −= α z, M⁻¹ r in place of z as `apply` takes it, and r · M⁻¹ r of each lane. */
  reduce(alpha: readonly number[], scales: number): readonly number[];
  /** As `updateDirection` of `LaneSteps`. */
  apply(factors: readonly number[], scales: number): readonly number[];
}

/** What nodal forces say of the displacements that were found. */
export interface Measured {
  /** Sums of forces in ξ, η and shear, of four lanes each. */
  readonly stress: Float64Array;
  /** u_i · force_j, row-major. */
  readonly work: Float64Array;
  /** Load i · u_j, row-major. */
  readonly loadWork: Float64Array;
  /** Twice the elastic energy of each lane. */
  readonly energies: readonly number[];
  readonly residual: number;
}

/** The whole image, and its solid alone in the same displacements; one and the same without voids. */
export interface Measurement {
  readonly filled: Measured;
  readonly solid: Measured;
}

/** How the iterations ended. */
export interface GrayIterations {
  readonly measured: Measurement;
  readonly iterations: number;
  readonly errorBound: number;
  readonly converged: boolean;
}

/** Forces of what was found. */
function measure({ memory, edges }: GrayEquations): Measured {
  const { found, forces, sums } = memory;
  memory.computeForces();
  const loadWork = new Float64Array(lanes * lanes);
  for (const at of edges.fixed) forces.fill(0, at, at + lanes);
  const work = memory.multiplyLanes();
  for (const { at, lane, force } of edges.loads) {
    forces[at + lane]! -= force;
    for (let i = 0; i < lanes; i++) loadWork[lanes * lane + i]! += force * found[at + i]!;
  }
  const squares = memory.takeResidual();
  let residual = 0;
  for (let j = 0; j < lanes; j++) if (sums[forceSum.squares + j]! > 0) residual = Math.max(residual, Math.sqrt(squares[j]! / sums[forceSum.squares + j]!));
  const stress = sums.slice(forceSum.stress, forceSum.squares);
  const energies = Array.from({ length: lanes }, (_, lane) =>
    [0, 1, 2].reduce((sum, mode) => sum + memory.modes[lanes * mode + lane]! * stress[lanes * mode + lane]!, work[(lanes + 1) * lane]!),
  );
  return { stress, work, loadWork, energies, residual };
}

/** What was found, as it is. The solid first, because iterations continue from the residual of the whole image. */
export function measureBoth(equations: GrayEquations, { voids, numbers }: PixelStiffnesses): Measurement {
  if (voids.length === 0) {
    const filled = measure(equations);
    return { filled, solid: filled };
  }
  equations.memory.fillVoids(voids, 0, 0);
  const solid = measure(equations);
  equations.memory.fillVoids(voids, numbers[3 * voids[0]!]!, numbers[3 * voids[0]! + 1]!);
  return { filled: measure(equations), solid };
}

/**
 * Improves what was found until the bound is at most the tolerance. `boundOf` says how large errors are from
 * r · R⁻¹ r / lambdaMin of each lane and from what was measured.
 */
export function iterateGray(
  equations: GrayEquations,
  { tolerance, iterations: most }: IterationLimits,
  scaled: boolean,
  stiffnesses: PixelStiffnesses,
  boundOf: (squares: readonly number[], measured: Measurement) => number,
): GrayIterations {
  const { memory } = equations;
  const { singles, kernel, u, p, z, vectorBytes } = memory;
  const clear = (vector: number): unknown => singles.fill(0, vector / 4, (vector + vectorBytes) / 4);
  const scales = scaled ? memory.scales : memory.ones;
  const steps: LaneSteps = {
    updateDirection: (alpha, beta) => equations.apply([...alpha, ...beta], scales),
    reduce: (alpha) => equations.reduce(alpha, scales),
    finish: () => kernel.addDirection(u, p, vectorBytes, memory.factors),
  };
  let before = Infinity;
  let stalls = 0;
  for (let iterations = 0; ; ) {
    const measured = measureBoth(equations, stiffnesses);
    // What another image left there may be no number, and stay so times zero.
    clear(z);
    const plain = equations.reduce(noFactor, memory.ones);
    const bound = (products: readonly number[]): number => boundOf(products.map((product) => (caution * product) / stiffnesses.lambdaMin), measured);
    const errorBound = bound(plain);
    const converged = errorBound <= tolerance;
    if (errorBound > before / 2) stalls++;
    if (converged || iterations >= most || stalls > mostStalls) return { measured, iterations, errorBound, converged };
    before = Math.min(before, errorBound);
    let start = plain;
    if (scaled) {
      clear(z);
      start = equations.reduce(noFactor, scales);
    }
    const ratio = plain.map((product, lane) => (start[lane]! > 0 ? product / start[lane]! : 0));
    clear(u);
    clear(p);
    iterations += iterate(
      steps,
      start,
      most - iterations,
      (next) =>
        bound(next.map((product, lane) => product * ratio[lane]!)) <= margin * tolerance ||
        next.every((product, lane) => product <= reduction * start[lane]!),
    );
    memory.addCorrection();
  }
}
