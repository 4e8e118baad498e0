import { imageOf, type Image2D } from './image-2d';

/**
 * The cell whose upper left quarter is given: mirrored about both mid-lines, so twice as wide and
 * high. The mirror lines run between pixels; opposite edges of the cell are equal.
 */
export function mirrorQuarter(quarter: Image2D<'binary'>): Image2D<'binary'> {
  const width = 2 * quarter.width;
  const height = 2 * quarter.height;
  const data = new Uint8Array(width * height);
  for (let r = 0; r < quarter.height; r++) {
    for (let c = 0; c < quarter.width; c++) {
      const value = quarter.data[r * quarter.width + c]!;
      data[r * width + c] = value;
      data[r * width + width - 1 - c] = value;
      data[(height - 1 - r) * width + c] = value;
      data[(height - 1 - r) * width + width - 1 - c] = value;
    }
  }
  return imageOf('binary', width, height, data);
}

/**
 * Which mirror images of an image keep its value in a direction: those with that direction reversed
 * (left and right changed places, for x), those with the other one reversed; with both, also the
 * image turned by 180°.
 */
export interface KeptByMirroring {
  readonly along: boolean;
  readonly across: boolean;
}
