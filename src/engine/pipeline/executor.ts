import type { JobName, JobTable } from './job-table';

/** What a caller of a job hears while it runs. */
export interface JobListener<N extends JobName> {
  /** Events the job emits before its result, in order. */
  onEvent?(event: JobTable[N]['event']): void;
}

/**
 * Runs jobs somewhere: in this thread (tests), on worker threads, later on a cluster. Inputs, events
 * and outputs are plain data that can be cloned; SharedArrayBuffers are shared, not copied.
 */
export interface Executor {
  /** How many jobs run at once. */
  readonly concurrency: number;
  /** Rejects with `Cancelled` when the run was cancelled, with the job's error otherwise. */
  run<N extends JobName>(name: N, input: JobTable[N]['input'], listener?: JobListener<N>): Promise<JobTable[N]['output']>;
}
