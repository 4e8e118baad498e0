import { expect, test } from 'vitest';
import type { WhiteRule } from '#domain/image-files';
import { createRng } from '#engine/core/rng';
import { doubtfulShare } from '#engine/micrograph/doubtful-values';
import { findOverlays } from '#engine/micrograph/overlays';
import type { Picture } from '#engine/micrograph/picture';
import { valueLevels } from '#engine/micrograph/value-levels';
import { whiteValues } from '#engine/micrograph/white-values';

/** A picture of 120 × 100 pixels with the value that `valueAt` gives, rounded. */
function pictureOf(valueAt: (x: number, y: number) => number, width = 120, height = 100): Picture {
  return { width, height, values: Uint8Array.from({ length: width * height }, (_, p) => Math.round(valueAt(p % width, Math.floor(p / width)))) };
}

function doubtsOf(picture: Picture, rule?: WhiteRule): number {
  const levels = valueLevels(picture);
  const cut = whiteValues(levels, rule, 'it');
  if (!cut.ok) throw new Error(cut.findings[0]!.message);
  return doubtfulShare(picture, levels, cut.value);
}

const overlaysOf = (picture: Picture) => findOverlays(picture, valueLevels(picture));

/** Discs that are bright and blurred by about a pixel. */
const discs = (x: number, y: number): number => 40 + 160 / (1 + Math.exp(2 * (Math.hypot((x % 30) - 15, (y % 25) - 12) - 9)));

const noise = createRng(3);
const noisy = (deviation: number) => (x: number, y: number): number => Math.max(0, Math.min(255, discs(x, y) + deviation * noise.normal()));

const otsu = { kind: 'above', value: 'otsu' } as const;

test('two values leave no doubt, and blurred edges little', () => {
  expect(doubtsOf(pictureOf((x) => (x % 9 < 4 ? 10 : 200)))).toBe(0);
  expect(doubtsOf(pictureOf(discs), otsu)).toBeLessThan(0.01);
});

test('a third phase is in doubt: between the others, or beyond them', () => {
  const third = (value: number) => pictureOf((x, y) => (x < 30 ? value : discs(x, y)));
  expect(doubtsOf(third(120), otsu)).toBeGreaterThan(0.2);
  expect(doubtsOf(pictureOf((x, y) => (x < 12 ? 255 : y % 10 < 5 ? 30 : 100)), { kind: 'above', value: 60 })).toBeCloseTo(0.1, 10);
});

test('noise makes doubt; very strong noise is noticed still, though many of its pixels touch both phases', () => {
  const [weak, medium, strong, very] = [5, 25, 50, 80].map((deviation) => doubtsOf(pictureOf(noisy(deviation)), otsu));
  expect(weak).toBeLessThan(0.01);
  expect(medium).toBeGreaterThan(weak!);
  expect(strong).toBeGreaterThan(0.06);
  expect(very).toBeGreaterThan(0.05);
});

test('a threshold that cuts through a phase', () => {
  const picture = pictureOf(noisy(12));
  expect(doubtsOf(picture, otsu)).toBeLessThan(0.02);
  expect(doubtsOf(picture, { kind: 'above', value: 42 })).toBeGreaterThan(0.2);
});

test('values near the white one that are not it', () => {
  expect(doubtsOf(pictureOf((x, y) => (y < 10 ? 254 : x % 2 === 0 ? 255 : 0)), { kind: 'is', value: 255 })).toBe(0.1);
  expect(doubtsOf(pictureOf((x) => x % 4), { kind: 'is', value: 1 })).toBe(0);
});

/** Text: strokes with gaps in rows 88 to 93 of a black strip from row 84 on. */
const withStrip = (below: (x: number, y: number) => number) => (x: number, y: number): number => (y < 84 ? below(x, y) : y >= 88 && y < 94 && x > 10 && x < 70 && (7 * x + 3 * y) % 5 === 0 ? 255 : 0);

test.each([
  ['blurred discs', withStrip(discs)],
  ['noisy discs', withStrip(noisy(20))],
  ['shapes of two values', withStrip((x, y) => (discs(x, y + 12 * (Math.floor(x / 30) % 2)) > 120 ? 255 : 0))],
])('a caption strip below %s', (_, valueAt) => {
  expect(overlaysOf(pictureOf(valueAt)).strips).toEqual([{ x: 0, y: 84, width: 120, height: 16 }]);
});

test('a caption strip at the top', () => {
  const strip = withStrip(noisy(20));
  expect(overlaysOf(pictureOf((x, y) => strip(x, 99 - y))).strips).toEqual([{ x: 0, y: 0, width: 120, height: 16 }]);
});

const withBar = (value: number) => (x: number, y: number): number => (x >= 80 && x < 104 && y >= 90 && y < 93 ? value : 20 + discs(x, y) / 2);

test('a scale bar, white or black', () => {
  const bar = { x: 80, y: 90, width: 24, height: 3 };
  expect(overlaysOf(pictureOf(withBar(255)))).toEqual({ strips: [], bars: [bar] });
  expect(overlaysOf(pictureOf(withBar(0)))).toEqual({ strips: [], bars: [bar] });
});

test.each([
  ['discs', discs],
  ['noise', noisy(40)],
  ['discs of two values', (x: number, y: number) => (discs(x, y) > 120 ? 255 : 0)],
  ['layers', (_: number, y: number) => (y % 20 < 8 ? 255 : 0)],
  ['many rectangles', (x: number, y: number) => (x % 40 > 5 && y % 20 > 15 ? 255 : 0)],
  ['a bar in the middle', (x: number, y: number) => withBar(255)(x, y + 40)],
  ['a bar with ticks, as the comment says', (x: number, y: number) => (x === 80 && y >= 86 && y < 97 ? 255 : withBar(255)(x, y))],
  ['a strip below separate discs on its value, as the comment says', withStrip((x, y) => (discs(x, y) > 120 ? 255 : 0))],
  ['few particles, none of them at the upper edge', (x: number, y: number) => (y >= 8 && Math.hypot((x % 40) - 20, ((y + 2) % 20) - 10) < 5 && (x + y) % 3 > 0 ? 255 : 0)],
  ['a picture almost all black', (x: number, y: number) => (Math.hypot(x - 60, y - 50) < 12 ? 255 : 0)],
])('no strip and no bar in %s', (_, valueAt) => {
  expect(overlaysOf(pictureOf(valueAt))).toEqual({ strips: [], bars: [] });
});
