/* What fixes the maps of images and the critical regions taken from them. */
import type { LayerName } from './networks';

/** How the feature maps of a network are weighted. */
export const networkMethods = ['grad-ram', 'hires-cam', 'layer-cam'] as const;
export type NetworkMethod = (typeof networkMethods)[number];

/** How images are explained; `exact` takes the derivatives of the finite elements and no network. */
export const explainMethods = [...networkMethods, 'exact'] as const;
export type ExplainMethod = (typeof explainMethods)[number];

/**
 * What counts as the contribution of a square, where white and black pixels are compared with gray ones: `total` with gray of the whole
 * image's share of white, `arrangement` with gray of the square's own share. `efficiency` is how much more a white pixel of the square
 * does than a black one. All are beyond that of the whole image.
 */
export const contributions = ['total', 'arrangement', 'efficiency'] as const;
export type Contribution = (typeof contributions)[number];

/** How the maps of two directions become one: the smaller of the two at each pixel, or their product. */
export const intersections = ['binarized', 'normalized'] as const;
export type MapIntersection = (typeof intersections)[number];

/** Activation maps of a trained network. */
export interface NetworkExplanation {
  readonly method: NetworkMethod;
  /** Share of the images that counts as exceptional in each direction, e.g. 0.1. */
  readonly outlierShare: number;
  /** Each gives maps and critical regions of its own. */
  readonly layers: readonly LayerName[];
  /** Relative to the maximum of the map, each in (0, 1). */
  readonly thresholds: readonly number[];
  /** Intersect the two binarized maps, or binarize the product of the two normalized maps. */
  readonly intersection: MapIntersection;
}

/** What fixes the maps of exact contributions, apart from their test. */
export interface ContributionSettings {
  /** Edges of squares in pixels, ascending; each gives a map. */
  readonly edges: readonly number[];
  readonly contribution: Contribution;
}

/** Contributions of squares by finite elements, without a network. */
export interface ExactExplanation extends ContributionSettings {
  readonly method: 'exact';
  /** As in `NetworkExplanation`. */
  readonly outlierShare: number;
  /** Squares of each edge that an image gives: those that contribute most. */
  readonly squares: number;
}

/** Everything that fixes the maps and the critical regions taken from them. */
export type ExplainSettings = NetworkExplanation | ExactExplanation;

/** The contributions of squares of an edge, `edge-24`. */
export type EdgeName = `edge-${number}`;

/** One of the maps that an image has in each direction: of a layer of a network, or of squares of an edge. */
export type MapName = LayerName | EdgeName;

export function edgeName(edge: number): EdgeName {
  return `edge-${edge}`;
}

/** The edge in pixels of the squares of a map; undefined for a layer of a network. */
export function edgeOf(name: MapName): number | undefined {
  return name.startsWith('edge-') ? Number(name.slice('edge-'.length)) : undefined;
}

/** What fixes the maps of an image, apart from what they are computed from. */
export type MapSettings = Pick<NetworkExplanation, 'method' | 'layers'> | Pick<ExactExplanation, 'method' | 'edges' | 'contribution'>;

/** The maps that a case has of each image and direction, in their order. */
export function mapNames(settings: MapSettings): readonly MapName[] {
  return settings.method === 'exact' ? settings.edges.map(edgeName) : settings.layers;
}

/** How a region is cut from a map: at a threshold relative to its maximum, or as the square whose contribution has a rank, from 0. */
export type RegionCut = { readonly threshold: number } | { readonly rank: number };

/** The regions that are cut from each map. */
export function cutsOf(settings: Pick<NetworkExplanation, 'thresholds'> | Pick<ExactExplanation, 'squares'>): readonly RegionCut[] {
  return 'squares' in settings ? Array.from({ length: settings.squares }, (_, rank) => ({ rank })) : settings.thresholds.map((threshold) => ({ threshold }));
}

/** How the maps of two directions become one; those of squares have one unit and need none. */
export function intersectionOf(settings: ExplainSettings): MapIntersection | undefined {
  return settings.method === 'exact' ? undefined : settings.intersection;
}
