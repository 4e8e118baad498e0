/* Many points as pixels: which pixel has which color. */
import { expect, test } from 'vitest';
import { rasterPoints, type DensePoints } from '#media/database/dense-points';
import type { Mapping } from '#media/database/viewport';

/** Words of the four families, the same for pale points, and a ring's, as letters. */
const colors = { full: [1, 2, 3, 4], pale: [5, 6, 7, 8], ring: 9 };
const letters = '.pfcsPFCSo';

/** One unit of the axes is one pixel, y upward. */
const upward = (height: number): Mapping => ({ scaleX: 1, shiftX: 0, scaleY: -1, shiftY: height });

function drawn(points: readonly (readonly [x: number, y: number, family: number])[], settings: Partial<DensePoints> = {}, outliers: readonly number[] = []): string[] {
  const [width, height] = [8, 5];
  const words = new Uint32Array(width * height);
  const images = {
    x: Float32Array.from(points, ([x]) => x),
    y: Float32Array.from(points, ([, y]) => y),
    families: Uint8Array.from(points, ([, , family]) => family),
    outliers,
    values: new Float32Array(points.length),
  };
  rasterPoints({ width, height, words }, { images, hidden: new Set(), isPale: undefined, edge: 2, radius: 2, batches: 1, colors, ...settings }, upward(height));
  return Array.from({ length: height }, (_, row) => Array.from(words.subarray(row * width, (row + 1) * width), (word) => letters[word]).join(''));
}

test('a point is a square around its place, cut off at the border', () => {
  expect(drawn([[2, 3, 0], [8, 5, 1], [0, 0, 3], [20, 20, 2], [-9, 2, 2]])).toEqual([
    '.......f',
    '.pp.....',
    '.pp.....',
    '........',
    's.......',
  ]);
});

test('families are left out, what a brush leaves out is pale and below', () => {
  const points = [[2, 2, 0], [2, 2, 1], [6, 2, 3]] as const;
  expect(drawn(points, { isPale: (index) => index === 1, hidden: new Set(['spinodal'] as const) })).toEqual([
    '........',
    '........',
    '.pp.....',
    '.pp.....',
    '........',
  ]);
  expect(drawn(points, { isPale: (index) => index !== 1 })[2]).toBe('.ff..SS.');
});

test('a ring lies around an exceptional point, unless it or its family is left out', () => {
  const points = [[3, 3, 0]] as const;
  expect(drawn(points, {}, [0])).toEqual([
    '..ooo...',
    '.opp.o..',
    '.opp.o..',
    '.o...o..',
    '..ooo...',
  ]);
  expect(drawn(points, { hidden: new Set(['outliers'] as const) }, [0]).join('')).not.toContain('o');
  expect(drawn(points, { hidden: new Set(['particles'] as const) }, [0]).join('')).toMatch(/^\.+$/);
});
