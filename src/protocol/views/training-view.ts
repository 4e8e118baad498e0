/* How a network learned, also while it learns. */
import type { Direction } from '#domain/objective';
import type { PackedColumn } from '../packed';
import type { ObjectiveView } from '../result';

export interface TrainingView {
  readonly objective: ObjectiveView;
  readonly network: string;
  /** What the case asks for. */
  readonly epochs: number;
  /** One for shared directions, else one for each; those whose training has begun. */
  readonly networks: readonly TrainingCurve[];
  /** There when the training is done. */
  readonly outcome?: TrainingOutcome;
}

export interface TrainingCurve {
  readonly serves: readonly Direction[];
  /** Counted from 1. */
  readonly bestEpoch: number;
  readonly epochs: readonly EpochView[];
}

export interface EpochView {
  readonly epoch: number;
  readonly trainLoss: number;
  /** Of the validation images; absent when the case keeps none. */
  readonly validationLoss?: number;
  readonly learningRate: number;
}

export interface TrainingOutcome {
  readonly backend: string;
  readonly parameterCount: number;
  readonly trainingCount: number;
  readonly holdOutCount: number;
  readonly quality: readonly ParityView[];
}

/** One direction of the hold-out. */
export interface ParityView {
  readonly direction: Direction;
  readonly r2: number;
  /** Of labels scaled to [0, 1]. */
  readonly mse: number;
  /** Index in the database of each image. */
  readonly images: PackedColumn<'i32'>;
  /** SI. */
  readonly measured: PackedColumn<'f32'>;
  readonly predicted: PackedColumn<'f32'>;
}
