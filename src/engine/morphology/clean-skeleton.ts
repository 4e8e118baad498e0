/*
 * Removes two artifacts of thinning. Every bump of the outline leaves a spur, a short branch from a junction to a free end.
 * A crossing of two thick struts becomes two junctions of three branches with a short bridge between them.
 */
import { imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { reduceToCurves } from './reduce-to-curves';
import { pathLength, skeletonGraph, type SkeletonBranch, type SkeletonGraph, type SkeletonNode } from './skeleton-graph';

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

/*
 * Thinning splits a crossing of two thick struts into two junctions of three branches with a short bridge
 * between them. Junctions that lie within each other's reach become one here.
 */
/**
 * The graph with every bridge between two junctions contracted that is no longer than the reach of one
 * of them, pixels; e.g. the half thickness of the white phase there. The merged junction lies in their
 * middle, the ends of its branches are moved there. A loop from a junction to itself is kept.
 */
export function mergeJunctions(graph: SkeletonGraph, reach: (node: SkeletonNode) => number): SkeletonGraph {
  const { nodes, branches } = graph;
  const isBridge = ({ from, to, length }: SkeletonBranch): boolean =>
    from !== to &&
    nodes[from]!.kind === 'junction' &&
    nodes[to]!.kind === 'junction' &&
    length <= Math.max(reach(nodes[from]!), reach(nodes[to]!));

  // Groups of junctions as trees of bridges; places of a group's nodes are unwrapped beside its first node.
  const bridges = branches.map(isBridge);
  const group = new Int32Array(nodes.length).fill(-1);
  const places: { row: number; column: number }[] = nodes.map(({ row, column }) => ({ row, column }));
  const contracted = new Set<SkeletonBranch>();
  const groups: number[][] = [];
  for (let first = 0; first < nodes.length; first++) {
    if (group[first] !== -1) continue;
    const members = [first];
    group[first] = groups.length;
    for (const node of members) {
      branches.forEach((branch, b) => {
        if (!bridges[b] || (branch.from !== node && branch.to !== node)) return;
        const forward = branch.from === node;
        const next = forward ? branch.to : branch.from;
        if (group[next] !== -1) return;
        const sign = forward ? 1 : -1;
        places[next] = {
          row: places[node]!.row + sign * (branch.path.at(-2)! - branch.path[0]!),
          column: places[node]!.column + sign * (branch.path.at(-1)! - branch.path[1]!),
        };
        group[next] = groups.length;
        members.push(next);
        contracted.add(branch);
      });
    }
    groups.push(members);
  }

  const merged = groups.map((members): SkeletonNode => {
    const mean = (key: 'row' | 'column'): number => members.reduce((sum, node) => sum + places[node]![key], 0) / members.length;
    return { kind: nodes[members[0]!]!.kind, row: mean('row'), column: mean('column'), pixels: members.flatMap((node) => nodes[node]!.pixels) };
  });
  // How far a node moves when its group comes together.
  const shift = (node: number, key: 'row' | 'column'): number => merged[group[node]!]![key] - places[node]![key];
  const kept = branches
    .filter((branch) => !contracted.has(branch))
    .map((branch): SkeletonBranch => {
      const path = Float64Array.from(branch.path);
      path[0]! += shift(branch.from, 'row');
      path[1]! += shift(branch.from, 'column');
      path[path.length - 2]! += shift(branch.to, 'row');
      path[path.length - 1]! += shift(branch.to, 'column');
      return { ...branch, from: group[branch.from]!, to: group[branch.to]!, path, length: pathLength(path) };
    });
  return { ...graph, nodes: merged, branches: kept };
}
