/* Slurm as a batch system, by its commands. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { failure, success, type Result } from '#domain/finding';
import type { BatchQueue } from './batch-queue';
import {
  accountFormat, arrayOption, arraySize, endInAccounts, endInDetails, queuedTasks, queueFormat, saysFull, saysUnknownJob, slurmEnvironment, submission, submittedArray, submittedTasks,
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
      const accounts = await command('sacctmgr', ['--noheader', '--parsable2', '--readonly', 'show', 'association', `user=${userInfo().username}`, 'format=MaxSubmitJobs,GrpSubmitJobs']);
      return success({ arraySize: arraySize(config.printed), submittedTasks: accounts.status === 0 ? submittedTasks(accounts.printed) : Infinity });
    },

    async submit(array) {
      const outcome = await command('sbatch', submission(array));
      const number = outcome.status === 0 ? submittedArray(outcome.printed) : undefined;
      if (number !== undefined) return success(number);
      if (!saysFull(outcome.words)) return refused('sbatch', outcome);
      return failure('queue-full', `Slurm takes no more tasks for now: ${lastLine(outcome)}`, 'Wait: the rest is submitted as tasks end.');
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
      const end = details.status === 0 ? endInDetails(details.printed) : undefined;
      if (end) return end;
      const accounts = await command('sacct', ['--noheader', '--parsable2', '--allocations', `--jobs=${array}_${index}`, `--format=${accountFormat}`]);
      return accounts.status === 0 ? endInAccounts(accounts.printed) : undefined;
    },

    async cancel(array, indices) {
      const outcome = await command('scancel', [indices === undefined ? array : `${array}_[${arrayOption(indices)}]`]);
      return outcome.status === 0 || saysUnknownJob(outcome.words) ? success(undefined) : refused('scancel', outcome);
    },
  };
}

/** `queue-refused`. */
function refused(name: string, outcome: CommandOutcome): Result<never> {
  return failure('queue-refused', `\`${name}\` of Slurm refused: ${lastLine(outcome)}`, `Check the options of the run and that \`sinfo\` lists the partition; then run again: what is done is kept.`);
}

function lastLine({ words, printed, status }: CommandOutcome): string {
  const line = [...words.split('\n'), ...(words.trim() === '' ? printed.split('\n') : [])].filter((each) => each.trim() !== '').at(-1)?.trim();
  return line ?? (status === undefined ? 'it did not start, or did not end' : `exit status ${status}`);
}

function runCommand(name: string, words: readonly string[]): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    execFile(name, words, { timeout: patience, maxBuffer: 1 << 28, env: slurmEnvironment(process.env) }, (error, printed, stderr) => {
      const code: unknown = error?.code;
      resolve({ status: error === null ? 0 : typeof code === 'number' ? code : undefined, printed, words: stderr.trim() === '' && error !== null && typeof code !== 'number' ? error.message : stderr });
    });
  });
}
