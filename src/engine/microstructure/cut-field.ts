/*
 * How every family meets its volume fraction: a generator makes a smooth field that is higher where
 * the material shall be white, and the cut keeps the wanted number of highest pixels. For shapes and
 * walls the field is a signed distance, so the cut moves all outlines by one common, small amount and
 * keeps them smooth; for Gaussian fields it is the quantile cut.
 */
import type { Interval } from '#domain/intervals';
import type { Family } from '#domain/microstructures';
import { ensure } from '#engine/core/bug-error';
import { failure, success, type Result } from '#domain/finding';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { kthSmallest } from '#engine/numerics/statistics';

/** A cut field. */
export interface Cut {
  readonly image: Image2D<'binary'>;
  /** Value of the field at the last white pixel. */
  readonly level: number;
}

/** The image whose `count` highest pixels are white; among equal pixels the first in row-major order. */
export function cutField(field: Image2D<'field'>, count: number): Cut {
  const pixels = field.data.length;
  ensure(Number.isInteger(count) && count >= 1 && count <= pixels, `cut of ${count} from ${pixels} pixels`);
  const level = kthSmallest(field.data, pixels - count);
  const data = new Uint8Array(pixels);
  let missing = count;
  for (let p = 0; p < pixels; p++) {
    if (field.data[p]! > level) {
      data[p] = 1;
      missing--;
    }
  }
  for (let p = 0; missing > 0; p++) {
    if (field.data[p] === level) {
      data[p] = 1;
      missing--;
    }
  }
  return { image: imageOf('binary', field.width, field.height, data), level };
}

/** The number of white pixels of a target fraction: the nearest whole number inside the window. */
export function whitePixelCount(target: number, window: Interval, resolution: number): Result<number> {
  const pixels = resolution * resolution;
  // The slack lets a window's end that is a whole number of pixels, such as 0.4 of 100, count as inside.
  const lowest = Math.max(1, Math.ceil(window.lower * pixels - 1e-9));
  const highest = Math.min(pixels - 1, Math.floor(window.upper * pixels + 1e-9));
  if (lowest > highest) {
    return failure(
      'fraction-window-too-narrow',
      `No image of ${resolution} × ${resolution} pixels has a fraction between ${window.lower} and ${window.upper}.`,
      'Widen the fraction window or raise the resolution.',
    );
  }
  return success(Math.min(highest, Math.max(lowest, Math.round(target * pixels))));
}

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
export interface FamilyField {
  readonly field: Image2D<'field'>;
  readonly drawn: DrawnParameters;
}
