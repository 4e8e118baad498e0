/* What every construction of cells from patches takes and gives. */
import { imageOf, wrap, type Boundary, type Image2D, type Square } from '#engine/grid/image-2d';
import type { Segments } from './clip-to-patch';
import type { PreparedSkeleton } from './prepare-skeleton';
import type { FractionAim } from './thicken';

export interface DesignSource {
  readonly skeleton: PreparedSkeleton;
  /** The square of the image that becomes the cell or a quarter of it; it may wrap around the edges of a periodic image. */
  readonly patch: Square;
  /** The critical region in the patch, `edge` × `edge` pixels; needed when the settings mask by region. */
  readonly region?: Image2D<'binary'>;
}

export interface DesignTarget {
  /** Pixels along the cell's edge; even for mirrored cells. */
  readonly resolution: number;
  readonly aim: FractionAim;
}

/** A periodic cell that has not been tested yet. */
export interface CandidateDesign {
  readonly cell: Image2D<'binary'>;
  /** The motif: the masked skeleton in the patch, pixels of the source image. */
  readonly motif: Image2D<'binary'>;
  /** The skeleton of the cell, before thickening; pixels of the cell. */
  readonly skeleton: Image2D<'binary'>;
  /** The white share of the cell, within the range of the settings. */
  readonly volumeFraction: number;
  /** Pixels of the cell. */
  readonly strutThickness: number;
}

/** The segments as lines one pixel wide; beyond the edges they go on at the opposite one, or stay at the edge. */
export function drawSegments(segments: Segments, size: number, boundary: Boundary): Image2D<'binary'> {
  const data = new Uint8Array(size * size);
  const pixelOf = (position: number): number =>
    boundary === 'periodic' ? wrap(Math.floor(position), size) : Math.min(Math.max(Math.floor(position), 0), size - 1);
  for (let s = 0; s < segments.length; s += 4) {
    const dr = segments[s + 2]! - segments[s]!;
    const dc = segments[s + 3]! - segments[s + 1]!;
    const steps = Math.ceil(Math.max(Math.abs(dr), Math.abs(dc))) + 1;
    for (let i = 0; i <= steps; i++) {
      data[pixelOf(segments[s]! + (i / steps) * dr) * size + pixelOf(segments[s + 1]! + (i / steps) * dc)] = 1;
    }
  }
  return imageOf('binary', size, size, data);
}
