import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageOf } from '#engine/grid/image-2d';
import { skeletonGraph } from '#engine/morphology/skeleton-graph';
import { squaredDistanceToSegment, vectorizeSkeleton, type Curve } from '#engine/morphology/vectorize-skeleton';
import { image } from '#test/support/draw-image';

const graphOf = (text: string, boundary: 'open' | 'periodic' = 'open') => skeletonGraph(image(text), boundary);
const points = (curve: Curve): number => curve.length / 2;

test('without smoothing only points on straight runs are left out', () => {
  const [curve] = vectorizeSkeleton(graphOf('####....\n....####'), { smoothing: 0, tolerance: 0 });
  expect([...curve!]).toEqual([0, 0, 0, 3, 1, 4, 1, 7]);
});

test('a digitized line becomes straight, its ends stay', () => {
  // Columns 0 … 41 of a line that rises by one pixel in six.
  const data = new Uint8Array(9 * 42);
  for (let c = 0; c < 42; c++) data[(1 + Math.round((c + 0.5) / 6 - 0.5)) * 42 + c] = 1;
  const graph = skeletonGraph(imageOf('binary', 42, 9, data), 'open');
  // Away from the ends, which are held.
  const off = (curve: Curve): number => {
    let most = 0;
    for (let i = 2; i < curve.length - 2; i += 2) most = Math.max(most, Math.abs(curve[i]! - (curve[i + 1]! + 0.5) / 6 - 0.5));
    return most;
  };
  const [stairs] = vectorizeSkeleton(graph, { smoothing: 0, tolerance: 0 });
  const [smooth] = vectorizeSkeleton(graph, { smoothing: 3, tolerance: 0.1 });
  expect([smooth![0], smooth![1], smooth!.at(-2), smooth!.at(-1)]).toEqual([stairs![0], stairs![1], stairs!.at(-2), stairs!.at(-1)]);
  expect(off(stairs!)).toBeGreaterThan(0.4);
  expect(off(smooth!)).toBeLessThan(0.2);
  expect(points(smooth!)).toBeLessThan(points(stairs!) / 2);
});

test('a closed curve is smoothed at its seam as elsewhere', () => {
  const ring = graphOf(`
    .........
    ...###...
    ..#...#..
    .#.....#.
    .#.....#.
    .#.....#.
    ..#...#..
    ...###...
    .........
  `);
  const [curve] = vectorizeSkeleton(ring, { smoothing: 1, tolerance: 0 });
  expect([curve![0], curve![1]]).toEqual([curve!.at(-2), curve!.at(-1)]);
  // The ring has the symmetry of a square, so the seam's distance to the middle is that of its mirror images.
  const radii = Array.from({ length: points(curve!) }, (_, i) => Math.hypot(curve![2 * i]! - 4, curve![2 * i + 1]! - 4));
  const seam = radii[0]!;
  expect(radii.filter((radius) => Math.abs(radius - seam) < 1e-9).length).toBeGreaterThanOrEqual(8);
});

test('a loop around the torus ends one period on, an isolated pixel is a point', () => {
  const [loop, point] = vectorizeSkeleton(graphOf('......\n######\n......\n...#..\n......', 'periodic'), { smoothing: 2, tolerance: 0.1 });
  expect([...loop!]).toEqual([1, 0, 1, 6]);
  expect([...point!]).toEqual([3, 3]);
});

test('the distance to a segment is the least of the distances to its points', () => {
  const number = fc.integer({ min: -40, max: 40 }).map((n) => n / 4);
  fc.assert(
    fc.property(number, number, number, number, number, number, (row, column, r0, c0, r1, c1) => {
      let least = Infinity;
      for (let i = 0; i <= 4000; i++) least = Math.min(least, Math.hypot(r0 + ((r1 - r0) * i) / 4000 - row, c0 + ((c1 - c0) * i) / 4000 - column));
      const found = Math.sqrt(squaredDistanceToSegment(row, column, r0, c0, r1, c1));
      expect(found).toBeLessThanOrEqual(least + 1e-9);
      expect(found).toBeGreaterThan(least - 0.01);
    }),
  );
});
