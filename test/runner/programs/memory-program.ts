/* A process with little heap whose job wants more: says how the job ended, and that the next one works. */
import { setFlagsFromString } from 'node:v8';
import { JobCrashed } from '#runner/executors/job-crashed';
import { createThreadExecutor } from '#runner/executors/thread-executor';

setFlagsFromString('--max-old-space-size=40');
const executor = createThreadExecutor({ workers: 1, workerFile: process.argv[2]!, tensorflowWasmPath: '' });
// The jobs are those of jobs-program.ts, not the table's.
const jobs = executor as unknown as { run(name: string, input: readonly number[]): Promise<unknown> };
try {
  await jobs.run('greedy', []);
} catch (error) {
  if (!(error instanceof JobCrashed)) throw error;
  process.stdout.write(`${error.reason}: ${error.message}\n`);
}
process.stdout.write(`${String(await jobs.run('sum', [1, 2]))}\n`);
await executor.close();
