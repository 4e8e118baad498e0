/* Which values of a picture are white: the rule of a database applied to the values that a picture has. */
import { failure, success, type Result } from '#domain/finding';
import type { WhiteRule } from '#domain/image-files';
import { formatNumber } from '#units/format-quantity';
import { otsuThreshold } from './otsu';
import type { Picture } from './picture';
import { twoValues, valueRange, type ValueLevels } from './value-levels';

/** The values that are white: above the value, below it, or the value itself. A value at a threshold is black. */
export interface PhaseCut {
  readonly kind: 'above' | 'below' | 'is';
  readonly value: number;
}

/**
 * The white values of the picture `name` with these levels. Without a rule a picture has two values, of which the larger
 * is white. Otsu's threshold is that of the whole picture.
 * Findings: `image-many-levels`. A picture of one value has a cut too, and is of one phase.
 */
export function whiteValues(levels: ValueLevels, rule: WhiteRule | undefined, name: string): Result<PhaseCut> {
  if (rule !== undefined && typeof rule.value === 'number') return success({ kind: rule.kind, value: rule.value });
  const { minimum, maximum } = valueRange(levels);
  if (rule?.value === 'otsu') return success({ kind: rule.kind, value: otsuThreshold(levels) ?? maximum });
  const kind = rule === undefined ? 'above' : 'below';
  // Of a picture of one value nothing is white, whatever the value.
  if (minimum === maximum) return success({ kind, value: minimum });
  const two = twoValues(levels);
  if (two === undefined) {
    return failure(
      'image-many-levels',
      `${name} has more than two values, from ${formatNumber(minimum)} to ${formatNumber(maximum)}, and the database does not say which of them are white.`,
      'Add a line such as `white above otsu` or `white above 128` to the database.',
    );
  }
  return success({ kind, value: (two[0] + two[1]) / 2 });
}

/** A rectangle of a picture, pixels. */
export interface PictureRectangle {
  /** Its first column and row. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The white pixels of a rectangle of the picture as 1, row by row. */
export function whitePixels({ width: stride, values }: Picture, { kind, value }: PhaseCut, { x, y, width, height }: PictureRectangle): Uint8Array {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * stride + x;
    const to = row * width;
    if (kind === 'above') for (let c = 0; c < width; c++) data[to + c] = values[from + c]! > value ? 1 : 0;
    else if (kind === 'below') for (let c = 0; c < width; c++) data[to + c] = values[from + c]! < value ? 1 : 0;
    else for (let c = 0; c < width; c++) data[to + c] = values[from + c] === value ? 1 : 0;
  }
  return data;
}
