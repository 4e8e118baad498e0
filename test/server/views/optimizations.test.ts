/* The views of topology optimizations: of a complete case, of one that a kill interrupted, and where there are none. */
import { beforeAll, describe, expect, test } from 'vitest';
import { refinedArm } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { success } from '#domain/finding';
import { assembleCaseResult, openStoredCase, runCase, unpackImage, type CaseResult, type StoredCase } from '#engine/api';
import { Cancelled, neverAborted } from '#engine/core/run-context';
import type { OptimizeEvent } from '#engine/pipeline/jobs/optimize-job';
import type { Executor, RunPorts } from '#engine/pipeline/ports';
import { noFiles } from '#engine/pipeline/stage';
import { readSpecification } from '#language/read-specification';
import { unpackColumn, unpackImages } from '#protocol/packed';
import type { OptimizationView } from '#protocol/views/optimization-views';
import { resolveCase } from '#runner/weights/pretrained-file';
import { designView } from '#server/views/design-views';
import { optimizationStartView, optimizationView } from '#server/views/optimization-views';
import type { ViewTools } from '#server/views/view';
import { smallCase } from '#test/e2e/workplace';
import { loneExecutor } from '#test/support/lone-executor';
import { createMemoryStore } from '#test/support/memory-store';

const store = createMemoryStore();
const interrupted = createMemoryStore();
const ports: RunPorts = { store, files: noFiles, executor: loneExecutor(), signal: neverAborted, onStage() {} };
let plain: DesignCase;
let problem: DesignCase;
let result: CaseResult;
let stored: StoredCase;

/** Traces of its optimizations before the kill: the second start has begun by then. */
const reports = 20;

/** The ports of a run that is killed while an arm optimizes. */
function dyingPorts(): RunPorts {
  const executor = loneExecutor();
  let [arm, count]: [string | undefined, number] = [undefined, 0];
  const dying: Executor = {
    ...executor,
    run: (name, input, listener) =>
      executor.run(name, input, {
        onEvent(event) {
          listener?.onEvent?.(event);
          if (name === 'optimize' && arm === 'optimization' && (event as OptimizeEvent).trace && ++count === reports) throw new Cancelled();
        },
      }),
  };
  return { ...ports, store: interrupted, executor: dying, onStage: (event) => (arm = event.arm) };
}

beforeAll(async () => {
  const { specification } = readSpecification('small.xdesign', { read: () => smallCase({ outliers: '24%', layers: 'stage-2' }), resolve: (_, target) => target });
  plain = resolveCase(specification!.cases[0]!.case);
  const [own, control] = plain.arms;
  problem = {
    ...plain,
    optimization: { filter: 1.5, symmetry: 'mirror', best: 2, starts: 3, from: ['frame', 'noise', 'images'] },
    arms: [own, control!, refinedArm(own), { name: 'optimization', proposals: 'starts', construct: 'optimize' }],
  };
  const values = await runCase(problem, ports);
  if (!values.ok) throw new Error(values.findings[0]!.message);
  result = assembleCaseResult(problem, values.value, { stages: [], secondsOf: () => 1 })!;
  stored = openStoredCase(problem, store);
  // What all arms share is there already.
  for (const { stage, arm, key } of stored.keys.values()) if (arm === undefined) interrupted.put(key, store.get(key)!, { stage, stageVersion: 0, description: null });
  await expect(runCase(problem, dyingPorts())).rejects.toThrow(Cancelled);
}, 240_000);

function toolsOf(of: StoredCase, from: typeof store): ViewTools {
  return { stored: of, store: { ...from, close() {} }, executor: undefined as never };
}

async function viewOf(of: StoredCase, from: typeof store): Promise<OptimizationView> {
  expect(optimizationView.missing(of)).toBeUndefined();
  const made = await optimizationView.make({}, toolsOf(of, from));
  if (!made.ok) return expect.fail(made.findings[0]!.message);
  return made.value;
}

describe('a complete case', () => {
  test('has all runs with their starts, cuts and cells, and their designs by rank', async () => {
    const { arms, runs, cells, groups, bestImage, limit, objective } = await viewOf(stored, store);
    expect(runs.map(({ arm, group, state }) => [arm, group, state])).toEqual([
      ['explained-refined', 'explained', 'ended'], ['explained-refined', 'explained', 'ended'],
      ['optimization', 'frame', 'ended'], ['optimization', 'noise', 'ended'], ['optimization', 'images', 'ended'],
    ]);
    expect(arms).toEqual(['explained-refined', 'optimization']);
    expect(groups.map(({ name }) => name)).toEqual(['explained', 'frame', 'noise', 'images']);
    expect(new Set(groups.map(({ color }) => color)).size).toBe(4);
    expect(new Set(groups.map(({ shape }) => JSON.stringify(shape))).size).toBe(4);
    expect(bestImage).toEqual({ image: result.database.best.index, objectiveValue: result.database.best.objectiveValue });
    expect(objective.unit).toBe('GPa');
    expect(limit!.widest.value).toBeGreaterThan(bestImage!.objectiveValue);
    const pixels = unpackImages(cells);
    expect(cells).toMatchObject({ count: 5, width: 32, height: 32 });
    for (const [i, { arm: name, rank, cuts, iterations }] of runs.entries()) {
      const arm = result.arms.find((each) => each.name === name)!;
      const design = arm.designs[rank! - 1]!;
      expect(unpackColumn(cuts!.values).at(-1)).toBe(design.objectiveValue);
      expect(unpackColumn(cuts!.iterations).at(-1)).toBe(iterations);
      expect(unpackColumn(cuts!.feasible).at(-1)).toBe(Number(design.feasible));
      expect(pixels.subarray(1024 * i, 1024 * (i + 1))).toEqual(unpackImage(arm.cells, rank! - 1).data);
    }
  });

  test('a refined design has its parent with rank and value, an image its own', async () => {
    const { runs } = await viewOf(stored, store);
    const [own] = result.arms;
    expect(runs.slice(0, 2).map(({ start }) => start)).toEqual([1, 2].map((rank) => (
      { kind: 'design', arm: 'explained', rank, name: `design-00${rank}`, objectiveValue: own.designs[rank - 1]!.objectiveValue })));
    expect(runs[2]!.start).toEqual({ kind: 'family', family: 'frame', number: 0 });
    expect(runs[4]!.start).toEqual({ kind: 'image', image: result.database.best.index, objectiveValue: result.database.best.objectiveValue });
  });

  test('a PNG file is a start by its path, and shows what it shows', async () => {
    const image = unpackImage(result.database.images, 1);
    const pictured: DesignCase = { ...problem, optimization: { ...problem.optimization, from: ['noise', 'pictures'], pictures: [{ file: 'cells/mine.png', sha256: 'of it' }] } };
    const picture: RunPorts['files']['picture'] = async (sha256, resolution) => (sha256 === 'of it' && resolution === 32 ? success(image) : expect.fail('no other file'));
    expect(await runCase(pictured, { ...ports, files: { ...noFiles, picture } }, 'propose')).toMatchObject({ ok: true });
    const of = openStoredCase(pictured, store);
    const { runs, groups } = await viewOf(of, store);
    expect(runs.filter(({ arm }) => arm === 'optimization').map(({ start, group }) => [start.kind, group])).toEqual([['family', 'noise'], ['picture', 'files'], ['family', 'noise']]);
    expect(runs.find(({ group }) => group === 'files')!.start).toEqual({ kind: 'picture', file: 'cells/mine.png' });
    expect(groups.find(({ name }) => name === 'files')!.title).toBe('PNG files');
    const made = await optimizationStartView.make({ arm: 'optimization', candidate: 1 }, toolsOf(of, store));
    expect(made.ok && unpackColumn(made.value.density)).toEqual(image.data.map((white) => 255 * white));
  });

  test('what the starts are worth, as JSON has it: what is not known is absent', async () => {
    const { outcome } = await viewOf(stored, store);
    const { bestKnown, targets, groups } = result.optimization!;
    expect(outcome!.bestKnown).toBe(bestKnown);
    expect(outcome!.targets).toEqual(targets);
    expect(outcome!.groups.map(({ name, runs, best, reached }) => ({ name, runs, best, hits: reached.map(({ runs: hits }) => hits) })))
      .toEqual(groups.map(({ name, runs, best, reached }) => ({ name, runs, best, hits: reached.map(({ runs: hits }) => hits) })));
    const reached = outcome!.groups.flatMap((group) => group.reached);
    expect(reached.some(({ runs }) => runs === 0)).toBe(true);
    for (const { runs, iterations } of reached) expect(iterations === undefined).toBe(runs === 0);
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  });

  test('the best design of an arm that optimizes is on the wire at twice the resolution', async () => {
    const made = await designView.make({ arm: 'optimization', rank: 1 }, toolsOf(stored, store));
    const { finer } = result.arms.find(({ name }) => name === 'optimization')!.designs[0]!;
    expect(made).toMatchObject({ ok: true, value: { design: { finer: { test: problem.test, youngsModulus: finer!.youngsModulus } } } });
    expect(await designView.make({ arm: 'explained', rank: 1 }, toolsOf(stored, store))).not.toMatchObject({ value: { design: { finer: expect.anything() } } });
  });

  test('a start is the parent’s cell, the image, or the densities of its family', async () => {
    const startOf = async (arm: string, candidate: number): Promise<Uint8Array> => {
      const made = await optimizationStartView.make({ arm, candidate }, toolsOf(stored, store));
      return made.ok ? unpackColumn(made.value.density) : expect.fail('it is there');
    };
    const white = (image: { readonly data: Uint8Array }): Uint8Array => image.data.map((pixel) => 255 * pixel);
    expect(await startOf('explained-refined', 1)).toEqual(white(unpackImage(result.arms[0].cells, 1)));
    expect(await startOf('optimization', 2)).toEqual(white(unpackImage(result.database.images, result.database.best.index)));
    const noise = await startOf('optimization', 1);
    // Around the largest fraction of the window, and the same on both sides of the mirror line.
    expect(noise.reduce((sum, density) => sum + density, 0) / noise.length / 255).toBeCloseTo(0.4, 1);
    expect(noise.slice(0, 32)).toEqual(noise.slice(0, 32).reverse());
    expect(new Set(noise).size).toBeGreaterThan(50);
    expect(await optimizationStartView.make({ arm: 'optimization', candidate: 3 }, toolsOf(stored, store))).toMatchObject({ ok: false, findings: [{ code: 'no-such-design' }] });
    expect(await optimizationStartView.make({ arm: 'explained', candidate: 0 }, toolsOf(stored, store))).toMatchObject({ ok: false });
  });
});

test('a killed run has what its optimizations have come to; the others wait', async () => {
  const half = openStoredCase(problem, interrupted);
  expect(half.readArm('optimization', 'candidates')).toBeUndefined();
  const [whole, { runs, cells, outcome, groups }] = [await viewOf(stored, store), await viewOf(half, interrupted)];
  expect(outcome).toBeUndefined();
  // The designs to refine are not tested yet: the arm of starts comes first.
  expect(groups).toEqual(whole.groups.slice(1));
  expect(runs.map(({ arm, state }) => [arm, state])).toEqual(['ended', 'running', 'waiting'].map((state) => ['optimization', state]));
  // A run that has ended is as later, but for its rank.
  const { rank: _rank, ...frame } = whole.runs[2]!;
  expect(runs[0]).toEqual(frame);
  const [running, later] = [runs[1]!, whole.runs[3]!];
  expect(running.iterations).toBeGreaterThan(0);
  expect(running.iterations).toBeLessThan(later.iterations);
  const values = unpackColumn(running.cuts!.values);
  expect(values).toEqual(unpackColumn(later.cuts!.values).slice(0, values.length));
  expect(runs[2]).not.toHaveProperty('cuts');
  expect(cells.count).toBe(2);
});

test('before any starts are chosen the view waits, also with a store that has nothing', () => {
  const nothing = openStoredCase(problem, createMemoryStore());
  expect(optimizationView.missing(nothing)).toEqual({ stage: 'propose', arm: 'explained-refined' });
  expect(optimizationStartView.missing(nothing)).toEqual({ stage: 'propose' });
});

test('a case without optimizations has an empty view', async () => {
  const view = await viewOf(openStoredCase(plain, store), store);
  expect(view).toMatchObject({ arms: [], groups: [], runs: [], cells: { count: 0 } });
  expect(view.outcome).toBeUndefined();
  expect(await viewOf(openStoredCase(plain, createMemoryStore()), store)).toMatchObject({ groups: [], runs: [] });
});
