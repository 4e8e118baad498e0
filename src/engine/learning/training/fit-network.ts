/*
 * Trains one network: mini-batches of images under random symmetries, mean squared error, Adam, and selection of the epoch
 * with the smallest validation error. All random choices in an epoch follow from the seed and the epoch's number, so a
 * training that resumes from a checkpoint ends with the same bytes as one without interruption. Batch normalization uses
 * the statistics of each shard alone, as is usual in data-parallel training.
 */
import type { LearningSettings } from '#domain/learning';
import { planOf } from '#domain/networks';
import { failure, success, type Result } from '#domain/finding';
import type { Rng } from '#engine/core/rng';
import type { LearningContext } from '../backend/backend';
import { createEvaluationNetwork, predictBatch } from '../network/evaluation-network';
import type { NetworkSetup } from '../network/network-input';
import { layoutOf, rangeOf } from '../network/parameter-layout';
import { selectEpoch, type EpochRecord, type FitProgress, type FitState } from './fit-state';
import { learningRateAt, stepAdam } from './optimizer';
import { examplesOf, lastNearEpoch, lossFactor, scaledLabels, shardOf, viewOf, type FitTask } from './regression-dataset';
import { averageGradients, computeShard, updateStatistics, lossesOf, shardSize } from './shard-gradient';
import { shardCount, type SharedTraining, type SharedTrainingSizes, type Team } from './team';

/** The sizes of the arrays that the members of a team share. */
export function sharedTrainingSizes(validationCount: number, settings: LearningSettings): SharedTrainingSizes {
  const served = settings.directions === 'shared' ? 2 : 1;
  const outputs = settings.properties.length;
  const layout = layoutOf(planOf(settings.network), outputs);
  return { parameters: layout.parameterCount, statistics: layout.statisticsCount, shard: shardSize(layout), evaluation: outputs * served * validationCount };
}

/**
 * Runs the remaining epochs of the fit, whose numbers must be in the team's memory when all members have called this. Reports
 * the state after each epoch; its arrays change once the promise of `onEpoch` is resolved. All members get the final state,
 * in the same memory. Finding: `training-diverged`. Throws `Cancelled` between shards.
 */
export async function fitNetwork(
  context: LearningContext,
  setup: NetworkSetup,
  task: FitTask,
  begun: FitProgress,
  rng: Rng,
  team: Team,
  shared: SharedTraining,
  onEpoch: (state: FitState, epoch: EpochRecord) => Promise<void>,
): Promise<Result<FitState>> {
  const { settings } = task;
  const { layout } = setup;
  const { images } = task.dataset;
  const stepsPerEpoch = Math.max(1, Math.floor((task.split.training.length * task.serves.length) / settings.batchSize));
  const steps = stepsPerEpoch * settings.epochs;
  const own = rangeOf(layout, team.member, team.members);
  const shards = Array.from({ length: shardCount }, (_, shard) => shared.shard(shard));
  let state: FitState = { ...begun, ...shared.fit };

  await shared.barrier();
  while (!hasEnded(state, settings)) {
    const epoch = state.curve.length + 1;
    const examples = examplesOf(task, epoch, rng.fork(`epoch/${epoch}`));
    const batchSize = Math.min(settings.batchSize, examples.length);
    let step = state.step;
    let trainLoss = 0;
    for (let b = 0; b < stepsPerEpoch; b++) {
      const batch = examples.slice(b * batchSize, (b + 1) * batchSize);
      for (let shard = team.member; shard < shardCount; shard += team.members) {
        context.signal.throwIfAborted();
        await computeShard(setup, state.parameters, images, shardOf(batch, shard), shards[shard]!);
      }
      await shared.barrier();
      const loss = meanLoss(task, lossesOf(layout, batch, shards));
      if (!Number.isFinite(loss)) return diverged(epoch, settings);
      if (team.member === 0) updateStatistics(layout, batch, shards, step, state.statistics);
      const gradient = averageGradients(batch, shards, own);
      step += 1;
      stepAdam(state.parameters, gradient, state.moments, layout, own, step, learningRateAt(settings, step - 1, steps), settings);
      await shared.barrier();
      trainLoss += loss / stepsPerEpoch;
      context.progress.report(step, steps, `epoch ${epoch}, loss ${loss.toPrecision(3)}`);
    }
    const validationLoss = task.split.validation.length === 0 ? undefined : await validate(setup, state, task, team, shared);
    if (validationLoss !== undefined && !Number.isFinite(validationLoss)) return diverged(epoch, settings);
    const record = { epoch, trainLoss, ...(validationLoss !== undefined && { validationLoss }), learningRate: learningRateAt(settings, step - 1, steps) };
    // Near copies teach nearly the right labels, so an epoch that showed them is selected only while there is no other.
    const first = state.bestEpoch <= lastNearEpoch(settings) && epoch > lastNearEpoch(settings);
    const best = first || validationLoss === undefined || state.bestEpoch === 0 || validationLoss < state.curve[state.bestEpoch - 1]!.validationLoss!;
    if (best && team.member === 0) selectEpoch(state);
    state = { ...state, step, curve: [...state.curve, record], ...(best && { bestEpoch: epoch }) };
    await onEpoch(state, record);
  }
  await shared.barrier();
  return success(state);
}

/** Whether all epochs are done, or the validation loss has not decreased for `patience` epochs, which epochs with near copies do not count in. */
function hasEnded({ curve, bestEpoch }: FitState, settings: LearningSettings): boolean {
  const { epochs, patience = Infinity } = settings;
  return curve.length >= epochs || curve.length - Math.max(bestEpoch, lastNearEpoch(settings)) >= patience;
}

/** The mean over properties of losses in units of deviation², converted to those of labels scaled to [0, 1]. */
function meanLoss({ scales }: FitTask, losses: Float64Array): number {
  return losses.reduce((sum, loss, p) => sum + lossFactor(scales[p]!) * loss, 0) / losses.length;
}

/** The loss of the validation images; each member computes the images of its shards. */
async function validate(
  { plan, layout, encoder }: NetworkSetup,
  state: FitState,
  task: FitTask,
  team: Team,
  shared: SharedTraining,
): Promise<number> {
  const { validation } = task.split;
  const part = Math.ceil(validation.length / shardCount);
  const { outputs: perImage } = layout;
  const network = createEvaluationNetwork(plan, layout, state.parameters, state.statistics);
  try {
    for (const [d, direction] of task.serves.entries()) {
      for (let shard = team.member; shard < shardCount; shard += team.members) {
        const images = validation.subarray(shard * part, (shard + 1) * part);
        const outputs = await predictBatch(network, encoder, task.dataset.images, images, viewOf(task.serves, direction));
        shared.evaluation.set(outputs, perImage * (d * validation.length + shard * part));
      }
    }
  } finally {
    network.dispose();
  }
  await shared.barrier();
  const losses = new Float64Array(perImage);
  for (const [d, direction] of task.serves.entries()) {
    for (const [i, image] of validation.entries()) {
      const at = perImage * (d * validation.length + i);
      scaledLabels(task, direction, image).forEach((label, p) => (losses[p]! += (shared.evaluation[at + p]! - label) ** 2));
    }
  }
  return meanLoss(task, losses.map((sum) => sum / (task.serves.length * validation.length)));
}

function diverged(epoch: number, settings: LearningSettings): Result<never> {
  return failure(
    'training-diverged',
    `The training of ${settings.network} diverged in epoch ${epoch}: the loss is not a finite number.`,
    `Choose a learning rate below ${settings.learningRate}.`,
  );
}
