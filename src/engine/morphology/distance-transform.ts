/*
 * Exact Euclidean distance to the nearest white pixel by the lower envelope of parabolas, first along columns, then along
 * rows: P. F. Felzenszwalb and D. P. Huttenlocher, Distance transforms of sampled functions, Theory of
 * Computing 8 (2012) 415–428, doi:10.4086/toc.2012.v008a019.
 *
 * Ours: lines of a periodic image are cut at their smallest value. The parabola there is nowhere above one that begins
 * beyond it, so one period and a copy of the cut point are enough.
 */
import { imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';

/**
 * The distance of each pixel's center to the nearest white pixel's center, in pixels; infinite everywhere when no pixel
 * is white.
 */
export function distanceTransform(image: Image2D<'binary'>, boundary: Boundary): Image2D<'field'> {
  const { width, height } = image;
  const squared = Float64Array.from(image.data, (pixel) => (pixel === 0 ? Infinity : 0));
  const transformLine = lineTransform(Math.max(width, height), boundary);
  for (let c = 0; c < width; c++) transformLine(squared, c, width, height);
  for (let r = 0; r < height; r++) transformLine(squared, r * width, 1, width);
  return imageOf('field', width, height, squared.map(Math.sqrt));
}

/** In place: values[i] becomes the minimum over j of values[j] + (i − j)² along one line of the image. */
function lineTransform(longest: number, boundary: Boundary): (data: Float64Array, start: number, step: number, count: number) => void {
  const values = new Float64Array(longest + 1);
  // The parabolas of the lower envelope: the position of their apex, and where they begin to be lowest.
  const apex = new Int32Array(longest + 1);
  const from = new Float64Array(longest + 1);

  return (data, start, step, count) => {
    let cut = 0;
    for (let i = 1; i < count; i++) if (data[start + i * step]! < data[start + cut * step]!) cut = i;
    if (data[start + cut * step] === Infinity) return;
    if (boundary === 'open') cut = 0;
    const points = boundary === 'open' ? count : count + 1;
    for (let i = 0; i < points; i++) values[i] = data[start + ((cut + i) % count) * step]!;

    let last = -1;
    for (let i = 0; i < points; i++) {
      if (values[i] === Infinity) continue;
      let crossing = -Infinity;
      while (last >= 0) {
        const j = apex[last]!;
        crossing = (values[i]! - values[j]! + i * i - j * j) / (2 * (i - j));
        if (crossing > from[last]!) break;
        last--;
        crossing = -Infinity;
      }
      last++;
      apex[last] = i;
      from[last] = crossing;
    }

    const parabolas = last + 1;
    let lowest = 0;
    for (let i = 0; i < count; i++) {
      while (lowest + 1 < parabolas && from[lowest + 1]! < i) lowest++;
      const j = apex[lowest]!;
      data[start + ((cut + i) % count) * step] = values[j]! + (i - j) * (i - j);
    }
  };
}
