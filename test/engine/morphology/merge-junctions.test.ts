import { expect, test } from 'vitest';
import { mergeJunctions } from '#engine/morphology/clean-skeleton';
import { skeletonGraph, type SkeletonGraph } from '#engine/morphology/skeleton-graph';
import { image } from '#test/support/draw-image';

const degrees = ({ nodes, branches }: SkeletonGraph): number[] =>
  nodes.map((_, node) => branches.reduce((sum, { from, to }) => sum + Number(from === node) + Number(to === node), 0));

const crossing = skeletonGraph(
  image(`
    #........#
    .#......#.
    ..#....#..
    ...####...
    ..#....#..
    .#......#.
    #........#
  `),
  'open',
);

test('a bridge within reach is contracted to its middle, and the branches meet there', () => {
  expect(degrees(crossing).sort()).toEqual([1, 1, 1, 1, 3, 3]);
  const merged = mergeJunctions(crossing, () => 3);
  expect(degrees(merged).sort()).toEqual([1, 1, 1, 1, 4]);
  const junction = merged.nodes.findIndex(({ kind }) => kind === 'junction');
  expect([merged.nodes[junction]!.row, merged.nodes[junction]!.column]).toEqual([3, 4.5]);
  for (const { from, path, length } of merged.branches) {
    const at = from === junction ? [path[0], path[1]] : [path.at(-2), path.at(-1)];
    expect(at).toEqual([3, 4.5]);
    // Two diagonal steps and the way to the middle.
    expect(length).toBeCloseTo(2 * Math.SQRT2 + Math.hypot(1, 2.5), 12);
  }
});

test('a bridge out of reach stays', () => {
  expect(mergeJunctions(crossing, () => 2.9)).toEqual(crossing);
});

test('junctions beyond the edge of a torus come together there', () => {
  // Two bars across the torus, joined by a bridge of two steps over the lower edge.
  const ladder = skeletonGraph(
    image(`
      .....#.....
      ###########
      ...........
      ...........
      ...........
      ###########
      .....#.....
    `),
    'periodic',
  );
  const merged = mergeJunctions(ladder, () => 3);
  expect(merged.nodes).toHaveLength(1);
  const { row, column } = merged.nodes[0]!;
  expect([(row + 7) % 7, column]).toEqual([6.5, 5]);
  expect(degrees(merged)).toEqual([4]);
  for (const { path } of merged.branches) {
    expect(Math.abs(path.at(-2)! - path[0]!)).toBeCloseTo(0, 12);
    expect(Math.abs(path.at(-1)! - path[1]!)).toBeCloseTo(11, 12);
  }
});
