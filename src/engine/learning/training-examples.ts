/* What a network is shown in one epoch, in which order, and how a mini-batch is cut into shards. */
import type { Direction } from '#engine/core/material';
import type { Rng } from '#engine/core/rng';
import type { LearningSettings } from './learning-settings';
import type { DatasetSplit, LabelScale, RegressionDataset } from './regression-dataset';
import { antiTranspose, flips, identity, type Symmetry } from './symmetry';
import { shardCount } from './team';

/** Which images and labels a network learns from. */
export interface FitTask {
  readonly dataset: RegressionDataset;
  readonly split: DatasetSplit;
  /** Both for shared directions, else the network's own. */
  readonly serves: readonly Direction[];
  readonly scale: LabelScale;
  readonly settings: LearningSettings;
}

/** An image, how it is seen, and what should be predicted then. */
export interface Example {
  readonly image: number;
  readonly symmetry: Symmetry;
  /** In units of the scale's deviation. */
  readonly label: number;
}

/** How a network sees an image to predict a direction: one that serves both sees y anti-transposed. */
export function viewOf(serves: readonly Direction[], direction: Direction): Symmetry {
  return serves.length === 2 && direction === 'y' ? antiTranspose : identity;
}

/** The label of an image in units of the scale's deviation. */
export function scaledLabel({ dataset, scale }: FitTask, direction: Direction, image: number): number {
  return (dataset.labels[direction][image]! - scale.mean) / scale.deviation;
}

/** The flips followed by the anti-transpose. */
const turnedFlips: readonly Symmetry[] = flips.map((flip) => ({ ...flip, antiTranspose: true }));

/** The epoch's examples in their order: every training image once in every direction that is served. */
export function examplesOf(task: FitTask, rng: Rng): readonly Example[] {
  const drawn = rng.fork('flips');
  const choices = task.settings.augmentation === 'symmetries' ? flips.length : 1;
  const examples: Example[] = [];
  for (const direction of task.serves) {
    const views = viewOf(task.serves, direction).antiTranspose ? turnedFlips : flips;
    for (const image of task.split.training) {
      examples.push({ image, symmetry: views[drawn.integer(choices)]!, label: scaledLabel(task, direction, image) });
    }
  }
  const order = rng.fork('order').shuffle(Int32Array.from(examples, (_, i) => i));
  return Array.from(order, (i) => examples[i]!);
}

/** Shard `shard` of a mini-batch: equal parts, the first larger by one where it does not divide. */
export function shardOf<T>(batch: readonly T[], shard: number): readonly T[] {
  const cut = (s: number): number => Math.ceil((batch.length * s) / shardCount);
  return batch.slice(cut(shard), cut(shard + 1));
}
