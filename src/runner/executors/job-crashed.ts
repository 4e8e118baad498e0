/**
 * Why a thread was lost: 'failed' is an error outside any job's function, 'ended' an exit without one.
 * A thread whose heap is full is 'failed' where V8 lets Node say so; else V8 ends the whole process, and the
 * next run goes on from what is stored.
 */
export type CrashReason = 'failed' | 'ended';

/** A worker thread died under its job. The executor goes on with a new thread. */
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
