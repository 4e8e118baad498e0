/* A batch system without one: two tasks at a time as processes of this machine, by the script that Slurm would run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { delimiter } from 'node:path';
import { failure, success } from '#domain/finding';
import type { BatchArray, BatchQueue, QueuedTask, QueueLimits, TaskEnd } from '#runner/cluster/batch-queue';

export interface LocalQueue extends BatchQueue {
  /** What was submitted, in order. */
  readonly submitted: readonly BatchArray[];
  /** Kills the running tasks as a failing node does; says how many. */
  kill(signal?: NodeJS.Signals): number;
  readonly running: () => readonly string[];
  close(): void;
}

interface Task {
  readonly array: string;
  readonly index: number;
  readonly of: BatchArray;
  restarts: number;
  child?: ChildProcess;
  end?: TaskEnd;
}

export interface LocalQueueSettings {
  readonly arraySize?: number;
  readonly submittedTasks?: number;
  readonly atOnce?: number;
  /** Folder with the command `scontrol` of the script. */
  readonly commands?: string;
}

export function createLocalQueue({ arraySize = 1001, submittedTasks = Infinity, atOnce = 2, commands }: LocalQueueSettings = {}): LocalQueue {
  const submitted: BatchArray[] = [];
  const tasks: Task[] = [];
  const limits: QueueLimits = { arraySize, submittedTasks };
  const isLive = ({ end }: Task): boolean => end === undefined;

  const start = (): void => {
    const free = atOnce - tasks.filter((task) => task.child && isLive(task)).length;
    const blocked = (task: Task): boolean => task.of.after !== undefined && tasks.some((other) => other.array === task.of.after && isLive(other));
    for (const task of tasks.filter((each) => isLive(each) && !each.child && !blocked(each)).slice(0, Math.max(0, free))) {
      const log = openSync(task.of.log.replace('%a', String(task.index)), 'a');
      const path = commands === undefined ? process.env['PATH'] : `${commands}${delimiter}${process.env['PATH']}`;
      task.child = spawn('bash', [task.of.script, ...task.of.arguments], {
        stdio: ['ignore', log, log],
        detached: true,
        env: { PATH: path, HOME: process.env['HOME'], SLURM_JOB_ID: `${task.array}${task.index}`, SLURM_ARRAY_JOB_ID: task.array, SLURM_ARRAY_TASK_ID: String(task.index), SLURM_RESTART_COUNT: String(task.restarts), SLURM_JOB_END_TIME: '0' },
      });
      closeSync(log);
      task.child.on('close', (code, signal) => {
        task.end ??= { kind: code === 0 ? 'completed' : 'other', words: signal ?? `exit code ${code}`, node: 'here' };
        start();
      });
    }
  };
  const end = (task: Task, signal: NodeJS.Signals): void => {
    // The group: the script and its program.
    if (task.child?.pid !== undefined) process.kill(-task.child.pid, signal);
  };

  return {
    submitted,
    running: () => tasks.filter((task) => task.child && isLive(task)).map(({ array, index }) => `${array}_${index}`),
    kill(signal = 'SIGKILL') {
      const running = tasks.filter((task) => task.child && isLive(task));
      running.forEach((task) => end(task, signal));
      return running.length;
    },
    close: () => tasks.filter((task) => task.child && isLive(task)).forEach((task) => end(task, 'SIGKILL')),
    limits: async () => success(limits),
    async submit(array) {
      const live = tasks.filter(isLive).length;
      if (live + array.indices.length > submittedTasks) return failure('queue-full', 'No more tasks.', 'Wait.');
      if (array.indices.some((index) => index >= arraySize)) return failure('queue-refused', 'The array is too large.', 'Make it smaller.');
      submitted.push(array);
      const id = String(submitted.length);
      for (const index of array.indices) tasks.push({ array: id, index, of: array, restarts: 0 });
      start();
      return success(id);
    },
    tasks: async (arrays) => success(tasks.filter((task) => isLive(task) && arrays.includes(task.array)).map((task): QueuedTask => ({ array: task.array, index: task.index, state: task.child ? 'runs' : 'waits', detail: '' }))),
    endOf: async (array, index) => tasks.find((task) => task.array === array && task.index === index)?.end,
    async cancel(array, indices) {
      for (const task of tasks.filter((each) => each.array === array && isLive(each) && indices?.includes(each.index) !== false)) {
        task.end = { kind: 'cancelled', words: 'CANCELLED', node: 'here' };
        end(task, 'SIGTERM');
      }
      start();
      return success(undefined);
    },
  };
}
