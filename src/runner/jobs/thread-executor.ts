/*
 * Jobs on worker threads of this process. Threads start when they are needed, up to `workers`, and take
 * one job at a time: so `workers` jobs that are started together run at the same time, each on a thread
 * of its own, and may wait for each other (a training team does).
 *
 * Cancelling raises a flag in shared memory that jobs look at; threads that do not end by themselves
 * within a second are ended, whatever they compute.
 */
import { availableParallelism } from 'node:os';
import { machineMemory } from '#runner/machine';
import { type CancellationSignal, Cancelled, ensure, type Executor } from '#engine/api';
import { createSharedFlag, setSharedFlag, signalOf } from './thread-messages';
import { type JobThread, startJobThread } from './job-thread';

export interface ThreadExecutorSettings {
  /** How many jobs run at once, ≥ 1. */
  readonly workers: number;
  /** Path of the bundle that the threads run (dist/worker.mjs). */
  readonly workerFile: string;
  /** Folder or URL prefix of the TensorFlow.js WebAssembly files, ending in a slash. */
  readonly tensorflowWasmPath: string;
}

/** The number of threads that this machine has cores for. */
export function coreCount(): number {
  return availableParallelism();
}

/** Time that cancelled jobs get to end by themselves. */
const graceMs = 1000;

interface WaitingJob {
  readonly name: string;
  readonly input: unknown;
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * An executor on `workers` threads. A thread that crashes rejects its job with `JobCrashed` and is
 * replaced; a job's own error arrives with its name, message and stack, a `BugError` as one.
 */
export function createThreadExecutor({ workers, workerFile, tensorflowWasmPath }: ThreadExecutorSettings): RunExecutor {
  ensure(Number.isInteger(workers) && workers >= 1, `${workers} workers`);
  const flag = createSharedFlag();
  const signal = signalOf(flag);
  const threads = new Set<JobThread>();
  let waiting: WaitingJob[] = [];

  const cancelled = (): Cancelled => new Cancelled('the run was cancelled');

  /** An idle thread, a new one if there may be more, or none. */
  const freeThread = (): JobThread | undefined => {
    for (const thread of threads) if (thread.state() === 'idle') return thread;
    if (threads.size >= workers) return undefined;
    const thread: JobThread = startJobThread(workerFile, tensorflowWasmPath, () => {
      if (thread.state() === 'lost') threads.delete(thread);
      startWaiting();
    });
    threads.add(thread);
    return thread;
  };

  const startWaiting = (): void => {
    while (waiting.length > 0) {
      const thread = freeThread();
      if (!thread) return;
      const { name, input, onEvent, resolve, reject } = waiting.shift()!;
      try {
        thread.run({ name, input }, onEvent).then(resolve, reject);
      } catch (error) {
        // The input cannot be cloned; the thread never saw the job.
        reject(error);
      }
    }
  };

  const refuseWaiting = (): void => {
    setSharedFlag(flag, 'raised');
    const refused = waiting;
    waiting = [];
    for (const job of refused) job.reject(cancelled());
  };

  return {
    concurrency: workers,
    sharesMemory: true,
    memory: machineMemory(),
    signal,
    run: (name, input, listener) =>
      new Promise<never>((resolve, reject) => {
        if (signal.aborted) return reject(cancelled());
        const onEvent = listener?.onEvent && ((event: unknown) => listener.onEvent?.(event as never));
        waiting.push({ name, input, onEvent, resolve: resolve as (output: unknown) => void, reject });
        startWaiting();
      }),
    cancel() {
      if (signal.aborted) return;
      refuseWaiting();
      for (const thread of threads) thread.requestStop();
      // Busy threads keep the process alive, so this does not have to.
      setTimeout(() => {
        for (const thread of [...threads]) if (thread.state() === 'busy') void thread.end(cancelled());
      }, graceMs).unref();
    },
    async release() {
      await Promise.all([...threads].filter((thread) => thread.state() === 'idle').map((thread) => thread.end(cancelled())));
    },
    async close() {
      refuseWaiting();
      await Promise.all([...threads].map((thread) => thread.end(cancelled())));
    },
  };
}

/** The executor of one run, to be closed by its creator. */
export interface RunExecutor extends Executor {
  /** Bytes that the jobs under way may take together. */
  readonly memory: number;
  /** Aborted from `cancel` on. */
  readonly signal: CancellationSignal;
  /**
   * Ends the run: jobs that wait are rejected with `Cancelled` at once, jobs under way soon; new ones are refused. Where jobs outlive this
   * process, they go on after an interruption.
   */
  cancel(why?: 'requested' | 'interrupted'): void;
  /**
   * Frees the memory of threads that have no job: WebAssembly memory never shrinks, and an idle thread collects no garbage. Later jobs
   * start new threads.
   */
  release(): Promise<void>;
  /** Frees everything. What still runs is rejected with `Cancelled`. */
  close(): Promise<void>;
}
