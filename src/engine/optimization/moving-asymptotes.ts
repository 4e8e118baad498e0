/*
 * The method of moving asymptotes (Svanberg 1987, doi 10.1002/nme.1620240207), with asymptotes and move limits as in
 * his notes of 2007. Each step solves a separable convex approximation by its dual: the variables follow from the
 * multipliers in closed form, and the few multipliers are found by Newton's method with bounds. The worst of two
 * objectives is minimized by one more multiplier t in [0, 1], which weights them by 1 − t and t: where both count, the
 * saddle point makes them equal.
 */
import { ensure } from '#engine/core/bug-error';

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
/** Bound of the multipliers of constraints that are scaled to a largest derivative of 1. */
const largestMultiplier = 1e4;

/** The variables after one step; throws for other than one or two objectives. */
export function moveVariables(state: AsymptoteState, { objectives, constraints }: Subproblem, { move }: MoveSettings): AsymptoteState {
  const { variables: x } = state;
  const { lower, upper } = moveAsymptotes(state);
  const objectiveScale = 1 / Math.max(Number.MIN_VALUE, ...objectives.map(({ gradient }) => largest(gradient)));
  // Only their difference counts, and a derivative may be tiny beside a value.
  const worst = Math.max(...objectives.map(({ value }) => value));
  const functions = [
    ...objectives.map(({ value, gradient }) => approximation({ value: value - worst, gradient }, objectiveScale, x, lower, upper)),
    ...constraints.map((constraint) => approximation(constraint, 1 / Math.max(Number.MIN_VALUE, largest(constraint.gradient)), x, lower, upper)),
  ];
  const least = new Float64Array(x.length);
  const most = new Float64Array(x.length);
  for (let j = 0; j < x.length; j++) {
    least[j] = Math.max(0, x[j]! - move, lower[j]! + clearance * (x[j]! - lower[j]!));
    most[j] = Math.min(1, x[j]! + move, upper[j]! - clearance * (upper[j]! - x[j]!));
  }
  const variables = solveDual({ functions, objectives: objectives.length, lower, upper, least, most });
  return { variables, last: x, ...(state.last && { lastButOne: state.last }), lower, upper };
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
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

/** rest + Σ p / (U − x) + q / (x − L). */
interface Approximation {
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly rest: number;
}

function approximation({ value, gradient }: Linearized, scale: number, x: Float64Array, lower: Float64Array, upper: Float64Array): Approximation {
  const p = new Float64Array(x.length);
  const q = new Float64Array(x.length);
  let rest = value * scale;
  for (let j = 0; j < x.length; j++) {
    const slope = gradient[j]! * scale;
    const [above, below] = [upper[j]! - x[j]!, x[j]! - lower[j]!];
    const [rise, fall] = [Math.max(0, slope), Math.max(0, -slope)];
    p[j] = above * above * (1.001 * rise + 0.001 * fall + curvature);
    q[j] = below * below * (0.001 * rise + 1.001 * fall + curvature);
    rest -= p[j]! / above + q[j]! / below;
  }
  return { p, q, rest };
}

interface DualProblem {
  /** The objectives first. */
  readonly functions: readonly Approximation[];
  readonly objectives: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
}

interface DualPoint {
  readonly value: number;
  readonly gradient: readonly number[];
  /** Row-major; negative semidefinite. */
  readonly hessian: Float64Array;
  readonly x: Float64Array;
}

const mostNewtonSteps = 100;
/** Of the size of the dual's value. */
const dualTolerance = 1e-9;

/** Maximizes the dual, which is concave, within its bounds; the variables that belong to its multipliers. */
function solveDual(problem: DualProblem): Float64Array {
  const { functions, objectives } = problem;
  ensure(objectives === 1 || objectives === 2, `${objectives} objectives`);
  const blends = objectives - 1;
  const top = Array.from({ length: functions.length - 1 }, (_, k) => (k < blends ? 1 : largestMultiplier));
  let multipliers: readonly number[] = top.map((_, k) => (k < blends ? 0.5 : 0));
  let point = dualAt(problem, multipliers);
  for (let step = 0; step < mostNewtonSteps; step++) {
    const target = newtonTarget(point, multipliers, top);
    const direction = target.map((value, k) => value - multipliers[k]!);
    const promised = direction.reduce((sum, change, k) => sum + change * point.gradient[k]!, 0);
    if (promised <= dualTolerance * (1 + Math.abs(point.value))) break;
    let length = 1;
    let next = dualAt(problem, target);
    while (next.value < point.value + 1e-4 * length * promised && length > 1e-9) {
      length /= 2;
      next = dualAt(problem, multipliers.map((value, k) => value + length * direction[k]!));
    }
    // No step is better: rounding is all that is left.
    if (next.value < point.value) break;
    multipliers = multipliers.map((value, k) => value + length * direction[k]!);
    point = next;
  }
  return point.x;
}

/**
 * The maximum of the quadratic model within the bounds, by projected Gauss–Seidel: the Hessian is singular where
 * constraints are parallel, and zero where no variable is free.
 */
function newtonTarget({ gradient, hessian }: DualPoint, multipliers: readonly number[], top: readonly number[]): number[] {
  const count = multipliers.length;
  const change = new Array<number>(count).fill(0);
  for (let sweep = 0; sweep < 1000; sweep++) {
    let largestChange = 0;
    for (let k = 0; k < count; k++) {
      let slope = gradient[k]!;
      for (let l = 0; l < count; l++) slope += hessian[k * count + l]! * change[l]!;
      const bend = 1e-9 - hessian[k * count + k]! * (1 + 1e-9);
      const next = Math.min(top[k]!, Math.max(0, multipliers[k]! + change[k]! + slope / bend)) - multipliers[k]!;
      largestChange = Math.max(largestChange, Math.abs(next - change[k]!) / top[k]!);
      change[k] = next;
    }
    if (largestChange < 1e-12) break;
  }
  return multipliers.map((value, k) => value + change[k]!);
}

function dualAt({ functions, objectives, lower, upper, least, most }: DualProblem, multipliers: readonly number[]): DualPoint {
  const count = multipliers.length;
  const blends = objectives - 1;
  const weights = blends === 1 ? [1 - multipliers[0]!, multipliers[0]!, ...multipliers.slice(1)] : [1, ...multipliers];
  const values = Float64Array.from(functions, ({ rest }) => rest);
  const hessian = new Float64Array(count * count);
  const slopes = new Float64Array(functions.length);
  const dual = new Float64Array(count);
  const x = new Float64Array(lower.length);
  for (let j = 0; j < x.length; j++) {
    let P = 0;
    let Q = 0;
    for (let i = 0; i < functions.length; i++) {
      if (weights[i] === 0) continue;
      P += weights[i]! * functions[i]!.p[j]!;
      Q += weights[i]! * functions[i]!.q[j]!;
    }
    const rootP = Math.sqrt(P);
    const rootQ = Math.sqrt(Q);
    const low = lower[j]!;
    const high = upper[j]!;
    const best = (rootP * low + rootQ * high) / (rootP + rootQ);
    const isFree = best > least[j]! && best < most[j]!;
    const at = isFree ? best : Math.min(most[j]!, Math.max(least[j]!, best));
    x[j] = at;
    const above = 1 / (high - at);
    const below = 1 / (at - low);
    for (let i = 0; i < functions.length; i++) {
      const rise = functions[i]!.p[j]! * above;
      const fall = functions[i]!.q[j]! * below;
      values[i]! += rise + fall;
      slopes[i] = rise * above - fall * below;
    }
    if (!isFree) continue;
    const bend = 2 * (P * above * above * above + Q * below * below * below);
    for (let k = 0; k < count; k++) dual[k] = k < blends ? slopes[1]! - slopes[0]! : slopes[k + 1]!;
    for (let k = 0; k < count; k++) for (let l = 0; l <= k; l++) hessian[k * count + l]! -= (dual[k]! * dual[l]!) / bend;
  }
  for (let k = 0; k < count; k++) for (let l = 0; l < k; l++) hessian[l * count + k] = hessian[k * count + l]!;
  return {
    value: values.reduce((sum, value, i) => sum + weights[i]! * value, 0),
    gradient: multipliers.map((_, k) => (k < blends ? values[1]! - values[0]! : values[k + 1]!)),
    hessian,
    x,
  };
}
