/* What a network is shown in one epoch, in which order, and how a mini-batch is cut into shards. */
import type { LearningSettings } from '#domain/learning';
import type { Direction } from '#domain/objective';
import type { Rng } from '#engine/core/rng';
import { labelsOf, type DatasetSplit, type LabelScale, type RegressionDataset } from './regression-dataset';
import { antiTranspose, flipsKeeping, identity, type Symmetry } from '../network/symmetry';
import { shardCount } from './team';

/** Which images and labels a network learns from. */
export interface FitTask {
  readonly dataset: RegressionDataset;
  readonly split: DatasetSplit;
  /** Both for shared directions, else the network's own. */
  readonly serves: readonly Direction[];
  /** One a property of the settings, in their order. */
  readonly scales: readonly LabelScale[];
  readonly settings: LearningSettings;
}

/** An image, how it is seen, and what should be predicted then. */
export interface Example {
  readonly image: number;
  readonly symmetry: Symmetry;
  /** One a property, in units of its scale's deviation. */
  readonly labels: readonly number[];
}

/** How a network sees an image to predict a direction: one that serves both sees y anti-transposed. */
export function viewOf(serves: readonly Direction[], direction: Direction): Symmetry {
  return serves.length === 2 && direction === 'y' ? antiTranspose : identity;
}

/** The labels of an image, one a property, in units of its scale's deviation. */
export function scaledLabels({ dataset, scales, settings }: FitTask, direction: Direction, image: number): readonly number[] {
  return settings.properties.map((property, p) => (labelsOf(dataset, property)[direction][image]! - scales[p]!.mean) / scales[p]!.deviation);
}

/** The epoch's examples in their order: every training image once in every direction that is served. */
export function examplesOf(task: FitTask, rng: Rng): readonly Example[] {
  const drawn = rng.fork('flips');
  const examples: Example[] = [];
  for (const direction of task.serves) {
    const { antiTranspose } = viewOf(task.serves, direction);
    const views = flipsShown(task, direction).map((flip) => ({ ...flip, antiTranspose }));
    for (const image of task.split.training) {
      examples.push({ image, symmetry: views[drawn.integer(views.length)]!, labels: scaledLabels(task, direction, image) });
    }
  }
  const order = rng.fork('order').shuffle(Int32Array.from(examples, (_, i) => i));
  return Array.from(order, (i) => examples[i]!);
}

/** The flips that an image may be shown in with its own labels. */
function flipsShown({ dataset, settings }: FitTask, direction: Direction): readonly Symmetry[] {
  return settings.augmentation === 'symmetries' ? flipsKeeping(dataset.keptByMirroring, direction) : [identity];
}

/** Shard `shard` of a mini-batch: equal parts, the first larger by one where it does not divide. */
export function shardOf<T>(batch: readonly T[], shard: number): readonly T[] {
  const cut = (s: number): number => Math.ceil((batch.length * s) / shardCount);
  return batch.slice(cut(shard), cut(shard + 1));
}
