/*
 * The dual of a separable convex problem: minimize the larger of one or two objectives with every constraint ≤ 0, where each
 * function is rest + Σ p / (U − x) + q / (x − L). The variables follow from the multipliers in closed form, and the few
 * multipliers are found by Newton's method with bounds. The worst of two objectives is minimized by one more
 * multiplier t in [0, 1], which weights them by 1 − t and t: where both count, the saddle point makes them equal.
 */
import { ensure } from '#engine/core/bug-error';
import { createAllocator } from '#engine/fem/iterative/kernel-layout';
import { createOptimizationKernel } from '#engine/kernels/optimization';

/** A problem's numbers, to be written into, and its solution. */
export interface Dual {
  readonly variables: number;
  readonly functions: number;
  /** Asymptotes L and U, and bounds, of each variable. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** p and q of each function, one number per variable; the objectives first. */
  readonly terms: readonly (readonly [p: Float64Array, q: Float64Array])[];
  /** The variables; throws for other than one or two objectives. */
  solve(rests: readonly number[], objectives: number): Float64Array;
}

/** Bound of the multipliers of constraints that are scaled to a largest derivative of 1. */
const largestMultiplier = 1e4;
const mostNewtonSteps = 100;
/** Of the size of the dual's value. */
const dualTolerance = 1e-9;

interface DualPoint {
  readonly value: number;
  readonly gradient: readonly number[];
  /** Row-major; negative semidefinite. */
  readonly hessian: Float64Array;
}

export function createDual(variables: number, functions: number): Dual {
  // The kernel takes two variables at a time.
  const padded = variables + (variables & 1);
  const { take, top } = createAllocator();
  const takeVariables = (): number => take(8 * padded);
  const [lowerAt, upperAt, leastAt, mostAt, xAt] = [takeVariables(), takeVariables(), takeVariables(), takeVariables(), takeVariables()];
  const termsAt = take(16 * padded * functions);
  const weightsAt = take(8 * functions);
  const sumCount = functions + (functions * (functions + 1)) / 2;
  const [sumsAt, slopesAt] = [take(16 * sumCount), take(16 * functions)];
  const { functions: kernel, buffer } = createOptimizationKernel(top());
  const doubles = (address: number, count: number): Float64Array => new Float64Array(buffer, address, count);
  const [lower, upper, least, most, x] = [lowerAt, upperAt, leastAt, mostAt, xAt].map((address) => doubles(address, variables)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const termAt = (index: number): number => termsAt + 8 * padded * index;
  const terms = Array.from({ length: functions }, (_, i) => [doubles(termAt(2 * i), variables), doubles(termAt(2 * i + 1), variables)] as const);
  if (padded > variables) {
    // A variable that stays at 0 and adds nothing that a sum could see.
    for (const [address, value] of [[lowerAt, -1], [upperAt, 1]] as const) doubles(address, padded)[variables] = value;
    for (let i = 0; i < 2 * functions; i++) doubles(termAt(i), padded)[variables] = 1e-300;
  }
  const weights = doubles(weightsAt, functions);
  const sums = doubles(sumsAt, 2 * sumCount);
  const sumOf = (index: number): number => sums[2 * index]! + sums[2 * index + 1]!;
  /** Of the products of the derivatives of two functions. */
  const productOf = (i: number, l: number): number => sumOf(functions + (i >= l ? (i * (i + 1)) / 2 + l : (l * (l + 1)) / 2 + i));

  const at = (multipliers: readonly number[], blends: number, rests: readonly number[]): DualPoint => {
    weights.set(blends === 1 ? [1 - multipliers[0]!, multipliers[0]!, ...multipliers.slice(1)] : [1, ...multipliers]);
    kernel.evaluateDual(padded, functions, weightsAt, lowerAt, upperAt, leastAt, mostAt, termsAt, xAt, sumsAt, slopesAt);
    const values = rests.map((rest, i) => rest + sumOf(i));
    const count = multipliers.length;
    const hessian = new Float64Array(count * count);
    // The multiplier of a blend has the difference of the objectives as its function.
    for (let k = 0; k < count; k++) {
      for (let l = 0; l < count; l++) {
        const [kBlends, lBlends] = [k < blends, l < blends];
        const product = productOf(k + 1, l + 1) - (kBlends ? productOf(0, l + 1) : 0) - (lBlends ? productOf(k + 1, 0) - (kBlends ? productOf(0, 0) : 0) : 0);
        hessian[k * count + l] = -product;
      }
    }
    return {
      value: values.reduce((sum, value, i) => sum + weights[i]! * value, 0),
      gradient: multipliers.map((_, k) => (k < blends ? values[1]! - values[0]! : values[k + 1]!)),
      hessian,
    };
  };

  /** Maximizes the dual, which is concave, within its bounds; the variables that belong to its multipliers. */
  const solve = (rests: readonly number[], objectives: number): Float64Array => {
    ensure(objectives === 1 || objectives === 2, `${objectives} objectives`);
    const blends = objectives - 1;
    const top = Array.from({ length: functions - 1 }, (_, k) => (k < blends ? 1 : largestMultiplier));
    let multipliers: readonly number[] = top.map((_, k) => (k < blends ? 0.5 : 0));
    let point = at(multipliers, blends, rests);
    let variables = x.slice();
    for (let step = 0; step < mostNewtonSteps; step++) {
      const target = newtonTarget(point, multipliers, top);
      const direction = target.map((value, k) => value - multipliers[k]!);
      const promised = direction.reduce((sum, change, k) => sum + change * point.gradient[k]!, 0);
      if (promised <= dualTolerance * (1 + Math.abs(point.value))) break;
      let length = 1;
      let next = at(target, blends, rests);
      while (next.value < point.value + 1e-4 * length * promised && length > 1e-9) {
        length /= 2;
        next = at(multipliers.map((value, k) => value + length * direction[k]!), blends, rests);
      }
      // No step is better: rounding is all that is left.
      if (next.value < point.value) break;
      multipliers = multipliers.map((value, k) => value + length * direction[k]!);
      point = next;
      variables = x.slice();
    }
    return variables;
  };
  return { variables, functions, lower, upper, least, most, terms, solve };
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
