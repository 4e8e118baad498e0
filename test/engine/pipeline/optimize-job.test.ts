/* One optimization as a job: it ends with its best feasible cut, also where it was resumed. */
import { expect, test } from 'vitest';
import type { Constraint } from '#domain/objective';
import type { Artifact } from '#engine/core/artifact';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { packImages, unpackImage } from '#engine/grid/microstructure-batch';
import { decodeTrace, type OptimizationTrace } from '#engine/pipeline/arms/optimization-trace';
import { optimizeJob, type OptimizeEvent } from '#engine/pipeline/jobs/optimize-job';
import { problemOf } from '#test/support/optimization-problem';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const n = 64;
/** A wall with rows of one pixel. */
const laminate = imageOf('binary', n, n, Uint8Array.from({ length: n * n }, (_, p) => Number(p % n < 15 || Math.floor(p / n) % 5 === 2)));
const frame = imageOf('binary', n, n, Uint8Array.from({ length: n * n }, (_, p) => Number(Math.max(Math.abs((p % n) - 31.5), Math.abs(Math.floor(p / n) - 31.5)) > 24.8)));

interface Ended {
  readonly trace: OptimizationTrace;
  readonly states: readonly Artifact[];
}

async function run(image: Image2D<'binary'>, filter: number, constraint: Constraint, resumeFrom?: Artifact): Promise<Ended> {
  const states: Artifact[] = [];
  const emitAndWait = ({ state }: OptimizeEvent): Promise<void> => {
    if (state) states.push(state);
    return Promise.resolve();
  };
  const context = { signal: new AbortController().signal, emit: () => undefined, emitAndWait, tensorflowWasmPath: '' };
  const problem = problemOf({ resolution: n, window: { lower: 0.38, upper: 0.4 }, constraints: [constraint] });
  const ended = await optimizeJob(context, { problem, settings: { filter, symmetry: 'mirror' }, start: { kind: 'image', image: packImages([image], n) }, ...(resumeFrom && { resumeFrom }) });
  if (!ended.ok) throw new Error(ended.findings[0]!.message);
  return { trace: decodeTrace(ended.value), states };
}

function stiffness(packed: Uint8Array): number {
  const { x, y } = createVirtualTester(n, boronInAluminum, { kind: 'periodic', plane: 'plane-stress' }).run(unpackImage({ count: 1, resolution: n, packed }, 0)).youngsModulus!;
  return Math.min(x, y);
}

/** The largest value of the feasible ones of the first cuts. */
const bestOf = ({ cuts: { values, feasible } }: OptimizationTrace, count: number): number => Math.max(...values.slice(0, count).filter((_, i) => feasible[i] === 1));

test('the end is the best feasible cut, at the last iteration, and the same from every state', async () => {
  const constraint: Constraint = { kind: 'bound', property: 'poisson-ratio', relation: '<', value: 0.232 };
  const { trace, states } = await run(laminate, 2, constraint);
  const { values, feasible, iterations } = trace.cuts;
  const last = values.length - 1;
  expect(iterations[last]).toBe(trace.values.length);
  expect(feasible[last]).toBe(1);
  expect(values[last]).toBeGreaterThanOrEqual(bestOf(trace, last));
  expect(stiffness(trace.cell) / values[last]!).toBeCloseTo(1, 9);
  expect(states.length).toBeGreaterThan(0);
  for (const state of states) expect((await run(laminate, 2, constraint, state)).trace).toEqual(trace);
});

test('a state keeps the cell of the best feasible cut beside the last one', async () => {
  const { trace, states } = await run(frame, 3, { kind: 'difference', property: 'youngs-modulus', limit: 1e-6 });
  const [state] = states;
  expect(stiffness(state!.arrays['best'] as Uint8Array) / bestOf(trace, 7)).toBeCloseTo(1, 9);
  // The last cut until then breaks the constraint.
  expect(trace.cuts.feasible[6]).toBe(0);
  expect(state!.arrays['best']).not.toEqual(state!.arrays['trace/cell']);
});
