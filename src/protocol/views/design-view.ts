/* One design large, and many small. */
import type { PackedColumn, PackedImages } from '../packed';
import type { RankedDesign } from '../result';
import type { Arm } from '../vocabulary';

/** Pictures of designs from rank `from` to `to`, both included, as far as there are so many. */
export interface GalleryQuery {
  readonly arm: Arm;
  readonly from: number;
  readonly to: number;
}

export interface GalleryView {
  /** How many designs the arm has. */
  readonly count: number;
  readonly from: number;
  readonly images: PackedImages;
}

export type LoadCaseName = 'compression x' | 'compression y' | 'heating' | 'strain 11' | 'strain 22' | 'shear 12' | 'held and heated';

export interface DesignQuery {
  readonly arm: Arm;
  readonly rank: number;
  /** Fields of this load case; they are computed when they are asked for. */
  readonly fields?: LoadCaseName;
}

export interface DesignView {
  readonly design: RankedDesign;
  /** One image. */
  readonly image: PackedImages;
  /** What `fields` may ask for: those of the case's own test. */
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
