/** Everything that fixes the activation maps and the critical regions taken from them. */
export interface ExplainSettings {
  readonly method: 'grad-ram';
  /** The end of the network's `last` stage, or of the stage that many before it. */
  readonly layer: 'last' | 'stage-1' | 'stage-2' | 'stage-3';
  /** Share of the images that counts as exceptional in each direction, e.g. 0.1. */
  readonly outlierShare: number;
  /** Relative to the maximum of the map, each in (0, 1). */
  readonly thresholds: readonly number[];
  /** Intersect the two binarized maps, or binarize the product of the two normalized maps. */
  readonly intersection: 'binarized' | 'normalized';
}
