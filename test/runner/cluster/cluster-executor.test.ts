/* Runs whose jobs are tasks of a batch system, which here is this machine with the script and the program of a node. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import { caseKeys } from '#engine/api';
import { readSpecification } from '#language/read-specification';
import { createClusterExecutor } from '#runner/cluster/cluster-executor';
import { type ClusterSettings, standardSettings } from '#runner/cluster/cluster-settings';
import { provideProgram } from '#runner/cluster/node-program';
import type { ShardCounts } from '#runner/cluster/wave';
import { encodeArtifact } from '#runner/codec/artifact-codec';
import { createThreadExecutor, type RunExecutor } from '#runner/jobs/thread-executor';
import { interruption, run, type RunOutcome } from '#runner/run';
import { openStore, type RunStore } from '#runner/store/store';
import { machineFiles, resolveCase } from '#runner/weights/pretrained-file';
import { leastCase, smallCase } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { createLocalQueue, type LocalQueue } from './local-queue';

let dist: string;
beforeAll(async () => {
  dist = await buildForTest();
});
const queues: LocalQueue[] = [];
afterEach(() => queues.splice(0).forEach((queue) => queue.close()));

const cases = readSpecification('small.xdesign', { read: () => smallCase({ ...leastCase, more: 'compare optimization { starts 2 }' }), resolve: (_, target) => target }).specification!.cases;

/** So that nothing is computed here, and a shard has few jobs. */
const everything: ClusterSettings = { ...standardSettings, localMinutes: 0, shardMinutes: 0.0005, pollSeconds: 0.05 };

interface ClusterRun {
  readonly queue: LocalQueue;
  readonly settings?: ClusterSettings;
  readonly abort?: AbortController;
  readonly onFinding?: (finding: Finding) => void;
  readonly onQueue?: (counts: ShardCounts) => void;
}

function localExecutor(): RunExecutor {
  return createThreadExecutor({ workers: 2, workerFile: join(dist, 'worker.mjs'), tensorflowWasmPath: `${join(dist, 'tensorflow')}/` });
}

function queueOf(...settings: Parameters<typeof createLocalQueue>): LocalQueue {
  const queue = createLocalQueue(...settings);
  queues.push(queue);
  return queue;
}

async function runOnCluster(folder: string, { queue, settings = everything, abort = new AbortController(), onFinding = () => undefined, onQueue = () => undefined }: ClusterRun): Promise<RunOutcome> {
  const limits = await queue.limits();
  if (!limits.ok) throw new Error('it has limits');
  return runIn(folder, abort, onFinding, (store) =>
    createClusterExecutor({ runFolder: folder, store, queue, limits: limits.value, settings, program: provideProgram(folder, dist), local: localExecutor(), delay: 0, onFinding, onQueue }),
  );
}

function runIn(folder: string, abort: AbortController, onFinding: (finding: Finding) => void, createExecutor: (store: RunStore) => RunExecutor): Promise<RunOutcome> {
  return run(
    { cases, overrides: {}, startedBy: 'command', folder, createExecutor, files: machineFiles(), provenance: { specification: 'small.xdesign', overrides: {}, versions: {}, machine: '' } },
    { onCase() {}, onStage() {}, onFinding },
    abort.signal,
  );
}

/** SHA-256 of the stored values of all stages and of the tables and pictures, by their names. */
function valuesIn(folder: string): ReadonlyMap<string, string> {
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const store = openStore(folder, () => expect.fail('nothing is damaged'));
  const values = [...caseKeys(resolveCase(cases[0]!.case, {}, machineFiles()), store.keyOf)].map(([stage, { key }]) => [stage, sha256(encodeArtifact(key, store.get(key)!))] as const);
  store.close();
  const results = join(folder, 'results', 'Stiffness');
  return new Map([...values, ...readdirSync(results).filter((name) => /\.(png|csv|safetensors)$/.test(name)).map((name) => [name, sha256(readFileSync(join(results, name)))] as const)]);
}

let onThreads: Promise<ReadonlyMap<string, string>> | undefined;
/** What threads of one machine give, computed once. */
function expected(): Promise<ReadonlyMap<string, string>> {
  onThreads ??= (async () => {
    const folder = temporaryFolder();
    expect((await runIn(folder, new AbortController(), () => undefined, localExecutor)).status).toBe('finished');
    return valuesIn(folder);
  })();
  return onThreads;
}

test('a run on a cluster gives the bytes of a run on threads, and leaves no waves', { timeout: 300_000 }, async () => {
  const folder = temporaryFolder();
  const [queue, counts] = [queueOf(), [] as ShardCounts[]];
  const outcome = await runOnCluster(folder, { queue, onQueue: (each) => counts.push(each), onFinding: ({ severity, message }) => expect(severity, message).not.toBe('error') });
  expect(outcome.status).toBe('finished');
  expect(valuesIn(folder)).toEqual(await expected());
  expect(new Set(queue.submitted.map(({ resources }) => resources.cores))).toEqual(new Set([1, 2]));
  expect(queue.submitted.some(({ indices }) => indices.length > 1)).toBe(true);
  expect(counts.some(({ running }) => running > 0)).toBe(true);
  expect(readdirSync(join(folder, 'cluster')).sort()).toEqual(['incoming', 'inputs', 'program']);
});
