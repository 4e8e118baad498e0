import { expect, test } from 'vitest';
import { drawRandomPatches } from '#engine/construction/random-patches';
import { createRng } from '#engine/core/rng';

test('one patch an edge, inside the image, from the images given', () => {
  const edges = Array.from({ length: 500 }, (_, i) => 12 + (i % 117));
  const drawn = drawRandomPatches(createRng(3), edges, 7, 128);
  expect(drawn.map(({ patch }) => patch.edge)).toEqual(edges);
  for (const { image, patch } of drawn) {
    expect(image >= 0 && image < 7 && patch.row >= 0 && patch.column >= 0).toBe(true);
    expect(Math.max(patch.row, patch.column) + patch.edge).toBeLessThanOrEqual(128);
  }
});

test('images and positions are uniform', () => {
  const drawn = drawRandomPatches(createRng(4), new Array<number>(8000).fill(29), 4, 32);
  // Sixteen equally likely fields of four images and four rows; their chi-squared has 15 degrees of freedom.
  for (const place of ['row', 'column'] as const) {
    const counts = new Array<number>(16).fill(0);
    for (const { image, patch } of drawn) counts[4 * image + patch[place]]!++;
    expect(counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0)).toBeLessThan(37.7); // p = 0.001
  }
});

test('a patch depends on the seed and its number, not on the patches before it', () => {
  const all = drawRandomPatches(createRng(5), [20, 30, 40], 9, 64);
  expect(drawRandomPatches(createRng(5), [12, 30, 64], 9, 64)[1]).toEqual(all[1]);
  expect(drawRandomPatches(createRng(6), [20, 30, 40], 9, 64)).not.toEqual(all);
});
