/* Reading the curve of a physical limit. */
import type { Objective } from '#domain/objective';
import type { PhysicalLimit } from '#engine/api';

/** The bound at a volume fraction, SI, linear between the curve's points; undefined outside of them. */
export function limitAt({ volumeFractions, values }: PhysicalLimit, volumeFraction: number): number | undefined {
  const last = volumeFractions.length - 1;
  // Fractions of pixel images miss the ends of the curve by rounding only.
  const tolerance = 1e-9;
  if (last < 0 || volumeFraction < volumeFractions[0]! - tolerance || volumeFraction > volumeFractions[last]! + tolerance) return undefined;
  const upper = Math.max(1, volumeFractions.findIndex((fraction) => fraction >= volumeFraction));
  if (last === 0) return values[0]!;
  const [f0, f1, v0, v1] = [volumeFractions[upper - 1]!, volumeFractions[upper]!, values[upper - 1]!, values[upper]!];
  return v0 + ((v1 - v0) * (volumeFraction - f0)) / (f1 - f0);
}

/** The widest bound within a window of fractions, at one of its ends: no design in it can pass this one. */
export function widestLimit(
  limit: PhysicalLimit,
  { sense }: Objective,
  window: { readonly lower: number; readonly upper: number },
): { readonly volumeFraction: number; readonly value: number } | undefined {
  const ends = [window.upper, window.lower].flatMap((volumeFraction) => {
    const value = limitAt(limit, volumeFraction);
    return value === undefined ? [] : [{ volumeFraction, value }];
  });
  const [first, second] = ends;
  if (!first || !second) return first;
  return (sense === 'maximize' ? second.value > first.value : second.value < first.value) ? second : first;
}

/** 100 is the bound itself, less is worse, for minimized objectives too. */
export function percentOfBound(value: number, bound: number, { sense }: Objective): number {
  return sense === 'maximize' ? (100 * value) / bound : (100 * bound) / value;
}
