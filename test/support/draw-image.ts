/** Two-phase images as text: `#` is white, `.` is black; the first line is the top row. */
import { imageOf, type Image2D } from '#engine/grid/image-2d';

/** The image that the text draws. Indentation and empty lines around it do not count. */
export function image(text: string): Image2D<'binary'> {
  const rows = text.trim().split('\n').map((row) => row.trim());
  const width = rows[0]!.length;
  for (const row of rows) {
    if (row.length !== width || /[^#.]/.test(row)) throw new Error(`not a row of ${width} '#' or '.': ${row}`);
  }
  return imageOf('binary', width, rows.length, Uint8Array.from(rows.join(''), (pixel) => (pixel === '#' ? 1 : 0)));
}

/** The text that draws the image: rows joined by line breaks, none at the end. */
export function draw({ width, height, data }: Image2D<'binary'>): string {
  return Array.from({ length: height }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width), (pixel) => (pixel === 0 ? '.' : '#')).join(''),
  ).join('\n');
}
