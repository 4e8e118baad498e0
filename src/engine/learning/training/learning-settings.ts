import type { Property } from '#engine/core/material';
import type { BackendChoice } from '../backend/backend';
import type { NetworkKind } from '../network/network-plan';

/** Everything that fixes a training, apart from its data and, with backend `auto`, the machine. */
export interface LearningSettings {
  readonly network: NetworkKind;
  /** What the network predicts, an output each; the first is what the case is about. */
  readonly properties: readonly Property[];
  readonly epochs: number;
  readonly batchSize: number;
  /** Peak learning rate. */
  readonly learningRate: number;
  readonly optimizer: 'adam' | 'adamw';
  /** AdamW's decoupled decay; 0 for Adam. */
  readonly weightDecay: number;
  /** `one-cycle` warms up and anneals to zero; `decay` halves the rate as epochs go by (the paper). */
  readonly schedule: 'constant' | 'decay' | 'one-cycle';
  /** One network that serves y through the anti-transposed image, or one network a direction. */
  readonly directions: 'shared' | 'separate';
  /** Whether training images are also shown as those of their mirror images that have the same labels. */
  readonly augmentation: 'none' | 'symmetries';
  /** Share of the images held out to judge the network, e.g. 0.2. */
  readonly holdOut: number;
  /** Share of the training images set aside to choose the epoch by; 0 keeps the last one. */
  readonly validation: number;
  /** Epochs without a smaller validation loss after which a training stops; without it, it runs them all. */
  readonly patience?: number;
  /** Which TensorFlow.js backend computes. */
  readonly backend: BackendChoice;
}
