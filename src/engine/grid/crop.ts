import { wrap } from './boundary';
import { imageOf, type Image2D } from './image-2d';

/** A square of an image in pixels; it may wrap around the image's edges. */
export interface Square {
  readonly row: number;
  readonly column: number;
  readonly edge: number;
}

/** The pixels of a square of a periodic image. */
export function crop(image: Image2D<'binary'>, { row, column, edge }: Square): Image2D<'binary'> {
  const data = new Uint8Array(edge * edge);
  for (let r = 0; r < edge; r++) {
    const source = wrap(row + r, image.height) * image.width;
    for (let c = 0; c < edge; c++) data[r * edge + c] = image.data[source + wrap(column + c, image.width)]!;
  }
  return imageOf('binary', edge, edge, data);
}
