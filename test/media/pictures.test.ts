/* Pure parts of pictures: displaced nodes, regions, thickening, tiles. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { criticalRegion as regionOfEngine } from '#engine/construction/critical-region';
import { imageOf as engineImage } from '#engine/api';
import { displacedNodes } from '#media/design/cell-image';
import { criticalRegion } from '#media/heat-map/map-image';
import { imageOf, tiled } from '#media/shared/images';
import { thickened, volumeFraction } from '#media/skeleton/step-image';
import { unpackColumn } from '#protocol/packed';
import type { SkeletonView } from '#protocol/views/design-views';
import { draw, image } from '#test/support/draw-image';

describe('displaced nodes', () => {
  test('without displacements they are the grid, from the bottom up', () => {
    expect(Array.from(displacedNodes(1, new Float32Array(8), 0.1))).toEqual([0, 1, 1, 1, 0, 0, 1, 0]);
  });

  test('the largest displacement is drawn as asked, y upward', () => {
    // The upper right node moves up by 5, the lower left one to the left by 2.5.
    const displacement = Float32Array.of(-2.5, 0, 0, 0, 0, 0, 0, 5);
    const nodes = displacedNodes(1, displacement, 0.25);
    expect(nodes[7]).toBeCloseTo(-0.25, 6);
    expect(nodes[0]).toBeCloseTo(-0.125, 6);
  });
});

test('the critical region follows the slider as the engine finds it', () => {
  const maps = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 64, maxLength: 64 }).filter((values) => values.includes(10));
  fc.assert(fc.property(maps, fc.constantFrom(0.25, 0.5, 0.7, 0.75, 1), (values, threshold) => {
    const heat = Float32Array.from(values, (value) => value / 10);
    const theirs = regionOfEngine(engineImage('heat', 8, 8, heat), { threshold, smallestPatch: 1 });
    expect(theirs.ok && draw(theirs.value.mask)).toBe(draw(criticalRegion(heat, 8, threshold) as Parameters<typeof draw>[0]));
  }));
});

test('a recorded cell thickens to its picture', () => {
  const recorded = JSON.parse(readFileSync(new URL('../../media/mock/recorded/views.json', import.meta.url), 'utf8')) as
    { readonly query: { readonly view: string }; readonly response: { readonly content: SkeletonView } }[];
  const views = recorded.filter(({ query }) => query.view === 'skeleton').map(({ response }) => response.content);
  expect(views.length).toBeGreaterThan(2);
  for (const { cell, distance, halfWidth } of views) {
    const distances = unpackColumn(distance);
    const whole = thickened(distances, cell.width, halfWidth);
    const different = whole.data.filter((pixel, p) => pixel !== imageOf(cell).data[p]).length;
    // Pixels at equal distance may be left out where the window has no room for all of them.
    expect(different / whole.data.length).toBeLessThan(0.01);
    const shares = [0, 0.3, 0.6, 1].map((share) => volumeFraction(thickened(distances, cell.width, share * halfWidth)));
    expect(shares).toEqual(shares.toSorted());
  }
});

test('tiles repeat the image in both directions', () => {
  expect(draw(tiled(image(`
    #.
    ..`), 2) as Parameters<typeof draw>[0])).toBe('#.#.\n....\n#.#.\n....');
});
