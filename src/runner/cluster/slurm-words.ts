/* What the commands of Slurm print, and what their options are called: https://slurm.schedmd.com/man_index.html. */
import type { BatchArray, QueuedTask, QueueLimits, TaskEnd } from './batch-queue';

/** `0-3,7`: how Slurm writes indices; `%5` limits how many run at the same time. */
export function arrayOption(indices: readonly number[], throttle?: number): string {
  const sorted = [...indices].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const index of sorted) {
    const last = ranges.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',') + (throttle === undefined ? '' : `%${throttle}`);
}

/** Seconds before the end of its time at which a task is warned. */
export const warningSeconds = 120;

/** The arguments of `sbatch`. */
export function submission({ name, script, arguments: words, indices, throttle, after, resources, log }: BatchArray): readonly string[] {
  const { cores, memory, time, partition, account, options } = resources;
  return [
    '--parsable',
    `--job-name=${name}`,
    `--array=${arrayOption(indices, throttle)}`,
    `--output=${log}`,
    '--open-mode=append',
    '--requeue',
    `--signal=B:USR1@${warningSeconds}`,
    // Whatever else is said here, Slurm starts a login shell on the node first, for seconds: the variables that sbatch itself has are few.
    '--export=ALL',
    '--chdir=/',
    '--nodes=1',
    '--ntasks=1',
    `--cpus-per-task=${cores}`,
    ...(memory === undefined ? [] : [`--mem=${memory}`]),
    ...(time === undefined ? [] : [`--time=${time}`]),
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
    ...(after === undefined ? [] : [`--dependency=afterany:${after}`]),
    ...options,
    script,
    ...words,
  ];
}

/** The variables of a session that commands of Slurm get, and tasks with them: those that configure Slurm, and where programs are. */
export function slurmEnvironment(session: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const kept = /^(?:PATH|HOME|USER|LOGNAME|SHELL|LD_LIBRARY_PATH|SLURM_CONF|SLURM_CLUSTERS|SACCT_.*|SBATCH_.*|SQUEUE_.*)$/;
  return { ...Object.fromEntries(Object.entries(session).filter(([name]) => kept.test(name))), LC_ALL: 'C' };
}

/** The number of the array from what `sbatch --parsable` prints, `42` or `42;cluster`; undefined for other words. */
export function submittedArray(printed: string): string | undefined {
  return /^(\d+)(?:;\S+)?$/m.exec(printed.trim())?.[1];
}

/** Words by which `sbatch` says that this user has as many tasks as allowed. */
export function saysFull(words: string): boolean {
  return /MaxSubmit|job submit limit|job violates accounting\/qos policy|Resource temporarily unavailable|job count limit/i.test(words);
}

/** Words by which a command says that it does not know a job, or not any more. */
export function saysUnknownJob(words: string): boolean {
  return /invalid job id|job\/step already complet|no such job/i.test(words);
}

/** The format of `squeue --array` that `queuedTasks` reads. */
export const queueFormat = '%F|%K|%t|%R';

/** Codes of `squeue` for tasks that have begun. */
const begun: ReadonlySet<string> = new Set(['R', 'CG', 'S', 'ST', 'SO']);
/** Codes of tasks that have ended and are still listed. */
const ended: ReadonlySet<string> = new Set(['CD', 'CA', 'F', 'TO', 'NF', 'BF', 'OOM', 'DL', 'PR', 'RV']);

/** The tasks of `squeue --noheader --array --format=…`. */
export function queuedTasks(printed: string): readonly QueuedTask[] {
  return printed.split('\n').flatMap((line): QueuedTask[] => {
    const [array, index, state, ...detail] = line.trim().split('|');
    if (array === undefined || state === undefined || !/^\d+$/.test(index ?? '') || ended.has(state)) return [];
    return [{ array, index: Number(index), state: begun.has(state) ? 'runs' : 'waits', detail: detail.join('|').replace(/^\((.*)\)$/, '$1') }];
  });
}

/** Of a Slurm that is configured as it comes. */
export const standardLimits: QueueLimits = { arraySize: 1001, submittedTasks: Infinity };

/** `MaxArraySize` of `scontrol show config`. */
export function arraySize(printed: string): number {
  return Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(printed)?.[1] ?? standardLimits.arraySize);
}

/** The least of the limits of submitted jobs that `sacctmgr --noheader --parsable2 … format=MaxSubmitJobs,GrpSubmitJobs` prints; Infinity where there is none. */
export function submittedTasks(printed: string): number {
  const limits = printed.split(/[\n|]/).map((word) => word.trim()).filter((word) => /^\d+$/.test(word)).map(Number);
  return Math.min(Infinity, ...limits);
}

const kinds: Readonly<Record<string, TaskEnd['kind']>> = {
  COMPLETED: 'completed', CANCELLED: 'cancelled', OUT_OF_MEMORY: 'out-of-memory', TIMEOUT: 'time-limit', DEADLINE: 'time-limit',
  NODE_FAIL: 'lost', BOOT_FAIL: 'lost', PREEMPTED: 'preempted',
};

/** How a task ended, from `scontrol show job --oneliner`; undefined while it has not. */
export function endInDetails(printed: string): TaskEnd | undefined {
  const value = (name: string): string | undefined => new RegExp(`(?:^|\\s)${name}=(\\S+)`).exec(printed)?.[1];
  return endOf(value('JobState'), value('ExitCode'), value('BatchHost') ?? value('NodeList'));
}

/** The format of `sacct --noheader --parsable2 --allocations` that `endInAccounts` reads. */
export const accountFormat = 'State,ExitCode,NodeList';

/** How a task ended, from its line of `sacct`. */
export function endInAccounts(printed: string): TaskEnd | undefined {
  const [state, exitCode, node] = printed.trim().split('\n').at(-1)!.split('|');
  return endOf(state, exitCode, node);
}

/** `CANCELLED by 1000` and `CANCELLED+` are CANCELLED. */
function endOf(state: string | undefined, exitCode: string | undefined, node: string | undefined): TaskEnd | undefined {
  const word = /^[A-Z_]+/.exec(state ?? '')?.[0];
  if (word === undefined || ['PENDING', 'RUNNING', 'COMPLETING', 'CONFIGURING', 'REQUEUED', 'SUSPENDED'].includes(word)) return undefined;
  const [status, signal] = (exitCode ?? '').split(':');
  const how = signal !== undefined && signal !== '0' ? `, signal ${signal}` : status ? `, exit code ${status}` : '';
  const known = node !== undefined && /^[\w.-]+$/.test(node) && node !== 'None' ? { node } : {};
  // A process that was killed for its memory where nothing watches the memory of tasks.
  return { kind: kinds[word] ?? 'other', words: `${word}${how}`, ...known };
}
