/*
 * The method of moving asymptotes (Svanberg 1987, doi 10.1002/nme.1620240207), with asymptotes and move limits as in
 * his notes of 2007. Each step solves a separable convex approximation by its dual (dual.ts).
 */
import { createDual, type Dual } from './dual';

/** A function at the current variables and its derivative to each. */
export interface Linearized {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Minimize the larger of the objectives, one or two, with every constraint ≤ 0; variables lie in [0, 1]. */
export interface Subproblem {
  readonly objectives: readonly Linearized[];
  readonly constraints: readonly Linearized[];
}

/** State between two steps. Arrays have one value per variable. */
export interface AsymptoteState {
  readonly variables: Float64Array;
  /** Of the last and of the last but one step; undefined before there are any. */
  readonly last?: Float64Array;
  readonly lastButOne?: Float64Array;
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
}

export interface MoveSettings {
  /** Largest change of a variable in a step. */
  readonly move: number;
}

/** Distance of the first asymptotes, and their factors where a variable oscillates or keeps its direction. */
const initialDistance = 0.5;
const [narrowing, widening] = [0.7, 1.2];
const [nearest, farthest] = [0.01, 10];
/** Variables stay this part of the distance away from their asymptotes. */
const clearance = 0.1;
const curvature = 1e-5;

/** The variables after one step; throws for other than one or two objectives. */
export type MoveVariables = (state: AsymptoteState, subproblem: Subproblem, settings: MoveSettings) => AsymptoteState;

/** Steps depend on their arguments alone; buffers are kept, so it is not for two threads at once. */
export function createMover(): MoveVariables {
  let dual: Dual | undefined;
  return (state, subproblem, settings) => {
    const [variables, functions] = [state.variables.length, subproblem.objectives.length + subproblem.constraints.length];
    if (dual?.variables !== variables || dual.functions !== functions) dual = createDual(variables, functions);
    return moveBy(dual, state, subproblem, settings);
  };
}

function moveBy(dual: Dual, state: AsymptoteState, { objectives, constraints }: Subproblem, { move }: MoveSettings): AsymptoteState {
  const { variables: x } = state;
  const { lower, upper } = moveAsymptotes(state);
  const objectiveScale = 1 / Math.max(Number.MIN_VALUE, ...objectives.map(({ gradient }) => largest(gradient)));
  // Only their difference counts, and a derivative may be tiny beside a value.
  const worst = Math.max(...objectives.map(({ value }) => value));
  const rests = [
    ...objectives.map(({ value, gradient }, i) => approximate(dual, i, { value: value - worst, gradient }, objectiveScale, x, lower, upper)),
    ...constraints.map((constraint, i) => approximate(dual, objectives.length + i, constraint, 1 / Math.max(Number.MIN_VALUE, largest(constraint.gradient)), x, lower, upper)),
  ];
  const { least, most } = dual;
  dual.lower.set(lower);
  dual.upper.set(upper);
  for (let j = 0; j < x.length; j++) {
    const at = x[j]!;
    least[j] = Math.max(0, Math.max(at - move, lower[j]! + clearance * (at - lower[j]!)));
    most[j] = Math.min(1, Math.min(at + move, upper[j]! - clearance * (upper[j]! - at)));
  }
  const variables = dual.solve(rests, objectives.length);
  return { variables, last: x, ...(state.last && { lastButOne: state.last }), lower, upper };
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let j = 0; j < values.length; j++) most = Math.max(most, Math.abs(values[j]!));
  return most;
}

function moveAsymptotes({ variables: x, last, lastButOne, lower: low, upper: high }: AsymptoteState): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(x.length);
  const upper = new Float64Array(x.length);
  for (let j = 0; j < x.length; j++) {
    const at = x[j]!;
    if (!last || !lastButOne || !low || !high) {
      lower[j] = at - initialDistance;
      upper[j] = at + initialDistance;
      continue;
    }
    const trend = (at - last[j]!) * (last[j]! - lastButOne[j]!);
    const factor = trend > 0 ? widening : trend < 0 ? narrowing : 1;
    lower[j] = Math.min(at - nearest, Math.max(at - farthest, at - factor * (last[j]! - low[j]!)));
    upper[j] = Math.max(at + nearest, Math.min(at + farthest, at + factor * (high[j]! - last[j]!)));
  }
  return { lower, upper };
}

/** Writes p and q of a function into the dual; the rest of rest + Σ p / (U − x) + q / (x − L). */
function approximate(dual: Dual, i: number, { value, gradient }: Linearized, scale: number, x: Float64Array, lower: Float64Array, upper: Float64Array): number {
  const [p, q] = dual.terms[i]!;
  let rest = value * scale;
  for (let j = 0; j < x.length; j++) {
    const slope = gradient[j]! * scale;
    const above = upper[j]! - x[j]!;
    const below = x[j]! - lower[j]!;
    const rise = slope > 0 ? slope : 0;
    const fall = slope < 0 ? -slope : 0;
    const up = above * (1.001 * rise + 0.001 * fall + curvature);
    const down = below * (0.001 * rise + 1.001 * fall + curvature);
    p[j] = above * up;
    q[j] = below * down;
    rest -= up + down;
  }
  return rest;
}
