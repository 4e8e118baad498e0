/*
 * The volume fraction of every family: a generator computes a smooth field that is higher where the material should be
 * white, and the cut makes the required number of highest pixels white. For shapes and walls the field is a signed
 * distance, so the cut shifts all outlines by one common, small distance and keeps them smooth. For Gaussian fields it
 * is the cut at a quantile.
 */
import type { Interval } from '#domain/intervals';
import type { Family } from '#domain/microstructures';
import { ensure } from '#engine/core/bug-error';
import { failure, success, type Result } from '#domain/finding';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { kthSmallest } from '#engine/numerics/statistics';

/** The image that a field was cut to. */
export interface Cut {
  readonly image: Image2D<'binary'>;
  /** The smallest value of the field at a white pixel. */
  readonly level: number;
}

/** The image in which the `count` highest pixels are white; among equal pixels, the first in row-major order. */
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

/** The number of white pixels of a target fraction: the nearest whole number within the range of fractions. */
export function whitePixelCount(target: number, window: Interval, resolution: number): Result<number> {
  const pixels = resolution * resolution;
  // With this tolerance an end that is a whole number of pixels, such as 0.4 of 100, is within the range.
  const lowest = Math.max(1, Math.ceil(window.lower * pixels - 1e-9));
  const highest = Math.min(pixels - 1, Math.floor(window.upper * pixels + 1e-9));
  if (lowest > highest) {
    return failure(
      'fraction-window-too-narrow',
      `No image of ${resolution} × ${resolution} pixels has a fraction between ${window.lower} and ${window.upper}.`,
      'Widen the fraction range or raise the resolution.',
    );
  }
  return success(Math.min(highest, Math.max(lowest, Math.round(target * pixels))));
}

/** The random parameters of one image, kept as provenance: plain JSON. */
export type DrawnParameters = Readonly<Record<string, number | string>>;

/** One random two-phase image, periodic in both directions. */
export interface Microstructure {
  readonly image: Image2D<'binary'>;
  readonly family: Family;
  /** The white fraction that was drawn from the range. */
  readonly targetFraction: number;
  /** The white fraction of the image: within one pixel's share of the target, always within the range. */
  readonly volumeFraction: number;
  readonly drawn: DrawnParameters;
}

/** The output of a family's generator: a field that is higher where the material should be white. */
export interface FamilyField {
  readonly field: Image2D<'field'>;
  readonly drawn: DrawnParameters;
}
