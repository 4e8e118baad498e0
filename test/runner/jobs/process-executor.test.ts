/*
 * A run whose jobs do not share this program's memory: each runs in a process of its own that receives bytes and
 * returns bytes. What it stores and writes is what threads give, byte for byte.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { success } from '#domain/finding';
import { caseKeys, type JobName } from '#engine/api';
import { readSpecification } from '#language/read-specification';
import { encodeArtifact } from '#runner/codec/artifact-codec';
import { createThreadExecutor, type RunExecutor } from '#runner/jobs/thread-executor';
import { run } from '#runner/run';
import { openStore, type RunStore } from '#runner/store/store';
import { resolveCase, type RunFiles } from '#runner/weights/pretrained-file';
import { leastCase, smallCase } from '#test/e2e/workplace';
import { buildForTest, bundleForTest, type BundleFolder } from '#test/support/bundle-programs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { waveNetworkFile } from '#test/support/wave-network';
import { createProcessExecutor } from './process-executor';

let dist: string;
let programs: BundleFolder;
beforeAll(async () => {
  [dist, programs] = await Promise.all([buildForTest(), bundleForTest({ job: 'test/runner/programs/job-process.ts' })]);
});
afterAll(() => programs.remove());

/** A file with weights that lies on no disk. */
const weights = waveNetworkFile();
const digest = createHash('sha256').update(weights).digest('hex');
const files: RunFiles = { match: (path) => success([path]), digestOf: () => success(digest), read: (sha256) => (sha256 === digest ? weights : undefined) };

const text = smallCase({ ...leastCase, learn: 'compact { epochs 2  batch 16  rate 0.003  weights "elsewhere.safetensors" }' });
const cases = readSpecification('small.xdesign', { read: () => text, resolve: (_, target) => target }).specification!.cases;

/** The stored values and written files of a run, by their names. */
async function runWith(folder: string, createExecutor: (store: RunStore) => RunExecutor): Promise<ReadonlyMap<string, string>> {
  const outcome = await run(
    { cases, overrides: {}, startedBy: 'command', folder, createExecutor, files, provenance: { specification: 'small.xdesign', overrides: {}, versions: {}, machine: '' } },
    { onCase() {}, onStage() {}, onFinding: ({ severity, message }) => expect(severity, message).not.toBe('error') },
    new AbortController().signal,
  );
  expect(outcome.status).toBe('finished');
  const store = openStore(folder, () => expect.fail('nothing is damaged'));
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const values = [...caseKeys(resolveCase(cases[0]!.case, {}, files), store.keyOf)].map(([stage, { key }]) => [stage, sha256(encodeArtifact(key, store.get(key)!))] as const);
  store.close();
  const results = join(folder, 'results', 'Stiffness');
  const written = readdirSync(results).filter((name) => /\.(png|csv|safetensors)$/.test(name)).map((name) => [name, sha256(readFileSync(join(results, name)))] as const);
  return new Map<string, string>([...values, ...written]);
}

test('jobs in processes, over plain bytes, give the bytes that jobs on threads give', { timeout: 240_000 }, async () => {
  const tensorflowWasmPath = `${join(dist, 'tensorflow')}/`;
  const byThreads = await runWith(temporaryFolder(), () => createThreadExecutor({ workers: 2, workerFile: join(dist, 'worker.mjs'), tensorflowWasmPath }));

  const folder = temporaryFolder();
  const orders: { readonly name: JobName; readonly bytes: number }[] = [];
  const byProcesses = await runWith(folder, (store) =>
    createProcessExecutor(store, { program: join(programs.folder, 'job.mjs'), folder, tensorflowWasmPath, onOrder: (name, { length }) => orders.push({ name, bytes: length }) }),
  );
  expect([...byThreads.keys()]).toEqual(expect.arrayContaining(['learn', 'validate control', 'designs.csv', 'design-001.png', 'network.safetensors']));
  expect(byProcesses).toEqual(byThreads);

  // A training is one job; what explains the network names it instead of carrying it.
  expect(orders.filter(({ name }) => name === 'train')).toHaveLength(1);
  expect(new Set(orders.map(({ name }) => name))).toEqual(new Set(['generate', 'solve', 'train', 'explain', 'examine', 'construct']));
  expect(Math.max(...orders.flatMap(({ name, bytes }) => (name === 'explain' || name === 'examine' ? bytes : [])))).toBeLessThan(weights.length / 4);
});
