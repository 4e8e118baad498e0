/*
 * Whether two networks find the same regions in the same images: the intersection over the union of where the agreement
 * of their maps reaches half of its maximum. The control is the second network's region shifted by half the image in
 * both directions, a region of equal area elsewhere.
 */
import type { MapIntersection } from '#domain/explanation';
import type { Direction } from '#domain/objective';
import { shiftedRaster } from '#engine/validation/control-maps';
import { halfMaximumRegion, regionOverlap } from '#engine/validation/map-measures';
import { agreedMap, mapsOfImage, type NativeMaps } from '../arms/regions';

/** Of one image; NaN where neither network has a region. */
export interface RegionOverlap {
  readonly overlap: number;
  readonly elsewhere: number;
}

/** The overlaps in `images` images whose maps both networks have, in the same order. */
export function regionOverlaps(one: NativeMaps, other: NativeMaps, images: number, directions: readonly Direction[], intersection: MapIntersection, resolution: number): RegionOverlap[] {
  const regionOf = (maps: NativeMaps, image: number): Uint8Array => {
    const agreed = agreedMap(mapsOfImage(maps, image, directions, resolution, 'open'), intersection);
    return agreed.ok ? halfMaximumRegion(agreed.value) : new Uint8Array(resolution ** 2);
  };
  const half = Math.floor(resolution / 2);
  return Array.from({ length: images }, (_, image) => {
    const [first, second] = [regionOf(one, image), regionOf(other, image)];
    return { overlap: regionOverlap(first, second), elsewhere: regionOverlap(first, shiftedRaster(second, resolution, half, half)) };
  });
}
