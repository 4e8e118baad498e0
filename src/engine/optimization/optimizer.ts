/*
 * Topology optimization of a periodic cell, one iteration at a time: inverse homogenization (Sigmund 1994,
 * doi 10.1016/0020-7683(94)90154-6) by the method of moving asymptotes on filtered and projected densities, with a projection
 * that becomes sharper. The state is plain data, so a run resumes anywhere with the same bytes.
 */
import { failure, success, type Result } from '#domain/finding';
import { phaseContrast } from '#domain/materials';
import { hasMirrors, keepsDirectionsEqual, pixelStep, type OptimizationProblem, type OptimizationSettings } from '#domain/optimization';
import { grayGradient } from '#engine/fem/gray/gray-gradient';
import { createGraySolver, type GraySolution } from '#engine/fem/gray/gray-solver';
import { smallestKernelSize } from '#engine/fem/iterative/conjugate-gradients';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { checkProblem } from './check-problem';
import { coneFilter } from './cone-filter';
import { cut, meanOf, meansOfOrbits, orbitsOf, project, quarterOrbits, toPixels, type Orbits } from './design-variables';
import { createGoals, wantedStiffness, type Goal } from './goals';
import { interpolationOf, softenVoids } from './interpolation';
import { createMover, type Linearized } from './moving-asymptotes';
import type { OptimizationStart } from './starts';
import type { OptimizationState } from './state';

/** Sharpnesses of the projection, one after the other, and the first one of a start that is an image. */
const sharpnesses = [1, 2, 4, 8, 16, 32];
const sharpStage = 3;
const mostPerStage = 20;
const leastPerStage = 8;
/** An optimization never takes more. */
export const mostIterations = sharpnesses.length * mostPerStage;
/** A stage ends when no variable moved by more, or when the objective changed by less over five iterations. */
const [smallestMove, smallestChange] = [0.01, 1e-4];
const lookBack = 5;
/** Largest change of a variable, and the sharpness above which it shrinks: there a projected density follows its variable too fast. */
const [move, softSharpness] = [0.2, 8];
/** Range of the solver's tolerance, and its share of the objective's last relative change. */
interface Tolerances {
  readonly least: number;
  readonly most: number;
  readonly share: number;
}
const plainTolerances: Tolerances = { least: 3e-9, most: 1e-8, share: 1e-4 };
/** At large contrasts the bound, of which the softest pixel decides, is far above the error. */
const scaledTolerances: Tolerances = { least: 1e-6, most: 2e-5, share: 0.03 };
const mostSolverIterations = 4000;
/** Above, nodes are scaled by their stiffness: at contrast 5.55 that took three to four times as many iterations. */
export const largestPlainContrast = 100;
/** Derivatives to densities that differ by less, relative to the largest, give no direction. */
const smallestVariation = 1e-9;

export interface Optimizer {
  readonly orbits: Orbits;
  /** The state before the first iteration; a finding where the objective has no gradient there. */
  start(start: OptimizationStart): Result<OptimizationState>;
  /** One iteration. */
  advance(state: OptimizationState): OptimizationState;
  /** Objective and constraints at a state, all to be small, with their derivatives to the variables; the solver's own tolerance without another. */
  linearize(state: OptimizationState, tolerance?: number): Linearization;
  /** The cell of a state: whole orbits with the largest filtered variables, an exact number of pixels inside the window. */
  cell(state: OptimizationState): Image2D<'binary'>;
}

/** A state as the method of moving asymptotes takes it. */
export interface Linearization {
  readonly solution: GraySolution;
  readonly objectives: readonly Linearized[];
  readonly constraints: readonly Linearized[];
}

/** The optimizer, or a finding on what makes the optimization pointless. It keeps buffers, so it is not for two threads at once. */
export function createOptimizer(problem: OptimizationProblem, settings: OptimizationSettings): Result<Optimizer> {
  const { resolution: n, phases, plane, objective, test, window } = problem;
  const orbits = orbitsOf(n, settings.symmetry);
  const step = pixelStep(settings.symmetry);
  const checked = checkProblem(problem, settings);
  if (!checked.ok) return checked;

  const goals = createGoals({ ...problem, areEqual: keepsDirectionsEqual(settings.symmetry) });
  const filter = coneFilter(orbits, settings.filter);
  const interpolate = interpolationOf(phases, plane, wantedStiffness(objective, phases, plane), goals.expands);
  const moveVariables = createMover();
  // Of a periodic cell with mirrors its quarter is enough.
  const isMirrored = test === 'periodic' && hasMirrors(settings.symmetry) && n >= 2 * smallestKernelSize;
  const solved = isMirrored ? quarterOrbits(orbits) : orbits;
  const edge = solved.resolution;
  const solver = createGraySolver(edge, { kind: isMirrored ? 'mirrored' : test, plane }, goals.asked);
  const scaled = phaseContrast(softenVoids(phases), plane).ratio > largestPlainContrast;
  // Edges differ in the other tests: there the pixels of an orbit have derivatives of their own.
  const isInvariant = test === 'periodic';
  const places = isInvariant ? solved.first : Int32Array.from({ length: n * n }, (_, p) => p);

  function linearize(state: OptimizationState, tolerance = toleranceOf(state, scaled ? scaledTolerances : plainTolerances)): Linearization {
    const filtered = filter(state.variables);
    const { densities, slopes } = project(filtered, sharpnesses[state.stage]!);
    const { pixels, slopes: stiffnessSlopes } = interpolate(densities);
    const { youngsModulus, poissonRatio, thermalExpansion } = pixels;
    const solution = solver.solve(
      {
        youngsModulus: toPixels(solved, youngsModulus),
        poissonRatio: toPixels(solved, poissonRatio),
        ...(thermalExpansion && { thermalExpansion: toPixels(solved, thermalExpansion) }),
      },
      { tolerance, iterations: mostSolverIterations, scaled, ...(state.fields && { start: state.fields }) },
    );
    const placeSlopes = isInvariant ? stiffnessSlopes : slopesOfPixels(orbits, stiffnessSlopes);
    /** From derivatives to the density of a pixel that is solved, means of the orbits, to derivatives to variables; overwrites what it is given. */
    const chain = (derivatives: Float64Array): Float64Array => {
      // Loops, because `map` calls a function for each number.
      for (let orbit = 0; orbit < derivatives.length; orbit++) derivatives[orbit]! *= slopes[orbit]!;
      const back = filter(derivatives);
      for (let orbit = 0; orbit < back.length; orbit++) back[orbit]! *= solved.sizes[orbit]!;
      return back;
    };
    const linear = ({ value, weights }: Goal): Linearized => {
      const gradient = grayGradient(solution, weights, placeSlopes, places);
      return { value, gradient: chain(isInvariant ? gradient : meansOfOrbits(orbits, gradient)) };
    };
    const fraction = meanOf(orbits, densities);
    const growth = chain(new Float64Array(densities.length).fill(1 / (edge * edge)));
    return {
      solution,
      objectives: goals.objectives(solution).map(linear),
      constraints: [
        ...goals.constraints(solution).map(linear),
        { value: fraction - window.upper, gradient: growth },
        { value: window.lower - fraction, gradient: negative(growth) },
      ],
    };
  }

  return success({
    orbits,
    linearize,
    start({ densities, sharp }) {
      const initial = { variables: meansOfOrbits(orbits, densities), iteration: 0, stage: sharp ? sharpStage : 0, stageStart: 0, values: [], solverIterations: 0, finished: false };
      const { solution, objectives, constraints } = linearize(initial);
      const growth = constraints.at(-2)!.gradient;
      if (!objectives.some(({ gradient }) => varies(gradient, growth))) {
        return failure('no-gradient', `The objective has no gradient at the start of the optimization: no pixel is worth more than another.`, 'Start from another family or image.');
      }
      return success({ ...initial, fields: solution.fields, solverIterations: solution.statistics.iterations });
    },
    advance(state) {
      const { solution, objectives, constraints } = linearize(state);
      const value = goals.value(solution);
      const sharpness = sharpnesses[state.stage]!;
      const moved = moveVariables(state, { objectives, constraints }, { move: move * Math.min(1, softSharpness / sharpness) });
      const values = [...state.values, value];
      let change = 0;
      for (let j = 0; j < moved.variables.length; j++) change = Math.max(change, Math.abs(moved.variables[j]! - state.variables[j]!));
      const iteration = state.iteration + 1;
      const inStage = iteration - state.stageStart;
      const settled = inStage > leastPerStage && (change < smallestMove || Math.abs(value - values.at(-1 - lookBack)!) < smallestChange * Math.abs(value));
      const ended = settled || inStage >= mostPerStage;
      const isLast = state.stage === sharpnesses.length - 1;
      const finished = ended && isLast;
      return {
        // What has no value yet is not the end.
        ...(finished ? state : moved),
        iteration,
        values,
        fields: solution.fields,
        solverIterations: state.solverIterations + solution.statistics.iterations,
        stage: ended && !isLast ? state.stage + 1 : state.stage,
        stageStart: ended ? iteration : state.stageStart,
        finished,
      };
    },
    cell(state) {
      const filtered = filter(state.variables);
      const wanted = meanOf(orbits, project(filtered, sharpnesses[state.stage]!).densities) * n * n;
      const [least, most] = [window.lower, window.upper].map((fraction) => fraction * n * n) as [number, number];
      const rounded = step * Math.round(wanted / step);
      // A share of a pixel is rounding.
      const count = Math.min(step * Math.floor((most + 1e-6) / step), Math.max(step * Math.ceil((least - 1e-6) / step), rounded));
      return imageOf('binary', n, n, cut(orbits, filtered, count));
    },
  });
}

function negative(values: Float64Array): Float64Array {
  const negated = new Float64Array(values.length);
  for (let j = 0; j < values.length; j++) negated[j] = -values[j]!;
  return negated;
}

/** Slopes of all pixels from those of the orbits. */
function slopesOfPixels({ orbitOf }: Orbits, slopes: Float64Array): Float64Array {
  const values = new Float64Array(3 * orbitOf.length);
  for (let p = 0; p < orbitOf.length; p++) for (let k = 0; k < 3; k++) values[3 * p + k] = slopes[3 * orbitOf[p]! + k]!;
  return values;
}

/** Tight where the objective changes little, so that its derivative stays good enough for the next step. */
function toleranceOf({ values }: OptimizationState, { least, most, share }: Tolerances): number {
  const [last, before] = [values.at(-1), values.at(-2)];
  if (last === undefined || before === undefined) return most;
  return Math.min(most, Math.max(least, share * Math.abs((last - before) / last)));
}

/** Whether derivatives per added white differ between variables. */
function varies(gradient: Float64Array, growth: Float64Array): boolean {
  let [least, most] = [Infinity, -Infinity];
  for (let j = 0; j < gradient.length; j++) {
    if (growth[j] === 0) continue;
    least = Math.min(least, gradient[j]! / growth[j]!);
    most = Math.max(most, gradient[j]! / growth[j]!);
  }
  return most - least > smallestVariation * Math.max(Math.abs(least), Math.abs(most));
}
