import type { Direction } from '#engine/core/material';
import type { Image2D } from '#engine/grid/image-2d';
import { heatOf } from '#engine/learning/explanation/explain';
import type { LayerMaps } from './stages/explain';

/** The maps of one explained image, upsampled to its resolution; `index` counts the explained images. */
export function activationMapsOf(
  { maps, nativeEdge }: Pick<LayerMaps, 'maps' | 'nativeEdge'>,
  index: number,
  directions: readonly Direction[],
  resolution: number,
): { readonly direction: Direction; readonly map: Image2D<'heat'> }[] {
  const size = nativeEdge ** 2;
  return directions.map((direction, d) => {
    const from = (index * directions.length + d) * size;
    return { direction, map: heatOf(maps.slice(from, from + size), nativeEdge, resolution) };
  });
}
