/* Runs whose jobs are tasks of a batch system, which here is this machine with the script and the program of a node. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import type { StageName } from '#domain/stages';
import { caseKeys } from '#engine/api';
import { readSpecification } from '#language/read-specification';
import { createClusterExecutor } from '#runner/cluster/cluster-executor';
import { type ClusterSettings, standardSettings } from '#runner/cluster/cluster-settings';
import { type NodeProgram, provideProgram } from '#runner/cluster/node-program';
import type { ShardStates } from '#display/shards';
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
  readonly onQueue?: (counts: ShardStates) => void;
  readonly until?: StageName;
  /** Of the tasks. */
  readonly program?: Partial<NodeProgram>;
}

function localExecutor(): RunExecutor {
  return createThreadExecutor({ workers: 2, workerFile: join(dist, 'worker.mjs'), tensorflowWasmPath: `${join(dist, 'tensorflow')}/` });
}

function queueOf(...settings: Parameters<typeof createLocalQueue>): LocalQueue {
  const queue = createLocalQueue(...settings);
  queues.push(queue);
  return queue;
}

async function runOnCluster(folder: string, { queue, settings = everything, abort = new AbortController(), onFinding = () => undefined, onQueue = () => undefined, until, program }: ClusterRun): Promise<RunOutcome> {
  const limits = await queue.limits();
  if (!limits.ok) throw new Error('it has limits');
  return runIn(folder, until, abort, onFinding, (store) =>
    createClusterExecutor({ runFolder: folder, store, queue, limits: limits.value, settings, program: { ...provideProgram(folder, dist), ...program }, local: localExecutor(), delay: 0, onFinding, onQueue }),
  );
}

function runIn(folder: string, until: StageName | undefined, abort: AbortController, onFinding: (finding: Finding) => void, createExecutor: (store: RunStore) => RunExecutor): Promise<RunOutcome> {
  return run(
    { cases, overrides: {}, startedBy: 'command', ...(until && { until }), folder, createExecutor, files: machineFiles(), provenance: { specification: 'small.xdesign', overrides: {}, versions: {}, machine: '' } },
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
    expect((await runIn(folder, undefined, new AbortController(), () => undefined, localExecutor)).status).toBe('finished');
    return valuesIn(folder);
  })();
  return onThreads;
}

test('a run on a cluster gives the bytes of a run on threads, and leaves no waves', { timeout: 300_000 }, async () => {
  const folder = temporaryFolder();
  const [queue, counts] = [queueOf(), [] as ShardStates[]];
  const outcome = await runOnCluster(folder, { queue, onQueue: (each) => counts.push(each), onFinding: ({ severity, message }) => expect(severity, message).not.toBe('error') });
  expect(outcome.status).toBe('finished');
  expect(valuesIn(folder)).toEqual(await expected());
  expect(new Set(queue.submitted.map(({ resources }) => resources.cores))).toEqual(new Set([1, 2]));
  expect(queue.submitted.some(({ indices }) => indices.length > 1)).toBe(true);
  expect(counts.some(({ running }) => running > 0)).toBe(true);
  expect(readdirSync(join(folder, 'cluster')).sort()).toEqual(['incoming', 'inputs', 'program']);
});

/** The hash of the tests of all images, which is what the shorter runs compute. */
function testsIn(folder: string): string {
  const store = openStore(folder, () => expect.fail('nothing is damaged'));
  const { key } = [...caseKeys(resolveCase(cases[0]!.case, {}, machineFiles()), store.keyOf)].find(([stage]) => stage === 'solve')![1];
  const bytes = encodeArtifact(key, store.get(key)!);
  store.close();
  return createHash('sha256').update(bytes).digest('hex');
}

const expectedTests = async (): Promise<string> => (await expected()).get('solve')!;

function resultsIn(folder: string): readonly string[] {
  const cluster = join(folder, 'cluster');
  return existsSync(cluster) ? readdirSync(cluster, { recursive: true }).map(String).filter((name) => name.endsWith('.results')) : [];
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

test('a run that is interrupted leaves its tasks in the queue, and the next run takes what they computed', async () => {
  const folder = temporaryFolder();
  const queue = queueOf();
  const abort = new AbortController();
  const first = await runOnCluster(folder, { queue, until: 'solve', abort, onQueue: ({ running }) => running > 0 && queue.submitted.length > 1 && abort.abort(interruption) });
  expect(first.status).toBe('cancelled');
  const shards = queue.submitted.length;
  await until(() => queue.running().length === 0);
  const findings: Finding[] = [];
  expect((await runOnCluster(folder, { queue, until: 'solve', onFinding: (finding) => findings.push(finding) })).status).toBe('finished');
  expect(queue.submitted).toHaveLength(shards);
  expect(findings.filter(({ code }) => code.startsWith('shard-'))).toEqual([]);
  expect(testsIn(folder)).toBe(await expectedTests());
});

test('a run that is cancelled takes its tasks out of the queue', async () => {
  const queue = queueOf();
  const abort = new AbortController();
  const outcome = await runOnCluster(temporaryFolder(), { queue, until: 'solve', abort, onQueue: ({ running }) => running > 0 && abort.abort() });
  expect(outcome.status).toBe('cancelled');
  await until(() => queue.running().length === 0);
  const first = await queue.endOf('1', 0);
  expect(first).toMatchObject({ kind: 'cancelled' });
});

test('more shards than an array may have become arrays one after the other', async () => {
  const folder = temporaryFolder();
  const queue = queueOf({ arraySize: 2 });
  expect((await runOnCluster(folder, { queue, until: 'solve' })).status).toBe('finished');
  expect(queue.submitted.every(({ indices }) => indices.length <= 2 && indices.every((index) => index < 2))).toBe(true);
  expect(queue.submitted.some(({ after }) => after !== undefined)).toBe(true);
  expect(testsIn(folder)).toBe(await expectedTests());
});

test('a queue that is full is given the rest as tasks end', async () => {
  const folder = temporaryFolder();
  const queue = queueOf({ submittedTasks: 1 });
  expect((await runOnCluster(folder, { queue, until: 'solve' })).status).toBe('finished');
  expect(queue.submitted.length).toBeGreaterThan(2);
  expect(queue.submitted.every(({ indices }) => indices.length === 1)).toBe(true);
  expect(testsIn(folder)).toBe(await expectedTests());
});

test('a task that is killed is started again; what is not to be helped ends the run, and nothing is lost', async () => {
  const folder = temporaryFolder();
  const queue = queueOf();
  const findings: Finding[] = [];
  let kills = 0;
  const killing = { queue, until: 'solve' as const, onFinding: (finding: Finding) => findings.push(finding), onQueue: ({ running }: ShardStates) => running > 0 && kills < 2 && (kills += queue.kill()) };
  expect((await runOnCluster(folder, killing)).status).toBe('finished');
  expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toContain('warning shard-repeated');
  expect(testsIn(folder)).toBe(await expectedTests());

  const elsewhere = temporaryFolder();
  const failed: Finding[] = [];
  const noNode = { queue: queueOf(), until: 'solve' as const, program: { node: '/does/not/exist' }, onFinding: (finding: Finding) => failed.push(finding) };
  expect((await runOnCluster(elsewhere, noNode)).status).toBe('failed');
  expect(failed.find(({ code }) => code === 'shard-failed')?.message).toMatch(/^Shard 1 of \d+ of wave 0001 \(\d+ × generate\) on \S+ could not start Node\.js, .* Its log is .*0-0\.log\.$/);
  expect((await runOnCluster(elsewhere, { queue: queueOf(), until: 'solve' })).status).toBe('finished');
  expect(testsIn(elsewhere)).toBe(await expectedTests());
});

test('results that are damaged on the disk are found and computed again', async () => {
  const folder = temporaryFolder();
  const queue = queueOf();
  const abort = new AbortController();
  await runOnCluster(folder, { queue, until: 'solve', abort, onQueue: () => queue.submitted.length > 1 && abort.abort(interruption) });
  await until(() => queue.running().length === 0);
  const path = join(folder, 'cluster', resultsIn(folder).find((name) => name.startsWith('0002'))!);
  const bytes = readFileSync(path);
  bytes[bytes.length - 9]! ^= 1;
  writeFileSync(path, bytes);
  const findings: Finding[] = [];
  expect((await runOnCluster(folder, { queue, until: 'solve', onFinding: (finding) => findings.push(finding) })).status).toBe('finished');
  expect(findings).toContainEqual(expect.objectContaining({ code: 'shard-damaged', message: expect.stringContaining(path) }));
  expect(testsIn(folder)).toBe(await expectedTests());
});

test('what takes less than the limit is computed here', async () => {
  const folder = temporaryFolder();
  const queue = queueOf();
  expect((await runOnCluster(folder, { queue, until: 'solve', settings: { ...everything, localMinutes: 10 } })).status).toBe('finished');
  expect(queue.submitted).toEqual([]);
  expect(testsIn(folder)).toBe(await expectedTests());
});
