/*
 * Speckles: connected components of few pixels take the other phase, first white ones, then black ones. So a hole in a
 * white speckle goes with it, and a second run changes nothing. Pixels that touch at a corner belong together, so that a
 * thin oblique line is not a row of speckles.
 */
import { connectedComponents } from '#engine/grid/connected-components';
import { imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';

/** The image without components of fewer than `smallest` pixels. `periodic`: components go on at the opposite edge. */
export function withoutSpeckles(image: Image2D<'binary'>, smallest: number, boundary: Boundary): Image2D<'binary'> {
  const inverse = ({ width, height, data }: Image2D<'binary'>): Image2D<'binary'> => imageOf('binary', width, height, data.map((phase) => 1 - phase));
  return inverse(withoutWhiteSpeckles(inverse(withoutWhiteSpeckles(image, smallest, boundary)), smallest, boundary));
}

/**
 * How far outside an image pixels can decide what is a speckle in it: a component of fewer than `smallest` pixels that is
 * partly in the image ends within that distance, and a larger one has that many pixels within it; twice, as white
 * speckles come before black ones.
 */
export function speckleMargin(smallest: number): number {
  return 2 * smallest;
}

function withoutWhiteSpeckles(image: Image2D<'binary'>, smallest: number, boundary: Boundary): Image2D<'binary'> {
  const { labels, sizes } = connectedComponents(image, 8, boundary);
  const data = image.data.slice();
  for (let p = 0; p < data.length; p++) {
    if (data[p] !== 0 && sizes[labels.data[p]! - 1]! < smallest) data[p] = 0;
  }
  return imageOf('binary', image.width, image.height, data);
}
