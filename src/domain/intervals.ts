import { formatWindow } from '#units/format-quantity';

/** A closed interval of lengths, angles, counts, shares or fractions. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** An end of a window of white volume fractions. */
export type FractionEnd = keyof Interval;

/** Whether a fraction of whole pixels lies in a window that a user wrote in decimals. */
export function isInWindow(fraction: number, { lower, upper }: Interval): boolean {
  return fraction >= lower - 1e-9 && fraction <= upper + 1e-9;
}

/**
 * The smallest number of white pixels, a multiple of `step`, whose share of `resolution`² lies inside
 * the closed window; undefined when there is none.
 */
export function pixelsInWindow(window: Interval, resolution: number, step: number): number | undefined {
  const pixels = resolution ** 2;
  for (let count = step * Math.floor((window.lower * pixels) / step); count <= window.upper * pixels + step; count += step) {
    if (count / pixels >= window.lower) return count / pixels <= window.upper ? count : undefined;
  }
  return undefined;
}

/** The window, widened just enough to contain a fraction of `resolution`² pixels, in the notation of a file. */
export function widenedWindow(window: Interval, resolution: number, step: number): string {
  const pixels = resolution ** 2;
  const middle = Math.round(((window.lower + window.upper) / 2) * (pixels / step));
  const fraction = (step * Math.min(pixels / step - 1, Math.max(1, middle))) / pixels;
  // Eight digits distinguish the pixel counts of the largest image.
  const scale = 1e8;
  const [lower, upper] = [Math.floor(Math.min(window.lower, fraction) * scale) / scale, Math.ceil(Math.max(window.upper, fraction) * scale) / scale];
  return formatWindow(Math.max(lower, 1 / scale), Math.min(upper, 1 - 1 / scale), 8);
}
