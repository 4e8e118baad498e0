import { success, type Result } from '#engine/core/finding';
import { createRng } from '#engine/core/rng';
import type { BackendRefusal } from '#engine/learning/backend';
import type { LearningSettings } from '#engine/learning/learning-settings';
import type { RegressionDataset } from '#engine/learning/regression-dataset';
import type { PretrainedWeights } from '#engine/learning/pretrained-weights';
import { encodeRegressor } from '#engine/learning/regressor';
import { leaveTeam, type Team } from '#engine/learning/team';
import { trainRegressor } from '#engine/learning/train-regressor';
import { decodeCheckpoint, encodeCheckpoint } from '#engine/learning/training-checkpoint';
import type { Artifact } from '#engine/core/artifact';
import type { JobContext } from '../job-context';
import { learningContextOf } from './learning-context';

/** One member's share of a training; all members get the same but for `team.member`. */
export interface TrainInput {
  readonly dataset: RegressionDataset;
  readonly settings: LearningSettings;
  readonly seed: number;
  readonly team: Team;
  readonly pretrained?: PretrainedWeights;
  readonly resumeFrom?: Artifact;
}

/** What member 0 says while it trains. */
export type TrainEvent =
  | { readonly kind: 'backend'; readonly refused: readonly BackendRefusal[] }
  | { readonly kind: 'steps'; readonly done: number; readonly total: number; readonly note?: string }
  | { readonly kind: 'epoch'; readonly checkpoint: Artifact };

/** Trains in a team of threads; every member answers with the same regressor. */
export async function trainJob(context: JobContext<TrainEvent>, input: TrainInput): Promise<Result<Artifact>> {
  const outcome = await trainMember(context, input);
  // The others would wait for ever for a member whose backend alone does not open.
  if (!outcome.ok) leaveTeam(input.team, outcome);
  return outcome;
}

async function trainMember(context: JobContext<TrainEvent>, input: TrainInput): Promise<Result<Artifact>> {
  const { dataset, settings, seed, team } = input;
  const speaks = team.member === 0;
  const learning = await learningContextOf(context, createRng(seed).fork('learn'), {
    report(done, total, note) {
      if (speaks) context.emit({ kind: 'steps', done, total, ...(note === undefined ? {} : { note }) });
    },
  });
  if (!learning.ok) return learning;
  if (speaks) context.emit({ kind: 'backend', refused: learning.value.backend.refused });

  const resumeFrom = input.resumeFrom && decodeCheckpoint(input.resumeFrom);
  if (resumeFrom && !resumeFrom.ok) return resumeFrom;
  const regressor = await trainRegressor(learning.value, dataset, settings, team, {
    ...(input.pretrained && { pretrained: input.pretrained }),
    ...(resumeFrom && { resumeFrom: resumeFrom.value }),
    onEpoch: (checkpoint) => context.emit({ kind: 'epoch', checkpoint: encodeCheckpoint(checkpoint) }),
  });
  return regressor.ok ? success(encodeRegressor(regressor.value)) : regressor;
}
