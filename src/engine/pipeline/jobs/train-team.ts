/* A training as the jobs of its team: one per thread, as far as the executor has threads that share memory. */
import { success, type Result } from '#domain/finding';
import type { Artifact } from '#engine/core/artifact';
import { BugError, ensure } from '#engine/core/bug-error';
import { splitDataset } from '#engine/learning/training/regression-dataset';
import { partsOf } from '#engine/learning/training/split-by-source';
import { leftAlone, shardCount } from '#engine/learning/training/team';
import { createTeamMemory } from '#engine/learning/training/train-regressor';
import type { Executor } from '../ports';
import { trainingStream, type TrainEvent, type TrainInput } from './train-job';

/** Trains on as many threads as there are shards, as far as the executor has them and they share memory. `onEvent` receives what member 0 says. */
export function trainInTeam(executor: Executor, training: Omit<TrainInput, 'team'>, onEvent: (event: TrainEvent) => void): Promise<Result<Artifact>> {
  const members = executor.sharesMemory ? Math.min(shardCount, executor.concurrency) : 1;
  const shared = members > 1 ? createTeamMemory(training.dataset.images.count, training.settings, validationCount(training)) : undefined;
  const jobs = Array.from({ length: members }, (_, member) =>
    executor.run('train', { ...training, team: { member, members, ...(shared && { shared }) } }, { onEvent }),
  );
  return outcomeOfTeam(jobs);
}

/** The number of validation images where images belong together, by the stream of the training. */
function validationCount({ dataset: { images, groups }, settings, seed }: Omit<TrainInput, 'team'>): number | undefined {
  if (!groups || new Set(groups).size < partsOf(settings)) return undefined;
  return splitDataset(images.count, settings, trainingStream(seed), groups).validation.length;
}

/** The networks, which member 0 returns; or, when a member failed or was refused, its error or findings, even if the other members reported earlier that it had left. */
async function outcomeOfTeam(jobs: readonly Promise<Result<Artifact | undefined>>[]): Promise<Result<Artifact>> {
  try {
    let networks: Artifact | undefined;
    for (const outcome of await Promise.all(jobs)) {
      if (!outcome.ok) return outcome;
      networks ??= outcome.value;
    }
    ensure(networks !== undefined, 'member 0 returns the networks');
    return success(networks);
  } catch (error) {
    if (!isLeftAlone(error)) throw error;
    for (const end of await Promise.allSettled(jobs)) {
      if (end.status === 'rejected' && !isLeftAlone(end.reason)) throw end.reason;
      if (end.status === 'fulfilled' && !end.value.ok) return end.value;
    }
    throw error;
  }
}

function isLeftAlone(error: unknown): boolean {
  return error instanceof BugError && error.message === leftAlone;
}
