/* Where the training of one network is after a whole number of epochs, and the memory that it takes. */
import type { LearningSettings } from '#domain/learning';
import { planOf } from '#domain/networks';
import type { Rng } from '#engine/core/rng';
import { initialParameters, initialStatistics, layoutOf } from '../network/parameter-layout';
import type { AdamMoments } from './optimizer';

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

/** What a training has come to, but for its numbers. */
export interface FitProgress {
  readonly curve: readonly EpochRecord[];
  /** Optimizer steps taken. */
  readonly step: number;
  /** The epoch with the smallest validation loss so far, without validation images the last; 0 before the first. */
  readonly bestEpoch: number;
}

/** The numbers of a training, each array flat in the order of the layout. */
export interface FitArrays {
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  readonly moments: AdamMoments;
  /** Meaningless before the first epoch, as `bestStatistics`. */
  readonly bestParameters: Float32Array;
  readonly bestStatistics: Float32Array;
}

/** Where a training is. */
export interface FitState extends FitProgress, FitArrays {}

/** Before the first epoch. */
export const initialProgress: FitProgress = { curve: [], step: 0, bestEpoch: 0 };

/** Writes the numbers before the first epoch: all weights random, or those before the head given. */
export function writeInitialFit(arrays: FitArrays, settings: LearningSettings, rng: Rng, backbone?: Float32Array): void {
  const layout = layoutOf(planOf(settings.network), settings.properties.length);
  arrays.parameters.set(initialParameters(layout, rng.fork('weights')));
  if (backbone) arrays.parameters.set(backbone);
  arrays.statistics.set(initialStatistics(layout));
  arrays.moments.first.fill(0);
  arrays.moments.second.fill(0);
}

/** Writes the numbers of a state, of a finished training those of its best epoch alone. */
export function writeFit(arrays: FitArrays, state: FitArrays): void {
  arrays.parameters.set(state.parameters);
  arrays.statistics.set(state.statistics);
  arrays.moments.first.set(state.moments.first);
  arrays.moments.second.set(state.moments.second);
  arrays.bestParameters.set(state.bestParameters);
  arrays.bestStatistics.set(state.bestStatistics);
}

/** Keeps the weights and statistics in work as the best ones. */
export function selectEpoch({ parameters, statistics, bestParameters, bestStatistics }: FitArrays): void {
  bestParameters.set(parameters);
  bestStatistics.set(statistics);
}
