import type { Interval } from '#engine/core/interval';

/** Everything that fixes how a critical region becomes a design. */
export interface ConstructSettings {
  /** The patch is a quarter of the cell, mirrored about both mid-lines. */
  readonly method: 'mirror';
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
