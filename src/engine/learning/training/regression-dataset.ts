/*
 * What a regressor learns from: images, a property in both directions, which images are held out, and which examples an
 * epoch shows in which order.
 */
import type { LearningSettings } from '#domain/learning';
import { planOf, reductionOf } from '#domain/networks';
import { directions, type Direction, type Property } from '#domain/objective';
import { formatCount } from '#units/format-quantity';
import { ensure } from '#engine/core/bug-error';
import { failure, success, type Result } from '#domain/finding';
import type { Rng } from '#engine/core/rng';
import type { MirrorInvariance } from '#engine/grid/image-2d';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { PixelShift } from '../network/network-input';
import { antiTranspose, flips, invariantFlips, identity, type Symmetry } from '../network/symmetry';
import { partsOf, splitBySource, type DatasetSplit, type SplitShares } from './split-by-source';
import { shardCount } from './team';

export type { DatasetSplit, SplitShares } from './split-by-source';

/** One property of all images in both directions, SI; entry i belongs to image i. */
export interface Labels {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Images with their labels, at least those of the properties in the settings. */
export interface RegressionDataset {
  readonly images: MicrostructureBatch;
  readonly labels: Readonly<Partial<Record<Property, Labels>>>;
  /** The mirror images for which all learned labels are the same. */
  readonly mirrorInvariance: MirrorInvariance;
  /** The group of each image: those of one group are on one side of a split. Absent where each image is by itself. */
  readonly groups?: Int32Array;
}

/** The labels of a learned property. */
export function labelsOf({ labels }: RegressionDataset, property: Property): Labels {
  const found = labels[property];
  ensure(found !== undefined, `the images have labels for ${property}`);
  return found;
}

/** The smallest number of images for which a hold-out can confirm what was learned. */
export const fewestImages = 50;

/**
 * Reports what makes a training pointless: `too-few-images`, `too-few-pictures`, `label-not-finite`, `labels-constant`,
 * `resolution-not-halvable`, `hold-out-too-small`.
 */
export function checkDataset(dataset: RegressionDataset, settings: LearningSettings): Result<void> {
  const { images } = dataset;
  if (images.count < fewestImages) {
    return failure('too-few-images', `A network cannot learn from ${formatCount(images.count, 'image')}.`, `Use a database of at least ${Math.ceil(Math.max(fewestImages / (1 - settings.holdOut), 10 / settings.holdOut))} images.`);
  }
  const pictures = dataset.groups && new Set(dataset.groups).size;
  if (pictures !== undefined && pictures < partsOf(settings)) {
    return failure(
      'too-few-pictures',
      `All ${images.count} images come from ${formatCount(pictures, 'picture')}, and images of one picture are not in the hold-out and in the training at once.`,
      `Use at least ${partsOf(settings)} pictures, better ten times as many.`,
    );
  }
  const reduction = reductionOf(planOf(settings.network));
  if (images.resolution % reduction !== 0) {
    return failure(
      'resolution-not-halvable',
      `Network ${settings.network} shrinks images by ${reduction}, which does not divide ${images.resolution} pixels.`,
      'Choose a resolution that is a power of two and at least 32.',
    );
  }
  for (const property of settings.properties) {
    const checked = checkLabels(property, labelsOf(dataset, property));
    if (!checked.ok) return checked;
  }
  const { held, validation } = splitCounts(images.count, settings);
  if (held < 2 || images.count - held - validation < 2) {
    return failure('hold-out-too-small', `A hold-out share of ${settings.holdOut} leaves ${held} of ${formatCount(images.count, 'image')} for the evaluation.`, 'Choose a share such as 0.2.');
  }
  return success(undefined);
}

function checkLabels(property: Property, labels: Labels): Result<void> {
  for (const direction of directions) {
    const values = labels[direction];
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) {
      return failure('label-not-finite', `The ${property} of image ${wrong} in direction ${direction} is ${values[wrong]}, which is not a finite number.`);
    }
    if (isConstant(values)) {
      return failure(
        'labels-constant',
        `All images have the same ${property} ${values[0]} in direction ${direction}, so there is nothing to learn.`,
        'Choose phases that differ.',
      );
    }
  }
  return success(undefined);
}

/** Splits the images by the seed, before any symmetry is applied, those of one group together. The hold-out does not depend on the validation share. */
export function splitDataset(count: number, shares: SplitShares, rng: Rng, groups?: Int32Array): DatasetSplit {
  if (groups) return splitBySource(groups, shares, rng);
  const order = rng.fork('split').shuffle(Int32Array.from({ length: count }, (_, i) => i));
  const { held, validation } = splitCounts(count, shares);
  return {
    holdOut: order.slice(0, held).sort(),
    validation: order.slice(held, held + validation).sort(),
    training: order.slice(held + validation).sort(),
  };
}

/** Whether the values are equal except for round-off. */
function isConstant(values: Float64Array): boolean {
  const minimum = values.reduce((a, b) => Math.min(a, b));
  const maximum = values.reduce((a, b) => Math.max(a, b));
  return maximum - minimum <= 1e-9 * Math.max(Math.abs(minimum), Math.abs(maximum));
}

/** The number of held-out images, and of validation images among the others: at least one where the share is positive. */
export function splitCounts(count: number, { holdOut, validation }: SplitShares): { readonly held: number; readonly validation: number } {
  const held = Math.round(count * holdOut);
  return { held, validation: Math.ceil((count - held) * validation) };
}

/**
 * The scale of a network's labels. Networks learn (label − mean) / deviation. Losses and errors are reported for labels
 * scaled to [0, 1] by the smallest and largest label of the training images, as in the paper.
 */
export interface LabelScale {
  readonly mean: number;
  readonly deviation: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** The scale of a property of the training images in the directions that a network serves. */
export function labelScale(labels: Labels, split: DatasetSplit, serves: readonly Direction[]): LabelScale {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const direction of serves) {
    for (const image of split.training) {
      // Welford's update: no cancellation for moduli near 1e11.
      const value = labels[direction][image]!;
      count += 1;
      const before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
  }
  return { mean, deviation: Math.sqrt(squares / count), minimum, maximum };
}

/** The factor from a mean squared error in units of deviation² to that of labels scaled to [0, 1]. */
export function lossFactor({ deviation, minimum, maximum }: LabelScale): number {
  return (deviation / (maximum - minimum)) ** 2;
}

/** The images and labels that a network learns from. */
export interface FitTask {
  readonly dataset: RegressionDataset;
  readonly split: DatasetSplit;
  /** Both directions if they share a network, otherwise the network's own. */
  readonly serves: readonly Direction[];
  /** One per property of the settings, in their order. */
  readonly scales: readonly LabelScale[];
  readonly settings: LearningSettings;
}

/** An image, how it is shown, and the labels for it. */
export interface Example {
  readonly image: number;
  readonly symmetry: Symmetry;
  /** Applied before the symmetry. */
  readonly shift?: PixelShift;
  /** One per property, in units of its scale's deviation. */
  readonly labels: readonly number[];
}

/** The symmetry under which a network predicts a direction: a network for both predicts y from the anti-transposed image. */
export function viewOf(serves: readonly Direction[], direction: Direction): Symmetry {
  return serves.length === 2 && direction === 'y' ? antiTranspose : identity;
}

/** The labels of an image, one per property, in units of its scale's deviation. */
export function scaledLabels({ dataset, scales, settings }: FitTask, direction: Direction, image: number): readonly number[] {
  return settings.properties.map((property, p) => (labelsOf(dataset, property)[direction][image]! - scales[p]!.mean) / scales[p]!.deviation);
}

/** The part of the epochs in which `shifts` shows copies whose labels are only nearly the same. */
const NEAR_COPIES = 0.6;

/** The last epoch that shows copies whose labels are only nearly the same; 0 without `shifts`. */
export function lastNearEpoch({ augmentation, epochs }: LearningSettings): number {
  return augmentation === 'shifts' ? Math.ceil(NEAR_COPIES * epochs) : 0;
}

/** The examples of an epoch (from 1) in their order: every training image once per predicted direction. */
export function examplesOf(task: FitTask, epoch: number, rng: Rng): readonly Example[] {
  const { images } = task.dataset;
  const near = epoch <= lastNearEpoch(task.settings);
  const [stream, shifts] = [rng.fork('flips'), rng.fork('shifts')];
  const examples: Example[] = [];
  for (const direction of task.serves) {
    const { antiTranspose } = viewOf(task.serves, direction);
    const views = (near ? flips : flipsShown(task, direction)).map((flip) => ({ ...flip, antiTranspose }));
    for (const image of task.split.training) {
      examples.push({
        image,
        symmetry: views[stream.integer(views.length)]!,
        ...(near && { shift: { rows: shifts.integer(images.resolution), columns: shifts.integer(images.resolution) } }),
        labels: scaledLabels(task, direction, image),
      });
    }
  }
  const order = rng.fork('order').shuffle(Int32Array.from(examples, (_, i) => i));
  return Array.from(order, (i) => examples[i]!);
}

/** The flips under which an image keeps its labels. */
function flipsShown({ dataset, settings }: FitTask, direction: Direction): readonly Symmetry[] {
  return settings.augmentation === 'none' ? [identity] : invariantFlips(dataset.mirrorInvariance, direction);
}

/** Shard `shard` of a mini-batch: equal parts, the first ones larger by one where the size is not divisible. */
export function shardOf<T>(batch: readonly T[], shard: number): readonly T[] {
  const cut = (s: number): number => Math.ceil((batch.length * s) / shardCount);
  return batch.slice(cut(shard), cut(shard + 1));
}
