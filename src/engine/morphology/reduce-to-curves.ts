/*
 * Removal of the inner corners of a thinned image. Parallel thinning leaves stairs of pixels that share edges. Here the
 * inner corner of each step is removed, one pixel after another in raster order, as long as it is simple. So a diagonal
 * is a chain of pixels that share corners, and a pixel of a curve has two neighbors.
 */
import { imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { E, isSimple, N, neighborhood, pad, S, tabulate, unpad, W, whitePixels, type PaddedImage } from './neighborhood';

/** The skeleton without the inner corners of its steps; components, holes and the ends of curves stay the same. */
export function reduceToCurves(skeleton: Image2D<'binary'>, boundary: Boundary): Image2D<'binary'> {
  const { width, height } = skeleton;
  const padded = pad(skeleton, boundary);
  removeInnerCorners(padded, whitePixels(padded));
  return imageOf('binary', width, height, unpad(padded, width, height));
}

/** The same in place. `white` has the padded indices of the white pixels in raster order. Returns whether a pixel was removed. */
export function removeInnerCorners(padded: PaddedImage, white: Int32Array): boolean {
  const { data, stride } = padded;
  const height = data.length / stride - 2;
  let removed = false;
  let changed = true;
  while (changed) {
    changed = false;
    for (const pixel of white) {
      if (data[pixel] === 0 || innerCorner[neighborhood(data, pixel, stride)] === 0) continue;
      data[pixel] = 0;
      const [row, column] = [Math.floor(pixel / stride), pixel % stride];
      // Only a pixel at the image's edge has a copy in the border.
      if (row === 1 || row === height || column === 1 || column === stride - 2) padded.refreshBorder();
      changed = true;
    }
    removed ||= changed;
  }
  return removed;
}

/** 1 for a simple pixel with exactly two white edges, which adjoin; at the foot of a T there are three. */
const innerCorner = tabulate((code) => {
  const edges = [N, E, S, W].map((mask) => (code & mask) !== 0);
  const adjoining = edges.some((white, i) => white && edges[(i + 1) % 4]!);
  return adjoining && edges.filter(Boolean).length === 2 && isSimple[code] === 1 ? 1 : 0;
});
