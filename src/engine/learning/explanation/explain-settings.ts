/** How feature maps are weighed. */
export type ExplainMethod = 'grad-ram' | 'hires-cam' | 'layer-cam';

/**
 * Where feature maps are taken: the end of the `last` stage, of the stage that many before it, or a
 * place by its name in torchvision's resnet.py, such as `layer2`, `layer2.1`, `layer3.0.conv1`, `conv1`.
 */
export type ExplainLayer = 'last' | 'stage-1' | 'stage-2' | 'stage-3' | 'conv1' | 'maxpool' | `layer${string}`;

/** How the maps of two directions become one: the smaller of the two at each pixel, or their product. */
export type MapIntersection = 'binarized' | 'normalized';

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
  readonly intersection: MapIntersection;
}
