import { ensure } from '#engine/core/bug-error';

/** Means of a quantity over each of `edge` × `edge` equal squares of an image of `width` × `width` pixels. */
export function blockMeans(width: number, edge: number, valueAt: (pixel: number) => number): Float64Array {
  ensure(width % edge === 0, `${edge} × ${edge} squares do not divide an image of ${width} pixels`);
  const block = width / edge;
  const means = new Float64Array(edge * edge);
  for (let p = 0; p < width * width; p++) means[blockOf(p, width, edge)]! += valueAt(p) / (block * block);
  return means;
}

/** The square that a pixel lies in, row-major. */
export function blockOf(pixel: number, width: number, edge: number): number {
  const block = width / edge;
  return Math.floor(pixel / width / block) * edge + Math.floor((pixel % width) / block);
}
