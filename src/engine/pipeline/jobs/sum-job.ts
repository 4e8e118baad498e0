import type { JobContext } from '../job-context';

/** Adds numbers and says each partial sum: the job that shows that an executor works. */
export async function sumJob(context: JobContext<number>, input: readonly number[]): Promise<number> {
  let total = 0;
  for (const value of input) {
    context.signal.throwIfAborted();
    total += value;
    context.emit(total);
  }
  return total;
}
