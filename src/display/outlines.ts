/* Edges of pixel regions and of patches as SVG paths, in pixels of the image. */
import type { BinaryPixels } from './contours';

/** The edge of the white pixels along their sides. The region ends at the image's border, so the border is an edge too. */
export function outlinePath({ width, height, data }: BinaryPixels): string {
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= height || column >= width ? 0 : data[row * width + column]!;
  const parts: string[] = [];
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column < width; column++) {
      const start = column;
      while (column < width && at(row - 1, column) !== at(row, column)) column++;
      if (column > start) parts.push(`M${start} ${row}h${column - start}`);
    }
  }
  for (let column = 0; column <= width; column++) {
    for (let row = 0; row < height; row++) {
      const start = row;
      while (row < height && at(row, column - 1) !== at(row, column)) row++;
      if (row > start) parts.push(`M${column} ${start}v${row - start}`);
    }
  }
  return parts.join('');
}

/** The square of a patch; where it wraps around the image, its parts on either side. */
export function patchPath({ row, column, edge }: { readonly row: number; readonly column: number; readonly edge: number }, resolution: number): string {
  const lefts = column + edge > resolution ? [column, column - resolution] : [column];
  const tops = row + edge > resolution ? [row, row - resolution] : [row];
  return lefts.flatMap((left) => tops.map((top) => `M${left} ${top}h${edge}v${edge}h${-edge}z`)).join('');
}
