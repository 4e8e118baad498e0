/*
 * `npm run bench -- cluster`: what a task of Slurm costs beside a thread. A Slurm of this machine alone runs tasks of one
 * core each, as many as there are cores, and the same number of threads computes the same chunks, alternately. Needs root
 * (scripts/slurm/one-node.mjs says why).
 *
 * Arguments: root of the project, folder of the bundles (both from scripts/bench.mjs), then options.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packImages } from '#engine/grid/microstructure-batch';
import { createClusterExecutor } from '#runner/cluster/cluster-executor';
import { standardSettings } from '#runner/cluster/cluster-settings';
import { provideProgram } from '#runner/cluster/node-program';
import { createSlurmQueue } from '#runner/cluster/slurm-queue';
import { secondsOfJob } from '#runner/estimate/estimate-job';
import { createThreadExecutor, type RunExecutor } from '#runner/jobs/thread-executor';
import type { JobTable } from '#engine/pipeline/ports';
import { boronInAluminum, databaseImage } from './images';
import { median, table } from './outcome';

const [root, folder, ...words] = process.argv.slice(2) as [string, string, ...string[]];
const { values: options } = parseArgs({
  args: words,
  options: { images: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '3' }, tasks: { type: 'string', default: '2' }, shards: { type: 'string', default: '16' } },
});
const [count, rounds, tasks, shards] = [options.images, options.rounds, options.tasks, options.shards].map(Number) as [number, number, number, number];
const chunk = 20;
const floor = 0.95;

interface OneNode {
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}
const harness = (await import(join(root, 'scripts/slurm/one-node.mjs'))) as { whyNot(): string | undefined; startOneNode(settings: { cores: number }): Promise<OneNode> };
const reason = harness.whyNot();
if (reason === undefined) await measure();
else console.log(`Nothing is measured: ${reason}.`);

async function measure(): Promise<void> {
  const orders: JobTable['solve']['input'][] = [];
  for (let from = 0; from < count; from += chunk) {
    const images = Array.from({ length: Math.min(chunk, count - from) }, (_, i) => databaseImage(128, from + i));
    orders.push({ batch: packImages(images, 128), phases: boronInAluminum, settings: { kind: 'periodic', plane: 'plane-stress' } });
  }
  const estimated = orders.reduce((sum, order) => sum + secondsOfJob('solve', order), 0);
  const node = await harness.startOneNode({ cores: tasks });
  process.env['SLURM_CONF'] = node.env['SLURM_CONF'];
  const seconds: { readonly threads: number[]; readonly few: number[]; readonly many: number[] } = { threads: [], few: [], many: [] };
  const answers = new Set<string>();
  const time = async (executor: RunExecutor, into: number[]): Promise<void> => {
    const start = performance.now();
    const results = await Promise.all(orders.map((order) => executor.run('solve', order)));
    into.push((performance.now() - start) / 1000);
    answers.add(JSON.stringify(results.map((result) => (result.ok ? result.value : result.findings))));
    await executor.close();
  };
  try {
    for (let round = 0; round < rounds; round++) {
      await time(threads(tasks), seconds.threads);
      await time(await onSlurm(estimated / tasks), seconds.few);
      await time(await onSlurm(estimated / shards), seconds.many);
    }
  } finally {
    await node.stop();
  }
  const [alone, few, many] = [median(seconds.threads), median(seconds.few), median(seconds.many)];
  console.log(
    table([
      {
        work: `periodic, ${count} images, ${tasks} tasks of one core each against ${tasks} threads`, peer: `${alone.toFixed(1)} s`, ours: `${few.toFixed(1)} s`,
        ratio: `efficiency ${(alone / few).toFixed(3)}`, floor: floor.toFixed(2), met: alone / few >= floor, ...(answers.size === 1 ? {} : { refused: 'tasks and threads give different results.' }),
      },
    ]),
  );
  console.log(`A further shard costs ${(((many - few) * tasks) / (shards - tasks)).toFixed(2)} s of its core (${shards} shards: ${many.toFixed(1)} s).`);
}

function threads(workers: number): RunExecutor {
  return createThreadExecutor({ workers, workerFile: join(folder, 'worker.mjs'), tensorflowWasmPath: `${join(folder, 'tensorflow')}/` });
}

/** A run folder of its own each time, so that nothing is taken from the last one. */
async function onSlurm(shardSeconds: number): Promise<RunExecutor> {
  const runFolder = mkdtempSync(join(tmpdir(), 'xdesign-bench-'));
  const queue = createSlurmQueue();
  const limits = await queue.limits();
  if (!limits.ok) throw new Error(limits.findings[0]!.message);
  const executor = createClusterExecutor({
    runFolder, queue,
    store: { get: () => undefined, referenceOf: () => undefined },
    limits: limits.value,
    settings: { ...standardSettings, localMinutes: 0, shardMinutes: (0.99 * shardSeconds) / 60, pollSeconds: 0.5 },
    program: provideProgram(runFolder, folder),
    local: threads(1),
    delay: 1000,
    onFinding: ({ message }) => console.error(message),
    onQueue: () => undefined,
  });
  return {
    ...executor,
    async close() {
      await executor.close();
      rmSync(runFolder, { recursive: true, force: true });
    },
  };
}
