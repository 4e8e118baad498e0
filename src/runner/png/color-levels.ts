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
  /** Counts a pixel and answers with the number of its level; `mostLevels` when the table is full. */
  add(red: number, green: number, blue: number, alpha: number): number;
}

/** All grays of 16 bits; images of more colors are photographs, whose levels nobody wants to see. */
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
