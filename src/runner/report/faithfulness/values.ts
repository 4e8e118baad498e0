/* The columns of the table of faithfulness, and how its values are written and compared. */
import { fixed, percentText } from '#display/numbers';
import type { ImageMean, PerturbationGain } from '#engine/api';

/** The columns of values, in their order, with their titles. */
export const faithfulnessColumns = {
  map: 'map',
  elsewhere: 'same map elsewhere',
  random: 'random order',
  edges: 'edges of the image',
  center: 'blob in the center',
  white: 'share of white',
  exact: 'exact contributions',
} as const;
export type FaithfulnessColumn = keyof typeof faithfulnessColumns;

/** A mean with its standard error, e.g. `0.42 ± 0.05`; a dash where there is none. */
export function meanText({ mean, deviation, count }: ImageMean): string {
  if (Number.isNaN(mean)) return '–';
  return count < 2 ? fixed(mean, 2) : `${fixed(mean, 2)} ± ${(deviation / Math.sqrt(count)).toFixed(2)}`;
}

/** The same of a share, e.g. `31 % ± 4`. */
export function shareText({ mean, deviation, count }: ImageMean): string {
  if (Number.isNaN(mean)) return '–';
  return count < 2 ? percentText(mean, 0) : `${percentText(mean, 0)} ± ${(100 * (deviation / Math.sqrt(count))).toFixed(0)}`;
}

export function gainText({ mean, deviation }: PerturbationGain, images: number): string {
  return `${percentText(mean, 1)}${images < 2 ? '' : ` ± ${(100 * (deviation / Math.sqrt(images))).toFixed(1)}`}`;
}

export function changeText(change: ImageMean, overlap: ImageMean): string {
  return Number.isNaN(change.mean) ? '–' : `${shareText(change)}; ${shareText(overlap)}`;
}

export function twoErrors({ deviation, count }: ImageMean): number {
  return count < 2 ? Infinity : (2 * deviation) / Math.sqrt(count);
}

/** By more than two standard errors of the difference. */
export function exceeds(one: ImageMean, other: ImageMean): boolean {
  return one.mean - other.mean > Math.hypot(twoErrors(one), twoErrors(other));
}
