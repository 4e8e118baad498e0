/* What fixes a training apart from its data. */
import type { NetworkKind } from './networks';
import type { Property } from './objective';

export const optimizers = ['adam', 'adamw'] as const;
/** `one-cycle` warms up and anneals to zero; `decay` halves the rate as epochs go by (the paper). */
export const schedules = ['constant', 'decay', 'one-cycle'] as const;
/** One network that serves y through the anti-transposed image, or one network per direction. */
export const directionSharing = ['shared', 'separate'] as const;
/**
 * Which copies of the images training uses too: the mirror images that have the same labels, or, with `shifts`, in the
 * first part of the training also copies that have nearly the same labels.
 */
export const augmentations = ['none', 'symmetries', 'shifts'] as const;

/** The TensorFlow.js backends that `auto` tries, best first. */
export const autoBackends = ['node-gpu', 'node', 'webgpu', 'wasm'] as const;
/** Which backend a case wants; `auto` is the best that works. */
export const backendChoices = ['auto', ...autoBackends] as const;
export type BackendChoice = (typeof backendChoices)[number];

/** Everything that fixes a training, apart from its data and, with backend `auto`, the machine. */
export interface LearningSettings {
  readonly network: NetworkKind;
  /** What the network predicts, one output each, in the order of `properties` of the domain. */
  readonly properties: readonly Property[];
  readonly epochs: number;
  readonly batchSize: number;
  /** Peak learning rate. */
  readonly learningRate: number;
  readonly optimizer: (typeof optimizers)[number];
  /** AdamW's decoupled decay; 0 for Adam. */
  readonly weightDecay: number;
  readonly schedule: (typeof schedules)[number];
  readonly directions: (typeof directionSharing)[number];
  readonly augmentation: (typeof augmentations)[number];
  /** Share of the images held out to judge the network, e.g. 0.2. */
  readonly holdOut: number;
  /** Share of the training images set aside to choose the epoch by; 0 keeps the last one. */
  readonly validation: number;
  /** Epochs without a smaller validation loss after which a training stops; without it, it runs them all. */
  readonly patience?: number;
  /** Which TensorFlow.js backend computes. */
  readonly backend: BackendChoice;
}
