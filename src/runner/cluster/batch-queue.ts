/*
 * What a run on a cluster needs of a batch system. A batch script runs as an array of tasks, each of which gets its
 * number; the queue starts them on nodes that share a disk with this machine. `slurm-queue.ts` is the one that there is.
 */
import type { Result } from '#domain/finding';

/** A batch system as the submitting machine sees it. */
export interface BatchQueue {
  /** Findings: `queue-refused` when the batch system does not answer. */
  limits(): Promise<Result<QueueLimits>>;
  /** Submits an array and returns its number. Findings: `queue-refused`, with the words of the batch system; `queue-full` when it takes no more tasks of this user for now. */
  submit(array: BatchArray): Promise<Result<string>>;
  /** The tasks of these arrays that wait or run. Findings: `queue-refused`. */
  tasks(arrays: readonly string[]): Promise<Result<readonly QueuedTask[]>>;
  /** What the batch system still knows of a task that no longer waits or runs; undefined when it has forgotten it. */
  endOf(array: string, index: number): Promise<TaskEnd | undefined>;
  /** Takes tasks out of the queue and ends those that run; without indices all of an array. What is gone already is no error. Findings: `queue-refused`. */
  cancel(array: string, indices?: readonly number[]): Promise<Result<void>>;
}

export interface QueueLimits {
  /** The indices of an array are below it. */
  readonly arraySize: number;
  /** Tasks of this user that may wait and run at the same time; Infinity where nothing limits them. */
  readonly submittedTasks: number;
}

/** What each task of an array may use. */
export interface TaskResources {
  readonly cores: number;
  /** As the batch system writes it, such as `4G`; its own default when absent. */
  readonly memory?: string;
  /** Longest time, as the batch system writes it, such as `02:00:00` or `1-12`; its own default when absent. */
  readonly time?: string;
  readonly partition?: string;
  readonly account?: string;
  /** Further options of the submission, one word each. */
  readonly options: readonly string[];
}

export interface BatchArray {
  /** A name for people who look at the queue. */
  readonly name: string;
  /** Path of the script that each task runs; its environment says which task it is. */
  readonly script: string;
  /** Words that the script receives after its name. */
  readonly arguments: readonly string[];
  readonly indices: readonly number[];
  /** How many tasks run at the same time; without it as many as the batch system wants. */
  readonly throttle?: number;
  /** The array whose tasks must all have ended, whichever way, before these begin. */
  readonly after?: string;
  readonly resources: TaskResources;
  /** Path of the log of task `%a`, the number of which the batch system fills in. */
  readonly log: string;
}

/** A task that has not ended. */
export interface QueuedTask {
  readonly array: string;
  readonly index: number;
  readonly state: 'waits' | 'runs';
  /** Why it waits, in the word of the batch system, or the node on which it runs. */
  readonly detail: string;
}

/** How a task ended. */
export interface TaskEnd {
  /** `lost`: the node failed. `other`: the script ended with a status other than 0, or the batch system says what we do not know. */
  readonly kind: 'completed' | 'cancelled' | 'out-of-memory' | 'time-limit' | 'lost' | 'preempted' | 'other';
  /** The state and exit code in the words of the batch system. */
  readonly words: string;
  readonly node?: string;
}
