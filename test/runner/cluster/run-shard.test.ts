import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { BugError, Cancelled, type Executor } from '#engine/api';
import { eventOf, runShard, type ShardTask } from '#runner/cluster/run-shard';
import { eventKinds, readEvent, readReports, readStatus, shardFile, writeOrders, writeReports } from '#runner/cluster/wave-files';
import { decodeMessage, encodeMessage, type JobReport } from '#runner/codec/job-codec';
import { JobCrashed } from '#runner/jobs/job-thread';
import { temporaryFolder } from '#test/support/temporary-folder';

let wave: string;
beforeEach(() => {
  wave = join(temporaryFolder(), '0001');
  mkdirSync(wave);
});

type Job = (input: { readonly number?: number; readonly resumeFrom?: unknown }, onEvent: (event: unknown) => void) => unknown;

function executorOf(job: Job, concurrency = 1): Executor {
  return {
    concurrency,
    sharesMemory: false,
    run: (async (_name: string, input: never, listener?: { onEvent?(event: unknown): void }) => job(input, (event) => listener?.onEvent?.(event))) as unknown as Executor['run'],
  };
}

function order(input: object, name = 'solve'): Uint8Array {
  return encodeMessage({ name, input });
}

function task(job: Job, more: Partial<ShardTask> = {}): ShardTask {
  return { wave, shard: 3, executor: executorOf(job), node: 'here', attempt: '1.0', readInput: () => undefined, hasTime: () => true, ...more };
}

function outputs(kind: 'partial' | 'results'): Record<number, JobReport> {
  const reports = readReports(wave, 3, kind);
  if (typeof reports !== 'object') throw new Error(reports ?? 'no reports');
  return Object.fromEntries([...reports].map(([job, bytes]) => [job, decodeMessage<JobReport>(bytes)]));
}

test('the jobs of a shard leave their results, and nothing else but the state', async () => {
  writeOrders(wave, 3, [order({ number: 2 }), order({ number: 5 })]);
  expect(await runShard(task(({ number }) => number! ** 2))).toBe('finished');
  expect(outputs('results')).toEqual({ 0: { kind: 'result', output: 4 }, 1: { kind: 'result', output: 25 } });
  expect(readReports(wave, 3, 'partial')).toBeUndefined();
  expect(readStatus(wave, 3)).toEqual({ node: 'here', attempt: '1.0', done: 2, events: [] });
  // Submitted once more by mistake, it does nothing.
  expect(await runShard(task(() => expect.fail('it is done')))).toBe('finished');
});

test('what is done is saved when a task has to stop, and not computed again', async () => {
  writeOrders(wave, 3, [order({ number: 2 }), order({ number: 5 }), order({ number: 6 })]);
  const interrupted = task(({ number }) => {
    if (number === 5) throw new Cancelled('stop');
    return number;
  });
  expect(await runShard(interrupted)).toBe('interrupted');
  expect(outputs('partial')).toEqual({ 0: { kind: 'result', output: 2 } });
  const seen: unknown[] = [];
  expect(await runShard(task(({ number }) => (seen.push(number), number)))).toBe('finished');
  expect(seen).toEqual([5, 6]);
  expect(Object.keys(outputs('results'))).toEqual(['0', '1', '2']);
});

test('no job begins when the time ends', async () => {
  writeOrders(wave, 3, [order({ number: 2 }), order({ number: 5 })]);
  let left = 1;
  expect(await runShard(task(({ number }) => number, { hasTime: () => left-- > 0 }))).toBe('interrupted');
  expect(Object.keys(outputs('partial'))).toEqual(['0']);
});

test('an error of a job is its result; a thread that crashed is not', async () => {
  writeOrders(wave, 3, [order({ number: 2 })]);
  expect(await runShard(task(() => Promise.reject(new BugError('it cannot be'))))).toBe('finished');
  expect(outputs('results')[0]).toMatchObject({ kind: 'failure', error: { name: 'BugError', message: 'it cannot be' } });

  writeOrders(wave, 4, [order({ number: 2 })]);
  await expect(runShard({ ...task(() => Promise.reject(new JobCrashed('solve', 'ended', 'ended with exit code 1'))), shard: 4 })).rejects.toThrow(JobCrashed);
  expect(readReports(wave, 4, 'results')).toBeUndefined();
});

test('events without arrays are in the state, the last of each kind; those with arrays are files, with shared memory copied', async () => {
  writeOrders(wave, 3, [order({}, 'optimize')]);
  const shared = new Float64Array(new SharedArrayBuffer(16));
  const reported = task((_, onEvent) => {
    onEvent({ kind: 'backend', refused: [] });
    for (const done of [1, 2]) onEvent({ kind: 'steps', done, total: 2 });
    shared[0] = 7;
    onEvent({ kind: 'epoch', checkpoint: { header: {}, arrays: { weights: shared } } });
    shared[0] = 8;
    throw new Cancelled('stop');
  });
  expect(await runShard(reported)).toBe('interrupted');
  expect(readStatus(wave, 3)).toEqual({
    node: 'here', attempt: '1.0', done: 0,
    events: [
      { job: 0, sequence: 0, kind: 'backend', event: { kind: 'backend', refused: [] } },
      { job: 0, sequence: 2, kind: 'steps', event: { kind: 'steps', done: 2, total: 2 } },
      { job: 0, sequence: 3, kind: 'epoch' },
    ],
  });
  const kept = eventOf(readEvent(wave, 3, 0, 'epoch'))!.event as { checkpoint: { arrays: { weights: Float64Array } } };
  expect([...kept.checkpoint.arrays.weights]).toEqual([7, 0]);
  expect(eventKinds(wave, 3, 0)).toEqual(['epoch']);
});

test('an optimization goes on from the last state that an earlier attempt emitted', async () => {
  writeOrders(wave, 3, [order({ number: 1 }, 'optimize')]);
  const state = (iteration: number) => ({ header: { iteration }, arrays: {} });
  const first = task((_, onEvent) => {
    onEvent({ iterations: 30, trace: { header: {}, arrays: { values: new Float64Array(1) } }, state: { header: { iteration: 30 }, arrays: { x: new Float64Array(1) } } });
    onEvent({ iterations: 35, trace: { header: {}, arrays: { values: new Float64Array(1) } } });
    throw new Cancelled('stop');
  });
  expect(await runShard(first)).toBe('interrupted');
  const inputs: unknown[] = [];
  expect(await runShard(task((input) => (inputs.push(input), 'done')))).toBe('finished');
  expect(inputs).toMatchObject([{ number: 1, resumeFrom: { header: state(30).header } }]);
});

test('orders that are damaged are told; damaged savings are computed again', async () => {
  writeOrders(wave, 3, [order({ number: 2 })]);
  writeReports(wave, 3, 'partial', new Map([[0, encodeMessage({ kind: 'result', output: 99 })]]));
  flip(shardFile(wave, 3, 'partial'));
  expect(await runShard(task(({ number }) => number))).toBe('finished');
  expect(outputs('results')).toEqual({ 0: { kind: 'result', output: 2 } });

  writeOrders(wave, 4, [order({ number: 2 })]);
  flip(shardFile(wave, 4, 'orders'));
  expect(await runShard({ ...task(() => expect.fail('unreadable')), shard: 4 })).toBe('unreadable');
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 9]! ^= 1;
  writeFileSync(path, bytes);
}
