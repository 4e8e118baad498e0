/* Where the nodes on a patch's border go so that opposite edges match: to corners, to a partner, or to a neighbor. */
import { roundOff } from './clip-to-patch';
import { matchInOrder, spreadInOrder } from './match-in-order';
import { alongEdge, patchEdges, type PatchBranch, type PatchEdge, type PatchNode } from './patch-graph';

/** In the square of the patch; places that differ by the square's size are the same node of the cell. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface PlacedNodes {
  /** Places of nodes by their indices; of those on the border only. */
  readonly places: ReadonlyMap<number, Place>;
  /** Struts along an edge from nodes that have no partner, to a node nearby that has one. */
  readonly joints: readonly { readonly node: number; readonly to: Place }[];
  /** Nodes that have neither. */
  readonly alone: readonly number[];
}

/** Pixels; nodes nearer than this to a corner go there. */
const cornerZone = 4;
/** Pixels; the least distance of nodes that have a partner from each other and from corners. */
const spacing = 3;
/** As a share of the edge: the distance that a node without a partner counts as in the matching, and the longest joint. */
const dropShare = 1 / 4;

/**
 * Where the nodes on the border of a square from 0 to `size` go. Curves that only cut a corner should not be among the
 * branches. `thicknessAt` is the thickness of the strut at a node, in any unit.
 */
export function placeBorderNodes(nodes: readonly PatchNode[], branches: readonly PatchBranch[], size: number, thicknessAt: (node: PatchNode) => number): PlacedNodes {
  const ends = branches.flatMap(({ from, to }) => [from, to]).filter((node) => nodes[node]!.edge !== undefined);
  const places = new Map<number, Place>();
  // One curve that comes to a corner would meet nothing there.
  const atCorner = ends.filter((node) => cornerNear(nodes[node]!, size) !== undefined);
  if (atCorner.length > 1) for (const node of atCorner) places.set(node, cornerNear(nodes[node]!, size)!);
  const corners = places.size > 0 ? [0, size] : [];

  const joints: { node: number; to: Place }[] = [];
  // A node in a corner is on two edges, of which none comes first; alone there it has no partner on either.
  const alone = [...new Set(ends)].filter((node) => !places.has(node) && isInCorner(nodes[node]!, size));
  for (const node of alone) places.set(node, nodes[node]!);
  const waiting = [...new Set(ends)].filter((node) => !places.has(node));
  for (const [near, far] of [patchEdges.slice(0, 2), patchEdges.slice(2)] as [PatchEdge, PatchEdge][]) {
    const nodesOn = (edge: PatchEdge): { node: number; at: number }[] =>
      waiting
        .filter((node) => nodes[node]!.edge === edge)
        .map((node) => ({ node, at: alongEdge(nodes[node]!, edge) }))
        .sort((a, b) => a.at - b.at);
    const a = nodesOn(near);
    const b = nodesOn(far);
    const pairs = matchInOrder(a.map(({ at }) => at), b.map(({ at }) => at), dropShare * size).map(([i, j]) => [a[i]!, b[j]!] as const);
    const means = pairs.map(([first, second]) => {
      const weights = [thicknessAt(nodes[first.node]!), thicknessAt(nodes[second.node]!)] as const;
      const weight = weights[0] + weights[1];
      return { at: (weights[0] * first.at + weights[1] * second.at) / weight, weight };
    });
    const matched = spreadInOrder(means, spacing, size);
    matched.forEach((at, k) => {
      places.set(pairs[k]![0].node, placeOn(near, at, size));
      places.set(pairs[k]![1].node, placeOn(far, at, size));
    });
    for (const [edge, list] of [[near, a], [far, b]] as const) {
      for (const { node, at } of list) {
        if (places.has(node)) continue;
        const [nearest] = [...matched, ...corners].sort((one, other) => Math.abs(one - at) - Math.abs(other - at));
        places.set(node, placeOn(edge, at, size));
        if (nearest !== undefined && Math.abs(nearest - at) <= dropShare * size) joints.push({ node, to: placeOn(edge, nearest, size) });
        else alone.push(node);
      }
    }
  }
  return { places, joints, alone };
}

/** The corner in whose zone a node on the border is. */
export function cornerNear({ row, column }: PatchNode, size: number): Place | undefined {
  const nearest = (at: number): number => (at < size / 2 ? 0 : size);
  const corner = { row: nearest(row), column: nearest(column) };
  return Math.abs(corner.row - row) < cornerZone && Math.abs(corner.column - column) < cornerZone ? corner : undefined;
}

function isInCorner({ row, column }: PatchNode, size: number): boolean {
  return [row, column].every((at) => Math.min(Math.abs(at), Math.abs(size - at)) < roundOff);
}

function placeOn(edge: PatchEdge, at: number, size: number): Place {
  const beyond = edge === 'right' || edge === 'bottom' ? size : 0;
  return edge === 'left' || edge === 'right' ? { row: at, column: beyond } : { row: beyond, column: at };
}
