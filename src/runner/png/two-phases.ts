/*
 * Which pixels of an image are white. Two colors are two phases whatever their values, and the brighter one is white;
 * for any other number of colors the user has to say from which brightness on.
 * Transparent pixels are seen over black. Where that makes another image than their colors do, it is refused: an image
 * in which only transparency distinguishes the phases is ambiguous.
 */
import { failure, type Result, success } from '#domain/finding';
import { type Image2D, imageOf } from '#engine/api';

/** Takes the pixels of an image, each once and in any order, then says which are white. */
export interface PhaseReader {
  add(pixel: number, red: number, green: number, blue: number, alpha: number): void;
  /** Findings: `image-one-phase`, `image-many-levels`, `image-equal-brightness`, `image-transparent`. */
  finish(name: string): Result<Image2D<'binary'>>;
}

export interface PhaseReaderSettings {
  readonly width: number;
  readonly height: number;
  /** The alpha of an opaque pixel. */
  readonly opaque: number;
  /** The samples' brightness above which pixels are white, instead of the brighter one of two colors. */
  readonly whiteAbove?: number | undefined;
  /** Whether the user can say that brightness. */
  readonly takesBrightness: boolean;
}

export function createPhaseReader({ width, height, opaque, whiteAbove, takesBrightness }: PhaseReaderSettings): PhaseReader {
  const table = createLevelTable();
  // Phases if there is a threshold, otherwise numbers of levels; 2 stands for all from the third on.
  const data = new Uint8Array(width * height);
  const threshold = whiteAbove === undefined ? undefined : whiteAbove * luminanceUnit;
  let transparent = 0;
  let darkened = 0;
  return {
    add(pixel, red, green, blue, alpha) {
      const level = table.add(red, green, blue, alpha);
      if (alpha < opaque) transparent++;
      if (threshold === undefined) {
        data[pixel] = Math.min(level, 2);
        return;
      }
      const luminance = luminanceOf(red, green, blue);
      const isWhite = luminance > threshold;
      data[pixel] = isWhite ? 1 : 0;
      if (isWhite && luminance * alpha <= threshold * opaque) darkened++;
    },
    finish(name) {
      const share = percent(transparent / data.length);
      if (threshold === undefined ? needsTransparency(table.levels, opaque) : darkened > 0) {
        return failure(
          'image-transparent',
          `Transparency decides which pixels of ${name} are white: ${share} of them are not opaque.`,
          'Save the image without transparency, with one opaque color per phase.',
        );
      }
      const refused = whiteAbove === undefined ? refuseLevels(table, name, takesBrightness) : refuseOnePhase(data, table, name, whiteAbove);
      if (refused) return refused;
      if (whiteAbove === undefined) {
        const white = table.levels[0]!.luminance > table.levels[1]!.luminance ? 0 : 1;
        for (let pixel = 0; pixel < data.length; pixel++) data[pixel] = data[pixel] === white ? 1 : 0;
      }
      return success(imageOf('binary', width, height, data));
    },
  };
}

/** Whether two phases seen over black are not the two colors. */
function needsTransparency(levels: readonly ColorLevel[], opaque: number): boolean {
  const seen = levels.filter(({ mostAlpha }) => mostAlpha > 0);
  if (levels.length > 2) return seen.length <= 2;
  if (levels.length === 1) return levels[0]!.leastAlpha < levels[0]!.mostAlpha || (seen.length === 0 && opaque > 0);
  const [dark, bright] = levels.toSorted((a, b) => a.luminance - b.luminance) as [ColorLevel, ColorLevel];
  // Equal brightness is reported as such.
  return dark.luminance < bright.luminance && bright.luminance * bright.leastAlpha <= dark.luminance * dark.mostAlpha;
}

function refuseLevels(table: LevelTable, name: string, takesBrightness: boolean): Result<never> | undefined {
  const { levels } = table;
  if (levels.length === 1) {
    return failure('image-one-phase', `${name} has the color ${colorText(levels[0]!)} alone; a cell has two phases.`, 'Use an image in which both phases occur.');
  }
  if (levels.length > 2) {
    return failure(
      'image-many-levels',
      `${name} has ${countText(table)} levels where a cell has two phases: ${levelsText(table)}.`,
      takesBrightness ? `Draw each phase in one color, without smoothing; or say above which brightness pixels are white, such as by \`--white-above ${brightnessBetween(levels)}\`.` : 'Draw each phase in one color, without smoothing.',
    );
  }
  if (levels[0]!.luminance === levels[1]!.luminance) {
    return failure(
      'image-equal-brightness',
      `The two colors of ${name} are equally bright, so that neither of them is white: ${levelsText(table)}.`,
      'Draw the white phase in a brighter color.',
    );
  }
  return undefined;
}

function refuseOnePhase(data: Uint8Array, table: LevelTable, name: string, whiteAbove: number): Result<never> | undefined {
  const white = data.reduce((sum, phase) => sum + phase, 0);
  if (white > 0 && white < data.length) return undefined;
  return failure(
    'image-one-phase',
    `All pixels of ${name} are ${white > 0 ? 'above' : 'at or below'} the brightness ${whiteAbove}, where a cell has two phases: ${levelsText(table)}.`,
    new Set(table.levels.map(({ luminance }) => luminance)).size > 1
      ? `Use a brightness in between, such as \`--white-above ${brightnessBetween(table.levels)}\`.`
      : 'Use an image in which both phases occur.',
  );
}

/** A brightness with levels at or below and above it, if not all are equally bright. */
function brightnessBetween(levels: readonly ColorLevel[]): number {
  const [darkest, brightest] = levels.reduce(
    ([least, most], { luminance }) => [Math.min(least, luminance), Math.max(most, luminance)] as const,
    [Infinity, -Infinity] as readonly [number, number],
  );
  const middle = (darkest + brightest) / 2 / luminanceUnit;
  return Math.floor(middle) * luminanceUnit >= darkest ? Math.floor(middle) : middle;
}

const listed = 6;

const countText = ({ levels, beyond }: LevelTable): string => (beyond > 0 ? `more than ${mostLevels}` : `${levels.length}`);

/** The levels with their shares, the most frequent ones first. */
function levelsText({ levels, beyond }: LevelTable): string {
  const pixels = levels.reduce((sum, { count }) => sum + count, beyond);
  const frequent = levels.toSorted((a, b) => b.count - a.count).slice(0, listed);
  const texts = frequent.map((level) => `${colorText(level)} (${percent(level.count / pixels)})`);
  const rest = pixels - frequent.reduce((sum, { count }) => sum + count, 0);
  return [...texts, ...(rest > 0 ? [`others (${percent(rest / pixels)})`] : [])].join(', ');
}

/** A gray as its value; another color with its brightness, which a threshold is compared with. */
function colorText({ red, green, blue, luminance }: ColorLevel): string {
  if (red === green && green === blue) return `${red}`;
  return `rgb(${red}, ${green}, ${blue}) of brightness ${Number((luminance / luminanceUnit).toFixed(1))}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/* The levels of an image: its different colors, how many pixels have each, and how transparent these are. */

/** One color of an image. */
export interface ColorLevel {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Rec. 709 weights, from 0 to 10 000 times the largest sample: whole, so that equal ones are equal. */
  readonly luminance: number;
  /** Pixels of this color. */
  count: number;
  /** Of these pixels, as samples. */
  leastAlpha: number;
  mostAlpha: number;
}

/** What counts as a unit of luminance in `ColorLevel`. */
export const luminanceUnit = 10_000;

/** A table of levels that does not grow past a limit. */
export interface LevelTable {
  /** In the order of their first pixels, at most `mostLevels`. */
  readonly levels: readonly ColorLevel[];
  /** Pixels of colors that came when the table was full. */
  readonly beyond: number;
  /** Counts a pixel and returns the number of its level; `mostLevels` when the table is full. */
  add(red: number, green: number, blue: number, alpha: number): number;
}

/** All grays of 16 bits; images of more colors are photographs, whose levels are not listed. */
export const mostLevels = 65_536;

export function createLevelTable(): LevelTable {
  const levels: ColorLevel[] = [];
  const numbers = new Map<number, number>();
  let beyond = 0;
  let lastKey = -1;
  let last = 0;
  return {
    levels,
    get beyond() {
      return beyond;
    },
    add(red, green, blue, alpha) {
      const key = (red * 65_536 + green) * 65_536 + blue;
      if (key !== lastKey) {
        const known = numbers.get(key) ?? levels.length;
        if (known === mostLevels) {
          beyond++;
          return mostLevels;
        }
        if (known === levels.length) {
          numbers.set(key, known);
          levels.push({ red, green, blue, luminance: luminanceOf(red, green, blue), count: 0, leastAlpha: alpha, mostAlpha: alpha });
        }
        lastKey = key;
        last = known;
      }
      const level = levels[last]!;
      level.count++;
      if (alpha < level.leastAlpha) level.leastAlpha = alpha;
      if (alpha > level.mostAlpha) level.mostAlpha = alpha;
      return last;
    },
  };
}

/** As in `ColorLevel`. */
export function luminanceOf(red: number, green: number, blue: number): number {
  return 2126 * red + 7152 * green + 722 * blue;
}
