/*
 * Topology optimization of a periodic cell, one iteration at a time: inverse homogenization (Sigmund 1994,
 * doi 10.1016/0020-7683(94)90154-6) by the method of moving asymptotes on filtered and projected densities. The state is plain
 * data, so a run can stop and go on anywhere with the same bytes.
 */
import type { DesignCase } from '#domain/case';
import type { Interval } from '#domain/intervals';
import type { OptimizationSettings } from '#domain/optimization';
import { objectiveValue } from '#domain/objective';
import { grayGradient } from '#engine/fem/gray/gray-gradient';
import { createGraySolver, type GrayFields, type GrayResult, type GraySolution } from '#engine/fem/gray/gray-solver';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { constraintGoals, measuredProperty, objectiveGoals, wantedModuli, type Goal } from './goals';
import { coneFilter, cut, gather, meanOf, orbitsOf, project, spread } from './design-variables';
import { interpolationOf } from './interpolation';
import { moveVariables, type AsymptoteState, type Linearized } from './moving-asymptotes';

/** What is optimized. */
export interface OptimizationProblem extends Pick<DesignCase, 'phases' | 'plane' | 'test' | 'objective' | 'constraints'> {
  readonly resolution: number;
  /** Of white, in the cell. */
  readonly window: Interval;
}

/** Between two iterations. */
export interface OptimizationState extends AsymptoteState {
  readonly iteration: number;
  /** Index into the sharpnesses of the projection, and the first iteration that has it. */
  readonly stage: number;
  readonly stageStart: number;
  /** Objective of the gray cell at each iteration so far, SI. */
  readonly values: readonly number[];
  readonly fields?: GrayFields;
  /** Iterations of the solver so far. */
  readonly solverIterations: number;
  readonly finished: boolean;
}

/** Sharpnesses of the projection, one after the other. */
const sharpnesses = [1, 2, 4, 8, 16, 32];
const mostPerStage = 30;
const leastPerStage = 8;
/** A stage ends when no variable moved by more, or when the objective changed by less over five iterations. */
const [smallestMove, smallestChange] = [0.01, 1e-4];
const lookBack = 5;
const move = 0.2;
/** Of the solver's error bound; the derivative errs by about its square root. */
const tolerance = 1e-8;
const mostSolverIterations = 4000;

export interface Optimizer {
  /** A state from densities of all pixels in [0, 1], row-major; `sharp` begins where pictures are not blurred. */
  start(densities: ArrayLike<number>, sharp: boolean): OptimizationState;
  /** One iteration. */
  advance(state: OptimizationState): OptimizationState;
  /** The cell: white pixels of an exact number. */
  cell(state: OptimizationState): Image2D<'binary'>;
}

export function createOptimizer(problem: OptimizationProblem, { filter: radius, symmetry }: OptimizationSettings): Optimizer {
  const { resolution: n, phases, plane, objective, constraints, test, window } = problem;
  const orbits = orbitsOf(n, symmetry);
  const filter = coneFilter(orbits, radius);
  const interpolate = interpolationOf(phases, plane, wantedModuli(objective, phases, plane));
  const solver = createGraySolver(n, { kind: test, plane });
  const areEqual = symmetry === 'square' || symmetry === 'transpose';
  const { sizes, first } = orbits;
  const shares = Float64Array.from(sizes, (size) => size / (n * n));

  function linearize(state: OptimizationState): { readonly solution: GraySolution; readonly objectives: Linearized[]; readonly constraints: Linearized[] } {
    const filtered = filter(state.variables);
    const { densities, slopes } = project(filtered, sharpnesses[state.stage]!);
    const { pixels, slopes: lawSlopes } = interpolate(spread(orbits, densities));
    const solution = solver.solve(pixels, { tolerance, iterations: mostSolverIterations, scaled: true, ...(state.fields && { start: state.fields }) });
    /** From derivatives to densities, one per orbit and pixel, to derivatives to variables. */
    const chain = (derivatives: Float64Array): Float64Array => filter(derivatives.map((value, orbit) => value * slopes[orbit]!)).map((value, orbit) => value * sizes[orbit]!);
    const linear = ({ value, weights }: Goal): Linearized => ({ value, gradient: chain(grayGradient(solution, weights, lawSlopes, first)) });
    const volume = meanOf(orbits, densities);
    const growth = chain(new Float64Array(sizes.length).fill(1 / (n * n)));
    return {
      solution,
      objectives: objectiveGoals(objective, solution.result, areEqual).map(linear),
      constraints: [
        ...constraintGoals(constraints.filter(({ kind }) => kind === 'bound' || !areEqual), solution.result).map(linear),
        { value: volume - window.upper, gradient: growth },
        { value: window.lower - volume, gradient: growth.map((value) => -value) },
      ],
    };
  }

  return {
    start(densities, sharp) {
      const stage = sharp ? sharpnesses.indexOf(4) : 0;
      return { variables: gather(orbits, densities), iteration: 0, stage, stageStart: 0, values: [], solverIterations: 0, finished: false };
    },
    advance(state) {
      const { solution, objectives, constraints: bounds } = linearize(state);
      const value = objectiveValue(objective, measuredProperty(solution.result, objective.property));
      const moved = moveVariables(state, { objectives: objectives as unknown as readonly [Linearized], constraints: bounds }, { move });
      const values = [...state.values, value];
      let change = 0;
      moved.variables.forEach((next, j) => (change = Math.max(change, Math.abs(next - state.variables[j]!))));
      const iteration = state.iteration + 1;
      const inStage = iteration - state.stageStart;
      const settled = inStage > leastPerStage && (change < smallestMove || Math.abs(value - values.at(-1 - lookBack)!) < smallestChange * Math.abs(value));
      const ended = settled || inStage >= mostPerStage;
      return {
        ...moved,
        iteration,
        values,
        fields: solution.fields,
        solverIterations: state.solverIterations + solution.iterations,
        stage: ended ? Math.min(state.stage + 1, sharpnesses.length - 1) : state.stage,
        stageStart: ended ? iteration : state.stageStart,
        finished: ended && state.stage === sharpnesses.length - 1,
      };
    },
    cell(state) {
      const filtered = filter(state.variables);
      const fraction = Math.min(window.upper, Math.max(window.lower, meanOf(orbits, project(filtered, sharpnesses[state.stage]!).densities)));
      // Rounded down, so that an upper bound holds; a share of a pixel is rounding.
      const data = cut(orbits, filtered, Math.floor(fraction * n * n + 1e-6));
      return imageOf('binary', n, n, data);
    },
  };
}
