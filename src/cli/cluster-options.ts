/* The options of commands that use a cluster. */
import { type Command } from 'commander';
import type { ClusterSettings } from '#runner/cluster/cluster-settings';
import { positiveInteger } from './options';

export interface ClusterOptions {
  readonly partition?: string;
  readonly account?: string;
  readonly time?: string;
  readonly mem?: string;
  readonly cores?: number;
  readonly arrayThrottle?: number;
  readonly sbatch?: string;
}

export function withClusterOptions(command: Command): Command {
  return command
    .option('--partition <name>', 'with Slurm: the partition; this and the next options can also be in cluster.json of the run folder')
    .option('--account <name>', 'with Slurm: the account')
    .option('--time <limit>', 'with Slurm: longest time of a task, such as 02:00:00')
    .option('--mem <amount>', 'with Slurm: memory of a task, such as 4G')
    .option('--cores <n>', 'with Slurm: cores of a task (default: 1)', positiveInteger)
    .option('--array-throttle <n>', 'with Slurm: tasks that run at the same time', positiveInteger)
    .option('--sbatch <options>', 'with Slurm: further options of sbatch, in one word');
}

/** What the options say of Slurm. */
export function clusterSettings({ partition, account, time, mem, cores, arrayThrottle, sbatch }: ClusterOptions): Partial<ClusterSettings> {
  return {
    ...(partition !== undefined && { partition }),
    ...(account !== undefined && { account }),
    ...(time !== undefined && { time }),
    ...(mem !== undefined && { memory: mem }),
    ...(cores !== undefined && { cores }),
    ...(arrayThrottle !== undefined && { throttle: arrayThrottle }),
    ...(sbatch !== undefined && { options: sbatch.split(/\s+/).filter((word) => word !== '') }),
  };
}
