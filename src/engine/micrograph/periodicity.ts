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
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';

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

/**
 * Of each image of a batch, the shares of pixels in which opposite edges, neighbors and lines half an edge apart differ: of
 * rows, then of columns. Eight pixels are compared at once, so the resolution is a multiple of 16.
 */
export function edgeDifferences({ count, resolution: n, packed }: MicrostructureBatch): Float64Array {
  ensure(n % 16 === 0, `lines of ${n} pixels are compared by bytes`);
  const row = n / 8;
  const differences = new Float64Array(count * edgeDifferenceCount);
  for (let image = 0; image < count; image++) {
    const [from, end] = [image * n * row, (image + 1) * n * row];
    /** Pixels that differ from those `bytes` bytes further on, in `wide` bytes of every row up to that many bytes before the end. */
    const apart = (bytes: number, wide: number): number => {
      let different = 0;
      for (let line = from; line + bytes < end; line += row) {
        for (let k = line; k < line + wide; k++) different += onesIn[packed[k]! ^ packed[k + bytes]!]!;
      }
      return different;
    };
    let [ends, neighbors] = [0, 0];
    for (let line = from; line < end; line += row) {
      ends += (packed[line]! >> 7) ^ (packed[line + row - 1]! & 1);
      for (let k = line; k < line + row; k++) {
        const byte = packed[k]!;
        // The last pixel of a row has no neighbor: it is compared with itself.
        const next = k + 1 < line + row ? packed[k + 1]! >> 7 : byte & 1;
        neighbors += onesIn[byte ^ (((byte << 1) | next) & 255)]!;
      }
    }
    const half = n / 2;
    differences.set([
      apart((n - 1) * row, row) / n, apart(row, row) / (n * (n - 1)), apart(half * row, row) / (n * half),
      ends / n, neighbors / (n * (n - 1)), apart(row / 2, row / 2) / (n * half),
    ], image * edgeDifferenceCount);
  }
  return differences;
}

/** Bits that are 1 in a byte. */
const onesIn = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

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
