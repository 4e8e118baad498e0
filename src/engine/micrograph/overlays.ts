/*
 * What microscopes draw over a picture and a threshold takes for microstructure. Two things are recognized:
 *
 * - A caption strip: a band of rows at the lower or the upper edge whose background has one value. Its first and its last
 *   row have that value in at least 98 % of their pixels, each row between them in a share halfway between that of the
 *   rest of the picture and 1; it is at least 4 rows and 2 % of the height, and a third at most. No other row is like its
 *   first, or the microstructure may have such bands itself. At most four fifths of the rest have its value: of sparse
 *   random particles and fibers a few in a thousand images happen to have such a band without anything.
 * - A scale bar: a solid rectangle of the smallest or largest value, at least 12 pixels and 5 % of the width long, four
 *   times as long as high, at least 2 pixels high, apart from pixels of the same value and from the picture's edges. It is in the upper
 *   or lower quarter, and there are two such rectangles at most; more are taken for the microstructure.
 *
 * Not recognized: strips at the left or right edge, strips with a picture or a gradient behind the text, strips below
 * layers or separate shapes on the strip's value; text without a strip; bars with ticks at their ends, oblique, smoothed
 * or with writing in them; arrows, frames and logos.
 */
import type { Picture } from './picture';
import { twoValues, valueRange, type ValueLevels } from './value-levels';
import type { PictureRectangle } from './white-values';

/** The strips and bars of a picture. */
export function findOverlays(picture: Picture, levels: ValueLevels): { readonly strips: readonly PictureRectangle[]; readonly bars: readonly PictureRectangle[] } {
  const { minimum, maximum } = valueRange(levels);
  if (minimum === maximum) return { strips: [], bars: [] };
  // Lossy compression changes a drawn background a little.
  const tolerance = twoValues(levels) === undefined ? 0.02 * (maximum - minimum) : 0;
  const strips = [captionStrip(picture, tolerance, false), captionStrip(picture, tolerance, true)].filter((strip) => strip !== undefined);
  return { strips, bars: scaleBars(picture, [minimum, maximum], tolerance) };
}

const flatShare = 0.98;
/** Where more of the picture has the strip's value, rows are flat by chance. */
const mostElsewhere = 0.8;

function captionStrip({ width, height, values }: Picture, tolerance: number, atTop: boolean): PictureRectangle | undefined {
  // Rows are counted from the edge at which the strip is.
  const startOf = (row: number): number => (atTop ? row : height - 1 - row) * width;
  // The middle pixel of a flat row has the row's value, or else the one after the next quarter has.
  for (const column of [width >> 1, width >> 2]) {
    const background = values[startOf(0) + column]!;
    const shareOf = (row: number): number => {
      let count = 0;
      for (let p = startOf(row); p < startOf(row) + width; p++) if (Math.abs(values[p]! - background) <= tolerance) count++;
      return count / width;
    };
    if (shareOf(0) < flatShare) continue;
    const highest = Math.floor(height / 3);
    const shares = Array.from({ length: height }, (_, row) => shareOf(row));
    const elsewhere = shares.slice(highest).reduce((sum, share) => sum + share, 0) / (height - highest);
    if (elsewhere > mostElsewhere) return undefined;
    const end = shares.findIndex((share) => share < (1 + elsewhere) / 2);
    const rows = shares.slice(0, Math.max(end, 0)).findLastIndex((share) => share >= flatShare) + 1;
    const isAlone = shares.findIndex((share, row) => row >= rows && share >= flatShare) < 0;
    return isAlone && rows >= Math.max(4, 0.02 * height) && rows <= highest ? { x: 0, y: atTop ? 0 : height - rows, width, height: rows } : undefined;
  }
  return undefined;
}

const mostBars = 2;

function scaleBars(picture: Picture, values: readonly number[], tolerance: number): readonly PictureRectangle[] {
  const bars = values.flatMap((value) => solidRectangles(picture, value, tolerance));
  const isNearEdge = ({ y, height }: PictureRectangle): boolean => y + height <= picture.height / 4 || y >= (3 * picture.height) / 4;
  return bars.length > mostBars ? [] : bars.filter(isNearEdge);
}

/** Horizontal rectangles of one value, apart from other pixels of that value. */
function solidRectangles({ width, height, values }: Picture, value: number, tolerance: number): readonly PictureRectangle[] {
  const shortest = Math.max(12, 0.05 * width);
  const found: PictureRectangle[] = [];
  // Rectangles that may go on in the next row, by their first column.
  let open = new Map<number, PictureRectangle>();
  const countIn = (row: number, from: number, to: number): number => {
    if (row < 0 || row >= height) return to - from;
    let count = 0;
    for (let c = Math.max(from, 0); c < Math.min(to, width); c++) if (Math.abs(values[row * width + c]! - value) <= tolerance) count++;
    return count;
  };
  for (let row = 0; row <= height; row++) {
    const next = new Map<number, PictureRectangle>();
    const runs = row < height ? runsOf(values, row * width, width, value, tolerance, shortest) : [];
    for (const [x, length] of runs) {
      const above = open.get(x);
      if (above?.width === length) next.set(x, { ...above, height: above.height + 1 });
      // A run that begins under pixels of the same value is part of another shape.
      else if (x > 0 && x + length < width && countIn(row - 1, x - 1, x + length + 1) === 0) next.set(x, { x, y: row, width: length, height: 1 });
    }
    for (const [x, bar] of open) {
      const isOver = next.get(x)?.y !== bar.y;
      if (isOver && bar.height >= 2 && bar.width >= 4 * bar.height && countIn(row, x - 1, x + bar.width + 1) === 0) found.push(bar);
    }
    open = next;
  }
  return found;
}

/** The runs of a row with a value, at least so long: first column and length. */
function runsOf(values: Picture['values'], from: number, width: number, value: number, tolerance: number, shortest: number): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  const [lower, upper] = [value - tolerance, value + tolerance];
  const belongs = (column: number): boolean => values[from + column]! >= lower && values[from + column]! <= upper;
  // Of so many pixels in a row, one is at a multiple of this step.
  const step = Math.ceil(shortest);
  for (let column = step - 1; column < width; column += step) {
    if (!belongs(column)) continue;
    let [begin, end] = [column, column + 1];
    while (begin > 0 && belongs(begin - 1)) begin--;
    while (end < width && belongs(end)) end++;
    if (end - begin >= shortest) runs.push([begin, end - begin]);
    while (column + step < end) column += step;
  }
  return runs;
}
