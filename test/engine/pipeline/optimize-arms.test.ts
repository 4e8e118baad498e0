/* Arms that optimize: from which starts, through a case and after a kill, and what is told of each run. */
import { beforeAll, describe, expect, test } from 'vitest';
import { refinedArm } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { assembleCaseResult, findResemblances, runCase, unpackImage, type CaseResult } from '#engine/api';
import { Cancelled, neverAborted } from '#engine/core/run-context';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { enlarge } from '#engine/grid/image-2d';
import { decodeTraces, encodeTraces, type OptimizationTrace } from '#engine/pipeline/arms/optimization-trace';
import { optimizationsSoFar } from '#engine/pipeline/arms/optimizations';
import type { OptimizeEvent } from '#engine/pipeline/jobs/optimize-job';
import type { Executor, RunPorts } from '#engine/pipeline/ports';
import { noFiles } from '#engine/pipeline/stage';
import { openStoredCase } from '#engine/pipeline/stored-case';
import { readSpecification } from '#language/read-specification';
import { resolveCase } from '#runner/weights/pretrained-file';
import { smallCase } from '#test/e2e/workplace';
import { loneExecutor } from '#test/support/lone-executor';
import { createMemoryStore } from '#test/support/memory-store';

const store = createMemoryStore();
const ports: RunPorts = { store, files: noFiles, executor: loneExecutor(), signal: neverAborted, onStage() {} };
const names = ['explained', 'control', 'explained-refined', 'control-refined', 'optimization'];
let problem: DesignCase;
let result: CaseResult;

beforeAll(async () => {
  const { specification } = readSpecification('small.xdesign', { read: () => smallCase(), resolve: (_, target) => target });
  const given = resolveCase(specification!.cases[0]!.case);
  const [own, control] = given.arms;
  problem = {
    ...given,
    optimization: { filter: 1.5, symmetry: 'mirror', best: 3, starts: 6, from: ['frame', 'noise', 'images'] },
    arms: [own, control!, refinedArm(own), refinedArm(control!), { name: 'optimization', proposals: 'starts', construct: 'optimize' }],
  };
  const values = await runCase(problem, ports);
  if (!values.ok) throw new Error(values.findings[0]!.message);
  result = assembleCaseResult(problem, values.value, { stages: [], secondsOf: () => 1 })!;
}, 120_000);

const armOf = (name: string): CaseResult['arms'][number] => result.arms.find((arm) => arm.name === name)!;

test('they are arms of the result after those that they begin with', () => {
  expect(result.arms.map(({ name }) => name)).toEqual(names);
});

test('the best designs of an arm are refined, and each gains', () => {
  for (const name of ['explained', 'control']) {
    const [parents, refined] = [armOf(name), armOf(`${name}-refined`)];
    expect(refined.attempts).toBe(3);
    expect(refined.designs.length).toBeGreaterThan(0);
    for (const { parent, source, objectiveValue, feasible } of refined.designs) {
      const before = parents.designs.find(({ candidate }) => candidate === parent!.candidate)!;
      expect(parents.designs.indexOf(before)).toBeLessThan(3);
      expect(parent!.arm).toBe(name);
      expect(source).toEqual(before.source);
      if (feasible) expect(objectiveValue).toBeGreaterThan(before.objectiveValue);
    }
  }
});

test('starts come from their sources by turns: a frame once, then noise and the best images', () => {
  const { designs, attempts } = armOf('optimization');
  expect(attempts).toBe(6);
  const images = designs.flatMap(({ source }) => (source.kind === 'image' ? [source.image] : []));
  const starts = designs.flatMap(({ source }) => (source.kind === 'start' ? [`${source.family} ${source.number}`] : []));
  expect(images).toContain(result.database.best.index);
  expect(starts).toContain('frame 0');
  expect(starts).not.toContain('frame 1');
  expect([...starts, ...images].length).toBe(designs.length);
});

test('the best cell of such an arm is also tested at twice the resolution', () => {
  for (const { designs, cells, spec } of result.arms) {
    const tested = designs.flatMap(({ finer }, i) => (finer ? [{ finer, i }] : []));
    expect(tested.map(({ i }) => i)).toEqual(spec.construct === 'optimize' ? [0] : []);
    for (const { finer } of tested) {
      const alone = createVirtualTester(64, problem.phases, { kind: problem.test, plane: problem.plane }).run(enlarge(unpackImage(cells, 0), 2));
      expect(finer.youngsModulus!.x / alone.youngsModulus!.x).toBeCloseTo(1, 6);
    }
  }
});

describe('what the optimizations came to', () => {
  test('has a run for each start, grouped by what it began with', () => {
    const { runs, groups, settings } = result.optimization!;
    expect(settings).toEqual({ filter: 1.5, symmetry: 'mirror' });
    expect(groups.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['refined explained', 'refined control', 'starts frame', 'starts noise', 'starts images']);
    expect(groups.map((group) => group.runs)).toEqual([3, 3, 1, 3, 2]);
    expect(runs.map(({ group }) => group)).toEqual(groups.flatMap(({ name, runs: count }) => new Array<string>(count).fill(name)));
    for (const { origin, arm } of runs) expect(origin.kind === 'parent' ? `${origin.arm}-refined` : 'optimization').toBe(arm);
  });

  test('a run ends with the value of its design, and a refined one begins with that of its parent', () => {
    const { runs, bestKnown, groups } = result.optimization!;
    for (const { arm, design, cuts, final, iterations, solverIterations, refined, origin, cell } of runs) {
      const { designs, cells } = armOf(arm);
      expect(cuts.iterations.at(-1)).toBe(iterations);
      expect(cuts.solverIterations.at(-1)).toBe(solverIterations);
      if (design !== undefined) {
        expect(cell).toEqual(cells.packed.slice((design * cells.packed.length) / cells.count, ((design + 1) * cells.packed.length) / cells.count));
        expect(cuts.values.at(-1)! / designs[design]!.objectiveValue).toBeCloseTo(1, 6);
        expect(final !== undefined).toBe(designs[design]!.feasible);
        expect(final === undefined || final <= bestKnown).toBe(true);
      }
      if (origin.kind !== 'parent') continue;
      const parent = armOf(origin.arm).designs[refined!.design]!;
      expect(parent.candidate).toBe(origin.candidate);
      expect(refined).toEqual({ design: refined!.design, before: parent.objectiveValue, after: cuts.values.at(-1) });
    }
    expect(groups.some(({ best }) => best !== undefined && best / bestKnown > 0.999)).toBe(true);
  });

  test('compares refined own designs with each group of at least two', () => {
    const { comparisons, targets } = result.optimization!;
    expect(targets.map(({ value }) => value / result.optimization!.bestKnown)).toEqual([expect.closeTo(0.99, 12), expect.closeTo(0.999, 12)]);
    expect(comparisons.map(({ groups: [first, second] }) => `${first} ${second}`)).toEqual(['explained control', 'explained noise', 'explained images']);
    expect(comparisons.flatMap(({ hittingTimes }) => hittingTimes).some((times) => times !== undefined)).toBe(true);
  });
});

test('designs are compared with the cells of optimizations that did not begin with them', () => {
  const { nearest, unrelated } = findResemblances(result)!;
  const { designs, cells } = armOf('explained');
  expect(nearest.map(({ design }) => design)).toEqual(designs.slice(0, 12).map((_, i) => i));
  for (const { design, run, agreement, cell } of nearest) {
    const { refined, origin } = result.optimization!.runs[run]!;
    if (origin.kind === 'parent' && origin.arm === 'explained') expect(refined!.design).not.toBe(design);
    const own = unpackImage(cells, design).data;
    expect(agreement).toBe(own.filter((value, p) => value === cell.data[p]).length / own.length);
  }
  expect(unrelated).toMatchObject({ pairs: 28 });
  expect(unrelated!.agreement).toBeGreaterThan(0.5);
  expect(unrelated!.largestAgreement).toBeGreaterThan(unrelated!.agreement);
});

describe('a killed optimization', () => {
  const arm = 'optimization';
  const stageKey = (events: Parameters<RunPorts['onStage']>[0][]): string => events.find((event) => event.stage === 'construct' && event.arm === arm)!.key;

  test('goes on from its slots and ends with the same bytes; what it has come to can be looked at', async () => {
    const whole = openStoredCase(problem, store).readArm(arm, 'candidates');
    const second = createMemoryStore();
    for (const place of ['images', 'tests'] as const) void place;
    const events: Parameters<RunPorts['onStage']>[0][] = [];
    const counted = loneExecutor();
    let reports = 0;
    const dying: Executor = {
      ...counted,
      run: (name, input, listener) =>
        counted.run(name, input, {
          onEvent(event) {
            listener?.onEvent?.(event);
            if (name === 'optimize' && (event as OptimizeEvent).trace && ++reports === 17) throw new Cancelled();
          },
        }),
    };
    const copied = { ...second, get: (key: never) => (second.has(key) ? second.get(key) : isOf(arm, key) ? undefined : store.get(key)) };
    const isOf = (name: string, key: string): boolean => events.some((event) => event.key === key && event.stage === 'construct' && event.arm === name);
    const onStage: RunPorts['onStage'] = (event) => void events.push(event);
    await expect(runCase(problem, { ...ports, store: copied as never, executor: dying, onStage })).rejects.toThrow(Cancelled);

    const slots = { get: (slot: string) => second.getCheckpoint(stageKey(events) as never, slot) };
    const soFar = optimizationsSoFar(slots, 6);
    expect(soFar.filter((run) => run !== undefined).length).toBeGreaterThan(0);
    for (const run of soFar) if (run) expect(run.trace!.cuts.values.length).toBeGreaterThan(1);

    events.length = 0;
    const resumed = await runCase(problem, { ...ports, store: copied as never, onStage });
    expect(events.find((event) => event.stage === 'construct' && event.arm === arm && event.state === 'finished')).toMatchObject({ reused: 'partly' });
    expect(resumed.ok && resumed.value.arms[arm]!.candidates).toStrictEqual(whole);
  });
});

test('traces keep every bit', () => {
  const trace = (count: number): OptimizationTrace => ({
    values: Float64Array.from({ length: count }, (_, i) => Math.PI * i),
    cuts: { iterations: Int32Array.of(0, count), solverIterations: Float64Array.of(3, 9), values: Float64Array.of(NaN, count / 3), feasible: Uint8Array.of(0, 1) },
    cell: Uint8Array.of(count, 255),
  });
  const traces = [trace(3), undefined, trace(7)];
  expect(decodeTraces(structuredClone(encodeTraces(traces)))).toStrictEqual(traces);
  expect(decodeTraces(structuredClone(encodeTraces([undefined])))).toStrictEqual([undefined]);
});
