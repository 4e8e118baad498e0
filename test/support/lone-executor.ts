import { jobFunctions, type JobName } from '#engine/pipeline/jobs/job-table';
import type { Executor } from '#engine/pipeline/ports';
import { loneJob } from './lone-job';

type AnyJob = (context: ReturnType<typeof loneJob<unknown>>, input: unknown) => Promise<never>;

/** Runs jobs one after another in the thread of the test; counts them by name. */
export function loneExecutor(): Executor & { readonly counts: Map<JobName, number> } {
  const counts = new Map<JobName, number>();
  return {
    concurrency: 1,
    sharesMemory: true,
    counts,
    run(name, input, listener) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return (jobFunctions[name] as AnyJob)(loneJob((event) => listener?.onEvent?.(event as never)), input);
    },
  };
}
