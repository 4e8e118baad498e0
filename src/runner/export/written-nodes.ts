/* The nodes of the exported part of an image, and the sets by which they are fixed and moved. */
import type { SolidPart } from './solid-part';

/** Numbers of nodes, counted from 1 at the bottom left, row by row. */
export interface NodeSet {
  readonly name: string;
  readonly nodes: readonly number[];
}

export interface WrittenNodes {
  /** Whether a written pixel touches the node. */
  has(column: number, row: number): boolean;
  /**
   * The edges; for rollers also `HOLD1` and `HOLD2`, a node of each piece that reaches neither the left edge nor the
   * bottom one, because otherwise it could move along the rollers. Without members where there are none.
   */
  readonly sets: readonly NodeSet[];
}

export function writtenNodes(n: number, { pixels, pieces }: Pick<SolidPart, 'pixels' | 'pieces'>, periodic: boolean): WrittenNodes {
  const edge = n + 1;
  /** The piece of each node, 0 where nothing is written. */
  const pieceOf = new Int32Array(edge * edge);
  for (let p = 0; p < pixels.length; p++) {
    if (pixels[p] === 0) continue;
    const corner = (n - 1 - Math.floor(p / n)) * edge + (p % n);
    for (const node of [corner, corner + 1, corner + edge, corner + edge + 1]) pieceOf[node] = pieces[p]!;
  }
  const line = (first: number, step: number): number[] => Array.from({ length: edge }, (_, i) => first + i * step).filter((node) => pieceOf[node]! > 0);
  const numbered = (nodes: readonly number[]): number[] => nodes.map((node) => node + 1);
  const [left, right, bottom, top] = [line(0, edge), line(n, edge), line(0, 1), line(n * edge, 1)] as [number[], number[], number[], number[]];
  const firstOfPieces = new Map<number, number>();
  pieceOf.forEach((piece, node) => {
    if (piece > 0 && !firstOfPieces.has(piece)) firstOfPieces.set(piece, node);
  });
  const firstBeyond = (fixed: readonly number[]): number[] => {
    const reached = new Set(fixed.map((node) => pieceOf[node]));
    return [...firstOfPieces].filter(([piece]) => !reached.has(piece)).map(([, node]) => node);
  };
  return {
    has: (column, row) => pieceOf[row * edge + column]! > 0,
    sets: [
      { name: 'LEFT', nodes: numbered(left) },
      { name: 'RIGHT', nodes: numbered(right) },
      { name: 'BOTTOM', nodes: numbered(bottom) },
      { name: 'TOP', nodes: numbered(top) },
      ...(periodic
        ? [{ name: 'ORIGIN', nodes: numbered([...firstOfPieces.values()]) }]
        : [{ name: 'HOLD1', nodes: numbered(firstBeyond(left)) }, { name: 'HOLD2', nodes: numbered(firstBeyond(bottom)) }]),
    ],
  };
}

/** A number for a data line: at most 20 characters, as the format wants, and 12 digits. */
export function abaqusNumber(value: number): string {
  const text = String(Number(value.toPrecision(12)));
  return /[.e]/.test(text) ? text : `${text}.`;
}
