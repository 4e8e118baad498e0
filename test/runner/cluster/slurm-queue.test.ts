/* Slurm by commands that only note what they were asked and print what they are told to, on a path of their own. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchArray } from '#runner/cluster/batch-queue';
import { createSlurmQueue, isSlurmThere } from '#runner/cluster/slurm-queue';

const array: BatchArray = { name: 'trial', script: '/tmp/a task.sh', arguments: ['a b', '$HOME'], indices: [0, 1, 5], log: '/tmp/%a.log', resources: { cores: 1, options: [] } };
const policy = "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)";
const silent = 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)';

let folder: string;
const session = process.env['PATH'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fake-slurm-'));
  process.env['PATH'] = `${folder}${delimiter}${session}`;
});
afterEach(() => {
  process.env['PATH'] = session;
  rmSync(folder, { recursive: true, force: true });
});

interface Played {
  readonly printed?: string;
  readonly words?: string;
  readonly status?: number;
}

/** A command that ends so, for the words (a pattern of `case`) that it is asked with. */
function fake(name: string, ...answers: readonly (Played & { readonly asked?: string })[]): void {
  const cases = answers.map(({ asked = '*', printed = '', words = '', status = 0 }) => `${asked}) printf %s '${printed}'; printf %s '${words.replaceAll("'", "'\\''")}' >&2; exit ${status} ;;`);
  writeFileSync(join(folder, name), `#!/bin/sh\n{ printf '<%s>' "$@"; echo; } >> '${folder}/${name}.asked'\nenv > '${folder}/${name}.env'\ncase "$*" in\n${cases.join('\n')}\nesac\n`);
  chmodSync(join(folder, name), 0o755);
}

const asked = (name: string): string => (existsSync(join(folder, `${name}.asked`)) ? readFileSync(join(folder, `${name}.asked`), 'utf8') : '');
const queue = createSlurmQueue();

test('Slurm is there where sbatch is', () => {
  expect(isSlurmThere(folder)).toBe(false);
  fake('sbatch');
  expect(isSlurmThere(`/nowhere${delimiter}${folder}`)).toBe(true);
  chmodSync(join(folder, 'sbatch'), 0o644);
  expect(isSlurmThere('')).toBe(false);
});

test('limits are those of the configuration and of the accounts', async () => {
  fake('scontrol', { printed: 'MaxArraySize            = 2001\n' });
  fake('sacctmgr', { asked: '*association*', printed: '1000|||normal\n' }, { asked: '*qos*', printed: 'normal|200|\n' });
  expect(await queue.limits()).toEqual({ ok: true, value: { arraySize: 2001, submittedTasks: 200 } });
});

test('without accounts, nothing limits the tasks of a user', async () => {
  fake('scontrol', { printed: 'MaxArraySize            = 2001\n' });
  fake('sacctmgr', { words: 'You are not running a supported accounting_storage plugin\n', status: 1 });
  expect(await queue.limits()).toEqual({ ok: true, value: { arraySize: 2001, submittedTasks: Infinity } });
});

test('words of an array reach sbatch as they are, and the tasks few variables', async () => {
  fake('sbatch', { printed: '42;north\n' });
  process.env['NODE_OPTIONS_OF_TEST'] = 'seen';
  expect(await queue.submit(array)).toEqual({ ok: true, value: '42' });
  delete process.env['NODE_OPTIONS_OF_TEST'];
  expect(asked('sbatch')).toMatch(/<--array=0-1,5>.*<\/tmp\/a task\.sh><a b><\$HOME>\n$/);
  const env = readFileSync(join(folder, 'sbatch.env'), 'utf8');
  expect(env).toContain('LC_ALL=C\n');
  expect(env).not.toContain('NODE_OPTIONS_OF_TEST');
});

test.each([
  ['queue-full', `sbatch: error: AssocMaxSubmitJobLimit\n${policy}\n`, 'AssocMaxSubmitJobLimit', 'Wait: '],
  ['queue-refused', `sbatch: error: QOSMaxWallDurationPerJobLimit\n${policy}\n`, 'QOSMaxWallDurationPerJobLimit', 'Check the options'],
  ['queue-refused', 'sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)\n', 'connect failure', 'Wait until `scontrol ping`'],
])('a refused submission is %s: %j', async (code, words, message, remedy) => {
  fake('sbatch', { words, status: 1 });
  const refused = { code, message: expect.stringContaining(message), remedy: expect.stringContaining(remedy) };
  expect(await queue.submit(array)).toMatchObject({ ok: false, findings: [refused] });
});

test('a number that sbatch does not print is a refusal', async () => {
  fake('sbatch', { printed: 'Nothing was submitted.\n' });
  expect(await queue.submit(array)).toMatchObject({ ok: false, findings: [{ code: 'queue-refused', message: '`sbatch` of Slurm refused: Nothing was submitted.' }] });
});

test('a machine without the command says so', async () => {
  process.env['PATH'] = folder;
  expect(await queue.submit(array)).toMatchObject({ ok: false, findings: [{ message: '`sbatch` of Slurm refused: there is no such command on this machine', remedy: expect.stringContaining('login node') }] });
});

test('the queue is asked for all arrays at once, and for none without a command', async () => {
  fake('squeue', { printed: '42|0|R|n1\n42|1|PD|(Priority)\n43|7|CD|n1\n' });
  expect(await queue.tasks([])).toEqual({ ok: true, value: [] });
  expect(asked('squeue')).toBe('');
  expect(await queue.tasks(['42', '43'])).toEqual({ ok: true, value: [{ array: '42', index: 0, state: 'runs', detail: 'n1' }, { array: '42', index: 1, state: 'waits', detail: 'Priority' }] });
  expect(asked('squeue')).toContain('<--jobs=42,43>');
});

test('a queue that has forgotten an array has no tasks of it; one that is silent is a finding', async () => {
  fake('squeue', { words: 'slurm_load_jobs error: Invalid job id specified\n', status: 1 });
  expect(await queue.tasks(['42'])).toEqual({ ok: true, value: [] });
  fake('squeue', { words: silent, status: 1 });
  expect(await queue.tasks(['42'])).toMatchObject({ ok: false, findings: [{ code: 'queue-refused', message: `\`squeue\` of Slurm refused: ${silent}` }] });
});

test('an end is asked of the controller, then of the accounts, then of the whole array', async () => {
  fake('sacct', { printed: 'OUT_OF_MEMORY|0:125|n1\n' });
  fake('scontrol', { asked: '*42_3', printed: 'JobId=9 ArrayJobId=42 ArrayTaskId=3 JobState=FAILED ExitCode=2:0 NodeList=n1 BatchHost=n1\n' }, { status: 1, words: 'Job 42_3 not found\n' });
  expect(await queue.endOf('42', 3)).toEqual({ kind: 'other', words: 'FAILED, exit code 2', node: 'n1' });
  expect(asked('sacct')).toBe('');
  expect(await queue.endOf('42', 4)).toMatchObject({ kind: 'out-of-memory', node: 'n1' });
  fake('sacct', { words: 'Slurm accounting storage is disabled\n', status: 1 });
  expect(await queue.endOf('42', 4)).toBeUndefined();
  fake('scontrol', { asked: '*42_*', status: 1 }, { asked: '*config', printed: 'MinJobAge = 300 sec\n' }, { printed: 'JobId=42 ArrayJobId=42 ArrayTaskId=4294967294 JobState=CANCELLED ExitCode=0:0\n' });
  expect(await queue.endOf('42', 4)).toEqual({ kind: 'cancelled', words: 'CANCELLED before it began' });
});

test('tasks are cancelled by their indices; what is gone is no error', async () => {
  fake('scancel');
  expect(await queue.cancel('42')).toEqual({ ok: true, value: undefined });
  expect(await queue.cancel('42', [1, 2, 9])).toEqual({ ok: true, value: undefined });
  expect(asked('scancel')).toBe('<42>\n<42_[1-2,9]>\n');
  fake('scancel', { words: 'scancel: error: Kill job error on job id 42: Invalid job id specified\n', status: 1 });
  expect(await queue.cancel('42')).toEqual({ ok: true, value: undefined });
  fake('scancel', { words: 'scancel: error: Kill job error on job id 42: Access/permission denied\n', status: 1 });
  expect(await queue.cancel('42')).toMatchObject({ ok: false, findings: [{ code: 'queue-refused', message: expect.stringContaining('permission denied') }] });
});
