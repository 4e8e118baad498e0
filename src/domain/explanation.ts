/* What fixes the maps of images and the critical regions taken from them. */
import type { LayerName } from './networks';

/** How the feature maps of a network are weighted. */
export const networkMethods = ['grad-ram', 'hires-cam', 'layer-cam'] as const;
export type NetworkMethod = (typeof networkMethods)[number];

/** How images are explained; `exact` takes the derivatives of the finite elements and no network. */
export const explainMethods = [...networkMethods, 'exact'] as const;
export type ExplainMethod = (typeof explainMethods)[number];

/**
 * What counts as the contribution of a pixel: compared with gray of the whole image's share of white, the same beyond the mean of
 * the image, or compared with gray of the share of white around the pixel.
 */
export const contributions = ['total', 'excess', 'arrangement'] as const;
export type Contribution = (typeof contributions)[number];

/** How the maps of two directions become one: the smaller of the two at each pixel, or their product. */
export const intersections = ['binarized', 'normalized'] as const;
export type MapIntersection = (typeof intersections)[number];

/** How regions follow from maps, whatever the maps are made of. */
interface RegionSettings {
  /** Share of the images that counts as exceptional in each direction, e.g. 0.1. */
  readonly outlierShare: number;
  /** Relative to the maximum of the map, each in (0, 1). */
  readonly thresholds: readonly number[];
  /** Intersect the two binarized maps, or binarize the product of the two normalized maps. */
  readonly intersection: MapIntersection;
}

/** Activation maps of a trained network. */
export interface NetworkExplanation extends RegionSettings {
  readonly method: NetworkMethod;
  /** Each gives maps and critical regions of its own. */
  readonly layers: readonly LayerName[];
}

/** What fixes the maps of exact contributions, apart from their test. */
export interface ContributionSettings {
  /** Standard deviations in pixels of the Gaussians that smooth the contributions, largest first; each gives maps and critical regions of its own. */
  readonly scales: readonly number[];
  readonly contribution: Contribution;
}

/** Contributions of the pixels by finite elements, without a network. */
export interface ExactExplanation extends RegionSettings, ContributionSettings {
  readonly method: 'exact';
}

/** Everything that fixes the maps and the critical regions taken from them. */
export type ExplainSettings = NetworkExplanation | ExactExplanation;

/** Contributions smoothed at a scale, `scale-8`. */
export type ScaleName = `scale-${number}`;

/** One of the maps that an image has in each direction: of a layer of a network, or of a scale. */
export type MapName = LayerName | ScaleName;

export function scaleName(scale: number): ScaleName {
  return `scale-${scale}`;
}

/** The scale of a map in pixels; undefined for a layer of a network. */
export function scaleOf(name: MapName): number | undefined {
  return name.startsWith('scale-') ? Number(name.slice('scale-'.length)) : undefined;
}

/** What fixes the maps of an image, apart from what they are computed from. */
export type MapSettings = Pick<NetworkExplanation, 'method' | 'layers'> | Pick<ExactExplanation, 'method' | 'scales' | 'contribution'>;

/** The maps that a case has of each image and direction, in their order. */
export function mapNames(settings: MapSettings): readonly MapName[] {
  return settings.method === 'exact' ? settings.scales.map(scaleName) : settings.layers;
}
