/* Trains and evaluates the network or networks that predict one or several properties in both directions. */
import type { LearningSettings } from '#domain/learning';
import { directions, type Direction } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import { failure, success, type Result } from '#domain/finding';
import type { ProgressListener } from '#engine/core/run-context';
import { coefficientOfDetermination, squaredDistance } from '#engine/numerics/statistics';
import type { LearningContext } from '../backend/backend';
import { setUpNetwork } from '../network/network-input';
import { sharedTrainingSizes, fitNetwork } from './fit-network';
import { initialProgress, writeFit, writeInitialFit, type EpochRecord, type FitState } from './fit-state';
import { networkFor, predict } from './predict';
import {
  checkDataset, labelScale, labelsOf, splitCounts, splitDataset,
  type DatasetSplit, type LabelScale, type RegressionDataset,
} from './regression-dataset';
import { regressorFor, type HoldOutQuality, type TrainedNetwork, type TrainedNetworks } from './regressor';
import { sharedTrainingBytes, joinTraining, type Team } from './team';
import { backboneFor, type PretrainedWeights } from './torch-weights';
import type { TrainingCheckpoint } from './training-artifacts';

/** Optional inputs of a training. */
export interface TrainingHooks {
  /** Initial weights; without them all weights are random at the start. */
  readonly pretrained?: PretrainedWeights;
  /** The checkpoint to resume from, the same for every member of a team. */
  readonly resumeFrom?: TrainingCheckpoint;
  /**
   * Called after each epoch, by member 0 only. `serves` identifies the network. The arrays of the checkpoint are those of
   * the training itself: store or copy them before the promise is resolved, for which the training waits.
   */
  onEpoch?(checkpoint: TrainingCheckpoint, epoch: EpochRecord, serves: readonly Direction[]): void | Promise<void>;
}

/** The memory that the members of one training share; each attempt needs a new one. Images of groups may have another number of validation images than `imageCount` gives. */
export function createTeamMemory(imageCount: number, settings: LearningSettings, validation = splitCounts(imageCount, settings).validation): SharedArrayBuffer {
  return new SharedArrayBuffer(sharedTrainingBytes(sharedTrainingSizes(validation, settings)));
}

/**
 * Trains and evaluates a regressor. All members of a team call this with the same arguments except `team.member`, on
 * threads that run at the same time. All get the same result, which has the same bytes as that of a single thread.
 * Progress counts optimizer steps. The random stream is `context.rng`.
 *
 * Findings: those of `checkDataset`, `training-diverged`, `checkpoint-foreign`.
 * Throws `Cancelled` between mini-batches.
 */
export async function trainRegressor(
  context: LearningContext,
  dataset: RegressionDataset,
  settings: LearningSettings,
  team: Team,
  hooks: TrainingHooks,
): Promise<Result<TrainedNetworks>> {
  const checked = checkDataset(dataset, settings);
  if (!checked.ok) return checked;
  ensure(hooks.pretrained === undefined || hooks.pretrained.kind === settings.network, 'the pretrained weights belong to the network that is trained');
  const fingerprint = fingerprintOf(context, dataset, settings, hooks.pretrained);
  if (hooks.resumeFrom !== undefined && hooks.resumeFrom.fingerprint !== fingerprint) {
    return failure('checkpoint-foreign', 'The checkpoint belongs to another training.', 'Delete it and train from the start.');
  }
  const split = splitDataset(dataset.images.count, settings, context.rng, dataset.groups);
  const shared = joinTraining(team, sharedTrainingSizes(split.validation.length, settings), context.signal);
  try {
    const finished: { readonly fit: FitState; readonly network: TrainedNetwork }[] = [];
    for (const serves of servedDirections(settings)) {
      const rng = context.rng.fork(`network/${serves.join('')}`);
      const scales = settings.properties.map((property) => labelScale(labelsOf(dataset, property), split, serves));
      const begun = hooks.resumeFrom?.fits[finished.length];
      // No member reads the previous network any more.
      await shared.barrier();
      if (team.member === 0) {
        if (begun) writeFit(shared.fit, begun);
        else writeInitialFit(shared.fit, settings, rng, hooks.pretrained && backboneFor(hooks.pretrained, serves));
      }
      const outcome = await fitNetwork(
        { ...context, progress: shareOf(context.progress, finished.length, servedDirections(settings).length) },
        setUpNetwork(settings.network, dataset.images.resolution, settings.properties.length),
        { dataset, split, serves, scales, settings },
        begun ?? initialProgress,
        rng,
        team,
        shared,
        async (state, epoch) => {
          if (team.member === 0) await hooks.onEpoch?.({ fingerprint, fits: [...finished.map(({ fit }) => fit), state] }, epoch, serves);
        },
      );
      if (!outcome.ok) return outcome;
      const fit = finishedState(outcome.value);
      finished.push({
        fit,
        network: {
          serves,
          outputs: settings.properties.map((property, p) => ({ property, ...scales[p]! })),
          parameters: fit.bestParameters,
          statistics: fit.bestStatistics,
          bestEpoch: fit.bestEpoch,
          curve: fit.curve,
        },
      });
    }
    return success(await evaluate(context, dataset, settings, split, finished.map(({ network }) => network)));
  } catch (error) {
    shared.leave(error);
    throw error;
  }
}

function servedDirections(settings: LearningSettings): readonly (readonly Direction[])[] {
  return settings.directions === 'shared' ? [['x', 'y']] : [['x'], ['y']];
}

/** The state of a finished network: copies of the arrays of its selected epoch. The others would only enlarge checkpoints. */
function finishedState({ curve, step, bestEpoch, bestParameters, bestStatistics }: FitState): FitState {
  const empty = new Float32Array(0);
  return {
    curve, step, bestEpoch,
    parameters: empty, statistics: empty, moments: { first: empty, second: empty },
    bestParameters: bestParameters.slice(), bestStatistics: bestStatistics.slice(),
  };
}

/** The progress of one of several trainings with the same number of steps. */
function shareOf(progress: ProgressListener, before: number, count: number): ProgressListener {
  return { report: (done, total, note) => progress.report(before * total + done, count * total, note) };
}

/** Predicts the hold-out and compares the predictions with the measured values, for each property. */
async function evaluate(
  context: LearningContext,
  dataset: RegressionDataset,
  settings: LearningSettings,
  split: DatasetSplit,
  networks: readonly TrainedNetwork[],
): Promise<TrainedNetworks> {
  const trained: TrainedNetworks = {
    kind: settings.network,
    resolution: dataset.images.resolution,
    backend: context.backend.name,
    version: context.backend.version,
    networks,
    split,
    quality: [],
  };
  const quality: HoldOutQuality[] = [];
  for (const property of settings.properties) {
    const regressor = regressorFor(trained, property);
    const predictions = await predict(context, regressor, dataset.images, split.holdOut);
    for (const direction of directions) {
      const measured = Float64Array.from(split.holdOut, (image) => labelsOf(dataset, property)[direction][image]!);
      const { scale } = networkFor(regressor, direction);
      quality.push({ property, direction, ...determination(measured, predictions[direction], scale), measured, predicted: predictions[direction], images: split.holdOut });
    }
  }
  return { ...trained, quality };
}

/** R², and the mean squared error of labels scaled to [0, 1]. */
function determination(measured: Float64Array, predicted: Float64Array, { minimum, maximum }: LabelScale): { readonly r2: number; readonly mse: number } {
  return { r2: coefficientOfDetermination(measured, predicted), mse: squaredDistance(measured, predicted) / measured.length / (maximum - minimum) ** 2 };
}

/** Identifies everything that a checkpoint depends on except the random stream, which the caller fixes. */
function fingerprintOf(
  { backend }: LearningContext,
  dataset: RegressionDataset,
  settings: LearningSettings,
  pretrained: PretrainedWeights | undefined,
): string {
  const sum = (values: Iterable<number>): number => {
    let total = 0;
    for (const value of values) total += value;
    return total;
  };
  const { images, mirrorInvariance } = dataset;
  const sums = settings.properties.flatMap((property) => [sum(labelsOf(dataset, property).x), sum(labelsOf(dataset, property).y)]);
  const weights = pretrained?.networks.map(({ backbone }) => sum(backbone)) ?? [];
  return JSON.stringify([settings, backend.name, backend.version, images.count, images.resolution, mirrorInvariance, ...sums, ...weights]);
}
