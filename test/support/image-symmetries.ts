import { imageOf, type Image2D } from '#engine/grid/image-2d';

/** The image with x and y exchanged and both reversed: left becomes bottom, right becomes top. */
export function antiTransposed({ width: n, data }: Image2D<'binary'>): Image2D<'binary'> {
  return imageOf('binary', n, n, Uint8Array.from(data, (_, p) => data[(n - 1 - (p % n)) * n + (n - 1 - Math.floor(p / n))]!));
}
