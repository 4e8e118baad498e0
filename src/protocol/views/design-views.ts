/* Designs: one in detail, the steps of its construction, its file, and a gallery of many. */
import type { PackedColumn, PackedImages } from '../packed';
import type { RankedDesign } from '../result';
import type { PatchPlace } from '../vocabulary';

/** Images of designs from rank `from` to `to`, both included; ranks that do not exist are left out. */
export interface GalleryQuery {
  /** Name of the arm. */
  readonly arm: string;
  readonly from: number;
  readonly to: number;
}

export interface GalleryView {
  /** How many designs the arm has. */
  readonly count: number;
  readonly from: number;
  readonly images: PackedImages;
}

export type LoadCaseName = 'compression x' | 'compression y' | 'heating' | 'strain 11' | 'strain 22' | 'shear 12' | 'constrained heating';

export interface DesignQuery {
  /** Name of the arm. */
  readonly arm: string;
  readonly rank: number;
  /** Fields of this load case; they are computed when they are requested. */
  readonly fields?: LoadCaseName;
}

export interface DesignView {
  readonly design: RankedDesign;
  /** One image. */
  readonly image: PackedImages;
  /** The load cases that `fields` may name: those of the case's own test. */
  readonly loadCases: readonly LoadCaseName[];
  readonly polar: PolarCurves;
  readonly fields?: LoadCaseView;
}

/** Moduli in every direction, by the periodic test. Value i belongs to the angle π i / length, counted from x toward y. */
export interface PolarCurves {
  /** Pa. */
  readonly youngsModulus: PackedColumn<'f32'>;
  readonly poissonRatio: PackedColumn<'f32'>;
  /** Pa. */
  readonly shearModulus: PackedColumn<'f32'>;
}

/** One load case of the virtual test: a unit strain, or heating by 1 K. */
export interface LoadCaseView {
  readonly name: LoadCaseName;
  /** Of each pixel, row-major from the top; Pa per unit strain squared or kelvin squared. */
  readonly energyDensity: PackedColumn<'f32'>;
  /**
   * Of each of (n + 1)² nodes, row-major from the bottom left, x before y, y upward; in edges of the image per
   * unit strain or kelvin.
   */
  readonly displacement: PackedColumn<'f32'>;
}

/** From an image to a cell, step by step. */
export interface SkeletonQuery {
  readonly arm: string;
  readonly rank: number;
}

export interface SkeletonView {
  /** The source image. */
  readonly image: PackedImages;
  /** The critical region in the source image; absent where the patch frames none. */
  readonly region?: PackedImages;
  readonly patch: PatchPlace;
  /** Of the source image, pruned. */
  readonly skeleton: PackedImages;
  /** What pruning removed. */
  readonly spurs: PackedImages;
  readonly nodes: readonly SkeletonNodeView[];
  /** Smooth curves as they are mirrored or redrawn: rows and columns in turn, pixels of the source image, centers at whole numbers. */
  readonly curves: readonly PackedColumn<'f32'>[];
  /** The motif: the skeleton in the patch, `patch.edge` pixels along an edge. */
  readonly motif: PackedImages;
  /** How the motif became the cell: mirrored as its quarter, or redrawn as a whole. */
  readonly construct: 'mirror' | 'graph';
  /** The motif scaled, and mirrored or redrawn, before thickening; pixels of the cell. */
  readonly cellSkeleton: PackedImages;
  /**
   * Distance of each pixel's center of the cell to the curves of the periodic cell, pixels. Where it is at most `halfWidth` the cell is
   * white, up to pixels at equal distance: smaller values are the steps of thickening.
   */
  readonly distance: PackedColumn<'f32'>;
  readonly halfWidth: number;
  readonly cell: PackedImages;
  /** How the skeleton of the patch was redrawn; absent where it was mirrored. */
  readonly redrawing?: RedrawingView;
}

/** A point of the cell, pixels from its upper left corner. */
export interface CellPoint {
  readonly row: number;
  readonly column: number;
}

/** Where the curves of a patch leave it, they are moved until opposite edges match. */
export interface RedrawingView {
  /** Curves of the patch before and after: rows and columns in turn, pixels of the cell from its corner. */
  readonly patchCurves: readonly PackedColumn<'f32'>[];
  readonly curves: readonly PackedColumn<'f32'>[];
  /** The points on the border where curves go on in the next cell: before, and where they are moved to. */
  readonly moved: readonly { readonly from: CellPoint; readonly to: CellPoint }[];
  /** Points on the border whose curves are left out: they have no partner on the opposite edge. */
  readonly removed: readonly CellPoint[];
  /** The mean distance by which points are moved, and the one beyond which a patch gives no cell; pixels of the cell. */
  readonly meanShift: number;
  readonly largestShift: number;
}

export interface SkeletonNodeView {
  readonly kind: 'end' | 'junction' | 'loop' | 'point';
  /** Pixels of the source image, centers at whole numbers; periodic, so it may lie outside. */
  readonly row: number;
  readonly column: number;
}

/* A design as a file for other programs: the server makes its text, the user chooses its path. */

/** Formats that the server computes; the panel makes the others from pixels (`drawnFormats`). */
export const computedFormats = ['abaqus', 'vti', 'csv'] as const;
export type ComputedFormat = (typeof computedFormats)[number];

export interface FileQuery {
  readonly arm: string;
  readonly rank: number;
  /** `csv` is the table of all designs of all arms. */
  readonly format: ComputedFormat;
}

export interface FileView {
  readonly fileName: string;
  readonly text: string;
}
