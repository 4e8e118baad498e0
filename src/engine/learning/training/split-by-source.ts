/*
 * Which images are held out and which select the epoch. Images that belong together, such as the tiles of one micrograph,
 * are never on both sides: a network would know the hold-out from its neighbors.
 *
 * The groups are shuffled; then those are held out whose images together are nearest to the share asked for, found
 * exactly by dynamic programming over sums (a subset sum; of equally near ones the smaller sum, of groups that give one sum the first in the order). Groups
 * of one image each give the first images of the shuffled order.
 */
import type { LearningSettings } from '#domain/learning';
import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';

/** Indices of images, each list in increasing order; together they are all images. */
export interface DatasetSplit {
  /** The images from which the weights are learned. */
  readonly training: Int32Array;
  /** The images that select the epoch; empty when the last epoch is selected. */
  readonly validation: Int32Array;
  /** The images that are used for the evaluation of the network only. */
  readonly holdOut: Int32Array;
}

/** The shares of a split. */
export type SplitShares = Pick<LearningSettings, 'holdOut' | 'validation'>;

/**
 * Splits images by the stream, before any symmetry is applied; entry i of `sources` is the number of the group that image
 * i belongs to. Each part that is asked for has at least one group; there must be as many groups as parts. The hold-out does not
 * depend on the validation share, except that it leaves a group each for training and validation.
 */
export function splitBySource(sources: Int32Array, shares: SplitShares, rng: Rng): DatasetSplit {
  const groups = imagesOfGroups(sources);
  ensure(groups.length >= partsOf(shares), `${groups.length} groups of images for ${partsOf(shares)} parts`);
  const order = Array.from(rng.fork('split').shuffle(Int32Array.from(groups, (_, group) => group)), (group) => groups[group]!);

  const isSplitAgain = shares.validation > 0;
  const held = shares.holdOut > 0 ? nearestGroups(order, Math.round(sources.length * shares.holdOut), isSplitAgain ? 2 : 1) : [];
  const rest = without(order, held);
  const validation = isSplitAgain ? nearestGroups(rest, Math.ceil(countOf(rest) * shares.validation), 1) : [];
  return { holdOut: join(held), validation: join(validation), training: join(without(rest, validation)) };
}

/** The number of groups that a split needs at least. */
export function partsOf({ holdOut, validation }: SplitShares): number {
  return 1 + Number(holdOut > 0) + Number(validation > 0);
}

/** The images of each group, groups in the order of their first images. */
function imagesOfGroups(sources: Int32Array): Groups {
  const groups = new Map<number, number[]>();
  sources.forEach((source, image) => {
    const group = groups.get(source);
    if (group) group.push(image);
    else groups.set(source, [image]);
  });
  return [...groups.values()];
}

/** Groups whose images together are nearest to `target`, in their order; at least one, and at least `left` stay. */
function nearestGroups(order: Groups, target: number, left: number): Groups {
  const total = countOf(order);
  const smallest = order.reduce((size, { length }) => Math.min(size, length), total);
  // A sum further above the target than 0 is below it is not the nearest one, unless nothing smaller has a group at all.
  const limit = Math.min(Math.max(2 * target, smallest), total - 1);
  const exact = Math.min(target, limit);
  // The last group of the sum, and -1 of sums that no groups have.
  const last = new Int32Array(limit + 1).fill(-1);
  let reached = 0;
  for (let g = 0; g < order.length && last[exact] === -1; g++) {
    const size = order[g]!.length;
    // Downwards, so that no group is counted twice.
    for (let sum = Math.min(reached + size, limit); sum >= size; sum--) {
      if (last[sum] === -1 && (sum === size || last[sum - size]! >= 0)) last[sum] = g;
    }
    reached = Math.min(reached + size, limit);
  }
  let best = -1;
  for (let sum = 1; sum <= limit; sum++) {
    if (last[sum]! >= 0 && (best < 0 || Math.abs(sum - target) < Math.abs(best - target))) best = sum;
  }
  const chosen: number[] = [];
  for (let sum = best; sum > 0; sum -= order[last[sum]!]!.length) chosen.unshift(last[sum]!);
  while (chosen.length > 1 && order.length - chosen.length < left) {
    const sizes = chosen.map((g) => order[g]!.length);
    chosen.splice(sizes.indexOf(Math.min(...sizes)), 1);
  }
  return chosen.map((g) => order[g]!);
}

type Groups = readonly (readonly number[])[];

function without(groups: Groups, chosen: Groups): Groups {
  const taken = new Set(chosen);
  return groups.filter((group) => !taken.has(group));
}

const countOf = (groups: Groups): number => groups.reduce((sum, { length }) => sum + length, 0);

const join = (groups: Groups): Int32Array => Int32Array.from(groups.flat()).sort();
