/* The values of a picture, counted: what thresholds, medians and the number of gray levels are found from. */
import type { Picture } from './picture';

/** The occupied bins of a histogram, by increasing values; entry k of each array belongs to bin k. */
export interface ValueLevels {
  /** Smallest and largest value of the bin; equal where the bin has one value. */
  readonly smallest: Float64Array;
  readonly largest: Float64Array;
  /** The sum of its values, measured from the smallest value of the picture. */
  readonly sums: Float64Array;
  /** Its pixels. */
  readonly counts: Float64Array;
  /** All pixels. */
  readonly total: number;
}

/** Bins of pictures that are not of whole numbers. */
const floatBins = 256;

/** Counts the values: of pictures of whole numbers each value by itself, otherwise 256 bins of equal width from the smallest to the largest value. */
export function valueLevels({ values }: Pick<Picture, 'values'>): ValueLevels {
  return values instanceof Float32Array ? binnedLevels(values) : wholeLevels(values);
}

/** The two values of a picture that has no others, the smaller one first. */
export function twoValues({ smallest, largest }: ValueLevels): readonly [number, number] | undefined {
  if (smallest.length !== 2 || smallest[0] !== largest[0] || smallest[1] !== largest[1]) return undefined;
  return [smallest[0]!, smallest[1]!];
}

/** The smallest and the largest value. */
export function valueRange({ smallest, largest }: ValueLevels): { readonly minimum: number; readonly maximum: number } {
  return { minimum: smallest[0]!, maximum: largest[largest.length - 1]! };
}

function wholeLevels(values: Uint8Array | Uint16Array): ValueLevels {
  const table = new Float64Array(values instanceof Uint8Array ? 2 ** 8 : 2 ** 16);
  for (let p = 0; p < values.length; p++) table[values[p]!]!++;
  const present: number[] = [];
  for (let value = 0; value < table.length; value++) if (table[value]! > 0) present.push(value);
  const levels = Float64Array.from(present);
  const counts = levels.map((value) => table[value]!);
  return { smallest: levels, largest: levels, counts, sums: levels.map((value, k) => (value - levels[0]!) * counts[k]!), total: values.length };
}

function binnedLevels(values: Float32Array): ValueLevels {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (let p = 0; p < values.length; p++) {
    const value = values[p]!;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const smallest = new Float64Array(floatBins).fill(Infinity);
  const largest = new Float64Array(floatBins).fill(-Infinity);
  const [counts, sums] = [new Float64Array(floatBins), new Float64Array(floatBins)];
  const perUnit = maximum > minimum ? floatBins / (maximum - minimum) : 0;
  for (let p = 0; p < values.length; p++) {
    const value = values[p]!;
    const bin = Math.min(floatBins - 1, Math.floor((value - minimum) * perUnit));
    if (value < smallest[bin]!) smallest[bin] = value;
    if (value > largest[bin]!) largest[bin] = value;
    counts[bin]!++;
    sums[bin]! += value - minimum;
  }
  const isOccupied = (_: number, bin: number): boolean => counts[bin]! > 0;
  return {
    smallest: smallest.filter(isOccupied),
    largest: largest.filter(isOccupied),
    sums: sums.filter(isOccupied),
    counts: counts.filter(isOccupied),
    total: values.length,
  };
}
