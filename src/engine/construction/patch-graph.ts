/*
 * The curves inside a patch as a graph: branches between nodes, where curves begin, end, meet, or reach the patch's
 * border. Two ends of curves at the same place are one node.
 */
import type { Curve } from '#engine/morphology/vectorize-skeleton';
import { roundOff } from './clip-to-patch';

/** Opposite edges are neighbors in the list. */
export const patchEdges = ['left', 'right', 'top', 'bottom'] as const;
export type PatchEdge = (typeof patchEdges)[number];

export interface PatchNode {
  readonly row: number;
  readonly column: number;
  /** Where the node is on the patch's border. In a corner, the first of the two edges. */
  readonly edge?: PatchEdge;
}

export interface PatchBranch {
  /** Indices of its nodes. */
  readonly from: number;
  readonly to: number;
  /** From node to node. */
  readonly path: Curve;
}

export interface PatchGraph {
  readonly nodes: readonly PatchNode[];
  readonly branches: readonly PatchBranch[];
}

/** The graph of curves in a square from 0 to `size`, which end exactly on its border or inside. */
export function patchGraph(curves: readonly Curve[], size: number): PatchGraph {
  const nodes: PatchNode[] = [];
  const nodeAt = (row: number, column: number): number => {
    const known = nodes.findIndex((node) => Math.hypot(node.row - row, node.column - column) < roundOff);
    if (known >= 0) return known;
    const edge = edgeAt(row, column, size);
    return nodes.push({ row, column, ...(edge && { edge }) }) - 1;
  };
  const branches = curves.map((path) => ({ from: nodeAt(path[0]!, path[1]!), to: nodeAt(path.at(-2)!, path.at(-1)!), path }));
  return { nodes, branches };
}

function edgeAt(row: number, column: number, size: number): PatchEdge | undefined {
  const offsets: Readonly<Record<PatchEdge, number>> = { left: column, right: size - column, top: row, bottom: size - row };
  return patchEdges.find((edge) => Math.abs(offsets[edge]) < roundOff);
}

/** The position of a node along an edge, from the left or the top. */
export function alongEdge({ row, column }: PatchNode, edge: PatchEdge): number {
  return edge === 'left' || edge === 'right' ? row : column;
}

/**
 * How many independent directions branches lead to other cells, when the square from 0 to `size` is repeated: 0, 1 or 2.
 * Nodes are places on the torus. In the plane, a branch leads by `rows` and `columns` whole cells beyond its last node.
 */
export function connectedDirections(
  nodeCount: number,
  branches: readonly { readonly from: number; readonly to: number; readonly rows: number; readonly columns: number }[],
): number {
  // The cell of each node, as it is reached first from the first node of its component.
  const cells: ({ readonly rows: number; readonly columns: number } | undefined)[] = new Array<undefined>(nodeCount).fill(undefined);
  let most = 0;
  for (let first = 0; first < nodeCount; first++) {
    if (cells[first] !== undefined) continue;
    cells[first] = { rows: 0, columns: 0 };
    const members = [first];
    for (const node of members) {
      for (const { from, to, rows, columns } of branches) {
        if (from !== node && to !== node) continue;
        const [next, sign] = from === node ? [to, 1] : [from, -1];
        if (cells[next] !== undefined) continue;
        cells[next] = { rows: cells[node]!.rows + sign * rows, columns: cells[node]!.columns + sign * columns };
        members.push(next);
      }
    }
    const component = new Set(members);
    const windings = branches
      .filter(({ from }) => component.has(from))
      .map(({ from, to, rows, columns }) => ({
        rows: cells[from]!.rows + rows - cells[to]!.rows,
        columns: cells[from]!.columns + columns - cells[to]!.columns,
      }))
      .filter(({ rows, columns }) => rows !== 0 || columns !== 0);
    const isParallel = windings.every(({ rows, columns }) => rows * windings[0]!.columns === columns * windings[0]!.rows);
    most = Math.max(most, windings.length === 0 ? 0 : isParallel ? 1 : 2);
  }
  return most;
}
