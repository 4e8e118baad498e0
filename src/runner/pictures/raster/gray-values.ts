/*
 * The gray values of pictures. The luminance of a color (Rec. 709 weights, as for the images of `xdesign simulate`) is
 * rarely a whole number; it is kept as it is, so that a threshold divides colors as their luminance does.
 */
import { luminanceOf, luminanceUnit } from '#runner/png/two-phases';
import type { Picture } from '#engine/api';

/** Luminance in the units of the samples; that of a gray is its sample. */
export function grayOf(red: number, green: number, blue: number): number {
  return luminanceOf(red, green, blue) / luminanceUnit;
}

/** What samples of fewer than 8 bits are multiplied by, to be from 0 to 255 like those of other files. */
export function scaleOf(bits: number): number {
  return bits < 8 ? 255 / (2 ** bits - 1) : 1;
}

/** The same numbers in the shortest array that can hold them: colors that are all gray are whole numbers. */
export function shortestArray(values: Float32Array, largest: number): Picture['values'] {
  if (largest > 65_535 || !values.every((value) => Number.isInteger(value) && value >= 0 && value <= largest)) return values;
  return largest <= 255 ? Uint8Array.from(values) : Uint16Array.from(values);
}
