/*
 * What single maps are measured by, beyond their rank correlation with the physics:
 *
 * - complexity: the Gini index of the relevance, 0 where it is spread evenly, near 1 where one position has all of it
 *   (Chalasani et al. 2020, arXiv 1810.06583);
 * - randomization: the rise of the entropy of the map's histogram after all weights were randomized (efficient MPRT,
 *   Hedström et al. 2023, arXiv 2401.06465): a map of a trained network is more ordered than that of a random one;
 * - localization: the share of the map's relevance inside a given part of the image (relevance mass accuracy, Arras et
 *   al. 2022, doi:10.1016/j.inffus.2021.11.008), and the overlap of the highest positions of two maps (top-k
 *   intersection, Theiner et al. 2022, arXiv 2104.14995);
 * - stability: the change of a map relative to its size, and the overlap of regions (intersection over union).
 *
 * Ours: the part of the image is the tenth of the positions that contribute most by the finite elements.
 */
import { ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';

/**
 * How stable a map is, in the order in which it is stored: its change relative to its size, and the overlap of the
 * regions where it reaches half of its maximum. `moved`: the map of a mirrored image, mirrored back; `noisy`: of an image
 * with noise; `elsewhere`: the same map shifted on the torus, for comparison.
 */
export const stabilityMeasures = ['moved', 'movedOverlap', 'noisy', 'noisyOverlap', 'elsewhere', 'elsewhereOverlap'] as const;
export type StabilityMeasure = (typeof stabilityMeasures)[number];

/** Bins of a map's histogram, as in the efficient MPRT. */
const bins = 100;

/** The Gini index of non-negative values, in [0, 1 − 1/n]; NaN where all are 0. */
export function giniIndex(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  ensure(!(sorted[0]! < 0), 'the Gini index is of relevance, which is not negative');
  const sum = sorted.reduce((total, value) => total + value, 0);
  if (sum === 0) return NaN;
  const weighted = sorted.reduce((total, value, i) => total + (2 * (i + 1) - sorted.length - 1) * value, 0);
  return weighted / (sorted.length * sum);
}

/** Shannon's entropy in nats of the values' histogram with 100 equal bins from the least to the largest value; 0 where all are equal. */
export function histogramEntropy(values: ArrayLike<number>): number {
  let [least, largest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]!);
    largest = Math.max(largest, values[i]!);
  }
  if (!(largest > least)) return 0;
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) counts[Math.min(bins - 1, Math.floor(((values[i]! - least) / (largest - least)) * bins))]!++;
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / values.length) * Math.log(count / values.length)), 0);
}

/** The rise of the histogram's entropy from a map to that of the randomized network, relative to the former; NaN where the map is constant. */
export function entropyRise(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const entropy = histogramEntropy(before);
  return entropy === 0 ? NaN : (histogramEntropy(after) - entropy) / entropy;
}

/** 1 at the highest tenth of the values (at least at one of them), else 0; of equal values the first ones. */
export function highestTenth(values: ArrayLike<number>): Uint8Array {
  const count = Math.max(1, Math.round(values.length / 10));
  const mask = new Uint8Array(values.length);
  for (const i of Array.from(values, (_, index) => index).sort((a, b) => values[b]! - values[a]! || a - b).slice(0, count)) mask[i] = 1;
  return mask;
}

/** The share of the relevance (values ≥ 0) inside the mask; NaN where all values are 0. */
export function relevanceMass(values: ArrayLike<number>, mask: Uint8Array): number {
  let [inside, all] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    all += values[i]!;
    if (mask[i] === 1) inside += values[i]!;
  }
  return all === 0 ? NaN : inside / all;
}

/** The share of the positions of `mask` that are also in `other`, both of the same size. */
export function sharedPositions(mask: Uint8Array, other: Uint8Array): number {
  return mask.reduce((count, inside, i) => count + (inside & other[i]!), 0) / mask.reduce((count, inside) => count + inside, 0);
}

/** 1 where a map, scaled to maximum 1, reaches half of it. */
export function halfMaximumRegion({ data }: Pick<Image2D<'heat'>, 'data'>): Uint8Array {
  return Uint8Array.from(data, (heat) => Number(heat >= 0.5));
}

/** Intersection over union of two regions; NaN where both are empty. */
export function regionOverlap(first: Uint8Array, second: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < first.length; i++) {
    both += first[i]! & second[i]!;
    either += first[i]! | second[i]!;
  }
  return either === 0 ? NaN : both / either;
}

/** ‖other − map‖ / ‖map‖ with the Euclidean norm; NaN for a map that is zero everywhere. */
export function relativeDifference(map: ArrayLike<number>, other: ArrayLike<number>): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < map.length; i++) {
    difference += (other[i]! - map[i]!) ** 2;
    size += map[i]! ** 2;
  }
  return size === 0 ? NaN : Math.sqrt(difference / size);
}
