/** How feature maps are weighed. */
export type ExplainMethod = 'grad-ram' | 'hires-cam' | 'layer-cam';

/** The end of a network's `last` stage, or of the stage that many before it. */
export type ExplainLayer = 'last' | 'stage-1' | 'stage-2' | 'stage-3';

/** Everything that fixes the activation maps and the critical regions taken from them. */
export interface ExplainSettings {
  readonly method: ExplainMethod;
  /** Each gives maps and critical regions of its own. */
  readonly layers: readonly ExplainLayer[];
  /** Share of the images that counts as exceptional in each direction, e.g. 0.1. */
  readonly outlierShare: number;
  /** Relative to the maximum of the map, each in (0, 1). */
  readonly thresholds: readonly number[];
  /** Intersect the two binarized maps, or binarize the product of the two normalized maps. */
  readonly intersection: 'binarized' | 'normalized';
}
