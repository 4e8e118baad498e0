/* Critical regions of explained images: their order, how they are cut from maps, and how they are stored. */
import { scaleOf, type MapName } from '#domain/explanation';
import type { Direction } from '#domain/objective';
import { rejectionReasons, type Attempt, type Rejection } from '#engine/construction/attempt';
import { criticalRegion } from '#engine/construction/critical-region';
import { imageOf, type Boundary, type Image2D, type Square } from '#engine/grid/image-2d';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { heatOf } from '#engine/learning/explanation/explain';

/** Maps of explained images, and a critical region for each image, layer or scale, and threshold. */
export interface CriticalRegions {
  /** Indices of the explained images in the database. */
  readonly images: Int32Array;
  /** The maps of each layer, or of each scale. */
  readonly layers: readonly LayerMaps[];
  /** Thresholds relative to the maximum. */
  readonly thresholds: readonly number[];
  /** In the order of `regionOrder`. */
  readonly places: readonly RegionPlace[];
  /** TensorFlow.js backends that computed the maps, by name; none where no network did. */
  readonly backends: readonly string[];
  /** Where all maps reach the threshold, largest piece; black where refused. Mask r belongs to place r. */
  readonly masks: MicrostructureBatch;
}

/** Native maps of one layer of a network, or of one scale of the exact contributions. */
export interface LayerMaps {
  readonly layer: MapName;
  /** Edge n of the maps before upsampling, in their own pixels. */
  readonly nativeEdge: number;
  /** Before the rectifier (see `ActivationMap.signed`, `ContributionMap.signed`); entry ((o · directions + d) · n + row) · n + column of explained image o. */
  readonly maps: Float32Array;
}

/** Which map is cut, and where. */
export interface RegionAddress {
  /** Index of the image among the explained ones. */
  readonly explained: number;
  /** Index of the layer in the settings. */
  readonly layer: number;
  readonly threshold: number;
}

/** The square around a region, or why there is none. */
export type RegionPlace = { readonly image: number; readonly layer: MapName; readonly threshold: number } & (
  | { readonly patch: Square }
  | { readonly refusal: Rejection }
);

/** All regions in their order. Only this function knows it: images first, then layers, then thresholds. */
export function regionOrder(images: number, layers: number, thresholds: readonly number[]): RegionAddress[] {
  return Array.from({ length: images }, (_i, explained) =>
    Array.from({ length: layers }, (_l, layer) => thresholds.map((threshold): RegionAddress => ({ explained, layer, threshold }))),
  ).flat(2);
}

/** Regions as numbers, entry r in the order of `regionOrder`. */
export interface CutRegions {
  /** 0, or 1 + an index of `rejectionReasons`. */
  readonly refusals: Int32Array;
  /** Row, column, edge of each; zeros where refused. */
  readonly patches: Int32Array;
  readonly masks: MicrostructureBatch;
}

/** Cuts the regions; `agreed` gives what the maps of one image and layer agree on, from `agreedEvidence`. */
export function cutRegions(
  order: readonly RegionAddress[],
  agreed: (explained: number, layer: number) => Attempt<Image2D<'heat'>>,
  smallestPatch: number,
  resolution: number,
): CutRegions {
  let last: { readonly address: RegionAddress; readonly heat: Attempt<Image2D<'heat'>> } | undefined;
  const heatAt = (address: RegionAddress): Attempt<Image2D<'heat'>> => {
    if (last?.address.explained !== address.explained || last.address.layer !== address.layer) {
      last = { address, heat: agreed(address.explained, address.layer) };
    }
    return last.heat;
  };
  const cuts = order.map((address) => {
    const heat = heatAt(address);
    return heat.ok ? criticalRegion(heat.value, { threshold: address.threshold, smallestPatch }) : heat;
  });
  return {
    refusals: Int32Array.from(cuts, (cut) => (cut.ok ? 0 : 1 + rejectionReasons.indexOf(cut.reason))),
    patches: Int32Array.from(cuts.flatMap((cut) => (cut.ok ? [cut.value.patch.row, cut.value.patch.column, cut.value.patch.edge] : [0, 0, 0]))),
    masks: packImages(cuts.map((cut) => (cut.ok ? cut.value.mask : imageOf('binary', resolution, resolution, new Uint8Array(resolution ** 2)))), resolution),
  };
}

/** The places of cut regions. */
export function regionPlaces(images: Int32Array, layers: readonly MapName[], thresholds: readonly number[], { refusals, patches }: Pick<CutRegions, 'refusals' | 'patches'>): RegionPlace[] {
  return regionOrder(images.length, layers.length, thresholds).map(({ explained, layer, threshold }, region): RegionPlace => {
    const address = { image: images[explained]!, layer: layers[layer]!, threshold };
    const refusal = refusals[region]!;
    if (refusal > 0) return { ...address, refusal: rejectionReasons[refusal - 1]! };
    return { ...address, patch: { row: patches[3 * region]!, column: patches[3 * region + 1]!, edge: patches[3 * region + 2]! } };
  });
}

/** Native maps of one layer without the rest of a case. */
export type NativeMaps = Pick<LayerMaps, 'layer' | 'nativeEdge' | 'maps'>;

/** The maps of one explained image, upsampled to its resolution; `explained` is its index among the explained images. */
export function activationMapsOf(
  { layer, maps, nativeEdge }: NativeMaps,
  explained: number,
  directions: readonly Direction[],
  resolution: number,
): { readonly direction: Direction; readonly map: Image2D<'heat'> }[] {
  const size = nativeEdge ** 2;
  return directions.map((direction, d) => {
    const from = (explained * directions.length + d) * size;
    return { direction, map: heatOf(maps.slice(from, from + size), nativeEdge, resolution, boundaryOf(layer)) };
  });
}

/** What lies beyond the edges of a map: images repeat, but a network sees their edges. */
export function boundaryOf(layer: MapName): Boundary {
  return scaleOf(layer) === undefined ? 'open' : 'periodic';
}

/** The stored maps of one explained image, in the order of `layers`; undefined unless all are stored. */
export function toNativeMaps(regions: Pick<CriticalRegions, 'images' | 'layers'>, image: number, layers: readonly MapName[], directions: number): readonly NativeMaps[] | undefined {
  const place = regions.images.indexOf(image);
  if (place < 0) return undefined;
  const found = layers.flatMap((wanted): NativeMaps[] => {
    const stored = regions.layers.find(({ layer }) => layer === wanted);
    if (!stored) return [];
    const size = directions * stored.nativeEdge ** 2;
    return [{ layer: wanted, nativeEdge: stored.nativeEdge, maps: stored.maps.subarray(place * size, (place + 1) * size) }];
  });
  return found.length === layers.length ? found : undefined;
}
