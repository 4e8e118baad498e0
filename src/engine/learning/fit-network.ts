/*
 * Trains one network: mini-batches of images seen through symmetries, mean squared error, Adam, the
 * best epoch on the validation images kept. Everything random in an epoch follows from the seed and the
 * epoch's number, so a training that goes on from a checkpoint ends with the same bytes as one that
 * never stopped. Batch normalization works on each shard alone, as in data-parallel training elsewhere.
 */
import { failure, success, type Result } from '#engine/core/finding';
import type { Rng } from '#engine/core/rng';
import { stepAdam, type AdamMoments } from './adam';
import type { LearningContext } from './backend';
import { learningRateAt } from './learning-rate';
import type { LearningSettings } from './learning-settings';
import { createEvaluationNetwork } from './network';
import { initialParameters, initialStatistics, layoutOf, planOf } from './network-plan';
import type { NetworkSetup } from './network-setup';
import { predictBatch } from './predict-batch';
import { lossFactor } from './regression-dataset';
import { combineShards, computeShard, shardSize } from './shard-gradient';
import { shardCount, type Exchange, type ExchangeSizes, type Team } from './team';
import { examplesOf, scaledLabels, shardOf, viewOf, type FitTask } from './training-examples';

/** One epoch of a training; losses are mean squared errors of labels scaled to [0, 1], of several properties their mean. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  readonly trainLoss: number;
  /** Absent without validation images. */
  readonly validationLoss?: number;
  /** Learning rate at the end of the epoch. */
  readonly learningRate: number;
}

/** Where a training is after a whole number of epochs. */
export interface FitState {
  readonly curve: readonly EpochRecord[];
  /** Optimizer steps taken. */
  readonly step: number;
  /** All parameters, flat, in the order of the layout; likewise the running statistics. */
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  readonly moments: AdamMoments;
  /** The epoch with the smallest validation loss so far, without validation images the last; 0 before the first. */
  readonly bestEpoch: number;
  /** Empty before the first epoch, as `bestStatistics`. */
  readonly bestParameters: Float32Array;
  readonly bestStatistics: Float32Array;
}

/** What the members of a team hand over. */
export function exchangeSizes(validationCount: number, settings: LearningSettings): ExchangeSizes {
  const served = settings.directions === 'shared' ? 2 : 1;
  const outputs = settings.properties.length;
  return { shard: shardSize(layoutOf(planOf(settings.network), outputs)), evaluation: outputs * served * validationCount };
}

/** The state before the first epoch: all weights random, or those before the head given. */
export function initialFit(settings: LearningSettings, rng: Rng, backbone?: Float32Array): FitState {
  const layout = layoutOf(planOf(settings.network), settings.properties.length);
  const parameters = initialParameters(layout, rng.fork('weights'));
  if (backbone) parameters.set(backbone);
  const statistics = initialStatistics(layout);
  return {
    curve: [],
    step: 0,
    parameters,
    statistics,
    moments: { first: new Float32Array(layout.parameterCount), second: new Float32Array(layout.parameterCount) },
    bestEpoch: 0,
    bestParameters: new Float32Array(0),
    bestStatistics: new Float32Array(0),
  };
}

/**
 * Runs the epochs that are left, in the arrays of `start`, telling the state after each: its arrays change
 * once the call has returned. Finding: `training-diverged`.
 * Throws `Cancelled` between shards.
 */
export async function fitNetwork(
  context: LearningContext,
  setup: NetworkSetup,
  task: FitTask,
  start: FitState,
  rng: Rng,
  team: Team,
  exchange: Exchange,
  onEpoch: (state: FitState, epoch: EpochRecord) => void,
): Promise<Result<FitState>> {
  const { settings } = task;
  const { layout } = setup;
  const { images } = task.dataset;
  const stepsPerEpoch = Math.max(1, Math.floor((task.split.training.length * task.serves.length) / settings.batchSize));
  const steps = stepsPerEpoch * settings.epochs;
  const gradient = new Float32Array(layout.parameterCount);
  let state = start;

  while (!hasEnded(state, settings)) {
    const epoch = state.curve.length + 1;
    const examples = examplesOf(task, rng.fork(`epoch/${epoch}`));
    const batchSize = Math.min(settings.batchSize, examples.length);
    let step = state.step;
    let trainLoss = 0;
    for (let b = 0; b < stepsPerEpoch; b++) {
      const batch = examples.slice(b * batchSize, (b + 1) * batchSize);
      for (let shard = team.member; shard < shardCount; shard += team.members) {
        context.signal.throwIfAborted();
        await computeShard(setup, state.parameters, images, shardOf(batch, shard), exchange.shard(step, shard));
      }
      await exchange.barrier();
      const loss = meanLoss(task, combineShards(layout, batch, shardsOf(exchange, step), step, gradient, state.statistics));
      if (!Number.isFinite(loss)) return diverged(epoch, settings);
      step += 1;
      stepAdam(state.parameters, gradient, state.moments, layout, step, learningRateAt(settings, step - 1, steps), settings);
      trainLoss += loss / stepsPerEpoch;
      context.progress.report(step, steps, `epoch ${epoch}, loss ${loss.toPrecision(3)}`);
    }
    const validationLoss = task.split.validation.length === 0 ? undefined : await validate(setup, state, task, team, exchange);
    if (validationLoss !== undefined && !Number.isFinite(validationLoss)) return diverged(epoch, settings);
    const record = { epoch, trainLoss, ...(validationLoss !== undefined && { validationLoss }), learningRate: learningRateAt(settings, step - 1, steps) };
    const best = validationLoss === undefined || state.bestEpoch === 0 || validationLoss < state.curve[state.bestEpoch - 1]!.validationLoss!;
    state = {
      ...state,
      step,
      curve: [...state.curve, record],
      ...(best ? { bestEpoch: epoch, bestParameters: state.parameters.slice(), bestStatistics: state.statistics.slice() } : {}),
    };
    onEpoch(state, record);
  }
  return success(state);
}

/** All epochs are run, or the validation loss has not fallen for as many as patience lasts. */
function hasEnded({ curve, bestEpoch }: FitState, { epochs, patience = Infinity }: LearningSettings): boolean {
  return curve.length >= epochs || curve.length - bestEpoch >= patience;
}

function shardsOf(exchange: Exchange, step: number): readonly Float32Array[] {
  return Array.from({ length: shardCount }, (_, shard) => exchange.shard(step, shard));
}

/** Losses in units of deviation², one a property, as the mean of those of labels scaled to [0, 1]. */
function meanLoss({ scales }: FitTask, losses: Float64Array): number {
  return losses.reduce((sum, loss, p) => sum + lossFactor(scales[p]!) * loss, 0) / losses.length;
}

/** Loss of the validation images; each shard's images by one member. */
async function validate(
  { plan, layout, encoder }: NetworkSetup,
  state: FitState,
  task: FitTask,
  team: Team,
  exchange: Exchange,
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
        exchange.evaluation.set(outputs, perImage * (d * validation.length + shard * part));
      }
    }
  } finally {
    network.dispose();
  }
  await exchange.barrier();
  const losses = new Float64Array(perImage);
  for (const [d, direction] of task.serves.entries()) {
    for (const [i, image] of validation.entries()) {
      const at = perImage * (d * validation.length + i);
      scaledLabels(task, direction, image).forEach((label, p) => (losses[p]! += (exchange.evaluation[at + p]! - label) ** 2));
    }
  }
  return meanLoss(task, losses.map((sum) => sum / (task.serves.length * validation.length)));
}

function diverged(epoch: number, settings: LearningSettings): Result<never> {
  return failure(
    'training-diverged',
    `The training of ${settings.network} diverged in epoch ${epoch}: its loss is not a finite number.`,
    `Choose a learning rate below ${settings.learningRate}.`,
  );
}

/** The same state in arrays of its own. */
export function copyFit(state: FitState): FitState {
  return {
    ...state,
    parameters: state.parameters.slice(),
    statistics: state.statistics.slice(),
    moments: { first: state.moments.first.slice(), second: state.moments.second.slice() },
    bestParameters: state.bestParameters.slice(),
    bestStatistics: state.bestStatistics.slice(),
  };
}
