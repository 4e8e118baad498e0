/* A process that gives up on a job whose result is on its way, and closes: says that it came to the end. */
import { createThreadExecutor } from '#runner/jobs/thread-executor';

const executor = createThreadExecutor({ workers: 1, workerFile: process.argv[2]!, tensorflowWasmPath: '' });
// The jobs are those of jobs-program.ts, not the table's.
const jobs = executor as unknown as { run(name: string, input: number, listener: { onEvent(): never }): Promise<unknown> };
const giveUp = (): never => {
  // Meanwhile the result arrives.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  throw new Error('the disk is full');
};
try {
  await jobs.run('emitAll', 1, { onEvent: giveUp });
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
}
await executor.close();
process.stdout.write('closed\n');
