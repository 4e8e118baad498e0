import type { Family } from '#domain/microstructures';
import type { Image2D } from '#engine/grid/image-2d';

/** Parameters that were drawn for one image, for provenance: plain JSON. */
export type DrawnParameters = Readonly<Record<string, number | string>>;

/** One random two-phase image, periodic in both directions. */
export interface Microstructure {
  readonly image: Image2D<'binary'>;
  readonly family: Family;
  /** The white fraction that was drawn from the window. */
  readonly targetFraction: number;
  /** The white fraction of the image: the target to within one pixel's share, always inside the window. */
  readonly volumeFraction: number;
  readonly drawn: DrawnParameters;
}

/** What a family hands to the cut: a field that is higher where the material shall be white. */
export interface DrawnField {
  readonly field: Image2D<'field'>;
  readonly drawn: DrawnParameters;
}
