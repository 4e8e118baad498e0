/* What fixes how squares of images become cells. */
import type { Interval } from './intervals';

/** Keep the skeleton in the whole bounding square of the region, or inside the region alone. */
export const masks = ['square', 'region'] as const;
/** Lü & Wang 1986, with ends extended to the outline; Zhang & Suen 1984; Guo & Hall 1989. */
export const thinnings = ['end-preserving', 'zhang-suen', 'guo-hall'] as const;
export type Thinning = (typeof thinnings)[number];

/** Everything that fixes how a square becomes a cell: a quarter of it, mirrored about both mid-lines. */
export interface ConstructSettings {
  readonly mask: (typeof masks)[number];
  /** Spurs shorter than this many pixels of the source image are pruned. */
  readonly prune: number;
  /** Smallest edge of a patch in pixels of the source image. */
  readonly smallestPatch: number;
  readonly thinning: Thinning;
  /** Window of the design's white volume fraction. */
  readonly fraction: Interval;
}
