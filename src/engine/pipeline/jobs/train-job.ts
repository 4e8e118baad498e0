import type { LearningSettings } from '#domain/learning';
import { success, type Result } from '#domain/finding';
import { createRng, type Rng } from '#engine/core/rng';
import type { ProgressListener } from '#engine/core/run-context';
import type { BackendRefusal } from '#engine/learning/backend/backend';
import type { RegressionDataset } from '#engine/learning/training/regression-dataset';
import type { PretrainedWeights } from '#engine/learning/training/torch-weights';
import { decodeCheckpoint, encodeCheckpoint, encodeNetworks } from '#engine/learning/training/training-artifacts';
import { leaveTeam, type Team } from '#engine/learning/training/team';
import { trainRegressor } from '#engine/learning/training/train-regressor';
import type { Artifact } from '#engine/core/artifact';
import { onBackend, type JobContext } from './job-context';


/** One member's share of a training; all members are given the same but for `team.member`. */
export interface TrainInput {
  readonly dataset: RegressionDataset;
  readonly settings: LearningSettings;
  readonly seed: number;
  readonly team: Team;
  readonly pretrained?: PretrainedWeights;
  readonly resumeFrom?: Artifact;
}

/** What member 0 says while it trains; a checkpoint's arrays are those in work, and change when the listener has returned. */
export type TrainEvent =
  | { readonly kind: 'backend'; readonly refused: readonly BackendRefusal[] }
  | { readonly kind: 'steps'; readonly done: number; readonly total: number; readonly note?: string }
  | { readonly kind: 'epoch'; readonly checkpoint: Artifact };

/** The random numbers of a training. */
export function trainingStream(seed: number): Rng {
  // This label must not change, because it fixes results.
  return createRng(seed).fork('learn');
}

/** Trains in a team of threads. All members end with the same networks. Because these are large, only member 0 returns them. */
export async function trainJob(context: JobContext<TrainEvent>, input: TrainInput): Promise<Result<Artifact | undefined>> {
  const outcome = await trainMember(context, input);
  // The others would wait for ever for a member whose backend alone does not open.
  if (!outcome.ok) leaveTeam(input.team, outcome);
  return outcome;
}

async function trainMember(context: JobContext<TrainEvent>, { dataset, settings, seed, team, pretrained, resumeFrom }: TrainInput): Promise<Result<Artifact | undefined>> {
  const speaks = team.member === 0;
  const progress: ProgressListener = {
    report(done, total, note) {
      if (speaks) context.emit({ kind: 'steps', done, total, ...(note === undefined ? {} : { note }) });
    },
  };
  return onBackend(context, settings.backend, trainingStream(seed), progress, async (learning) => {
    if (speaks) context.emit({ kind: 'backend', refused: learning.backend.refused });
    const checkpoint = resumeFrom && decodeCheckpoint(resumeFrom);
    if (checkpoint && !checkpoint.ok) return checkpoint;
    const trained = await trainRegressor(learning, dataset, settings, team, {
      ...(pretrained && { pretrained }),
      ...(checkpoint && { resumeFrom: checkpoint.value }),
      onEpoch: (state) => context.emitAndWait({ kind: 'epoch', checkpoint: encodeCheckpoint(state) }),
    });
    return trained.ok ? success(speaks ? encodeNetworks(trained.value) : undefined) : trained;
  });
}
