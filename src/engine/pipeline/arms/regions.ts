/* Critical regions of explained images: their order, how they are cut from maps, and how they are stored. */
import { cutsOf, edgeOf, type ExplainSettings, type MapIntersection, type MapName, type RegionCut } from '#domain/explanation';
import type { Direction } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import { accept, reject, rejectionReasons, type Attempt, type Rejection } from '#engine/construction/attempt';
import { agreedEvidence, criticalRegion, type CriticalRegion } from '#engine/construction/critical-region';
import { squareAt } from '#engine/fem/virtual-tests/contribution-maps';
import { imageOf, type Boundary, type Image2D, type Square } from '#engine/grid/image-2d';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { heatOf } from '#engine/learning/explanation/explain';

/** Maps of explained images, and a critical region for each image and layer and threshold, or for each image and edge of squares. */
export interface CriticalRegions {
  /** Indices of the explained images in the database. */
  readonly images: Int32Array;
  /** The maps of each layer, or of squares of each edge. */
  readonly layers: readonly LayerMaps[];
  /** In the order of `regionOrder`. */
  readonly places: readonly RegionPlace[];
  /** TensorFlow.js backends that computed the maps, by name; none where no network did. */
  readonly backends: readonly string[];
  /** Where all maps reach the threshold, largest piece, or the whole square; black where refused. Mask r belongs to place r. */
  readonly masks: MicrostructureBatch;
}

/** Native maps of one layer of a network, or of the contributions of squares of one edge. */
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
  /** Index of the layer, or of the edge, in the settings. */
  readonly layer: number;
  readonly cut: RegionCut;
}

/** The square around a region, or why there is none; the threshold is absent of squares that contribute most. */
export type RegionPlace = { readonly image: number; readonly layer: MapName; readonly threshold?: number } & (
  | { readonly patch: Square }
  | { readonly refusal: Rejection }
);

/** All regions in their order. Only this function knows it: images first, then layers, then what `cutsOf` gives. */
export function regionOrder(images: number, layers: number, cuts: readonly RegionCut[]): RegionAddress[] {
  return Array.from({ length: images }, (_i, explained) =>
    Array.from({ length: layers }, (_l, layer) => cuts.map((cut): RegionAddress => ({ explained, layer, cut }))),
  ).flat(2);
}

/** The map of an image in one direction. */
export interface MapOfImage {
  /** Native, before the rectifier, `nativeEdge` × `nativeEdge`, row-major. */
  readonly signed: Float32Array;
  readonly nativeEdge: number;
  /** What is beyond the edges of the map. */
  readonly boundary: Boundary;
  /** Rectified, upsampled to the image and scaled to maximum 1; zero everywhere when nothing is positive. */
  readonly heat: Image2D<'heat'>;
}

/**
 * What the maps of an image in all directions agree on, in [0, 1]. Those of a network have no unit: each counts relative to its
 * maximum, by the `intersection`. Contributions of squares have the same unit in all directions: the smallest counts.
 * Rejected (`no-evidence`) where they agree on nothing.
 */
export function agreedMap(maps: readonly MapOfImage[], intersection: MapIntersection | undefined): Attempt<Image2D<'heat'>> {
  if (intersection !== undefined) return agreedEvidence(maps.map(({ heat }) => heat), intersection);
  const [{ nativeEdge, boundary, heat }] = maps as readonly [MapOfImage];
  const agreed = heatOf(smallestOf(maps), nativeEdge, heat.width, boundary);
  return agreed.data.some((value) => value > 0) ? accept(agreed) : reject('no-evidence');
}

function smallestOf(maps: readonly MapOfImage[]): Float32Array {
  return maps[0]!.signed.map((_, p) => Math.min(...maps.map(({ signed }) => signed[p]!)));
}

/**
 * Finds the critical regions of one image in its maps of a layer, or of squares of an edge: `criticalRegion` of what they agree on,
 * or the squares inside the image whose smallest contributions are largest.
 */
export function regionFinder(maps: readonly MapOfImage[], layer: MapName, settings: ExplainSettings, smallestPatch: number): (cut: RegionCut) => Attempt<CriticalRegion> {
  if (settings.method === 'exact') {
    const squares = mostContributing(maps, edgeOf(layer)!, settings.squares, smallestPatch);
    return (cut) => {
      ensure('rank' in cut, 'a square that contributes most has a rank');
      return squares[cut.rank]!;
    };
  }
  const agreed = agreedMap(maps, settings.intersection);
  return (cut) => {
    ensure('threshold' in cut, 'the region of a network has a threshold');
    return agreed.ok ? criticalRegion(agreed.value, { threshold: cut.threshold, smallestPatch }) : agreed;
  };
}

/**
 * The `count` squares that contribute most, one after the other: each is the best one whose center is at least half an edge from
 * those before it along one axis, the first of equal ones.
 */
function mostContributing(maps: readonly MapOfImage[], edge: number, count: number, smallestPatch: number): Attempt<CriticalRegion>[] {
  const refuse = (reason: Rejection) => Array.from({ length: count }, () => reject(reason));
  if (edge < smallestPatch) return refuse('patch-too-small');
  const [{ nativeEdge, heat: { width: resolution } }] = maps as readonly [MapOfImage];
  const values = smallestOf(maps);
  const begins = Array.from({ length: nativeEdge }, (_, position) => squareAt(position, edge, nativeEdge, resolution));
  const inside = [...begins.keys()].filter((position) => begins[position]! >= 0 && begins[position]! + edge <= resolution);
  const squares = inside.flatMap((r) => inside.map((c) => ({ value: values[r * nativeEdge + c]!, patch: { row: begins[r]!, column: begins[c]!, edge } }))).filter(({ value }) => value > 0);
  if (squares.length === 0) return refuse('no-evidence');
  const chosen: Square[] = [];
  for (const { patch } of squares.toSorted((one, other) => other.value - one.value)) {
    if (chosen.length === count) break;
    if (chosen.every(({ row, column }) => Math.max(Math.abs(row - patch.row), Math.abs(column - patch.column)) >= edge / 2)) chosen.push(patch);
  }
  return Array.from({ length: count }, (_, rank) => {
    const patch = chosen[rank];
    return patch === undefined ? reject('no-evidence') : accept({ patch, mask: maskOf(patch, resolution), inside: imageOf('binary', edge, edge, new Uint8Array(edge * edge).fill(1)) });
  });
}

/** A white square in a black image. */
function maskOf({ row, column, edge }: Square, resolution: number): Image2D<'binary'> {
  const data = new Uint8Array(resolution * resolution);
  for (let r = row; r < row + edge; r++) data.fill(1, r * resolution + column, r * resolution + column + edge);
  return imageOf('binary', resolution, resolution, data);
}

/** Regions as numbers, entry r in the order of `regionOrder`. */
export interface CutRegions {
  /** 0, or 1 + an index of `rejectionReasons`. */
  readonly refusals: Int32Array;
  /** Row, column, edge of each; zeros where refused. */
  readonly patches: Int32Array;
  readonly masks: MicrostructureBatch;
}

/** All regions of images in their order; `mapsOf` gives the maps of one image in all directions, of one layer or edge. */
export function cutRegions(
  images: number,
  layers: readonly MapName[],
  mapsOf: (explained: number, layer: number) => readonly MapOfImage[],
  settings: ExplainSettings,
  smallestPatch: number,
  resolution: number,
): CutRegions {
  let last: { readonly explained: number; readonly layer: number; readonly find: ReturnType<typeof regionFinder> } | undefined;
  const cuts = regionOrder(images, layers.length, cutsOf(settings)).map(({ explained, layer, cut }) => {
    if (last?.explained !== explained || last.layer !== layer) last = { explained, layer, find: regionFinder(mapsOf(explained, layer), layers[layer]!, settings, smallestPatch) };
    return last.find(cut);
  });
  return {
    refusals: Int32Array.from(cuts, (cut) => (cut.ok ? 0 : 1 + rejectionReasons.indexOf(cut.reason))),
    patches: Int32Array.from(cuts.flatMap((cut) => (cut.ok ? [cut.value.patch.row, cut.value.patch.column, cut.value.patch.edge] : [0, 0, 0]))),
    masks: packImages(cuts.map((cut) => (cut.ok ? cut.value.mask : imageOf('binary', resolution, resolution, new Uint8Array(resolution ** 2)))), resolution),
  };
}

/** The places of cut regions, whose `cuts` are those of `cutsOf`. */
export function regionPlaces(images: Int32Array, layers: readonly MapName[], cuts: readonly RegionCut[], { refusals, patches }: Pick<CutRegions, 'refusals' | 'patches'>): RegionPlace[] {
  return regionOrder(images.length, layers.length, cuts).map(({ explained, layer, cut }, region): RegionPlace => {
    const address = { image: images[explained]!, layer: layers[layer]!, ...('threshold' in cut && cut) };
    const refusal = refusals[region]!;
    if (refusal > 0) return { ...address, refusal: rejectionReasons[refusal - 1]! };
    return { ...address, patch: { row: patches[3 * region]!, column: patches[3 * region + 1]!, edge: patches[3 * region + 2]! } };
  });
}

/** Native maps of one layer without the rest of a case. */
export type NativeMaps = Pick<LayerMaps, 'layer' | 'nativeEdge' | 'maps'>;

/** The maps of one explained image in all directions; `explained` is its index among the explained images, `images` what is beyond the edges of these. */
export function mapsOfImage({ layer, maps, nativeEdge }: NativeMaps, explained: number, directions: readonly Direction[], resolution: number, images: Boundary): readonly (MapOfImage & { readonly direction: Direction })[] {
  const size = nativeEdge ** 2;
  const boundary = boundaryOf(layer, images);
  return directions.map((direction, d) => {
    const from = (explained * directions.length + d) * size;
    const signed = maps.slice(from, from + size);
    return { direction, signed, nativeEdge, boundary, heat: heatOf(signed, nativeEdge, resolution, boundary) };
  });
}

/** What is beyond the edges of a map: what is beyond those of the images, but a network always sees these. */
export function boundaryOf(layer: MapName, images: Boundary): Boundary {
  return edgeOf(layer) === undefined ? 'open' : images;
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
