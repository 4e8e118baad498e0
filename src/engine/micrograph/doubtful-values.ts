/*
 * Pixels whose phase is in doubt by their value. The typical values of both phases are the medians of the pixels that are
 * white and of those that are black. In doubt are values
 *
 * - in the middle third between the typical values, or within a third of the distance from the threshold to either of
 *   them: a third phase, or a threshold that cuts through a phase;
 * - beyond a typical value by more than half the distance between them: a third level, such as bright inclusions.
 *
 * A pixel that touches both a clearly black and a clearly white one is not counted: optics and resampling smooth every
 * edge over about a pixel. Under noise as strong as the phases differ most pixels touch both, so the share is then a
 * lower bound. Under the rule `is`, values within 2 % of the picture's range of values around the white one are in doubt,
 * which lossy compression and resampling leave.
 */
import type { Picture } from './picture';
import { twoValues, valueRange, type ValueLevels } from './value-levels';
import type { PhaseCut } from './white-values';

/** The share of pixels in doubt. */
export function doubtfulShare(picture: Picture, levels: ValueLevels, cut: PhaseCut): number {
  if (twoValues(levels) !== undefined) return 0;
  return cut.kind === 'is' ? nearShare(picture, levels, cut.value) : unclearShare(picture, levels, cut.value);
}

function nearShare({ values }: Picture, levels: ValueLevels, white: number): number {
  const { minimum, maximum } = valueRange(levels);
  const near = 0.02 * (maximum - minimum);
  let doubtful = 0;
  for (let p = 0; p < values.length; p++) {
    const distance = Math.abs(values[p]! - white);
    if (distance > 0 && distance <= near) doubtful++;
  }
  return doubtful / values.length;
}

function unclearShare(picture: Picture, levels: ValueLevels, threshold: number): number {
  const { width, height, values } = picture;
  const [dark, bright] = typicalValues(levels, threshold);
  if (dark === undefined || bright === undefined) return 0;
  const distance = bright - dark;
  const lower = Math.min(dark + distance / 3, threshold - (threshold - dark) / 3);
  const upper = Math.max(bright - distance / 3, threshold + (bright - threshold) / 3);
  const [darkest, brightest] = [dark - distance / 2, bright + distance / 2];

  const isAtEdge = (row: number, column: number): boolean => {
    let [touchesDark, touchesBright] = [false, false];
    for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, height - 1); r++) {
      for (let c = Math.max(column - 1, 0); c <= Math.min(column + 1, width - 1); c++) {
        const value = values[r * width + c]!;
        if (value < lower) touchesDark = true;
        else if (value > upper) touchesBright = true;
      }
    }
    return touchesDark && touchesBright;
  };

  let doubtful = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = values[row * width + column]!;
      if (value < lower || value > upper) {
        if (value < darkest || value > brightest) doubtful++;
      } else if (!isAtEdge(row, column)) doubtful++;
    }
  }
  return doubtful / values.length;
}

/** The medians of the values at or below the threshold and of those above it; undefined of a phase without pixels. */
function typicalValues({ smallest, largest, counts }: ValueLevels, threshold: number): readonly [number | undefined, number | undefined] {
  const firstAbove = largest.findIndex((value) => value > threshold);
  const end = firstAbove < 0 ? counts.length : firstAbove;
  const medianOf = (from: number, to: number): number | undefined => {
    let remaining = 0;
    for (let k = from; k < to; k++) remaining += counts[k]! / 2;
    for (let k = from; k < to; k++) {
      remaining -= counts[k]!;
      if (remaining <= 0) return (smallest[k]! + largest[k]!) / 2;
    }
    return undefined;
  };
  return [medianOf(0, end), medianOf(end, counts.length)];
}
