/* Slurm as a batch system: a real one, whose arrays have at most four tasks (scripts/test-slurm.mjs). */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchArray, TaskEnd } from '#runner/cluster/batch-queue';
import { createSlurmQueue, isSlurmThere } from '#runner/cluster/slurm-queue';

const queue = createSlurmQueue();
let folder: string;
let array: Omit<BatchArray, 'indices'>;
beforeAll(() => {
  // Slurm replaces what follows a percent sign in the name of a log.
  folder = mkdtempSync(join(tmpdir(), 'queue 50%a-'));
  const script = join(folder, 'a task.sh');
  // Task 3 runs until it is ended; each says what it was given.
  writeFileSync(script, '#!/bin/bash\necho "$1 ${SLURM_RESTART_COUNT:-0} $(pwd)"\n[ "$SLURM_ARRAY_TASK_ID" = 3 ] && sleep 100\nexit "$SLURM_ARRAY_TASK_ID"\n', { mode: 0o755 });
  array = { name: 'trial', script, arguments: ['two words'], log: join(folder, '%a.log'), resources: { cores: 1, options: [] } };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function submit(given: Partial<BatchArray> & Pick<BatchArray, 'indices'>): Promise<string> {
  const submitted = await queue.submit({ ...array, ...given });
  if (!submitted.ok) throw new Error(submitted.findings[0]!.message);
  return submitted.value;
}

async function states(of: string): Promise<Readonly<Record<number, string>>> {
  const tasks = await queue.tasks([of]);
  if (!tasks.ok) throw new Error(tasks.findings[0]!.message);
  return Object.fromEntries(tasks.value.map(({ index, state, detail }) => [index, `${state}: ${detail}`]));
}

async function end(of: string, index: number): Promise<TaskEnd> {
  for (let n = 0; n < 200; n++) {
    const known = await queue.endOf(of, index);
    if (known) return known;
    await sleep(200);
  }
  throw new Error(`Task ${of}_${index} does not end.`);
}

async function runs(of: string, index: number): Promise<void> {
  for (let n = 0; n < 200 && !(await states(of))[index]?.startsWith('runs'); n++) await sleep(200);
}

const log = (index: number): string => readFileSync(join(folder, `${index}.log`), 'utf8');

test('it is there, and says its limits', async () => {
  expect(isSlurmThere()).toBe(true);
  expect(await queue.limits()).toEqual({ ok: true, value: { arraySize: 4, submittedTasks: Infinity } });
});

test('tasks of an array run one after another, end as their script does, and others wait for all of them', async () => {
  const id = await submit({ indices: [0, 2, 3], throttle: 1 });
  const after = await submit({ indices: [1], after: id });
  expect(await end(id, 0)).toEqual({ kind: 'completed', words: 'COMPLETED, exit code 0', node: 'one' });
  expect(await end(id, 2)).toEqual({ kind: 'other', words: 'FAILED, exit code 2', node: 'one' });
  expect(log(2)).toBe('two words 0 /\n');
  await runs(id, 3);
  expect(await states(id)).toEqual({ 3: 'runs: one' });
  expect(await states(after)).toEqual({ 1: 'waits: Dependency' });
  expect(await queue.endOf(id, 3)).toBeUndefined();
  expect(await queue.cancel(id, [3])).toMatchObject({ ok: true });
  expect(await end(id, 3)).toMatchObject({ kind: 'cancelled', node: 'one' });
  expect(await end(after, 1)).toMatchObject({ kind: 'other', words: 'FAILED, exit code 1' });
});

test.each([
  ['some', [1, 2]],
  ['all', undefined],
])('%s tasks that wait are cancelled together, and each is known as cancelled', async (_, indices) => {
  const id = await submit({ indices: [0, 1, 2], resources: { cores: 1, options: ['--hold'] } });
  expect(await states(id)).toEqual({ 0: 'waits: JobHeldUser', 1: 'waits: JobHeldUser', 2: 'waits: JobHeldUser' });
  expect(await queue.cancel(id, indices)).toMatchObject({ ok: true });
  for (const index of [1, 2]) expect(await end(id, index)).toMatchObject({ kind: 'cancelled' });
  expect(Object.keys(await states(id))).toEqual(indices === undefined ? [] : ['0']);
  await queue.cancel(id);
});

test('a task that is requeued runs again, is counted, and adds to its log', async () => {
  const id = await submit({ indices: [3] });
  await runs(id, 3);
  for (let n = 0; n < 100 && !(existsSync(join(folder, '3.log')) && log(3).endsWith('two words 0 /\n')); n++) await sleep(100);
  execFileSync('scontrol', ['requeue', `${id}_3`]);
  for (let n = 0; n < 300 && !log(3).includes('two words 1 /\n'); n++) await sleep(200);
  expect(log(3)).toMatch(/two words 0 \/\n[^]*two words 1 \/\n$/);
  expect(await states(id)).toEqual({ 3: 'runs: one' });
  await queue.cancel(id);
});

test('what Slurm does not take is a finding in its words', async () => {
  const refused = async (given: Partial<BatchArray>): Promise<unknown> => queue.submit({ ...array, indices: [0], ...given });
  const finding = (words: string): object => ({ ok: false, findings: [{ code: 'queue-refused', message: expect.stringContaining(words) }] });
  expect(await refused({ indices: [4] })).toMatchObject(finding('Invalid job array specification'));
  expect(await refused({ resources: { cores: 1, options: [], partition: 'none' } })).toMatchObject(finding('Invalid partition name specified'));
  expect(await refused({ resources: { cores: 1, options: [], time: 'bogus' } })).toMatchObject(finding('Invalid --time specification'));
});

test('an array that it does not know is forgotten, which is no error', async () => {
  expect(await queue.tasks(['4711'])).toEqual({ ok: true, value: [] });
  expect(await queue.endOf('4711', 0)).toBeUndefined();
  expect(await queue.cancel('4711')).toMatchObject({ ok: true });
});
