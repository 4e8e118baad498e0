/*
 * Other arrangements of the same number of white pixels. The image is cut into equal squares, and each is filled in
 * another way with exactly as many white pixels as before. So only the arrangement changes: the volume fraction of the
 * image and of every square stays the same.
 *
 * Two fillings. `replaceBlocks` takes the same square of another image, whose outlines are shifted outward or inward by
 * a common distance. `fillFromSurroundings` makes a square of noisy means of the pixels around it, as ROAD does (Rong et
 * al. 2022, arXiv 2202.00449). Ours: means with the inverse squared distance as weight instead of a system of
 * equations, so that a square's filling does not depend on which others are replaced, and a cut at the number of white
 * pixels instead of gray ones.
 */
import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import { imageOf, wrap, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { distanceTransform } from './distance-transform';

/** `image` with each of its `edge` × `edge` squares replaced by that of `donor`, an image of the same size with both phases. */
export function replaceBlocks(image: Image2D<'binary'>, donor: Image2D<'binary'>, edge: number, boundary: Boundary): Image2D<'binary'> {
  ensure(donor.width === image.width, `squares of images of ${image.width} and ${donor.width} pixels`);
  const depth = depthOf(donor, boundary);
  return refill(image, edge, (pixels) => Float64Array.from(pixels, (p) => depth[p]!));
}

/** The signed distance to the other phase, positive in white. */
function depthOf(image: Image2D<'binary'>, boundary: Boundary): Float64Array {
  const inverse = imageOf('binary', image.width, image.height, image.data.map((pixel) => 1 - pixel));
  const toWhite = distanceTransform(image, boundary).data;
  return Float64Array.from(distanceTransform(inverse, boundary).data, (toBlack, p) => toBlack - toWhite[p]!);
}

/** The standard deviation of the noise on the means, which lie between 0 (black) and 1 (white). */
const noise = 0.05;

/** `image` with each of its `edge` × `edge` squares filled by noisy means of the pixels that surround it, beyond the edges of a periodic image those of the opposite edge. */
export function fillFromSurroundings(image: Image2D<'binary'>, edge: number, rng: Rng, boundary: Boundary): Image2D<'binary'> {
  const { width, data } = image;
  const size = width / edge;
  const ring = ringAround(size);
  return refill(image, edge, (pixels) => {
    const [top, left] = [Math.floor(pixels[0]! / width), pixels[0]! % width];
    const isThere = ({ row, column }: (typeof ring)[number]): boolean => boundary === 'periodic' || (wrap(top + row, width) === top + row && wrap(left + column, width) === left + column);
    const known = ring.filter(isThere);
    const around = known.map(({ row, column }) => data[wrap(top + row, width) * width + wrap(left + column, width)]!);
    return Float64Array.from(pixels, (_, i) => {
      const [row, column] = [Math.floor(i / size), i % size];
      let [sum, weights] = [0, 0];
      known.forEach((position, r) => {
        const weight = 1 / ((position.row - row) ** 2 + (position.column - column) ** 2);
        weights += weight;
        sum += weight * around[r]!;
      });
      return sum / weights + noise * rng.normal();
    });
  });
}

/** The pixels that surround a square of `size` × `size` pixels, relative to its first one. */
function ringAround(size: number): { readonly row: number; readonly column: number }[] {
  return Array.from({ length: (size + 2) ** 2 }, (_, i) => ({ row: Math.floor(i / (size + 2)) - 1, column: (i % (size + 2)) - 1 })).filter(
    ({ row, column }) => row < 0 || column < 0 || row === size || column === size,
  );
}

/**
 * Each square with its number of white pixels at the positions of the highest values; of equal values the first in
 * row-major order are white, as the generators cut their fields. `valuesIn` gets the pixels of a square.
 */
function refill(image: Image2D<'binary'>, edge: number, valuesIn: (pixels: Int32Array) => Float64Array): Image2D<'binary'> {
  const { width } = image;
  ensure(width % edge === 0, `${edge} × ${edge} squares of an image of ${width} pixels`);
  const data = new Uint8Array(width * width);
  const size = width / edge;
  for (let square = 0; square < edge * edge; square++) {
    const first = Math.floor(square / edge) * size * width + (square % edge) * size;
    const pixels = Int32Array.from({ length: size * size }, (_, i) => first + Math.floor(i / size) * width + (i % size));
    const white = pixels.reduce((count, p) => count + image.data[p]!, 0);
    const values = valuesIn(pixels);
    const order = Int32Array.from(pixels, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
    for (const i of order.subarray(0, white)) data[pixels[i]!] = 1;
  }
  return imageOf('binary', width, width, data);
}
