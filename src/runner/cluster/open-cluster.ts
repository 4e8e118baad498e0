/* The cluster that this machine can submit to, ready for a run. */
import type { ShardStates } from '#display/shards';
import { success, type Finding, type Result } from '#domain/finding';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import { networkDiskOf } from '#runner/run-folder/folder-lock';
import { withStorageErrors } from '#runner/run-folder/storage-error';
import type { RunStore } from '#runner/store/store';
import type { QueueLimits } from './batch-queue';
import { createClusterExecutor } from './cluster-executor';
import { type ClusterSettings, readClusterSettings } from './cluster-settings';
import { provideProgram } from './node-program';
import { createSlurmQueue } from './slurm-queue';

export interface Cluster {
  readonly settings: ClusterSettings;
  readonly limits: QueueLimits;
  /** The executor of one run; `local` computes what is small and is closed with it. */
  executor(store: RunStore, local: RunExecutor, listener: ClusterListener): RunExecutor;
}

export interface ClusterListener {
  readonly onFinding: (finding: Finding) => void;
  readonly onQueue: (counts: ShardStates) => void;
}

/** Milliseconds that a file of a node may take to appear: network disks remember for up to a minute what was there. */
const networkDelay = 60_000;
const localDelay = 1_000;

/** Slurm with the settings of the run folder and what the options say instead. Findings: `cluster-settings`, `queue-refused`. */
export async function openCluster(runFolder: string, given: Partial<ClusterSettings>): Promise<Result<Cluster>> {
  const settings = readClusterSettings(runFolder, given);
  if (!settings.ok) return settings;
  const queue = createSlurmQueue();
  const limits = await queue.limits();
  if (!limits.ok) return limits;
  return success({
    settings: settings.value,
    limits: limits.value,
    executor: (store, local, listener) =>
      createClusterExecutor({
        runFolder, store, queue, local, ...listener,
        limits: limits.value,
        settings: settings.value,
        program: withStorageErrors(runFolder, () => provideProgram(runFolder)),
        delay: networkDiskOf(runFolder) === undefined ? localDelay : networkDelay,
      }),
  });
}
