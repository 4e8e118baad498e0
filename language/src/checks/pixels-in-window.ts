import type { IntervalSpecification } from '../specification';

/**
 * The smallest number of white pixels, a multiple of `step`, whose share of `resolution`² lies inside
 * the closed window; undefined when there is none.
 */
export function pixelsInWindow(window: IntervalSpecification, resolution: number, step: number): number | undefined {
  const pixels = resolution ** 2;
  for (let count = step * Math.floor((window.lower * pixels) / step); count <= window.upper * pixels + step; count += step) {
    if (count / pixels >= window.lower) return count / pixels <= window.upper ? count : undefined;
  }
  return undefined;
}
