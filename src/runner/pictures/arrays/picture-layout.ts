/* Which axes of an array are pictures, and the picture of one row. */
import type { Picture } from '#engine/api';
import { largestPictureEdge, mostPicturePixels, pictureTooLarge } from '../picture-findings';
import { arrayNotFinite, arrayShape } from './array-findings';
import { product, type DatasetInfo } from './array-file';
import type { Elements } from './element-types';
import { refuse } from './refused';

export interface PictureLayout {
  readonly count: number;
  readonly width: number;
  readonly height: number;
}

/**
 * (height, width) is one picture, (count, height, width) are several; one axis of length 1 beside them is left out,
 * where other programs have channels. Stops with `array-shape` and `picture-too-large`.
 */
export function pictureLayout(shape: readonly number[], name: string): PictureLayout {
  const plain = withoutChannel(shape);
  if (plain.length !== 2 && plain.length !== 3) refuse(arrayShape(name, shape, 'pictures have (height, width) or (number, height, width)', 'Reshape the array, or name another dataset.'));
  const [width, height, count = 1] = plain.toReversed() as [number, number, number?];
  if (product(shape) === 0) refuse(arrayShape(name, shape, 'it has no pixels', 'Save the array with its pictures, or name another dataset.'));
  if ((width === 3 || width === 4) && height > 4) refuse(arrayShape(name, shape, 'its last axis looks like colors', 'Save one gray value per pixel: array.mean(axis=-1).'));
  if (width > largestPictureEdge || height > largestPictureEdge || width * height > mostPicturePixels) refuse(pictureTooLarge(name, width, height));
  return { count, width, height };
}

function withoutChannel(shape: readonly number[]): readonly number[] {
  if (shape.length !== 4) return shape;
  if (shape[1] === 1) return shape.toSpliced(1, 1);
  return shape[3] === 1 ? shape.slice(0, 3) : shape;
}

/** The one dataset that can be pictures: the only one of three or more axes, or the only one of two where none has more. */
export function onlyPictures<T extends DatasetInfo>(datasets: readonly T[]): T | undefined {
  const numeric = datasets.filter(isNumeric);
  const several = numeric.filter(({ shape }) => shape.length >= 3);
  const candidates = several.length > 0 ? several : numeric.filter(({ shape }) => shape.length === 2);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Whether a dataset has numbers. */
export function isNumeric({ type }: Pick<DatasetInfo, 'type'>): boolean {
  return /^(bool|u?int|float)/.test(type);
}

/** Pixels as a picture. Floats of double precision and large integers are rounded to single precision. Stops with `array-not-finite`. */
export function pictureOf(pixels: Elements, { width, height }: PictureLayout, name: string): Picture {
  if (pixels instanceof Uint8Array || pixels instanceof Uint16Array) return { width, height, values: pixels };
  const values = pixels instanceof Float32Array ? pixels : Float32Array.from(pixels);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) refuse(arrayNotFinite(name, Math.floor(wrong / width), wrong % width));
  return { width, height, values };
}
