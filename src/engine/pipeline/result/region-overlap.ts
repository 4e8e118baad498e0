/*
 * Whether two networks find the same regions in the same images: the intersection over the union of where the agreement
 * of their maps reaches half of its maximum. The control is a region of equal area elsewhere: in periodic images the second
 * network's region shifted by half the image in both directions; in others, which have nothing beyond their edges, the mean
 * over its two mirror images and its half turn.
 */
import type { MapIntersection } from '#domain/explanation';
import type { Direction } from '#domain/objective';
import type { Boundary } from '#engine/grid/image-2d';
import { shiftedRaster } from '#engine/validation/control-maps';
import { halfMaximumRegion, regionOverlap } from '#engine/validation/map-measures';
import { agreedMap, mapsOfImage, type NativeMaps } from '../arms/regions';

/** Of one image; NaN where neither network has a region. */
export interface RegionOverlap {
  readonly overlap: number;
  readonly elsewhere: number;
}

/** The overlaps in `images` images whose maps both networks have, in the same order. */
export function regionOverlaps(one: NativeMaps, other: NativeMaps, images: number, directions: readonly Direction[], intersection: MapIntersection, resolution: number, boundary: Boundary): RegionOverlap[] {
  const regionOf = (maps: NativeMaps, image: number): Uint8Array => {
    const agreed = agreedMap(mapsOfImage(maps, image, directions, resolution, boundary), intersection);
    return agreed.ok ? halfMaximumRegion(agreed.value) : new Uint8Array(resolution ** 2);
  };
  return Array.from({ length: images }, (_, image) => {
    const [first, second] = [regionOf(one, image), regionOf(other, image)];
    return { overlap: regionOverlap(first, second), elsewhere: elsewhereOverlap(first, second, resolution, boundary) };
  });
}

function elsewhereOverlap(first: Uint8Array, second: Uint8Array, edge: number, boundary: Boundary): number {
  const half = Math.floor(edge / 2);
  if (boundary === 'periodic') return regionOverlap(first, shiftedRaster(second, edge, half, half));
  const pixel = (row: number, column: number): number => row * edge + column;
  const last = edge - 1;
  const overlapWith = (from: (row: number, column: number) => number): number =>
    regionOverlap(first, second.map((_, p) => second[from(Math.floor(p / edge), p % edge)]!));
  return (
    (overlapWith((row, column) => pixel(last - row, column)) +
      overlapWith((row, column) => pixel(row, last - column)) +
      overlapWith((row, column) => pixel(last - row, last - column))) /
    3
  );
}
