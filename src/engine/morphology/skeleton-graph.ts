/*
 * A skeleton as a graph in the plane: nodes where curves end or meet, and branches between them.
 *
 * Two white pixels are linked when they share an edge, or when they share a corner and both other pixels at that corner
 * are black, so that a step counts once. Pixels with one link are ends, pixels with two links lie on a branch, and
 * pixels with more are junctions; linked junction pixels form one node. On a torus, a branch that leaves the image
 * continues beyond its edge: its path is unwrapped, and its last point is the end node plus whole periods.
 */
import { wrap, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { reduceToCurves } from './reduce-to-curves';

export interface SkeletonNode {
  /** `loop` is one pixel of a closed curve that meets no other curve; `point` is a pixel without a link. */
  readonly kind: 'end' | 'junction' | 'loop' | 'point';
  /** Center of its pixels in pixel units, with pixel centers at whole numbers; on a torus it may lie outside the image. */
  readonly row: number;
  readonly column: number;
  /** Row-major indices of its pixels. */
  readonly pixels: readonly number[];
}

export interface SkeletonBranch {
  /** Indices of its nodes; equal for a loop. */
  readonly from: number;
  readonly to: number;
  /** Points from node to node, alternating row and column, pixel units, unwrapped. */
  readonly path: Float64Array;
  /** Length of the path, pixels. */
  readonly length: number;
  /** Row-major indices of its pixels except those of the nodes. */
  readonly pixels: readonly number[];
}

export interface SkeletonGraph {
  readonly width: number;
  readonly height: number;
  readonly boundary: Boundary;
  readonly nodes: readonly SkeletonNode[];
  readonly branches: readonly SkeletonBranch[];
}

/** The graph of a skeleton. Inner corners are removed first (see `reduceToCurves`). */
export function skeletonGraph(skeleton: Image2D<'binary'>, boundary: Boundary): SkeletonGraph {
  const curves = reduceToCurves(skeleton, boundary);
  const { width, height } = curves;
  const links = linkPixels(curves, boundary);
  const nodes: SkeletonNode[] = [];
  const nodeOf = new Int32Array(curves.data.length).fill(-1);
  // The offset of a node's pixel from the node's center, alternating row and column.
  const fromCenter = new Float64Array(2 * curves.data.length);

  const addNode = (kind: SkeletonNode['kind'], first: number): void => {
    const pixels = [first];
    nodeOf[first] = nodes.length;
    for (let i = 0; i < pixels.length && kind === 'junction'; i++) {
      const pixel = pixels[i]!;
      for (const step of links[pixel]!) {
        const next = stepFrom(pixel, step, width, height);
        if (links[next]!.length < 3 || nodeOf[next] !== -1) continue;
        nodeOf[next] = nodes.length;
        fromCenter[2 * next] = fromCenter[2 * pixel]! + linkRows[step]!;
        fromCenter[2 * next + 1] = fromCenter[2 * pixel + 1]! + linkColumns[step]!;
        pixels.push(next);
      }
    }
    let row = 0;
    let column = 0;
    for (const pixel of pixels) {
      row += fromCenter[2 * pixel]! / pixels.length;
      column += fromCenter[2 * pixel + 1]! / pixels.length;
    }
    for (const pixel of pixels) {
      fromCenter[2 * pixel]! -= row;
      fromCenter[2 * pixel + 1]! -= column;
    }
    nodes.push({ kind, row: Math.floor(first / width) + row, column: (first % width) + column, pixels });
  };
  for (let pixel = 0; pixel < links.length; pixel++) {
    const count = links[pixel]?.length;
    if (nodeOf[pixel] !== -1 || count === undefined || count === 2) continue;
    addNode(count === 0 ? 'point' : count === 1 ? 'end' : 'junction', pixel);
  }

  const branches: SkeletonBranch[] = [];
  const onBranch = new Uint8Array(curves.data.length);
  /** Walks from a node's pixel along one of its links to the next node. */
  const walk = (start: number, firstStep: number): void => {
    const from = nodeOf[start]!;
    let row = nodes[from]!.row + fromCenter[2 * start]!;
    let column = nodes[from]!.column + fromCenter[2 * start + 1]!;
    const path = [nodes[from]!.row, nodes[from]!.column];
    const pixels: number[] = [];
    let pixel = start;
    let step = firstStep;
    for (;;) {
      row += linkRows[step]!;
      column += linkColumns[step]!;
      pixel = stepFrom(pixel, step, width, height);
      if (nodeOf[pixel] !== -1) break;
      onBranch[pixel] = 1;
      pixels.push(pixel);
      path.push(row, column);
      const back = (step + 4) % 8;
      const [a, b] = links[pixel]!;
      step = a === back ? b! : a!;
    }
    const to = nodeOf[pixel]!;
    path.push(row - fromCenter[2 * pixel]!, column - fromCenter[2 * pixel + 1]!);
    branches.push({ from, to, path: Float64Array.from(path), length: pathLength(path), pixels });
  };
  const walkFrom = (node: number): void => {
    for (const pixel of nodes[node]!.pixels) {
      for (const step of links[pixel]!) {
        const next = stepFrom(pixel, step, width, height);
        // Two nodes whose pixels are linked directly are walked from the first of them.
        if (nodeOf[next] === -1 ? onBranch[next] === 0 : node < nodeOf[next]!) walk(pixel, step);
      }
    }
  };
  for (let node = 0; node < nodes.length; node++) walkFrom(node);

  for (let pixel = 0; pixel < links.length; pixel++) {
    if (links[pixel] === undefined || nodeOf[pixel] !== -1 || onBranch[pixel] === 1) continue;
    addNode('loop', pixel);
    walk(pixel, links[pixel]![0]!);
  }
  return { width, height, boundary, nodes, branches };
}

/** The length of a path of alternating rows and columns. */
export function pathLength(path: ArrayLike<number>): number {
  let length = 0;
  for (let i = 2; i < path.length; i += 2) length += Math.hypot(path[i]! - path[i - 2]!, path[i + 1]! - path[i - 1]!);
  return length;
}

// Steps clockwise from north; the opposite step is four further.
const linkRows = [-1, -1, 0, 1, 1, 1, 0, -1];
const linkColumns = [0, 1, 1, 1, 0, -1, -1, -1];

function stepFrom(pixel: number, step: number, width: number, height: number): number {
  const row = wrap(Math.floor(pixel / width) + linkRows[step]!, height);
  return row * width + wrap((pixel % width) + linkColumns[step]!, width);
}

/** For each white pixel the steps to its linked pixels; undefined for black pixels. */
function linkPixels({ width, height, data }: Image2D<'binary'>, boundary: Boundary): (readonly number[] | undefined)[] {
  const isWhite = (row: number, column: number): boolean => {
    if (boundary === 'open' && (row < 0 || row >= height || column < 0 || column >= width)) return false;
    return data[wrap(row, height) * width + wrap(column, width)] === 1;
  };
  const links: (readonly number[] | undefined)[] = new Array<undefined>(data.length).fill(undefined);
  for (let pixel = 0; pixel < data.length; pixel++) {
    if (data[pixel] === 0) continue;
    const row = Math.floor(pixel / width);
    const column = pixel % width;
    const white = linkRows.map((step, i) => isWhite(row + step, column + linkColumns[i]!));
    links[pixel] = [0, 1, 2, 3, 4, 5, 6, 7].filter((i) => white[i] && (i % 2 === 0 || (!white[i - 1] && !white[(i + 1) % 8])));
  }
  return links;
}
