/* What the commands of Slurm print: the outputs of a real one (test/golden/slurm), and lines by their documentation where it had no accounts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { BatchArray } from '#runner/cluster/batch-queue';
import {
  arrayOption, arraySize, endBeforeStart, endInAccounts, endInDetails, queuedTasks, refusalWords, saysFull, saysSilent, saysUnknownJob, slurmEnvironment, submission, submittedArray, submittedTasks,
} from '#runner/cluster/slurm-words';

const folder = fileURLToPath(new URL('../../golden/slurm', import.meta.url));
const golden = (name: string): string => readFileSync(join(folder, name), 'utf8');
/** What commands printed after lines `# command`. */
const refusals = Object.fromEntries(`${golden('refusals.txt')}${golden('silence.txt')}`.split(/^# /m).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
const policy = "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)";

describe('submission', () => {
  const array: BatchArray = { name: 'xdesign-0001', script: '/run/task.sh', arguments: ['/run/0001', '0'], indices: [3, 0, 1, 2, 7], log: '/50% a/%a/0-%a.log', resources: { cores: 2, options: [] } };

  test('asks for what an array says, and its script comes last', () => {
    const words = submission({ ...array, throttle: 5, after: '41', resources: { cores: 2, memory: '4G', time: '1-12', partition: 'long', account: 'us', options: ['--exclude=n7'] } });
    expect(words).toEqual(expect.arrayContaining(['--parsable', '--array=0-3,7%5', '--dependency=afterany:41', '--requeue', '--open-mode=append', '--signal=B:USR1@120', '--cpus-per-task=2', '--mem=4G', '--time=1-12', '--partition=long', '--account=us']));
    expect(words.slice(-4)).toEqual(['--exclude=n7', '/run/task.sh', '/run/0001', '0']);
  });

  test('leaves to Slurm what it does not say', () => {
    expect(submission(array).filter((word) => /--(?:mem|time|partition|account|dependency)/.test(word))).toEqual([]);
  });

  test('a percent sign in the name of a folder is no pattern of Slurm', () => {
    expect(submission(array)).toContain('--output=/50%% a/%%a/0-%a.log');
  });

  test.each([
    [[5], undefined, '5'],
    [[0, 1, 2, 3], undefined, '0-3'],
    [[9, 2, 3, 0], 2, '0,2-3,9%2'],
  ])('the indices %j are written in ranges', (indices, throttle, written) => {
    expect(arrayOption(indices, throttle)).toBe(written);
  });

  test('tasks get programs and the configuration of Slurm, and nothing of a job in which the run itself is', () => {
    expect(slurmEnvironment({ PATH: '/bin', HOME: '/h', SLURM_CONF: '/c', SBATCH_ACCOUNT: 'us', SLURM_JOB_ID: '7', SLURM_MEM_PER_CPU: '1', NODE_OPTIONS: '--x', LANG: 'de' }))
      .toEqual({ PATH: '/bin', HOME: '/h', SLURM_CONF: '/c', SBATCH_ACCOUNT: 'us', LC_ALL: 'C' });
  });

  test.each([['42\n', '42'], ['42;north\n', '42'], ['Submitted batch job\n', undefined]])('%j names the array %s', (printed, array_) => {
    expect(submittedArray(printed)).toBe(array_);
  });
});

test('limits of the configuration and of accounts', () => {
  expect(arraySize(golden('config.txt'))).toBe(12);
  expect(arraySize('')).toBe(1001);
  const qualities = 'normal||\nshort|20|\nlong|500|400\n';
  expect(submittedTasks('||normal|normal\n', qualities)).toBe(Infinity);
  expect(submittedTasks('1000||normal|normal\n', qualities)).toBe(1000);
  expect(submittedTasks('1000|300||long\n', qualities)).toBe(300);
  expect(submittedTasks('1000|||long\n', qualities)).toBe(400);
  expect(submittedTasks('1000||short|long,short\n', qualities)).toBe(20);
  // Two accounts, one of which is closed.
  expect(submittedTasks('0||normal|normal\n70||normal|normal\n', qualities)).toBe(70);
  expect(submittedTasks('0||normal|normal\n', qualities)).toBe(Infinity);
  expect(submittedTasks('', '')).toBe(Infinity);
});

test('the queue lists tasks that wait or run, and why or where', () => {
  expect(queuedTasks(golden('queue.txt')).toSorted((a, b) => a.index - b.index || Number(a.array) - Number(b.array))).toEqual([
    { array: '4', index: 0, state: 'waits', detail: 'Dependency' },
    { array: '1', index: 3, state: 'runs', detail: 'one' },
    { array: '1', index: 4, state: 'runs', detail: 'one' },
    ...[5, 6, 7].map((index) => ({ array: '1', index, state: 'waits', detail: 'JobArrayTaskLimit' })),
  ]);
  expect(queuedTasks(golden('queue-cancelled.txt')).filter(({ array }) => array === '1').map(({ index }) => index)).toEqual([4]);
  expect(queuedTasks('')).toEqual([]);
});

describe('how a task ended', () => {
  const [completed, failed, killed, running, waiting] = golden('details.txt').split('\n');
  const later = golden('details-cancelled.txt').split('\n');
  const lineOf = (index: number): string => later.find((line) => line.includes(`ArrayTaskId=${index} `))!;

  test('by the controller', () => {
    expect(endInDetails(completed!)).toEqual({ kind: 'completed', words: 'COMPLETED, exit code 0', node: 'one' });
    expect(endInDetails(failed!)).toEqual({ kind: 'other', words: 'FAILED, exit code 3', node: 'one' });
    expect(endInDetails(killed!)).toEqual({ kind: 'other', words: 'FAILED, signal 9', node: 'one' });
    expect(endInDetails(running!)).toBeUndefined();
    expect(endInDetails(waiting!)).toBeUndefined();
    expect(endInDetails(lineOf(3))).toEqual({ kind: 'cancelled', words: 'CANCELLED, signal 15', node: 'one' });
    expect(endInDetails(lineOf(4))).toEqual({ kind: 'time-limit', words: 'TIMEOUT, signal 15', node: 'one' });
  });

  test('a task that was cancelled before it began has no line, though its array has', () => {
    expect(golden('no-details.txt')).toContain('not found');
    const [lines, standard] = [golden('details-cancelled.txt'), 'MinJobAge               = 300 sec\n'];
    expect(endBeforeStart(lines, standard)).toEqual({ kind: 'cancelled', words: 'CANCELLED before it began' });
    expect(endBeforeStart('', standard)).toBeUndefined();
    // What ran is forgotten after a minute here, so it may have run.
    expect(endBeforeStart(lines, golden('config.txt'))).toBeUndefined();
  });

  test.each([
    ['COMPLETED|0:0|n1', { kind: 'completed', words: 'COMPLETED, exit code 0', node: 'n1' }],
    ['CANCELLED by 1000|0:0|None assigned', { kind: 'cancelled', words: 'CANCELLED, exit code 0' }],
    ['OUT_OF_MEMORY|0:125|n1', { kind: 'out-of-memory', words: 'OUT_OF_MEMORY, signal 125', node: 'n1' }],
    ['TIMEOUT|0:0|n1', { kind: 'time-limit', words: 'TIMEOUT, exit code 0', node: 'n1' }],
    ['DEADLINE|0:0|n1', { kind: 'time-limit' }],
    ['NODE_FAIL|1:0|n1', { kind: 'lost' }],
    ['BOOT_FAIL|0:0|n1', { kind: 'lost' }],
    ['PREEMPTED|0:15|n1', { kind: 'preempted' }],
    ['FAILED|137:0|n1', { kind: 'other', words: 'FAILED, exit code 137' }],
  ])('by the accounts: %s', (line, end) => {
    expect(endInAccounts(`${line}\n`)).toMatchObject(end);
  });

  test.each(['PENDING', 'RUNNING', 'REQUEUED', 'REQUEUE_HOLD', 'SPECIAL_EXIT', 'COMPLETING', 'SUSPENDED'])('%s is no end', (state) => {
    expect(endInAccounts(`${state}|0:0|n1\n`)).toBeUndefined();
    expect(endInAccounts('')).toBeUndefined();
  });
});

describe('what refusals mean', () => {
  test('as many tasks as allowed, which waiting changes', () => {
    expect(saysFull(policy)).toBe(true);
    expect(saysFull(`sbatch: error: QOSMaxSubmitJobPerUserLimit\n${policy}`)).toBe(true);
    expect(saysFull(`sbatch: error: AssocMaxSubmitJobLimit\n${policy}`)).toBe(true);
    expect(saysFull('sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying.\nsbatch: error: Batch job submission failed: Resource temporarily unavailable')).toBe(true);
  });

  test('another limit, which it does not', () => {
    expect(saysFull(`sbatch: error: QOSMaxWallDurationPerJobLimit\n${policy}`)).toBe(false);
    expect(refusalWords(`sbatch: error: QOSMaxWallDurationPerJobLimit\n${policy}`)).toBe(`${policy}: QOSMaxWallDurationPerJobLimit`);
    expect(Object.values(refusals).filter(saysFull)).toEqual([]);
  });

  test('a controller that does not answer, and a job that it has forgotten', () => {
    const says = (check: (words: string) => boolean): readonly string[] => Object.keys(refusals).filter((name) => check(refusals[name]!));
    expect(says(saysSilent)).toEqual(['scontrol show config', 'squeue --jobs=1', 'scancel 1']);
    expect(says(saysUnknownJob)).toEqual(['squeue --jobs=4711']);
  });

  test.each([
    ['sbatch --array=12 script', 'sbatch: error: Batch job submission failed: Invalid job array specification'],
    ['sbatch --partition=none script', 'sbatch: error: Batch job submission failed: Invalid partition name specified'],
    ['sbatch --time=bogus script', 'sbatch: error: Invalid --time specification'],
    ['sbatch --bogus script', "sbatch: unrecognized option '--bogus'"],
  ])('%s', (command, words) => {
    expect(refusalWords(refusals[command]!)).toBe(words);
  });
});
