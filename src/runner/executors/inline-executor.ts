/*
 * Jobs in this very thread, one after another: for tests, where the order of things must be plain. As
 * between threads, inputs, events and outputs are cloned, so what could not cross a thread fails here
 * too.
 */
import type { JobContext, JobName } from '#engine/api';
import { jobFunctions } from '#engine/jobs';
import { createSharedFlag, setSharedFlag, signalOf } from '#runner/workers/shared-signal';
import type { JobFunctionsByName } from '#runner/workers/serve-jobs';
import type { RunExecutor } from './run-executor';

export interface InlineExecutorSettings {
  /** Folder or URL prefix of the TensorFlow.js WebAssembly files, ending in a slash. */
  readonly tensorflowWasmPath: string;
}

/** An executor without threads. Cancellation is heard by the job under way at its next look. */
export function createInlineExecutor({ tensorflowWasmPath }: InlineExecutorSettings): RunExecutor {
  const flag = createSharedFlag();
  const signal = signalOf(flag);
  const functions: JobFunctionsByName = jobFunctions;
  let last: Promise<unknown> = Promise.resolve();

  const run = async (name: JobName, input: unknown, onEvent: ((event: unknown) => void) | undefined): Promise<unknown> => {
    signal.throwIfAborted();
    const context: JobContext<unknown> = {
      signal,
      emit: (event) => onEvent?.(structuredClone(event)),
      tensorflowWasmPath,
    };
    const output = await functions[name]!(context as JobContext<never>, structuredClone(input) as never);
    return structuredClone(output);
  };

  return {
    concurrency: 1,
    signal,
    run(name, input, listener) {
      const job = last.then(() => run(name, input, listener?.onEvent as ((event: unknown) => void) | undefined));
      // The next job starts when this one has ended, however it ended.
      last = job.catch(() => undefined);
      return job as ReturnType<RunExecutor['run']> as never;
    },
    cancel: () => setSharedFlag(flag, 'raised'),
    async close() {
      setSharedFlag(flag, 'raised');
      await last;
    },
  };
}

