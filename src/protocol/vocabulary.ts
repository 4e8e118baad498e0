/* Types that all messages share. Numbers are in SI everywhere; rows of images count from the top. */
import type { Property } from '#domain/objective';

/** Something that the user did wrong, or that physics does not allow. */
export type { Finding as Finding } from '#domain/finding';

/** A square of an image, pixels; it may wrap around the image's edges. */
export interface PatchPlace {
  readonly row: number;
  readonly column: number;
  readonly edge: number;
}

/** How numbers of a property are shown: value × scale, with so many digits after the point, and the unit. */
export interface PropertyDisplay {
  readonly property: Property;
  /** In a sentence: `Young’s modulus`. */
  readonly name: string;
  /** `E`, `ν`, `α`. */
  readonly symbol: string;
  /** Empty for pure numbers. */
  readonly unit: string;
  readonly scale: number;
  readonly digits: number;
}
