/* The example of docs/methods.md: the same cell expands by other numbers when its edges are free. */
import { expect, test } from 'vitest';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { imageOf, volumeFraction } from '#engine/grid/image-2d';
import { aluminumInFoam } from '#test/support/virtual-test-phases';

test('a cross of aluminum in foam: 17.7e-6 heated with free edges, 23.6e-6 among its like', () => {
  const n = 128;
  const inBar = (position: number): boolean => position >= 50 && position < 78;
  const cross = imageOf('binary', n, n, Uint8Array.from({ length: n * n }, (_, p) => (inBar(p % n) || inBar(Math.floor(p / n)) ? 1 : 0)));
  expect(volumeFraction(cross).toFixed(2)).toBe('0.39');
  const read = (kind: 'heating' | 'periodic'): string =>
    (1e6 * runVirtualTest(cross, aluminumInFoam, { kind, plane: 'plane-stress' }).thermalExpansion!.x).toFixed(1);
  expect([read('heating'), read('periodic')]).toEqual(['17.7', '23.6']);
});
