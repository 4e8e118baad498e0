/*
 * Controls for maps: rasters that know nothing of the network or the physics. A map that does no better than they do
 * explains nothing. The map itself, moved elsewhere (`random-move.ts`), has the same smoothness, area and values at
 * positions that it did not choose; the others show where the phases meet, where white is, or the middle of the image.
 */
import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import { blockMeans, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { randomMove } from './random-move';

/** The controls that only depend on the image. */
export const imageControls = ['edges', 'center', 'white'] as const;
export type ImageControl = (typeof imageControls)[number];

/** Rankings of squares that know nothing of the network or the physics: a random order, and those of the control maps. */
export const controlRankings = ['random', ...imageControls] as const;
export type ControlRanking = (typeof controlRankings)[number];

/** The standard deviation of the blob in the middle, in widths of the image. */
const blobWidth = 0.25;

/** A control as a map of `edge` × `edge` positions, row-major, with values ≥ 0. */
export function controlMap(control: ImageControl, image: Image2D<'binary'>, edge: number, boundary: Boundary): Float64Array {
  const { width, data } = image;
  if (control === 'white') return blockMeans(width, edge, (p) => data[p]!);
  if (control === 'edges') return blockMeans(width, edge, (p) => facesAcrossPhases(image, p, boundary));
  return Float64Array.from({ length: edge * edge }, (_, p) => {
    const [down, right] = [Math.floor(p / edge), p % edge].map((at) => (at + 0.5) / edge - 0.5) as [number, number];
    return Math.exp(-(down ** 2 + right ** 2) / (2 * blobWidth ** 2));
  });
}

/** How many of the pixels to the right and below have the other phase; beyond the edges, those of a periodic image. */
function facesAcrossPhases({ width, height, data }: Image2D<'binary'>, p: number, boundary: Boundary): number {
  const [row, column] = [Math.floor(p / width), p % width];
  if (boundary === 'open') return Number(column + 1 < width && data[p + 1] !== data[p]) + Number(row + 1 < height && data[p + width] !== data[p]);
  const [right, below] = [data[row * width + ((column + 1) % width)]!, data[((row + 1) % height) * width + column]!];
  return Number(right !== data[p]) + Number(below !== data[p]);
}

/** A raster of `edge` × `edge` values, moved down and to the right on the torus. */
export function shiftedRaster<Values extends Float32Array | Uint8Array>(values: Values, edge: number, down: number, right: number): Values {
  ensure(values.length === edge * edge, 'a raster is square');
  const shifted = values.slice() as Values;
  for (let p = 0; p < values.length; p++) shifted[((Math.floor(p / edge) + down) % edge) * edge + (((p % edge) + right) % edge)] = values[p]!;
  return shifted;
}

/** The raster with each value where a random move (`randomMove`) puts it. */
export function randomlyMoved(values: Float32Array, edge: number, rng: Rng, boundary: Boundary): Float32Array {
  const move = randomMove(edge, rng, boundary);
  const moved = new Float32Array(values.length);
  values.forEach((value, position) => (moved[move(position)] = value));
  return moved;
}
