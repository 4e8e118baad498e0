/* Edges of pixel regions and patches as SVG paths, pixels of the image. */
import type { PatchPlace } from '#protocol/vocabulary';
import type { Pixels } from './pixels';

/** The edge of the white pixels along their sides; it is not drawn where they meet the image's border. */
export function outlinePath({ width, height, data }: Pixels): string {
  const parts: string[] = [];
  for (let row = 1; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const start = column;
      while (column < width && data[(row - 1) * width + column] !== data[row * width + column]) column++;
      if (column > start) parts.push(`M${start} ${row}h${column - start}`);
    }
  }
  for (let column = 1; column < width; column++) {
    for (let row = 0; row < height; row++) {
      const start = row;
      while (row < height && data[row * width + column - 1] !== data[row * width + column]) row++;
      if (row > start) parts.push(`M${column} ${start}v${row - start}`);
    }
  }
  return parts.join('');
}

/** The square of a patch; where it wraps around, its parts on either side. */
export function patchPath({ row, column, edge }: PatchPlace, resolution: number): string {
  const lefts = column + edge > resolution ? [column, column - resolution] : [column];
  const tops = row + edge > resolution ? [row, row - resolution] : [row];
  return lefts.flatMap((left) => tops.map((top) => `M${left} ${top}h${edge}v${edge}h${-edge}z`)).join('');
}
