import { ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';

/** A `BugError` unless the image has n × n pixels, each of one of the two phases: a solver would read other values as other tables. */
export function checkImage({ width, height, data }: Image2D<'binary'>, n: number): void {
  ensure(width === n && height === n, `image of ${width} × ${height} in a test of ${n} × ${n} pixels`);
  let seen = 0;
  for (let p = 0; p < data.length; p++) seen |= data[p]!;
  ensure(seen <= 1, 'an image with pixels that are neither white nor black');
}
