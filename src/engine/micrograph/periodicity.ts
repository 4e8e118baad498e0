/*
 * Whether images repeat: whether what crosses an edge goes on at the opposite edge. In a periodic image the last row and
 * the first are neighbors, so they differ as neighboring rows do; in others they are as different as rows far apart.
 * With the shares of pixels in which rows differ, d: of opposite edges, of neighbors, and of rows half an edge apart,
 *
 *     s = (d_edges − d_neighbors) / (d_apart − d_neighbors)
 *
 * is near 0 for periodic images and near 1 for others; in a set of both it is about the share of the others. The same
 * holds for columns. The numbers of all images are added before they are divided: those of one image scatter, because few
 * shapes cross its edges.
 *
 * An image whose shapes stay away from its edges counts as periodic: it can be repeated without a break.
 */
import { ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';

/** The measure s of a set of images, of rows and of columns. */
export interface Periodicity {
  readonly rows: number;
  readonly columns: number;
}

/** Images repeat if s is less than this in both directions. */
export const periodicityThreshold = 0.25;

/** Whether the images of a set repeat in both directions. */
export function areImagesPeriodic({ rows, columns }: Periodicity): boolean {
  return rows < periodicityThreshold && columns < periodicityThreshold;
}

/** Numbers per image of `edgeDifferences`. */
export const edgeDifferenceCount = 6;

/** Of a square image, the shares of pixels in which opposite edges, neighbors and lines half an edge apart differ: of rows, then of columns. */
export function edgeDifferences({ width: n, height, data }: Image2D<'binary'>): Float64Array {
  ensure(n === height && n >= 4, 'images are square');
  const rowShare = (lag: number): number => {
    let different = 0;
    for (let p = 0; p + lag * n < data.length; p++) different += data[p]! ^ data[p + lag * n]!;
    return different / (n * (n - lag));
  };
  const columnShare = (lag: number): number => {
    let different = 0;
    for (let row = 0; row < n; row++) {
      for (let p = row * n; p < (row + 1) * n - lag; p++) different += data[p]! ^ data[p + lag]!;
    }
    return different / (n * (n - lag));
  };
  const half = Math.floor(n / 2);
  return Float64Array.of(rowShare(n - 1), rowShare(1), rowShare(half), columnShare(n - 1), columnShare(1), columnShare(half));
}

/** The measure of a set, from the numbers of `edgeDifferences` of its images one after another. */
export function periodicityOf(differences: Float64Array): Periodicity {
  const sums = new Float64Array(edgeDifferenceCount);
  for (let i = 0; i < differences.length; i++) sums[i % edgeDifferenceCount]! += differences[i]!;
  return { rows: measure(sums[0]!, sums[1]!, sums[2]!), columns: measure(sums[3]!, sums[4]!, sums[5]!) };
}

function measure(edges: number, neighbors: number, apart: number): number {
  // Layers along a direction do not change along it, and whatever does not change repeats.
  if (edges <= neighbors) return 0;
  return (edges - neighbors) / Math.max(apart - neighbors, edges - neighbors);
}
