import type { Interval } from '#engine/core/interval';

/** Everything that fixes how a square becomes a cell: a quarter of it, mirrored about both mid-lines. */
export interface ConstructSettings {
  /** Keep the skeleton in the whole bounding square of the region, or inside the region alone. */
  readonly mask: 'square' | 'region';
  /** Spurs shorter than this many pixels of the source image are pruned. */
  readonly prune: number;
  /** Smallest edge of a patch in pixels of the source image. */
  readonly smallestPatch: number;
  readonly thinning: 'end-preserving' | 'zhang-suen' | 'guo-hall';
  /** Window of the design's white volume fraction. */
  readonly fraction: Interval;
}
