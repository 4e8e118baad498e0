/* A worker thread with jobs that behave in every way a job can; bundled for tests of executors. */
import { threadId } from 'node:worker_threads';
import { BugError, type JobContext } from '#engine/api';
import { serveJobs } from '#runner/jobs/serve-jobs';

type Context = JobContext<unknown>;

/** Adds numbers and says each partial sum. */
async function sum(context: Context, input: readonly number[]): Promise<number> {
  let total = 0;
  for (const value of input) {
    context.signal.throwIfAborted();
    total += value;
    context.emit(total);
  }
  return total;
}

/** Counts the members that have come and waits until all are there; says on which thread. */
async function meet(_: Context, { counter, members }: { counter: Int32Array<SharedArrayBuffer>; members: number }): Promise<number> {
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
  for (let come = Atomics.load(counter, 0); come < members; come = Atomics.load(counter, 0)) Atomics.wait(counter, 0, come);
  return threadId;
}

/** Looks at its signal, as every job of ours does. */
async function polite(context: Context): Promise<void> {
  context.emit('begun');
  for (;;) context.signal.throwIfAborted();
}

/** A kernel in a long loop: looks at nothing. */
async function stubborn(context: Context): Promise<void> {
  context.emit('begun');
  for (;;) Math.sqrt(2);
}

/** Waits for a member that never comes. */
async function lonely(context: Context): Promise<void> {
  context.emit('begun');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

async function fail(_: Context, kind: 'bug' | 'error' | 'range' | 'text'): Promise<never> {
  if (kind === 'bug') throw new BugError('a broken promise');
  if (kind === 'range') throw new RangeError('too far', { cause: new BugError('below it') });
  if (kind === 'text') throw 'only a text';
  throw new Error('an ordinary error');
}

/** An error that no promise of the job brings back. */
async function failAside(): Promise<never> {
  setTimeout(() => {
    throw new Error('aside');
  }, 0);
  return new Promise<never>(() => undefined);
}

async function leave(): Promise<never> {
  process.exit(3);
}

async function emitAll(context: Context, count: number): Promise<string> {
  for (let i = 0; i < count; i++) context.emit(i);
  return 'end';
}

/** Tells its memory with a number in it, and changes the number as soon as it was heard. */
async function tellAll(context: Context, count: number): Promise<number> {
  const number = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < count; i++) {
    number[0] = i;
    await context.emitAndWait(number);
    number[0] = -1;
    context.signal.throwIfAborted();
  }
  return count;
}

async function fillShared(_: Context, shared: Float64Array<SharedArrayBuffer>): Promise<void> {
  shared.fill(7);
}

async function wasmPath(context: Context): Promise<string> {
  return context.tensorflowWasmPath;
}

serveJobs({
  sum, meet, polite, stubborn, lonely, fail, failAside, leave, emitAll, tellAll, fillShared, wasmPath,
  threadNumber: async () => threadId,
  answerFunction: async () => () => 1,
  emitFunction: async (context: Context) => context.emit(() => 1),
});
