/* From an image to a cell, step by step. */
import type { PackedColumn, PackedImages } from '../packed';
import type { Arm, PatchPlace } from '../vocabulary';

export interface SkeletonQuery {
  readonly arm: Arm;
  readonly rank: number;
}

export interface SkeletonView {
  /** The source image. */
  readonly image: PackedImages;
  /** The critical region in the source image; absent for a control patch. */
  readonly region?: PackedImages;
  readonly patch: PatchPlace;
  /** Of the source image, pruned. */
  readonly skeleton: PackedImages;
  /** What pruning took away. */
  readonly spurs: PackedImages;
  readonly nodes: readonly SkeletonNodeView[];
  /** Smooth curves as they are mirrored: rows and columns in turn, pixels of the source image, centres at whole numbers. */
  readonly curves: readonly PackedColumn<'f32'>[];
  /** The unit: the skeleton in the patch, `patch.edge` pixels along an edge. */
  readonly unit: PackedImages;
  /** The unit scaled and mirrored, before thickening; pixels of the cell. */
  readonly mirrored: PackedImages;
  /**
   * Distance of each pixel's centre of the cell to the mirrored curves, pixels. Where it is at most `reach` the cell is
   * white, up to pixels at equal distance: smaller reaches are the steps of thickening.
   */
  readonly distance: PackedColumn<'f32'>;
  readonly reach: number;
  readonly cell: PackedImages;
}

export interface SkeletonNodeView {
  readonly kind: 'end' | 'junction' | 'loop' | 'point';
  /** Pixels of the source image, centres at whole numbers; periodic, so it may lie outside. */
  readonly row: number;
  readonly column: number;
}
