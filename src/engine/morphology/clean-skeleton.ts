/*
 * Removes two artifacts of thinning. Every bump of the outline leaves a spur, a short branch from a junction to a free end.
 * A crossing of two thick struts becomes two junctions of three branches with a short bridge between them.
 */
import { imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { reduceToCurves } from './reduce-to-curves';
import { pathLength, skeletonGraph, type SkeletonBranch, type SkeletonGraph, type SkeletonNode } from './skeleton-graph';

/**
 * The skeleton without spurs shorter than `shorterThan` pixels, measured from the junction's center to the end. Spurs
 * are removed in rounds, shortest first. A junction that is left with two branches is part of one longer branch in the
 * next round, so of the two tines of a fork the longer one remains. A curve with two free ends or none, a loop and a
 * single pixel are never removed, so every component keeps its main path.
 */
export function pruneSpurs(skeleton: Image2D<'binary'>, shorterThan: number, boundary: Boundary): Image2D<'binary'> {
  let pruned = reduceToCurves(skeleton, boundary);
  for (;;) {
    const graph = skeletonGraph(pruned, boundary);
    const degrees = new Int32Array(graph.nodes.length);
    for (const { from, to } of graph.branches) {
      degrees[from]!++;
      degrees[to]!++;
    }
    const isEnd = (node: number): boolean => graph.nodes[node]!.kind === 'end';
    const isSpur = ({ from, to, length }: SkeletonBranch): boolean => isEnd(from) !== isEnd(to) && length < shorterThan;
    const spurs = graph.branches.filter(isSpur).sort((a, b) => a.length - b.length);

    let changed = false;
    const data = Uint8Array.from(pruned.data);
    for (const { from, to, pixels } of spurs) {
      const [end, junction] = isEnd(from) ? [from, to] : [to, from];
      if (degrees[junction]! < 3) continue;
      degrees[junction]!--;
      changed = true;
      for (const pixel of pixels) data[pixel] = 0;
      for (const pixel of graph.nodes[end]!.pixels) data[pixel] = 0;
    }
    if (!changed) return pruned;
    // A junction's pixel may be an inner corner once its spur is removed.
    pruned = reduceToCurves(imageOf('binary', pruned.width, pruned.height, data), boundary);
  }
}

/**
 * The graph in which every bridge between two junctions is contracted that is not longer than the radius of one of
 * them in pixels, e.g. the half thickness of the white phase there. The merged junction lies at their center, and the
 * ends of its branches are moved there. A loop from a junction to itself is kept.
 */
export function mergeJunctions(graph: SkeletonGraph, radius: (node: SkeletonNode) => number): SkeletonGraph {
  const { nodes, branches } = graph;
  const isBridge = ({ from, to, length }: SkeletonBranch): boolean =>
    from !== to &&
    nodes[from]!.kind === 'junction' &&
    nodes[to]!.kind === 'junction' &&
    length <= Math.max(radius(nodes[from]!), radius(nodes[to]!));

  // Groups of junctions as trees of bridges; the positions of a group's nodes are unwrapped relative to its first node.
  const bridges = branches.map(isBridge);
  const group = new Int32Array(nodes.length).fill(-1);
  const positions: { row: number; column: number }[] = nodes.map(({ row, column }) => ({ row, column }));
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
        positions[next] = {
          row: positions[node]!.row + sign * (branch.path.at(-2)! - branch.path[0]!),
          column: positions[node]!.column + sign * (branch.path.at(-1)! - branch.path[1]!),
        };
        group[next] = groups.length;
        members.push(next);
        contracted.add(branch);
      });
    }
    groups.push(members);
  }

  const merged = groups.map((members): SkeletonNode => {
    const mean = (key: 'row' | 'column'): number => members.reduce((sum, node) => sum + positions[node]![key], 0) / members.length;
    return { kind: nodes[members[0]!]!.kind, row: mean('row'), column: mean('column'), pixels: members.flatMap((node) => nodes[node]!.pixels) };
  });
  // The displacement of a node when its group is merged.
  const shift = (node: number, key: 'row' | 'column'): number => merged[group[node]!]![key] - positions[node]![key];
  const remaining = branches
    .filter((branch) => !contracted.has(branch))
    .map((branch): SkeletonBranch => {
      const path = Float64Array.from(branch.path);
      path[0]! += shift(branch.from, 'row');
      path[1]! += shift(branch.from, 'column');
      path[path.length - 2]! += shift(branch.to, 'row');
      path[path.length - 1]! += shift(branch.to, 'column');
      return { ...branch, from: group[branch.from]!, to: group[branch.to]!, path, length: pathLength(path) };
    });
  return { ...graph, nodes: merged, branches: remaining };
}
