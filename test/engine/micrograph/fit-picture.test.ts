import { expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { fitPicture, type FitSettings } from '#engine/micrograph/fit-picture';

const fit = (width: number, height: number, settings: Partial<FitSettings>, seed = 1) =>
  fitPicture({ width, height }, { resolution: 32, stride: 32, ...settings }, '"a.png"', createRng(seed));

test('a picture of the resolution is taken as it is, another one only where the database says how', () => {
  expect(fit(32, 32, {})).toEqual({ ok: true, value: [{ x: 0, y: 0, edge: 32 }] });
  expect(fit(64, 32, {})).toMatchObject({ ok: false, findings: [{ code: 'image-wrong-resolution', message: expect.stringContaining('64 × 32') as string }] });
});

test('crop takes the middle', () => {
  expect(fit(40, 101, { fit: 'crop' })).toEqual({ ok: true, value: [{ x: 4, y: 34, edge: 32 }] });
  expect(fit(31, 101, { fit: 'crop' })).toMatchObject({ ok: false, findings: [{ code: 'picture-too-small' }] });
});

test('resample takes the largest square in the middle, of smaller pictures too', () => {
  expect(fit(100, 64, { fit: 'resample' })).toEqual({ ok: true, value: [{ x: 18, y: 0, edge: 64 }] });
  expect(fit(20, 16, { fit: 'resample' })).toEqual({ ok: true, value: [{ x: 2, y: 0, edge: 16 }] });
});

test('tiles begin in the corner, row by row, and lie inside', () => {
  expect(fit(95, 64, { fit: 'tile' })).toEqual({
    ok: true,
    value: [{ x: 0, y: 0, edge: 32 }, { x: 32, y: 0, edge: 32 }, { x: 0, y: 32, edge: 32 }, { x: 32, y: 32, edge: 32 }],
  });
  const overlapping = fit(64, 32, { fit: 'tile', stride: 16 });
  expect(overlapping.ok && overlapping.value.map(({ x }) => x)).toEqual([0, 16, 32]);
});

test('drawn tiles are different ones, fixed by the stream, and each is drawn as often as another', () => {
  const drawn = (seed: number, tiles: number): string[] => {
    const squares = fit(32 * 4, 32 * 3, { fit: 'tile', tiles }, seed);
    return squares.ok ? squares.value.map(({ x, y }) => `${x},${y}`) : [];
  };
  expect(drawn(5, 4)).toEqual(drawn(5, 4));
  expect(drawn(5, 4)).not.toEqual(drawn(6, 4));
  expect(drawn(5, 100)).toHaveLength(12);
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 600; seed++) {
    const tiles = drawn(seed, 4);
    expect(new Set(tiles).size).toBe(4);
    for (const tile of tiles) counts.set(tile, (counts.get(tile) ?? 0) + 1);
  }
  // 600 draws of 4 of 12: 200 each, with a deviation of 11.5.
  expect(counts.size).toBe(12);
  for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(50);
});

test('too many tiles are refused before they are made, unless some are drawn', () => {
  expect(fit(4032, 4032, { fit: 'tile', stride: 1 })).toMatchObject({ ok: false, findings: [{ code: 'too-many-tiles', message: expect.stringContaining('16008001 tiles') as string }] });
  const some = fit(4032, 4032, { fit: 'tile', stride: 1, tiles: 50 });
  expect(some.ok && some.value.length).toBe(50);
});
