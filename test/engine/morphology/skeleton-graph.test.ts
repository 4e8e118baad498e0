import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectedComponents } from '#engine/grid/connected-components';
import { imageOf } from '#engine/grid/image-2d';
import { reduceToCurves } from '#engine/morphology/reduce-to-curves';
import { skeletonGraph, type SkeletonGraph } from '#engine/morphology/skeleton-graph';
import { thin } from '#engine/morphology/thin';
import { draw, image } from '#test/support/draw-image';

/** Nodes by kind and place, branches by their nodes and length. */
function told(graph: SkeletonGraph): string[] {
  return [
    ...graph.nodes.map(({ kind, row, column }, i) => `${i}: ${kind} ${row.toFixed(2)} ${column.toFixed(2)}`),
    ...graph.branches.map(({ from, to, length }) => `${from}–${to}: ${length.toFixed(2)}`),
  ];
}

describe('small skeletons', () => {
  test('a letter with a junction, a point and a ring', () => {
    const picture = image(`
      .........
      .#...#.#.
      ..#.#....
      ...#..##.
      ...#.#..#
      ...#.#..#
      ......##.
    `);
    expect(told(skeletonGraph(picture, 'open'))).toMatchInlineSnapshot(`
      [
        "0: end 1.00 1.00",
        "1: end 1.00 5.00",
        "2: point 1.00 7.00",
        "3: junction 3.00 3.00",
        "4: end 5.00 3.00",
        "5: loop 3.00 6.00",
        "0–3: 2.83",
        "1–3: 2.83",
        "3–4: 2.00",
        "5–5: 9.66",
      ]
    `);
  });

  test('on a torus a bar around the edge is a loop of one period, in an open image it has two ends', () => {
    const picture = image(`
      .....
      ##.##
      ..#..
      .....
    `);
    expect(told(skeletonGraph(picture, 'open'))).toMatchInlineSnapshot(`
      [
        "0: end 1.00 0.00",
        "1: end 1.00 4.00",
        "0–1: 4.83",
      ]
    `);
    const { nodes, branches } = skeletonGraph(picture, 'periodic');
    expect(nodes.map(({ kind }) => kind)).toEqual(['loop']);
    const path = branches[0]!.path;
    expect([path.at(-2)! - path[0]!, path.at(-1)! - path[1]!]).toEqual([0, 5]);
  });

  test('crossing bars on a torus: one junction, two loops through it', () => {
    const picture = image(`
      ..#..
      ..#..
      #####
      ..#..
    `);
    expect(told(skeletonGraph(picture, 'periodic'))).toMatchInlineSnapshot(`
      [
        "0: junction 2.00 2.00",
        "0–0: 4.00",
        "0–0: 5.00",
      ]
    `);
  });

  test('doubled pixels of steps are one curve', () => {
    const picture = image(`
      ##....
      .##...
      ..##..
      ...##.
      ....##
    `);
    expect(draw(reduceToCurves(picture, 'open'))).toMatchInlineSnapshot(`
      "#.....
      .#....
      ..#...
      ...#..
      ....##"
    `);
    expect(told(skeletonGraph(picture, 'open'))).toMatchInlineSnapshot(`
      [
        "0: end 0.00 0.00",
        "1: end 4.00 5.00",
        "0–1: 6.66",
      ]
    `);
  });
});

describe('laws', () => {
  const pictures = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 400, maxLength: 400 }).map((values) =>
    imageOf('binary', 20, 20, Uint8Array.from(values, (value) => (value < 5 ? 1 : 0))),
  );

  test.each(['open', 'periodic'] as const)('every pixel has its place, components are those of the picture, paths end at their nodes: %s', (boundary) => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const skeleton = reduceToCurves(thin(picture, { method: 'guo-hall', boundary }), boundary);
        const graph = skeletonGraph(skeleton, boundary);
        const pixels = [...graph.nodes.flatMap((node) => node.pixels), ...graph.branches.flatMap((branch) => branch.pixels)];
        expect(pixels.sort((a, b) => a - b)).toEqual([...skeleton.data.keys()].filter((p) => skeleton.data[p] === 1));

        // Components of the graph are those of the picture.
        const group = graph.nodes.map((_, i) => i);
        const root = (i: number): number => (group[i] === i ? i : root(group[i]!));
        for (const { from, to } of graph.branches) group[root(from)] = root(to);
        expect(new Set(group.map((_, i) => root(i))).size).toBe(connectedComponents(skeleton, 8, boundary).sizes.length);

        for (const { from, to, path, length } of graph.branches) {
          const start = graph.nodes[from]!;
          const end = graph.nodes[to]!;
          expect([path[0], path[1]]).toEqual([start.row, start.column]);
          const periods = [(path.at(-2)! - end.row) / 20, (path.at(-1)! - end.column) / 20];
          for (const period of periods) expect(period).toBeCloseTo(Math.round(period), 9);
          if (boundary === 'open') expect(periods.map(Math.round).every((period) => period === 0)).toBe(true);
          // A single pixel inside a ring of junctions has no distance to the ring's middle.
          expect(length).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('kinds follow from degrees on a network image', () => {
    const text = readFileSync(new URL('../../golden/morphology/images/network.txt', import.meta.url), 'utf8');
    const graph = skeletonGraph(thin(image(text), { method: 'zhang-suen', boundary: 'periodic' }), 'periodic');
    const degrees = graph.nodes.map(() => 0);
    for (const { from, to } of graph.branches) {
      degrees[from]!++;
      degrees[to]!++;
    }
    // A periodic Voronoi diagram of 14 cells has 28 corners and 42 walls; walls of no length join corners.
    graph.nodes.forEach(({ kind }, i) => expect(degrees[i]! >= 3 ? 'junction' : 'end').toBe(kind));
    const junctions = degrees.filter((degree) => degree >= 3).length;
    expect(junctions).toBeGreaterThanOrEqual(20);
    expect(junctions).toBeLessThanOrEqual(40);
  });
});
