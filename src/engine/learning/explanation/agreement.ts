/* What the maps of several directions agree on. */
import type { MapIntersection } from '#domain/explanation';
import { ensure } from '#engine/core/bug-error';
import { imageOf, type Image2D } from '#engine/grid/image-2d';

/**
 * In [0, 1] for maps of the image's size, each relative to its maximum: the smallest of them, or their
 * product relative to its own maximum. Where it reaches a threshold all maps do (Feng et al. 2024,
 * doi:10.1016/j.eml.2024.102269, section 2.5), or the product does. All zero when one of the maps is.
 */
export function agreement(maps: readonly Image2D<'heat'>[], intersection: MapIntersection): Image2D<'heat'> {
  const [first] = maps;
  ensure(first !== undefined, 'an explanation has a map');
  ensure(maps.every(({ data }) => data.length === first.data.length), 'activation maps of one image have one size');
  const data = new Float32Array(first.data.length).fill(1);
  for (const map of maps) {
    const maximum = largestValue(map.data);
    for (let p = 0; p < data.length; p++) {
      const share = maximum > 0 ? map.data[p]! / maximum : 0;
      data[p] = intersection === 'binarized' ? Math.min(data[p]!, share) : data[p]! * share;
    }
  }
  if (intersection === 'normalized') {
    const maximum = largestValue(data);
    if (maximum > 0) for (let p = 0; p < data.length; p++) data[p]! /= maximum;
  }
  return imageOf('heat', first.width, first.height, data);
}

function largestValue(values: Float32Array): number {
  let largest = 0;
  for (let p = 0; p < values.length; p++) if (values[p]! > largest) largest = values[p]!;
  return largest;
}
