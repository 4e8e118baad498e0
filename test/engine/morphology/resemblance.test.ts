/* How much two images are alike, against trying all shifts and symmetries. */
import { describe, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { type Image2D, imageOf, mirrorQuarter } from '#engine/grid/image-2d';
import { createImageMatcher } from '#engine/morphology/resemblance';

type Binary = Image2D<'binary'>;

function randomImage(n: number, label: string, fraction = 0.4): Binary {
  const rng = createRng(5).fork(label);
  return imageOf('binary', n, n, Uint8Array.from({ length: n * n }, () => Number(rng.uniform() < fraction)));
}

/** The image with the pixel that `from` names at each (row, column). */
function redraw({ width: n, data }: Binary, from: (row: number, column: number) => readonly [number, number]): Binary {
  const at = (value: number): number => ((value % n) + n) % n;
  return imageOf('binary', n, n, Uint8Array.from(data, (_, p) => {
    const [row, column] = from(Math.floor(p / n), p % n);
    return data[at(row) * n + at(column)]!;
  }));
}

/** A quarter turn, done `turns` times, and for `mirrored` left and right exchanged before. */
function turned(image: Binary, turns: number, mirrored: boolean): Binary {
  let result = mirrored ? redraw(image, (row, column) => [row, -1 - column]) : image;
  for (let i = 0; i < turns; i++) result = redraw(result, (row, column) => [column, -1 - row]);
  return result;
}

function shifted(image: Binary, rows: number, columns: number): Binary {
  return redraw(image, (row, column) => [row - rows, column - columns]);
}

function compare(a: Binary, b: Binary): { agreement: number; overlap: number } {
  const count = (test: (i: number) => boolean): number => Array.from(a.data.keys()).filter(test).length;
  const either = count((i) => a.data[i] === 1 || b.data[i] === 1);
  return { agreement: count((i) => a.data[i] === b.data[i]) / a.data.length, overlap: either === 0 ? 1 : count((i) => a.data[i] === 1 && b.data[i] === 1) / either };
}

/** The largest agreement over all shifts, quarter turns and mirror images. */
function bruteForce(a: Binary, b: Binary): number {
  let best = 0;
  for (const mirrored of [false, true]) {
    for (let turns = 0; turns < 4; turns++) {
      const image = turned(b, turns, mirrored);
      for (let row = 0; row < a.width; row++) for (let column = 0; column < a.width; column++) best = Math.max(best, compare(a, shifted(image, row, column)).agreement);
    }
  }
  return best;
}

function matched(a: Binary, b: Binary): { agreement: number; overlap: number; placed: Binary } {
  const matcher = createImageMatcher(a.width);
  const [match] = matcher.match(matcher.prepare(a), [matcher.prepare(b)]);
  return { ...match!, placed: matcher.place(b, match!) };
}

/** A random image where each pixel is as the one that `like` names. */
function symmetric(label: string, like: (pixel: number) => number): Binary {
  const { data } = randomImage(8, label);
  return imageOf('binary', 8, 8, data.map((_, p) => data[like(p)]!));
}

const quarter = randomImage(4, 'quarter');
const mirrored = mirrorQuarter(quarter);
const square = mirrorQuarter(imageOf('binary', 4, 4, Uint8Array.from(quarter.data, (value, p) => value & quarter.data[(p % 4) * 4 + Math.floor(p / 4)]!)));
const other = redraw(randomImage(8, 'other'), (row, column) => [row < 4 ? row : 7 - row, column < 4 ? column : 7 - column]);
const images: Readonly<Record<string, Binary>> = {
  'without symmetry': randomImage(8, 'a'),
  'another without symmetry': randomImage(8, 'b', 0.6),
  mirrored,
  'mirrored elsewhere': shifted(mirrored, 3, 1),
  'mirrored, another': other,
  square,
  'one mirror line': symmetric('m', (p) => Math.min(p >> 3, 7 - (p >> 3)) * 8 + (p & 7)),
  'one diagonal': symmetric('d', (p) => Math.min(p >> 3, p & 7) * 8 + Math.max(p >> 3, p & 7)),
  'half turn': symmetric('h', (p) => Math.min(p, 63 - p)),
  black: imageOf('binary', 8, 8, new Uint8Array(64)),
  white: imageOf('binary', 8, 8, new Uint8Array(64).fill(1)),
};

describe('the best match', () => {
  const pairs = Object.keys(images).flatMap((a) => Object.keys(images).map((b) => [a, b] as const));

  test.each(pairs)('is the one that trying all finds, and lies as it says: %s, %s', (a, b) => {
    const [first, second] = [images[a]!, images[b]!];
    const { agreement, overlap, placed } = matched(first, second);
    expect(agreement).toBe(bruteForce(first, second));
    expect({ agreement, overlap }).toEqual(compare(first, placed));
  });

  test.each([0, 1, 2, 3].flatMap((turns) => [[turns, false] as const, [turns, true] as const]))('finds an image turned %i times, mirrored %s, and moved', (turns, isMirrored) => {
    const image = randomImage(16, 'planted');
    const { placed, ...match } = matched(image, shifted(turned(image, turns, isMirrored), 11, 6));
    expect(match).toMatchObject({ agreement: 1, overlap: 1 });
    expect(placed.data).toEqual(image.data);
  });

  test('of several images is found for each alone', () => {
    const matcher = createImageMatcher(8);
    const all = Object.values(images).map((image) => matcher.prepare(image));
    expect(matcher.match(all[0]!, all)).toEqual(all.map((each) => matcher.match(all[0]!, [each])[0]));
  });

  test('leaves out symmetries that both images show to be alike', () => {
    const matcher = createImageMatcher(8);
    const invariances = Object.entries(images).map(([name, image]) => [name, matcher.prepare(image).invariant.length] as const);
    expect(Object.fromEntries(invariances)).toEqual({
      'without symmetry': 1, 'another without symmetry': 1, mirrored: 4, 'mirrored elsewhere': 1, 'mirrored, another': 4, square: 8,
      'one mirror line': 2, 'one diagonal': 2, 'half turn': 2, black: 8, white: 8,
    });
  });

  test('counts pixels exactly in large images', () => {
    const [a, b] = [randomImage(128, 'large'), randomImage(128, 'other')];
    const { placed, ...match } = matched(a, b);
    expect(match).toMatchObject(compare(a, placed));
  });
});
