import { describe, expect, test } from 'vitest';
import { periodOf, prepareSkeleton } from '#engine/construction/prepare-skeleton';
import { imageOf } from '#engine/grid/image-2d';

const settings = { thinning: 'end-preserving', prune: 4 } as const;

/** Of 32 × 32 pixels: a horizontal bar in rows 13 to 17 across the whole width, and a block over the corner. */
const bar = imageOf('binary', 32, 32, Uint8Array.from({ length: 1024 }, (_, p) => (Math.floor(p / 32) >= 13 && Math.floor(p / 32) <= 17 ? 1 : 0)));

describe('a bar across the image', () => {
  test('is a closed curve of a periodic image', () => {
    const { graph, curves, halfThickness } = prepareSkeleton(bar, settings, 'periodic');
    expect(graph.nodes.map(({ kind }) => kind)).toEqual(['loop']);
    expect(curves).toHaveLength(1);
    expect(curves[0]!.at(-1)! - curves[0]![1]!).toBe(32);
    expect(halfThickness.data[15 * 32]).toBe(3);
  });

  test('ends at the edges of another image', () => {
    const skeleton = prepareSkeleton(bar, settings, 'open');
    expect(skeleton.graph.nodes.map(({ kind }) => kind)).toEqual(['end', 'end']);
    const columns = skeleton.curves.flatMap((curve) => [...curve].filter((_, i) => i % 2 === 1));
    expect(Math.min(...columns)).toBe(0);
    expect(Math.max(...columns)).toBe(31);
    expect(periodOf(skeleton)).toBeUndefined();
  });
});

test('white at one edge is not as thick as what is at the opposite one', () => {
  const edges = imageOf('binary', 32, 32, Uint8Array.from({ length: 1024 }, (_, p) => (p % 32 < 4 || p % 32 >= 28 ? 1 : 0)));
  expect(prepareSkeleton(edges, settings, 'periodic').curves).toHaveLength(1);
  expect(prepareSkeleton(edges, settings, 'open').curves).toHaveLength(2);
  expect(periodOf(prepareSkeleton(edges, settings, 'periodic'))).toMatchObject({ width: 32, height: 32 });
});
