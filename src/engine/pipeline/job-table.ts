import type { RunContext } from '#engine/core/run-context';

/** One kind of job: what goes in, what it says while it runs, what comes out. All plain data. */
export interface Job {
  readonly input: unknown;
  readonly event: unknown;
  readonly output: unknown;
}

/** Filled in by the stages; here only a job that tests executors: it adds numbers, one event each. */
export interface JobTable {
  readonly sum: { readonly input: readonly number[]; readonly event: number; readonly output: number };
}
export type JobName = keyof JobTable;

/** What a job's function gets beside its input. */
export interface JobContext<N extends JobName> extends RunContext {
  emit(event: JobTable[N]['event']): void;
  /** Folder or URL prefix of the TensorFlow.js WebAssembly files, ending in a slash. */
  readonly tensorflowWasmPath: string;
}

export type JobFunctions = {
  readonly [N in JobName]: (context: JobContext<N>, input: JobTable[N]['input']) => Promise<JobTable[N]['output']>;
};

/** The functions of all jobs: what a worker thread looks a name up in. */
export const jobFunctions: JobFunctions = {
  async sum(context, input) {
    let total = 0;
    for (const value of input) {
      context.signal.throwIfAborted();
      total += value;
      context.emit(total);
    }
    return total;
  },
};
