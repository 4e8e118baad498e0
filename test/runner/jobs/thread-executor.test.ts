import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { BugError, Cancelled } from '#engine/api';
import { JobCrashed } from '#runner/jobs/job-thread';
import { coreCount, createThreadExecutor, type RunExecutor } from '#runner/jobs/thread-executor';
import { bundleForTest } from '#test/support/bundle-programs';
import { startProgram } from '#test/support/child-program';
import { slowdown } from '#test/support/slowdown';

let workerFile: string;
let programs: Awaited<ReturnType<typeof bundleForTest>>;
beforeAll(async () => {
  programs = await bundleForTest({
    jobs: 'test/runner/programs/jobs-program.ts',
    closing: 'test/runner/programs/closing-program.ts',
  });
  workerFile = join(programs.folder, 'jobs.mjs');
});
afterAll(() => programs.remove());

/** The executor as the jobs of jobs-program.ts need it: any name. */
interface AnyJobs {
  run(name: string, input?: unknown, listener?: { onEvent(event: unknown): void }): Promise<unknown>;
}

function executorOf(workers: number, file = workerFile): RunExecutor & { readonly any: AnyJobs } {
  const executor = createThreadExecutor({ workers, workerFile: file, tensorflowWasmPath: '/some/folder/' });
  onTestFinished(() => executor.close());
  return Object.assign(executor, { any: executor as unknown as AnyJobs });
}

/** What the promise is rejected with. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then((value) => expect.fail(`resolved with ${String(value)}`), (error: unknown) => error);
}

/** Starts a job that says 'begun' and waits until it has. */
async function begun(executor: { readonly any: AnyJobs }, name: string): Promise<{ readonly end: Promise<unknown> }> {
  return new Promise((resolve) => {
    const end = executor.any.run(name, undefined, { onEvent: () => resolve({ end }) });
    // Whoever started it looks at the end later.
    end.catch(() => undefined);
  });
}

describe('jobs on threads', () => {
  test('answer, each with its own events in order before its result', async () => {
    const executor = executorOf(2);
    const heard: unknown[][] = [[], [], [], []];
    const sums = await Promise.all(
      heard.map(async (events, i) => {
        const sum = await executor.any.run('sum', [i, 10, 100], { onEvent: (event) => events.push(event) });
        expect(events).toStrictEqual([i, i + 10, i + 110]);
        return sum;
      }),
    );
    expect(sums).toStrictEqual([110, 111, 112, 113]);
  });

  test('bring all of many events before the result', async () => {
    const executor = executorOf(1);
    const events: unknown[] = [];
    expect(await executor.any.run('emitAll', 20_000, { onEvent: (event) => events.push(event) })).toBe('end');
    expect(events).toStrictEqual(Array.from({ length: 20_000 }, (_, i) => i));
  });

  test('wait until what they tell was heard', async () => {
    const executor = executorOf(1);
    const numbers: number[] = [];
    expect(await executor.any.run('tellAll', 200, { onEvent: (event) => numbers.push((event as Int32Array)[0]!) })).toBe(200);
    expect(numbers).toStrictEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  test('as many as there are workers run at once on threads of their own and may wait for each other', async () => {
    const executor = executorOf(4);
    expect(executor.concurrency).toBe(4);
    for (let round = 0; round < 3; round++) {
      const counter = new Int32Array(new SharedArrayBuffer(4));
      const threads = await Promise.all(Array.from({ length: 4 }, () => executor.any.run('meet', { counter, members: 4 })));
      expect(new Set(threads).size).toBe(4);
    }
  });

  test('more than there are workers wait for a thread that is free again', async () => {
    const executor = executorOf(2);
    const threads = await Promise.all(Array.from({ length: 8 }, async () => executor.any.run('threadNumber')));
    expect(new Set(threads).size).toBeLessThanOrEqual(2);
  });

  test('start new threads after the idle ones were released; one with a job goes on', async () => {
    const executor = executorOf(2);
    const first = await executor.any.run('threadNumber');
    const { end } = await begun(executor, 'polite');
    const second = await executor.any.run('threadNumber');
    await executor.release();
    const third = await executor.any.run('threadNumber');
    expect(new Set([first, second, third]).size).toBe(3);
    executor.cancel();
    expect(await errorOf(end)).toBeInstanceOf(Cancelled);
  });

  test('wait their turn in the order they came', async () => {
    const executor = executorOf(1);
    const order: number[] = [];
    await Promise.all(Array.from({ length: 5 }, async (_, i) => executor.any.run('sum', [i], { onEvent: (event) => order.push(event as number) })));
    expect(order).toStrictEqual([0, 1, 2, 3, 4]);
  });

  test('share memory that is shared, and know where TensorFlow.js lies', async () => {
    const executor = executorOf(1);
    const shared = new Float64Array(new SharedArrayBuffer(64));
    await executor.any.run('fillShared', shared);
    expect([...shared]).toStrictEqual(new Array(8).fill(7));
    expect(await executor.any.run('wasmPath')).toBe('/some/folder/');
  });

  test('get a thread for each core where nothing else is said', () => {
    expect(coreCount()).toBeGreaterThanOrEqual(1);
    expect(() => createThreadExecutor({ workers: 0, workerFile, tensorflowWasmPath: '' })).toThrow(BugError);
    expect(() => createThreadExecutor({ workers: 1.5, workerFile, tensorflowWasmPath: '' })).toThrow(BugError);
  });
});

describe('errors', () => {
  test('cross threads with name, message, stack and cause; bugs stay bugs', async () => {
    const executor = executorOf(1);
    const ordinary = (await errorOf(executor.any.run('fail', 'error'))) as Error;
    expect(ordinary).toMatchObject({ name: 'Error', message: 'an ordinary error' });
    // The stack names the place in the source.
    expect(ordinary.stack).toContain('jobs-program.ts:');
    const bug = await errorOf(executor.any.run('fail', 'bug'));
    expect(bug).toBeInstanceOf(BugError);
    expect(bug).toMatchObject({ name: 'BugError', message: 'a broken promise' });
    const range = (await errorOf(executor.any.run('fail', 'range'))) as Error;
    expect(range).toMatchObject({ name: 'RangeError', message: 'too far' });
    expect(range.cause).toBeInstanceOf(BugError);
    expect(await errorOf(executor.any.run('fail', 'text'))).toMatchObject({ message: 'thrown: only a text' });
    expect(await errorOf(executor.any.run('toString'))).toMatchObject({ name: 'BugError', message: 'no job is called "toString"' });
    expect(await executor.any.run('sum', [1])).toBe(1);
  });

  test('of what cannot be cloned are errors of that job alone', async () => {
    const executor = executorOf(1);
    expect(await errorOf(executor.any.run('sum', () => 1))).toMatchObject({ name: 'DataCloneError' });
    expect(await errorOf(executor.any.run('answerFunction'))).toMatchObject({ name: 'DataCloneError' });
    expect(await errorOf(executor.any.run('emitFunction'))).toMatchObject({ name: 'DataCloneError' });
    expect(await executor.any.run('sum', [1])).toBe(1);
  });

  test('of a listener stop its job, and the executor stays usable', async () => {
    const executor = executorOf(1);
    let events = 0;
    const failing = executor.any.run('polite', undefined, {
      onEvent: () => {
        events++;
        throw new RangeError('the disk is full');
      },
    });
    expect(await errorOf(failing)).toMatchObject({ message: 'the disk is full' });
    expect(await executor.any.run('sum', [1, 2])).toBe(3);
    expect(events).toBe(1);
  });

  test.each([
    ['failAside', 'failed', 'aside'],
    ['leave', 'ended', 'exit code 3'],
  ] as const)('outside the job (%s) cost the thread, name the job, and the executor stays usable', async (name, reason, message) => {
    const executor = executorOf(2);
    const other = executor.any.run('sum', [5]);
    const error = await errorOf(executor.any.run(name));
    expect(error).toBeInstanceOf(JobCrashed);
    expect(error).toMatchObject({ job: name, reason });
    expect((error as Error).message).toContain(`"${name}"`);
    expect((error as Error).message).toContain(message);
    expect(await other).toBe(5);
    expect(await Promise.all([executor.any.run('sum', [1]), executor.any.run('sum', [2])])).toStrictEqual([1, 2]);
  });

  test('of a worker file that is not there do not hang', async () => {
    const executor = executorOf(2, '/nowhere/worker.mjs');
    const errors = await Promise.all([1, 2, 3].map(async (i) => errorOf(executor.any.run('sum', [i]))));
    for (const error of errors) expect(error).toMatchObject({ name: 'JobCrashed', message: expect.stringContaining('/nowhere/worker.mjs') as string });
  });
});

describe('cancelling', () => {
  test('rejects waiting jobs at once, polite ones soon, and refuses new ones', async () => {
    const executor = executorOf(2);
    const jobs = await Promise.all([begun(executor, 'polite'), begun(executor, 'polite')]);
    const waiting = executor.any.run('sum', [1]);
    expect(executor.signal.aborted).toBe(false);
    const start = performance.now();
    executor.cancel();
    expect(executor.signal.aborted).toBe(true);
    expect(() => executor.signal.throwIfAborted()).toThrow(Cancelled);
    const errors = await Promise.all([waiting, ...jobs.map((job) => job.end), executor.any.run('sum', [2])].map(errorOf));
    for (const error of errors) expect(error).toBeInstanceOf(Cancelled);
    // Within the grace: nobody had to be ended.
    expect(performance.now() - start).toBeLessThan(950 * slowdown());
  });

  test.each(['stubborn', 'lonely'])('ends threads that hear nothing (%s) within two seconds', async (name) => {
    const executor = executorOf(2);
    const jobs = await Promise.all([begun(executor, name), begun(executor, name)]);
    const start = performance.now();
    executor.cancel();
    executor.cancel();
    for (const { end } of jobs) expect(await errorOf(end)).toBeInstanceOf(Cancelled);
    await executor.close();
    const milliseconds = performance.now() - start;
    expect(milliseconds).toBeGreaterThan(900);
    expect(milliseconds).toBeLessThan(2000 * slowdown());
  });

  test('by closing ends everything at once', async () => {
    const executor = executorOf(2);
    const jobs = await Promise.all([begun(executor, 'stubborn'), begun(executor, 'polite')]);
    const waiting = executor.any.run('sum', [1]);
    const ends = [...jobs.map((job) => job.end), waiting].map(errorOf);
    const start = performance.now();
    await executor.close();
    expect(performance.now() - start).toBeLessThan(900 * slowdown());
    for (const error of await Promise.all(ends)) expect(error).toBeInstanceOf(Cancelled);
    expect(await errorOf(executor.any.run('sum', [2]))).toBeInstanceOf(Cancelled);
    await executor.close();
  });

  test('by closing keeps the process alive until all have ended, also while a result is on its way', async () => {
    const program = startProgram(join(programs.folder, 'closing.mjs'), workerFile);
    expect(await program.line()).toBe('the disk is full');
    expect(await program.line()).toBe('closed');
    expect(await program.ended()).toStrictEqual({ code: 0, signal: null, errors: '' });
  });
});
