/* One worker thread as the starting thread sees it: one job at a time, or lost. */
import { Worker } from 'node:worker_threads';
import { BugError, ensure } from '#engine/api';
import { fromPortableError } from '#runner/codec/portable-error';
import type { JobOrder } from '#runner/codec/job-codec';
import { createSharedFlag, type ThreadReport, setSharedFlag, type ThreadBirth } from './thread-messages';

export interface JobThread {
  /** 'idle': takes a job. 'lost': it crashed or was ended, and never will again. */
  state(): 'idle' | 'busy' | 'lost';
  /** Runs a job; `onEvent` receives each event before the promise settles. A listener's error stops the job and rejects. */
  run(order: JobOrder, onEvent: ((event: unknown) => void) | undefined): Promise<unknown>;
  /** Requests that the job stop when it next checks its signal. */
  requestStop(): void;
  /** Ends the thread at once, whatever it does; the job under way is rejected with the reason. */
  end(reason: Error): Promise<void>;
}

interface CurrentJob {
  readonly name: string;
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Starts a thread on the bundle `workerFile`. `onChange` is called when it has become idle or lost. */
export function startJobThread(workerFile: string, tensorflowWasmPath: string, onChange: () => void): JobThread {
  const flag = createSharedFlag();
  const worker = new Worker(workerFile, {
    name: 'xdesign-job',
    workerData: { flag, tensorflowWasmPath } satisfies ThreadBirth,
    // Not the options of the process, which may be a test runner or an editor; stacks name our sources.
    execArgv: ['--enable-source-maps'],
  });
  // An idle thread does not keep the process alive.
  worker.unref();
  let current: CurrentJob | undefined;
  let lost = false;

  /** Takes the job off the thread. Settling a promise twice does nothing, so a listener's error comes first. */
  const finish = (): CurrentJob | undefined => {
    const job = current;
    current = undefined;
    return job;
  };
  const lose = (describe: (job: string) => Error): void => {
    const wasLost = lost;
    lost = true;
    const job = finish();
    job?.reject(describe(job.name));
    if (!wasLost) onChange();
  };

  worker.on('message', (report: ThreadReport) => {
    // Messages of a thread that is being ended are ignored; releasing it now would end the process before it.
    if (lost) return;
    if (report.kind === 'event') {
      try {
        current?.onEvent?.(report.event);
      } catch (error) {
        current?.reject(error);
        current = current && { ...current, onEvent: undefined };
        setSharedFlag(flag, 'raised');
      }
      if (report.received) setSharedFlag(report.received, 'raised');
      return;
    }
    const job = finish();
    if (report.kind === 'result') job?.resolve(report.output);
    else job?.reject(fromPortableError(report.error));
    worker.unref();
    onChange();
  });
  worker.on('messageerror', (error) => {
    lose((job) => new BugError(`what job "${job}" said cannot be read: ${error.message}`));
    void worker.terminate();
  });
  worker.on('error', (error: Error) => lose((job) => new JobCrashed(job, 'failed', `failed: ${error.message}`, error)));
  worker.on('exit', (code) => lose((job) => new JobCrashed(job, 'ended', `ended with exit code ${code}`)));

  return {
    state: () => (lost ? 'lost' : current ? 'busy' : 'idle'),
    run(order, onEvent) {
      ensure(!lost && !current, 'a thread runs one job at a time');
      setSharedFlag(flag, 'lowered');
      worker.postMessage(order);
      worker.ref();
      return new Promise((resolve, reject) => {
        current = { name: order.name, onEvent, resolve, reject };
      });
    },
    requestStop: () => setSharedFlag(flag, 'raised'),
    async end(reason) {
      lose(() => reason);
      await worker.terminate();
    },
  };
}

/**
 * Why a thread was lost: 'failed' is an error outside any job's function, 'ended' an exit without one.
 * A thread whose heap is full is 'failed' where V8 lets Node say so; else V8 ends the whole process, and the
 * next run resumes from stored results.
 */
export type CrashReason = 'failed' | 'ended';

/** A worker thread was lost during its job. The executor continues with a new thread. */
export class JobCrashed extends Error {
  override readonly name = 'JobCrashed';
  readonly job: string;
  readonly reason: CrashReason;

  constructor(job: string, reason: CrashReason, detail: string, cause?: unknown) {
    super(`the worker thread of job "${job}" ${detail}`, cause === undefined ? undefined : { cause });
    this.job = job;
    this.reason = reason;
  }
}
