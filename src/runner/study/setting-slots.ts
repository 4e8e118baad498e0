/* Where the values of a setting stand on the axis of a chart. */
import type { VariedSetting } from '#domain/study';

export interface SettingSlots {
  /** Entry i is the place of value i. */
  readonly positions: readonly number[];
  /** The smallest distance of two values. */
  readonly gap: number;
  readonly range: { readonly min: number; readonly max: number };
  /** A sentence about the axis, where its distances are not those of the values. */
  readonly note?: string;
}

/** Two values that are nearer than this share of all would overlap. */
const nearest = 1 / 24;

/**
 * Numbers at their place where that leaves room for each, on a logarithmic axis if only that does; words, ranges and numbers
 * that neither axis can separate at equal distances.
 */
export function slotsOf({ values }: Pick<VariedSetting, 'values'>): SettingSlots {
  const numbers = values.flatMap(({ number }) => number ?? []);
  if (numbers.length === values.length && values.length > 1) {
    const linear = spaced(numbers);
    if (linear) return linear;
    const logarithmic = numbers.every((number) => number > 0) ? spaced(numbers.map(Math.log10)) : undefined;
    if (logarithmic) return { ...logarithmic, note: 'The axis of the setting is logarithmic.' };
    return { ...spaced(values.map((_, i) => i))!, note: 'The values of the setting stand at equal distances.' };
  }
  return spaced(values.map((_, i) => i)) ?? { positions: [0], gap: 1, range: { min: -0.6, max: 0.6 } };
}

function spaced(positions: readonly number[]): SettingSlots | undefined {
  const sorted = [...positions].sort((a, b) => a - b);
  const gap = Math.min(...sorted.slice(1).map((position, i) => position - sorted[i]!));
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const isEven = sorted.length > 1 && gap > 0 && (gap >= nearest * (most - least) || gap * (sorted.length - 1) > 0.999 * (most - least));
  return isEven ? { positions, gap, range: { min: least - 0.6 * gap, max: most + 0.6 * gap } } : undefined;
}
