/* What fixes activation maps and critical regions. */
import type { LayerName } from './networks';

/** How feature maps are weighted. */
export const explainMethods = ['grad-ram', 'hires-cam', 'layer-cam'] as const;
export type ExplainMethod = (typeof explainMethods)[number];

/** How the maps of two directions become one: the smaller of the two at each pixel, or their product. */
export const intersections = ['binarized', 'normalized'] as const;
export type MapIntersection = (typeof intersections)[number];

/** Everything that fixes the activation maps and the critical regions taken from them. */
export interface ExplainSettings {
  readonly method: ExplainMethod;
  /** Each gives maps and critical regions of its own. */
  readonly layers: readonly LayerName[];
  /** Share of the images that counts as exceptional in each direction, e.g. 0.1. */
  readonly outlierShare: number;
  /** Relative to the maximum of the map, each in (0, 1). */
  readonly thresholds: readonly number[];
  /** Intersect the two binarized maps, or binarize the product of the two normalized maps. */
  readonly intersection: MapIntersection;
}
