/*
 * Another arrangement of the same number of white pixels. The image is cut into equal squares, and each is replaced by
 * the same square of another image, whose outlines are shifted outward or inward by a common distance until the square
 * has exactly as many white pixels as before. So only the arrangement changes: the volume fraction of the image and of
 * every square stays the same.
 */
import { ensure } from '#engine/core/bug-error';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { distanceTransform } from './distance-transform';

/** `image` with each of its `edge` × `edge` squares replaced by that of `donor`, an image of the same size with both phases. */
export function replaceBlocks(image: Image2D<'binary'>, donor: Image2D<'binary'>, edge: number): Image2D<'binary'> {
  const { width } = image;
  ensure(donor.width === width && width % edge === 0, `${edge} × ${edge} squares of images of ${width} and ${donor.width} pixels`);
  const depth = depthOf(donor);
  const data = new Uint8Array(width * width);
  const size = width / edge;
  for (let square = 0; square < edge * edge; square++) {
    const first = Math.floor(square / edge) * size * width + (square % edge) * size;
    const pixels = Int32Array.from({ length: size * size }, (_, i) => first + Math.floor(i / size) * width + (i % size));
    const white = pixels.reduce((count, p) => count + image.data[p]!, 0);
    // The deepest pixels first; those of equal depth in row-major order, as the generators cut their fields.
    for (const p of pixels.sort((a, b) => depth[b]! - depth[a]! || a - b).subarray(0, white)) data[p] = 1;
  }
  return imageOf('binary', width, width, data);
}

/** The signed distance to the other phase, positive in white. */
function depthOf(image: Image2D<'binary'>): Float64Array {
  const inverse = imageOf('binary', image.width, image.height, image.data.map((pixel) => 1 - pixel));
  const toWhite = distanceTransform(image, 'periodic').data;
  return Float64Array.from(distanceTransform(inverse, 'periodic').data, (toBlack, p) => toBlack - toWhite[p]!);
}
