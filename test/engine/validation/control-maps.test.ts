import { expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { controlMap, randomlyMoved, shiftedRaster } from '#engine/validation/control-maps';
import { image } from '#test/support/draw-image';

const picture = image(`
  ##..
  ##..
  ....
  ....`);

test('edges are faces between the phases, also across the periodic boundary', () => {
  // The block's right side and its bottom have two faces each, its left and top sides those of the pixels before them.
  expect([...controlMap('edges', picture, 2, 'periodic')]).toEqual([1, 0.5, 0.5, 0]);
  expect([...controlMap('edges', image('##\n##'), 1, 'periodic')]).toEqual([0]);
});

test('without a periodic boundary, edges are faces inside the image', () => {
  expect([...controlMap('edges', picture, 2, 'open')]).toEqual([1, 0, 0, 0]);
});

test('white is the local share of white, the blob is round and highest in the middle', () => {
  expect([...controlMap('white', picture, 2, 'periodic')]).toEqual([1, 0, 0, 0]);
  const blob = controlMap('center', picture, 4, 'periodic');
  expect(blob[5]).toBeCloseTo(Math.exp(-(2 * 0.125 ** 2) / (2 * 0.25 ** 2)), 12);
  expect([blob[6], blob[9], blob[10]]).toEqual([blob[5], blob[5], blob[5]]);
  expect(blob[0]! < blob[1]! && blob[1]! < blob[5]!).toBe(true);
});

test('a shifted raster has the same values elsewhere', () => {
  expect([...shiftedRaster(Float32Array.of(1, 2, 3, 4), 2, 1, 0)]).toEqual([3, 4, 1, 2]);
  expect([...shiftedRaster(Float32Array.of(1, 2, 3, 4), 2, 0, 1)]).toEqual([2, 1, 4, 3]);
});

test('a raster moved at random has its values elsewhere: shifted if it is periodic, mirrored or turned if not', () => {
  const values = Float32Array.from({ length: 9 }, (_, p) => p);
  const all = (boundary: 'periodic' | 'open'): Set<string> => new Set(Array.from({ length: 200 }, (_, seed) => randomlyMoved(values, 3, createRng(seed), boundary).join('')));
  expect(all('periodic').size).toBe(8);
  expect(all('periodic')).toContain('201534867');
  expect([...all('open')].toSorted()).toEqual(['036147258', '210543876', '258147036', '630741852', '678345012', '852741630', '876543210']);
});
