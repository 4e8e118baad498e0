/* Why a shard has no results, and whether it is computed again. Each failure names the shard, the node, the reason and the log. */
import type { Finding } from '#domain/finding';
import type { TaskEnd } from './batch-queue';
import { taskStatus } from './task-script';
import type { ShardEnd } from './wave-files';

/** What is known of the last task of a shard that has ended without results. */
export interface FailedTask {
  /** The shard in words, such as `shard 3 of 12 (solve)`. */
  readonly shard: string;
  /** What the script of the task left; absent where it was killed. */
  readonly end?: ShardEnd;
  /** What the batch system says; absent where it has forgotten the task. */
  readonly queued?: TaskEnd;
  /** Path. */
  readonly log: string;
}

export interface Failure {
  /** Whether another start may go better. */
  readonly isPassing: boolean;
  /** What happened, as the end of a sentence: "was out of memory". */
  readonly reason: string;
  readonly remedy: string;
}

const again = 'Run the same command again: only what is missing is computed.';

/** The reason of a failure. */
export function failureOf({ end, queued }: FailedTask): Failure {
  switch (end?.status) {
    case taskStatus.noNode:
      return { isPassing: false, reason: 'could not start Node.js, which is copied from this machine', remedy: 'Ask for nodes of the same processor architecture and a system that is not older, by `--partition` or `--sbatch`.' };
    case taskStatus.noScratch:
      return { isPassing: false, reason: 'could not unpack the program on its own disk', remedy: 'Ask for nodes with some free megabytes in $TMPDIR or /tmp, such as by `--sbatch --tmp=1G`.' };
    case taskStatus.crashed:
      return { isPassing: true, reason: 'ended because a thread or the program crashed', remedy: `Ask for more memory by \`--mem\` if the log says so. ${again}` };
    default:
  }
  switch (queued?.kind) {
    case 'out-of-memory':
      return { isPassing: false, reason: 'was out of memory', remedy: `Ask for more by \`--mem\`, such as \`--mem 4G\`. ${again}` };
    case 'time-limit':
      return { isPassing: true, reason: 'was ended at its time limit', remedy: `Allow more by \`--time\`, or make shards shorter by \`shardMinutes\` in cluster.json. ${again}` };
    case 'cancelled':
      return { isPassing: false, reason: 'was cancelled in the queue', remedy: again };
    case 'lost':
      return { isPassing: true, reason: 'was lost with its node', remedy: again };
    case 'preempted':
      return { isPassing: true, reason: 'had to make way for another job', remedy: again };
    default:
      return { isPassing: true, reason: `ended without results${queued === undefined ? '' : ` (${queued.words})`}`, remedy: `Read its log. ${again}` };
  }
}

/** `shard-failed`. */
export function shardFailed(task: FailedTask): Finding {
  const { reason, remedy } = failureOf(task);
  return { code: 'shard-failed', severity: 'error', message: `${sentence(task, reason)} Its log is ${task.log}.`, remedy };
}

/** `shard-repeated`. */
export function shardRepeated(task: FailedTask): Finding {
  return { code: 'shard-repeated', severity: 'warning', message: `${sentence(task, failureOf(task).reason)} It is computed again. Its log is ${task.log}.`, remedy: 'No action is needed, unless it happens often.' };
}

/** `shard-damaged`. */
export function shardDamaged(shard: string, path: string, reason: string): Finding {
  return { code: 'shard-damaged', severity: 'warning', message: `The results of ${shard} (${path}) cannot be used: ${reason}. They were removed.`, remedy: 'No action is needed: the shard is computed again.' };
}

function sentence({ shard, end, queued }: FailedTask, reason: string): string {
  const node = end?.node ?? queued?.node;
  return `${shard.charAt(0).toUpperCase()}${shard.slice(1)}${node === undefined ? '' : ` on ${node}`} ${reason}.`;
}
