/* A process with little heap whose job wants more: says how the job ended, and that the next one works. */
import { setFlagsFromString } from 'node:v8';
import { JobCrashed } from '#runner/executors/job-crashed';
import { createThreadExecutor } from '#runner/executors/thread-executor';

setFlagsFromString('--max-old-space-size=40');
const executor = createThreadExecutor({ workers: 1, workerFile: process.argv[2]!, tensorflowWasmPath: '' });
try {
  await executor.run('greedy' as 'sum', []);
} catch (error) {
  if (!(error instanceof JobCrashed)) throw error;
  process.stdout.write(`${error.reason}: ${error.message}\n`);
}
process.stdout.write(`${await executor.run('sum', [1, 2])}\n`);
await executor.close();
