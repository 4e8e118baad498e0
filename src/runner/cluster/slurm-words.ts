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
    `--output=${logOption(log)}`,
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

/** Slurm replaces what follows a percent sign: those of the folders are written twice. */
function logOption(log: string): string {
  return log.replace(/%(?!a[^%/]*$)/g, '%%');
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

/**
 * Whether `sbatch` says that this user has as many tasks as allowed. Where it names the limit that a job violates
 * (`QOSMaxSubmitJobPerUserLimit`), this decides: a limit of cores or time stays, however long one waits.
 */
export function saysFull(words: string): boolean {
  const limit = /\b(?:QOS|Assoc)[A-Z]\w+/.exec(words)?.[0];
  if (limit !== undefined) return limit.includes('Submit');
  return /job violates accounting\/qos policy|job count limit|resource temporarily unavailable/i.test(words);
}

/** Whether a command says that the controller does not answer. */
export function saysSilent(words: string): boolean {
  return /unable to contact slurm controller|socket timed out|connection refused|zero bytes were transmitted/i.test(words);
}

/** What a command that failed says, in one line: its last words, and the limit that it names before them. */
export function refusalWords(words: string): string {
  const lines = words.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^Try "/.test(line));
  const last = lines.at(-1) ?? '';
  const limit = /\b(?:QOS|Assoc)[A-Z]\w+/.exec(words)?.[0];
  return limit === undefined || last.includes(limit) ? last : `${last}: ${limit}`;
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

/** The fields of `sacctmgr --noheader --parsable2 show association` that `submittedTasks` reads, and those of `show qos`. */
export const associationFormat = 'MaxSubmitJobs,GrpSubmitJobs,DefaultQOS,QOS';
export const qualityFormat = 'Name,MaxSubmitJobsPerUser,GrpSubmitJobs';

/**
 * How many tasks a user may have submitted, from his associations and all qualities of service; Infinity where nothing
 * limits them. Which of several accounts a run is charged to is not known here, so the largest limit counts, and
 * `sbatch` refuses what is too much. It also says itself that an account is closed, which is a limit of 0.
 */
export function submittedTasks(associations: string, qualities: string): number {
  const perQuality = new Map(rows(qualities).map(([name, ...limits]) => [name, least(limits)]));
  const perAssociation = rows(associations).map(([most, ofGroup, standard, list]) => {
    const quality = standard === '' || standard === undefined ? (list ?? '') : standard;
    return Math.min(least([most, ofGroup]), perQuality.get(quality) ?? Infinity);
  });
  const open = perAssociation.filter((limit) => limit > 0);
  return open.length === 0 ? Infinity : Math.max(...open);
}

function rows(printed: string): readonly (readonly string[])[] {
  return printed.split('\n').filter((line) => line.includes('|')).map((line) => line.trim().split('|'));
}

function least(words: readonly (string | undefined)[]): number {
  return Math.min(Infinity, ...words.filter((word) => /^\d+$/.test(word ?? '')).map(Number));
}

const kinds: Readonly<Record<string, TaskEnd['kind']>> = {
  COMPLETED: 'completed', CANCELLED: 'cancelled', OUT_OF_MEMORY: 'out-of-memory', TIMEOUT: 'time-limit', DEADLINE: 'time-limit',
  NODE_FAIL: 'lost', BOOT_FAIL: 'lost', PREEMPTED: 'preempted',
};

/** States after which a task still runs, or runs again. */
const notEnded: ReadonlySet<string> = new Set([
  'PENDING', 'CONFIGURING', 'RUNNING', 'SUSPENDED', 'STOPPED', 'SIGNALING', 'STAGE_OUT', 'RESIZING', 'COMPLETING', 'REQUEUED', 'REQUEUE_FED', 'REQUEUE_HOLD', 'SPECIAL_EXIT', 'RESV_DEL_HOLD',
]);

/** How a task ended, from its line of `scontrol show job --oneliner`; undefined while it has not. */
export function endInDetails(printed: string): TaskEnd | undefined {
  return endOf(field(printed, 'JobState'), field(printed, 'ExitCode'), field(printed, 'BatchHost') ?? field(printed, 'NodeList'));
}

/**
 * How a task ended that the controller does not know although it knows its array, by the lines of the array and by
 * `scontrol show config`: tasks that are cancelled before they begin leave no line of their own. A task that ran is known
 * for `MinJobAge` seconds, so where this is short nothing follows.
 */
export function endBeforeStart(printed: string, config: string): TaskEnd | undefined {
  const remembered = Number(/^MinJobAge\s*=\s*(\d+)/m.exec(config)?.[1] ?? 0);
  const isKnown = field(printed, 'JobState') !== undefined;
  return isKnown && remembered >= leastJobAge ? { kind: 'cancelled', words: 'CANCELLED before it began' } : undefined;
}

/** Longer than a run waits for the files of a task that the queue no longer has. */
const leastJobAge = 120;

function field(line: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}=(\\S+)`).exec(line)?.[1];
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
  if (word === undefined || notEnded.has(word)) return undefined;
  const [status, signal] = (exitCode ?? '').split(':');
  const how = signal !== undefined && signal !== '0' ? `, signal ${signal}` : status ? `, exit code ${status}` : '';
  const known = node !== undefined && /^[\w.-]+$/.test(node) && node !== 'None' ? { node } : {};
  return { kind: kinds[word] ?? 'other', words: `${word}${how}`, ...known };
}
