/*
 * Thinning to a skeleton that runs where the distance to the edge is largest: simple pixels are deleted one after another,
 * the nearest to the edge first, and ends of curves stay. C. Pudney, Distance-ordered homotopic thinning: a
 * skeletonization algorithm for 3D digital images, Comput. Vis. Image Underst. 72 (1998) 404–413,
 * doi:10.1006/cviu.1998.0680. Parallel thinning (`thin.ts`) cuts the corners of curves, where discs are smaller.
 *
 * Ours: two dimensions, and instead of a queue all pixels in the order of their distance, in raster order where it is
 * the same, again and again until none is deleted.
 */
import { isSimple, neighborColumns, neighborRows, whiteCount } from './neighborhood';
import type { Image2D } from '#engine/grid/image-2d';

/**
 * 1 on the skeleton. The border of the image must be black; `distance` is that of each white pixel to black, exact, so that its
 * square is a whole number.
 */
export function thinByDistance({ width, data }: Image2D<'binary'>, distance: Float64Array): Uint8Array {
  const skeleton = data.slice();
  const steps = neighborRows.map((row, i) => row * width + neighborColumns[i]!);
  let white = byDistance(skeleton, distance);
  for (let before = Infinity; white.length < before;) {
    before = white.length;
    white = white.filter((pixel) => {
      let code = 0;
      for (let i = 0; i < 8; i++) code |= skeleton[pixel + steps[i]!]! << i;
      if (isSimple[code] === 0 || whiteCount(code) < 2) return true;
      skeleton[pixel] = 0;
      return false;
    });
  }
  return skeleton;
}

/** The white pixels, sorted by counting. */
function byDistance(white: Uint8Array, distance: Float64Array): Int32Array {
  const square = (pixel: number): number => Math.round(distance[pixel]! ** 2);
  let count = 0;
  let largest = 0;
  for (let pixel = 0; pixel < white.length; pixel++) {
    if (white[pixel] === 0) continue;
    count++;
    largest = Math.max(largest, square(pixel));
  }
  const first = new Int32Array(largest + 2);
  for (let pixel = 0; pixel < white.length; pixel++) if (white[pixel] === 1) first[square(pixel) + 1]!++;
  for (let s = 0; s <= largest; s++) first[s + 1]! += first[s]!;
  const sorted = new Int32Array(count);
  for (let pixel = 0; pixel < white.length; pixel++) if (white[pixel] === 1) sorted[first[square(pixel)]!++] = pixel;
  return sorted;
}
