/* The method of moving asymptotes against problems whose solution is a formula. */
import { describe, expect, test } from 'vitest';
import { createMover, type AsymptoteState, type Linearized, type Subproblem } from '#engine/optimization/moving-asymptotes';

const moveVariables = createMover();
const count = 20;
const indices = Array.from({ length: count }, (_, j) => j);

function minimize(at: (x: Float64Array) => Subproblem, start: Float64Array, steps: number): Float64Array {
  let state: AsymptoteState = { variables: start };
  for (let step = 0; step < steps; step++) state = moveVariables(state, at(state.variables), { move: 0.2 });
  return state.variables;
}

function linear(weights: readonly number[], bound: number, x: Float64Array): Linearized {
  return { value: x.reduce((sum, value, j) => sum + weights[j]! * value, -bound), gradient: Float64Array.from(weights) };
}

/** Σ a / (x + 1/10), a = 1, 2, …: stationary where x = √(a / price) − 1/10. */
function reciprocal(x: Float64Array): Linearized {
  return {
    value: x.reduce((sum, value, j) => sum + (j + 1) / (value + 0.1), 0),
    gradient: x.map((value, j) => -(j + 1) / (value + 0.1) ** 2),
  };
}

/** The variables for prices of the constraints, within the bounds. */
function stationary(price: (j: number) => number): Float64Array {
  return Float64Array.from(indices, (j) => Math.min(1, Math.max(0, Math.sqrt((j + 1) / price(j)) - 0.1)));
}

function bisect(low: number, high: number, isTooLow: (middle: number) => boolean): number {
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (isTooLow(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function expectNear(found: Float64Array, exact: Float64Array, tolerance: number): void {
  expect(Math.max(...found.map((value, j) => Math.abs(value - exact[j]!)))).toBeLessThan(tolerance);
}

const ones = indices.map(() => 1);

test('one constraint: shares of a sum', () => {
  const total = 0.4 * count;
  const price = bisect(1e-3, 1e6, (each) => stationary(() => each).reduce((sum, x) => sum + x, 0) > total);
  const found = minimize((x) => ({ objectives: [reciprocal(x)], constraints: [linear(ones, total, x)] }), new Float64Array(count).fill(0.9), 60);
  expectNear(found, stationary(() => price), 1e-4);
});

test('two constraints that both hold', () => {
  const weights = indices.map((j) => (j % 2 === 0 ? 3 : 0.5));
  const [total, weighted] = [0.3 * count, 7];
  // For each price of the sum the other price that meets the second constraint, then the first.
  const second = (first: number): number =>
    bisect(0, 1e5, (price) => stationary((j) => first + price * weights[j]!).reduce((sum, x, j) => sum + weights[j]! * x, 0) > weighted);
  const first = bisect(1e-3, 1e4, (price) => {
    const other = second(price);
    return stationary((j) => price + other * weights[j]!).reduce((sum, x) => sum + x, 0) > total;
  });
  const exact = stationary((j) => first + second(first) * weights[j]!);
  expect(exact.reduce((sum, x) => sum + x, 0)).toBeCloseTo(total, 8);
  const found = minimize((x) => ({ objectives: [reciprocal(x)], constraints: [linear(ones, total, x), linear(weights, weighted, x)] }), new Float64Array(count).fill(0.5), 100);
  expectNear(found, exact, 1e-4);
});

test('an inactive constraint changes nothing, and a start outside comes back', () => {
  const total = 0.4 * count;
  const price = bisect(1e-3, 1e6, (each) => stationary(() => each).reduce((sum, x) => sum + x, 0) > total);
  const loose = (x: Float64Array): Linearized => linear(ones, 0.9 * count, x);
  const found = minimize((x) => ({ objectives: [reciprocal(x)], constraints: [linear(ones, total, x), loose(x)] }), new Float64Array(count).fill(1), 80);
  expectNear(found, stationary(() => price), 1e-4);
});

describe('the worst of two objectives', () => {
  const distance = (center: (j: number) => number, offset: number) => (x: Float64Array): Linearized => ({
    value: x.reduce((sum, value, j) => sum + (value - center(j)) ** 2, offset),
    gradient: x.map((value, j) => 2 * (value - center(j))),
  });

  test('two distances: the point between, as far from both', () => {
    const [one, other] = [distance((j) => 0.2 + 0.01 * j, 0), distance((j) => 0.9 - 0.02 * j, 0)];
    const found = minimize((x) => ({ objectives: [one(x), other(x)], constraints: [] }), new Float64Array(count).fill(0.1), 200);
    expectNear(found, Float64Array.from(indices, (j) => (1.1 - 0.01 * j) / 2), 2e-3);
    expect(one(found).value).toBeCloseTo(other(found).value, 4);
  });

  test('one is always worse: its own minimum', () => {
    const [one, other] = [distance(() => 0.3, 100), distance(() => 0.8, 0)];
    const found = minimize((x) => ({ objectives: [one(x), other(x)], constraints: [] }), new Float64Array(count).fill(0.6), 60);
    // Around a minimum inside, steps go to and fro within the nearest asymptotes, 0.01 away.
    expectNear(found, new Float64Array(count).fill(0.3), 0.005);
  });
});

test('a tiny derivative beside a large value moves as far as any', () => {
  const at = (value: number, scale: number) => (x: Float64Array): Subproblem => {
    const { gradient } = reciprocal(x);
    return { objectives: [{ value, gradient: gradient.map((each) => scale * each) }], constraints: [linear(ones, 0.4 * count, x)] };
  };
  const start = new Float64Array(count).fill(0.5);
  const [tiny, plain] = [minimize(at(1, 1e-20), start, 10), minimize(at(0, 1), start, 10)];
  expectNear(tiny, plain, 1e-12);
});
