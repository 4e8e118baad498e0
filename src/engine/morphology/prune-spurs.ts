/*
 * Takes short spurs off a skeleton: branches from a junction to a free end, which thinning makes of every
 * bump of the outline.
 */
import type { Boundary } from '#engine/grid/boundary';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { reduceToCurves } from './reduce-to-curves';
import { skeletonGraph, type SkeletonBranch } from './skeleton-graph';

/**
 * The skeleton without spurs shorter than `shorterThan` pixels, measured from the junction's middle to
 * the end. Spurs go in rounds, shortest first: a junction that is left with two branches is a point of
 * one longer branch in the next round, so of the two tines of a fork the longer stays. A curve with two
 * free ends or none, a loop and a single pixel always stay; so every component keeps its main path.
 */
export function pruneSpurs(skeleton: Image2D<'binary'>, shorterThan: number, boundary: Boundary): Image2D<'binary'> {
  let picture = reduceToCurves(skeleton, boundary);
  for (;;) {
    const graph = skeletonGraph(picture, boundary);
    const degrees = new Int32Array(graph.nodes.length);
    for (const { from, to } of graph.branches) {
      degrees[from]!++;
      degrees[to]!++;
    }
    const isEnd = (node: number): boolean => graph.nodes[node]!.kind === 'end';
    const isSpur = ({ from, to, length }: SkeletonBranch): boolean => isEnd(from) !== isEnd(to) && length < shorterThan;
    const spurs = graph.branches.filter(isSpur).sort((a, b) => a.length - b.length);

    let pruned = false;
    const data = Uint8Array.from(picture.data);
    for (const { from, to, pixels } of spurs) {
      const [end, junction] = isEnd(from) ? [from, to] : [to, from];
      if (degrees[junction]! < 3) continue;
      degrees[junction]!--;
      pruned = true;
      for (const pixel of pixels) data[pixel] = 0;
      for (const pixel of graph.nodes[end]!.pixels) data[pixel] = 0;
    }
    if (!pruned) return picture;
    // A junction's pixel may be a doubled one when its spur is gone.
    picture = reduceToCurves(imageOf('binary', picture.width, picture.height, data), boundary);
  }
}
