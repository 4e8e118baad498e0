/*
 * The curves of a patch redrawn so that they continue across its opposite edges (the graph-based construction of Feng et
 * al. 2024, doi:10.1016/j.eml.2024.102269, section 2.5: the skeleton becomes a graph, whose nodes on the boundary are moved
 * along it). How nodes are matched, what becomes of those without a partner, and how curves follow is ours.
 *
 * Nodes on opposite edges are matched in order, so no strut crosses another one. Both partners go to their mean, weighted
 * by the thickness of their struts. A node without a partner is joined to a node near it by a straight strut along the
 * edge; where there is none, its branch is removed, and with it what then dangles. Curves follow their ends by a shift that
 * fades along their length.
 */
import { pathLength } from '#engine/morphology/skeleton-graph';
import type { Curve } from '#engine/morphology/vectorize-skeleton';
import { connectedDirections, type PatchGraph, type PatchNode } from './patch-graph';
import { cornerNear, placeBorderNodes, type Place } from './place-border-nodes';

export interface RedrawnPatch {
  /** Their ends on one edge have partners at the same place of the opposite edge. Curves near an edge may leave the square a little: they are periodic. */
  readonly curves: readonly Curve[];
  /** The nodes on the border that curves still reach. */
  readonly moved: readonly MovedNode[];
  /** The other nodes on the border: their branches were removed, because they have no partner or only cut a corner. */
  readonly removed: readonly Place[];
  /** The mean distance by which those nodes were moved or joined, pixels; 0 without any. */
  readonly meanShift: number;
  /** In how many independent directions one of the curves' components leads through cell after cell: 0, 1 or 2. */
  readonly directions: number;
}

export interface MovedNode {
  readonly from: Place;
  /** Its own place, or the other end of the strut that joins it. */
  readonly to: Place;
}

/** Redraws a graph in the square from 0 to `size`. `thicknessAt` is the thickness of the strut at a node, in any unit. */
export function redrawPatch({ nodes, branches }: PatchGraph, size: number, thicknessAt: (node: PatchNode) => number): RedrawnPatch {
  const through = branches.filter(({ from, to, path }) => !isCornerCut(nodes[from]!, nodes[to]!, path, size));
  const { places, joints, alone } = placeBorderNodes(nodes, through, size, thicknessAt);
  const placeOf = (node: number): Place => places.get(node) ?? nodes[node]!;

  // Nodes of the cell: those inside the patch, and on its border one for each place on the torus.
  const cellNodes: Place[] = [];
  const cellNodeAt = (place: Place): number => {
    const [row, column] = [place.row === size ? 0 : place.row, place.column === size ? 0 : place.column];
    const known = cellNodes.findIndex((node) => node.row === row && node.column === column);
    return known >= 0 ? known : cellNodes.push({ row, column }) - 1;
  };
  const strut = (path: Curve, from: Place, to: Place) => ({
    path: follow(path, from, to),
    from: cellNodeAt(from),
    to: cellNodeAt(to),
    rows: Number(to.row === size) - Number(from.row === size),
    columns: Number(to.column === size) - Number(from.column === size),
  });
  const struts = [
    ...through.map(({ from, to, path }) => strut(path, placeOf(from), placeOf(to))),
    ...joints.map(({ node, to }) => strut(Float64Array.of(placeOf(node).row, placeOf(node).column, to.row, to.column), placeOf(node), to)),
  ];
  const kept = withoutDangling(struts, cellNodes.length, new Set(alone.map((node) => cellNodeAt(placeOf(node)))));

  const reached = new Set(kept.flatMap(({ from, to }) => [from, to]));
  const joinedTo = new Map(joints.map(({ node, to }) => [node, to]));
  const moved = [...places.keys()]
    .filter((node) => reached.has(cellNodeAt(placeOf(node))))
    .map((node): MovedNode => ({ from: { row: nodes[node]!.row, column: nodes[node]!.column }, to: joinedTo.get(node) ?? placeOf(node) }));
  const gone = nodes.filter(({ edge }, node) => edge !== undefined && !(places.has(node) && reached.has(cellNodeAt(placeOf(node)))));
  const distances = moved.map(({ from, to }) => Math.hypot(to.row - from.row, to.column - from.column));
  return {
    curves: kept.map(({ path }) => path),
    moved,
    removed: gone.map(({ row, column }) => ({ row, column })),
    meanShift: distances.reduce((sum, distance) => sum + distance, 0) / Math.max(distances.length, 1),
    directions: connectedDirections(cellNodes.length, kept),
  };
}

/** Whether a curve from edge to edge stays near one corner: both of its ends would go there. */
function isCornerCut(from: PatchNode, to: PatchNode, path: Curve, size: number): boolean {
  if (from.edge === undefined || to.edge === undefined) return false;
  const [a, b] = [cornerNear(from, size), cornerNear(to, size)];
  return a !== undefined && b !== undefined && a.row === b.row && a.column === b.column && pathLength(path) < size / 8;
}

/** The path moved to new ends; each shift fades along its length. */
function follow(path: Curve, from: Place, to: Place): Curve {
  const last = path.length - 2;
  const start = [from.row - path[0]!, from.column - path[1]!] as const;
  const end = [to.row - path[last]!, to.column - path[last + 1]!] as const;
  const length = pathLength(path);
  const moved = Float64Array.from(path);
  let along = 0;
  for (let i = 0; i <= last; i += 2) {
    if (i > 0) along += Math.hypot(path[i]! - path[i - 2]!, path[i + 1]! - path[i - 1]!);
    const share = length === 0 ? 0 : along / length;
    moved[i]! += (1 - share) * start[0] + share * end[0];
    moved[i + 1]! += (1 - share) * start[1] + share * end[1];
  }
  return moved;
}

/** The branches without those that end at the given nodes, and without those that then end where they did not end before. */
function withoutDangling<B extends { readonly from: number; readonly to: number }>(branches: readonly B[], nodeCount: number, cut: ReadonlySet<number>): readonly B[] {
  const degreesOf = (list: readonly B[]): Int32Array => {
    const degrees = new Int32Array(nodeCount);
    for (const { from, to } of list) {
      degrees[from]!++;
      degrees[to]!++;
    }
    return degrees;
  };
  const before = degreesOf(branches);
  let kept = branches.filter(({ from, to }) => !cut.has(from) && !cut.has(to));
  for (;;) {
    const degrees = degreesOf(kept);
    const dangles = (node: number): boolean => degrees[node] === 1 && before[node]! > 1;
    const next = kept.filter(({ from, to }) => !dangles(from) && !dangles(to));
    if (next.length === kept.length) return kept;
    kept = next;
  }
}
