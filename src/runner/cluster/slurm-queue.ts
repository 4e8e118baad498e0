/* Slurm as a batch system, by its commands. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { failure, success, type Result } from '#domain/finding';
import type { BatchQueue } from './batch-queue';
import {
  accountFormat, arrayOption, arraySize, associationFormat, endBeforeStart, endInAccounts, endInDetails, qualityFormat, queuedTasks, queueFormat, refusalWords, saysFull, saysSilent,
  saysUnknownJob, slurmEnvironment, submission, submittedArray, submittedTasks,
} from './slurm-words';

/** What a command printed and how it ended; `status` is undefined where it did not start or took too long. */
export interface CommandOutcome {
  readonly status: number | undefined;
  readonly printed: string;
  readonly words: string;
}

/** Runs a command of Slurm. */
export type SlurmCommand = (name: string, words: readonly string[]) => Promise<CommandOutcome>;

/** Whether this machine can submit to Slurm: `sbatch` is on its path. */
export function isSlurmThere(path = process.env['PATH'] ?? ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'sbatch'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Milliseconds that a command may take: a busy controller answers late. */
const patience = 30_000;

/** The Slurm that this machine's commands speak to. */
export function createSlurmQueue(command: SlurmCommand = runCommand): BatchQueue {
  return {
    async limits() {
      const config = await command('scontrol', ['show', 'config']);
      if (config.status !== 0) return refused('scontrol', config);
      // Many clusters keep no accounts, or do not let users read them.
      const accounts = (...words: readonly string[]): Promise<CommandOutcome> => command('sacctmgr', ['--noheader', '--parsable2', '--readonly', 'show', ...words]);
      const associations = await accounts('association', `user=${userInfo().username}`, `format=${associationFormat}`);
      const qualities = associations.status === 0 ? await accounts('qos', `format=${qualityFormat}`) : associations;
      return success({ arraySize: arraySize(config.printed), submittedTasks: associations.status === 0 ? submittedTasks(associations.printed, qualities.status === 0 ? qualities.printed : '') : Infinity });
    },

    async submit(array) {
      const outcome = await command('sbatch', submission(array));
      const number = outcome.status === 0 ? submittedArray(outcome.printed) : undefined;
      if (number !== undefined) return success(number);
      if (!saysFull(outcome.words)) return refused('sbatch', outcome);
      return failure('queue-full', `Slurm takes no more tasks for now: ${reason(outcome)}`, 'Wait: the rest is submitted as tasks end.');
    },

    async tasks(arrays) {
      if (arrays.length === 0) return success([]);
      const outcome = await command('squeue', ['--noheader', '--array', `--jobs=${arrays.join(',')}`, `--format=${queueFormat}`, '--states=all']);
      // Of jobs that it has forgotten it lists nothing.
      if (outcome.status !== 0 && !saysUnknownJob(outcome.words)) return refused('squeue', outcome);
      return success(queuedTasks(outcome.printed));
    },

    async endOf(array, index) {
      const details = await command('scontrol', ['show', 'job', '--oneliner', `${array}_${index}`]);
      if (details.status === 0) return endInDetails(details.printed);
      const accounts = await command('sacct', ['--noheader', '--parsable2', '--allocations', `--jobs=${array}_${index}`, `--format=${accountFormat}`]);
      const end = accounts.status === 0 ? endInAccounts(accounts.printed) : undefined;
      if (end) return end;
      const whole = await command('scontrol', ['show', 'job', '--oneliner', array]);
      if (whole.status !== 0) return undefined;
      const config = await command('scontrol', ['show', 'config']);
      return endBeforeStart(whole.printed, config.printed);
    },

    async cancel(array, indices) {
      const outcome = await command('scancel', [indices === undefined ? array : `${array}_[${arrayOption(indices)}]`]);
      return outcome.status === 0 || saysUnknownJob(outcome.words) ? success(undefined) : refused('scancel', outcome);
    },
  };
}

/** `queue-refused`. */
function refused(name: string, outcome: CommandOutcome): Result<never> {
  return failure('queue-refused', `\`${name}\` of Slurm refused: ${reason(outcome)}`, remedyOf(outcome));
}

function remedyOf({ status, words }: CommandOutcome): string {
  if (words === absent) return 'Run it on a machine that can submit jobs, such as a login node of the cluster, or load the module of Slurm first.';
  if (status === undefined || saysSilent(words)) return 'Wait until `scontrol ping` says that the controller is up; then run again: what is done is kept.';
  return 'Check the options of the run and that `sinfo` lists the partition; then run again: what is done is kept.';
}

function reason({ words, printed, status }: CommandOutcome): string {
  return refusalWords(words) || refusalWords(printed) || `exit status ${status}`;
}

/** Of a command that is not on the path. */
const absent = 'there is no such command on this machine';

function runCommand(name: string, words: readonly string[]): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    execFile(name, words, { timeout: patience, maxBuffer: 1 << 28, env: slurmEnvironment(process.env) }, (error, printed, stderr) => {
      if (error === null) return resolve({ status: 0, printed, words: stderr });
      if (typeof error.code === 'number') return resolve({ status: error.code, printed, words: stderr });
      const unstarted = error.code === 'ENOENT' ? absent : error.message;
      resolve({ status: undefined, printed, words: error.killed === true ? `it did not answer within ${patience / 1000} s` : unstarted });
    });
  });
}
