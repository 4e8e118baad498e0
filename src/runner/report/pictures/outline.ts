import type { Image2D, PatchPlace } from '#engine/api';

/** Edge of a region along pixel sides, as an SVG path in pixels; it does not close at the image's border. */
export function outlinePath(region: Image2D<'binary'>): string {
  const { width, height, data } = region;
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

/** The square of a patch as an SVG path in pixels; where it wraps around, its parts on either side. */
export function patchPath({ row, column, edge }: PatchPlace, resolution: number): string {
  const wrapsRight = column + edge > resolution;
  const wrapsDown = row + edge > resolution;
  const parts: string[] = [];
  for (const left of wrapsRight ? [column, column - resolution] : [column]) {
    for (const top of wrapsDown ? [row, row - resolution] : [row]) {
      parts.push(`M${left} ${top}h${edge}v${edge}h${-edge}z`);
    }
  }
  return parts.join('');
}
