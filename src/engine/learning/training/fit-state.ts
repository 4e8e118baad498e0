/* The state of the training of one network after a whole number of epochs. */
import type { LearningSettings } from '#domain/learning';
import { planOf } from '#domain/networks';
import type { Rng } from '#engine/core/rng';
import { initialParameters, initialStatistics, layoutOf } from '../network/parameter-layout';
import type { AdamMoments } from './optimizer';

/** One epoch of a training. Losses are mean squared errors of labels scaled to [0, 1], averaged over the properties. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  readonly trainLoss: number;
  /** Absent without validation images. */
  readonly validationLoss?: number;
  /** Learning rate at the end of the epoch. */
  readonly learningRate: number;
}

/** The progress of a training, without its arrays. */
export interface FitProgress {
  readonly curve: readonly EpochRecord[];
  /** Number of optimizer steps done. */
  readonly step: number;
  /** The selected epoch: that with the smallest validation loss so far, or the last one without validation images; 0 before the first. */
  readonly bestEpoch: number;
}

/** The arrays of a training, each flat in the order of the layout. */
export interface FitArrays {
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  readonly moments: AdamMoments;
  /** Those of the selected epoch, as `bestStatistics`; undefined contents before the first epoch. */
  readonly bestParameters: Float32Array;
  readonly bestStatistics: Float32Array;
}

/** The state of a training. */
export interface FitState extends FitProgress, FitArrays {}

/** The progress before the first epoch. */
export const initialProgress: FitProgress = { curve: [], step: 0, bestEpoch: 0 };

/** Writes the initial state: all weights random, or those before the head given. */
export function writeInitialFit(arrays: FitArrays, settings: LearningSettings, rng: Rng, backbone?: Float32Array): void {
  const layout = layoutOf(planOf(settings.network), settings.properties.length);
  arrays.parameters.set(initialParameters(layout, rng.fork('weights')));
  if (backbone) arrays.parameters.set(backbone);
  arrays.statistics.set(initialStatistics(layout));
  arrays.moments.first.fill(0);
  arrays.moments.second.fill(0);
}

/** Copies the arrays of a state. Those of a finished training contain the selected epoch only. */
export function writeFit(arrays: FitArrays, state: FitArrays): void {
  arrays.parameters.set(state.parameters);
  arrays.statistics.set(state.statistics);
  arrays.moments.first.set(state.moments.first);
  arrays.moments.second.set(state.moments.second);
  arrays.bestParameters.set(state.bestParameters);
  arrays.bestStatistics.set(state.bestStatistics);
}

/** Copies the current weights and statistics to those of the selected epoch. */
export function selectEpoch({ parameters, statistics, bestParameters, bestStatistics }: FitArrays): void {
  bestParameters.set(parameters);
  bestStatistics.set(statistics);
}
