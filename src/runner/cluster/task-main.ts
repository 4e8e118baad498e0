/*
 * The program of a task: `node task.mjs WAVE SHARD CORES ATTEMPT END`. It runs on a node that has nothing but the disk
 * that it shares with the submitting machine. END is the time in seconds since 1970 at which the batch system ends the
 * task, 0 where it is not known.
 */
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { createThreadExecutor } from '#runner/jobs/thread-executor';
import { bundlePaths } from '#runner/machine';
import { runShard } from './run-shard';
import { taskStatus } from './task-script';
import { readInput } from './wave-files';

keepNumbersApart();

/** Seconds before the end at which no job begins. */
const reserve = 60;

const [wave, shard, cores, attempt, end] = process.argv.slice(2) as [string, string, string, string, string];
const executor = createThreadExecutor({ workers: Number(cores), ...bundlePaths });
process.on('SIGTERM', () => executor.cancel()).on('SIGINT', () => executor.cancel());

const outcome = await runShard({
  wave,
  shard: Number(shard),
  executor,
  node: hostname(),
  attempt,
  readInput: (key) => readInput(dirname(wave), key),
  hasTime: () => end === '0' || Date.now() / 1000 < Number(end) - reserve,
}).catch((error: unknown) => {
  console.error(error);
  return 'crashed' as const;
});
await executor.close();
process.exitCode = taskStatus[outcome];
console.log(`Shard ${shard}: ${outcome}.`);
