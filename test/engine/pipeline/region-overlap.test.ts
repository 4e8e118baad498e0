import { expect, test } from 'vitest';
import { regionOverlaps } from '#engine/pipeline/result/region-overlap';

/** Native maps of 4 × 4 positions that are 1 at the given ones, of one direction. */
const mapsAt = (...images: number[][]) => ({ layer: 'last' as const, nativeEdge: 4, maps: Float32Array.from(images.flatMap((positions) => Array.from({ length: 16 }, (_, p) => Number(positions.includes(p))))) });

test('regions overlap by their intersection over their union; elsewhere is half the image away', () => {
  // At the native resolution a map is upsampled to itself.
  const overlaps = regionOverlaps(mapsAt([0, 1], [5], []), mapsAt([1, 2], [15], []), 3, ['x'], 'binarized', 4, 'periodic');
  expect(overlaps[0]).toEqual({ overlap: 1 / 3, elsewhere: 0 });
  // 15 is moved to 5.
  expect(overlaps[1]).toEqual({ overlap: 0, elsewhere: 1 });
  expect(overlaps[2]).toEqual({ overlap: NaN, elsewhere: NaN });
});

test('in images that are not periodic, elsewhere are the mirror images and the half turn, which no edge cuts', () => {
  // Position 1 mirrored left and right is 2, upside down 13, turned 14.
  const [partly, center] = regionOverlaps(mapsAt([2], [5, 6, 9, 10]), mapsAt([1], [5, 6, 9, 10]), 2, ['x'], 'binarized', 4, 'open');
  expect(partly).toEqual({ overlap: 0, elsewhere: 1 / 3 });
  // What is in the middle stays there; a shift by half the image would have put it into the corners.
  expect(center).toEqual({ overlap: 1, elsewhere: 1 });
});
