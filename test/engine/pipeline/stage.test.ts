import { expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { failure, success, type Result } from '#domain/finding';
import type { StageEvent } from '#domain/run-state';
import { createRng } from '#engine/core/rng';
import { neverAborted } from '#engine/core/run-context';
import type { Artifact } from '#engine/core/artifact';
import type { Executor, RunPorts } from '#engine/pipeline/ports';
import { noFiles, runStage, type Stage } from '#engine/pipeline/stage';
import { createMemoryStore } from '#test/support/memory-store';

const problem = { name: 'any' } as DesignCase;

function stageOf(settings: number, outcome: () => Result<Artifact>, version = 1): Stage<Record<never, never>, number> {
  return {
    stage: 'select',
    arm: 'first',
    version,
    describe: () => settings,
    run: async (context) => {
      context.progress(1, 2, context.slots.get('part') && { resumed: 1 });
      context.slots.put('part', { header: {}, arrays: {} });
      return outcome();
    },
    read: ({ header }) => header['value'] as number,
  };
}

test('computes once, then takes the value from the store; other settings or versions compute again', async () => {
  const store = createMemoryStore();
  const events: StageEvent[] = [];
  const ports: RunPorts = { store, files: noFiles, executor: {} as Executor, signal: neverAborted, onStage: (event) => events.push(event) };
  let computed = 0;
  const compute = (): Result<Artifact> => success({ header: { value: 10 + ++computed }, arrays: {} });
  const ask = async (settings: number, version?: number) => {
    const handle = await runStage(stageOf(settings, compute, version), problem, {}, ports, { rng: createRng(1) });
    return handle.ok && handle.value.value;
  };

  expect(await ask(1)).toBe(11);
  expect(await ask(1)).toBe(11);
  expect(await ask(2)).toBe(12);
  expect(await ask(1, 2)).toBe(13);
  expect(events.filter(({ state }) => state === 'finished').map((event) => event.state === 'finished' && event.reused)).toEqual(['nothing', 'everything', 'nothing', 'nothing']);
  // Progress, clocks and records know which arm a stage serves; the value knows its settings alone.
  expect(events.every(({ stage, arm }) => stage === 'select' && arm === 'first')).toBe(true);
  // The parts of a finished value are gone.
  expect(store.slots.size).toBe(0);
});

test('a refusal is an answer, stores no value and keeps the parts', async () => {
  const store = createMemoryStore();
  const ports: RunPorts = { store, files: noFiles, executor: {} as Executor, signal: neverAborted, onStage() {} };
  const handle = await runStage(stageOf(1, () => failure('no', 'refused')), problem, {}, ports, { rng: createRng(1) });
  expect(handle).toEqual(failure('no', 'refused'));
  expect(store.puts).toEqual([]);
  expect(store.slots.size).toBe(1);

  // What resumes from the parts says so, in its progress and at its end.
  const events: StageEvent[] = [];
  await runStage(stageOf(1, () => success({ header: { value: 1 }, arrays: {} })), problem, {}, { ...ports, onStage: (event) => events.push(event) }, { rng: createRng(1) });
  expect(events.map(({ stage: _stage, arm: _arm, key: _key, ...event }) => event)).toEqual([
    { state: 'running' },
    { state: 'running', progress: { done: 1, total: 2, resumed: 1 } },
    { state: 'finished', reused: 'partly' },
  ]);
});
