/*
 * Where everything lies in the kernel's memory: the fronts' records and lists, panels for all fronts,
 * update matrices on a stack (a front's update takes the place of its children's), one work area for
 * the front in hand, vectors by depth. Made once per grid and conditions.
 */
import { ensure } from '#engine/core/bug-error';
import { bytesPerJump, childKind, childWord, firstFreeByte, frontWord, wordsPerChild, wordsPerFront } from '#engine/kernels/multifrontal';
import type { Dissection, Front, FrontLink, LeafLink } from './dissection';
import type { LeafShape } from './leaf-table';

/** Most pairs of load cases that are substituted back together. */
export const mostPairs = 2;
const vectorBytes = 16 * mostPairs;

/** What leaves are made of: entries of tables by the pattern of two phases, or pixels with constants of their own. */
export type LeafContent = 'patterns' | 'gray';

/** A leaf's place in the image and the address of the pointer to its table entry. */
export interface LeafSlot {
  readonly shape: number;
  readonly column: number;
  readonly row: number;
  readonly address: number;
}

/** Byte addresses in the kernel's memory. */
export interface FrontLayout {
  readonly frontCount: number;
  readonly records: number;
  readonly shapes: readonly LeafShape[];
  /** Address of each shape's table; of patterns only. */
  readonly tables: readonly number[];
  readonly leaves: readonly LeafSlot[];
  /** Work area of one front, for `frontSize`² numbers. */
  readonly front: number;
  readonly frontSize: number;
  /** The root's update matrix; its leading dimension is `rootLeading`. */
  readonly rootUpdate: number;
  readonly rootLeading: number;
  /** The root's vectors at the border, 2 · pairs numbers an unknown. */
  readonly rootPadded: number;
  readonly rootVectors: number;
  /** Work area for what is eliminated after the root: a panel, and vectors. */
  readonly rootSolvePanel: number;
  readonly rootSolveUpdate: number;
  readonly rootSolveVectors: number;
  /** Displacements and nodal forces of the grid, 2 · pairs numbers for each nodal unknown. */
  readonly field: number;
  readonly forces: number;
  /** A byte per pixel, row 0 at the top; of gray pixels three numbers, rows from the bottom. */
  readonly pixels: number;
  /** Work areas of gray leaves: one before its condensation, twice, and the matrices of two of `leafMatrixBytes` each. */
  readonly leafWork: number;
  readonly leafMatrices: number;
  readonly leafMatrixBytes: number;
  /** Two element matrices of 81 numbers: black, white. */
  readonly matrices: number;
  /** Work area of one leaf or of one element. */
  readonly scratch: number;
  /** Temperatures and sums of squared element forces, 2 · pairs numbers each. */
  readonly temperatures: number;
  readonly squares: number;
  /** Mixed energies, (2 · pairs)² numbers. */
  readonly energies: number;
  /** Bytes of the whole memory. */
  readonly bytes: number;
  /** Writes records, lists and shapes. */
  write(buffer: ArrayBuffer): void;
}

/** Lays out the memory for a dissection of resolution² pixels. */
export function layOutFronts({ fronts }: Dissection, resolution: number, content: LeafContent = 'patterns'): FrontLayout {
  let top = firstFreeByte;
  const take = (bytes: number): number => {
    const address = top;
    top += (bytes + 15) & ~15;
    ensure(top < 2 ** 32, 'the fronts do not fit into four gigabytes');
    return address;
  };

  const shapes: LeafShape[] = [];
  const shapeOf = ({ shape }: LeafLink): number => {
    const known = shapes.findIndex(({ width, height }) => width === shape.width && height === shape.height);
    return known >= 0 ? known : shapes.push(shape) - 1;
  };
  for (const { children } of fronts) for (const child of children) if (child.kind === 'leaf') shapeOf(child);
  const gray = content === 'gray';
  const tables = gray ? [] : shapes.map(({ width, height, entryLength }) => take(8 * entryLength * 2 ** (width * height)));
  const shapeLists = shapes.map((shape) => take(4 * shapeWords(shape, resolution).length));
  const records = take(4 * wordsPerFront * fronts.length);

  const sizes = fronts.map(sizeOf);
  const panels = fronts.map((front, f) => take(8 * sizes[f]! * paddedOf(front)));
  const { offsets, bytes: updateBytes } = stackOf(fronts);
  const updates = take(updateBytes);
  const depthSizes: number[] = [];
  fronts.forEach(({ depth }, f) => (depthSizes[depth] = Math.max(depthSizes[depth] ?? 0, sizes[f]!)));
  const vectors = depthSizes.map((size) => take(vectorBytes * size));
  const frontSize = sizes.reduce((largest, size) => Math.max(largest, size), 0);
  const front = take(8 * frontSize * frontSize);

  const root = fronts.length - 1;
  const rootSolveSize = ((fronts[root]!.border + 3) & ~3) + 4;
  const nodal = 2 * (resolution + 1) * (resolution + 1);
  const links = fronts.map(({ children }) => children.map((child) => ({ child, ...takeLists(child, take) })));
  const leaves = links.flatMap((children) =>
    children.flatMap(({ child, slot }) =>
      child.kind === 'leaf' ? [{ shape: shapeOf(child), column: child.column, row: child.row, address: slot }] : [],
    ),
  );
  // Of a gray leaf only the rows of the unknowns inside stay; its pointer lies before them as if the matrix were there.
  const entries = gray ? leaves.map(({ shape }) => take(8 * rowsLength(shapes[shape]!)) - 8 * shapes[shape]!.unknowns ** 2) : [];
  const mostUnknowns = Math.max(...shapes.map(({ unknowns }) => unknowns));
  const mostInLeaf = Math.max(...shapes.map((shape) => shape.unknowns + 2 * shape.inside.length));
  const leafMatrixBytes = 8 * mostUnknowns ** 2;

  const write = (buffer: ArrayBuffer): void => {
    const view = new DataView(buffer);
    const words = new Int32Array(buffer);
    shapes.forEach((shape, s) => words.set(shapeWords(shape, resolution), shapeLists[s]! / 4));
    entries.forEach((entry, leaf) => (words[leaves[leaf]!.address / 4] = entry));
    fronts.forEach((current, f) => {
      const record = records / 4 + f * wordsPerFront;
      words[record + frontWord.eliminated] = current.eliminated;
      words[record + frontWord.padded] = paddedOf(current);
      words[record + frontWord.size] = sizes[f]!;
      words[record + frontWord.panel] = panels[f]!;
      words[record + frontWord.update] = updates + offsets[f]!;
      words[record + frontWord.vectors] = vectors[current.depth]!;
      words[record + frontWord.border] = current.border;
      links[f]!.forEach(({ child, list, map, jumps, slot }, c) => {
        const part = record + frontWord.firstChild + c * wordsPerChild;
        const entries = child.kind === 'leaf' ? child.pairs : runsOf(child.map);
        words.set(entries, list / 4);
        words[part + childWord.list] = list;
        words[part + childWord.listCount] = entries.length / (child.kind === 'leaf' ? 2 : 3);
        if (child.kind === 'leaf') {
          const shape = shapeOf(child);
          words[part + childWord.kind] = childKind.leaf;
          words[part + childWord.source] = slot;
          words[part + childWord.leading] = child.shape.unknowns;
          words[part + childWord.shape] = shapeLists[shape]!;
          words[part + childWord.origin] = 2 * (child.row * (resolution + 1) + child.column);
          return;
        }
        words[part + childWord.kind] = childKind.front;
        words[part + childWord.source] = updates + offsets[child.front]!;
        words[part + childWord.leading] = sizes[child.front]! - paddedOf(fronts[child.front]!);
        words[part + childWord.jumps] = jumps;
        words[part + childWord.jumpCount] = child.jumps.length;
        child.jumps.forEach(({ own, strain, weight }, k) => {
          view.setInt32(jumps + k * bytesPerJump, own, true);
          view.setInt32(jumps + k * bytesPerJump + 4, strain, true);
          view.setFloat64(jumps + k * bytesPerJump + 8, weight, true);
        });
        words.set(child.map, map / 4);
        const below = records / 4 + child.front * wordsPerFront;
        words[below + frontWord.parentVectors] = vectors[current.depth]!;
        words[below + frontWord.parentMap] = map;
        words[below + frontWord.parentJumps] = jumps;
        words[below + frontWord.parentJumpCount] = child.jumps.length;
      });
    });
  };

  return {
    frontCount: fronts.length,
    records,
    shapes,
    tables,
    leaves,
    front,
    frontSize,
    rootUpdate: updates + offsets[root]!,
    rootLeading: sizes[root]! - paddedOf(fronts[root]!),
    rootPadded: paddedOf(fronts[root]!),
    rootVectors: vectors[0]!,
    rootSolvePanel: take(8 * rootSolveSize * rootSolveSize),
    rootSolveUpdate: take(8 * 16),
    rootSolveVectors: take(vectorBytes * rootSolveSize),
    field: take(vectorBytes * nodal),
    forces: gray ? 0 : take(vectorBytes * nodal),
    pixels: take((gray ? 24 : 1) * resolution * resolution),
    leafWork: gray ? take(16 * mostInLeaf ** 2) : 0,
    leafMatrices: gray ? take(2 * leafMatrixBytes) : 0,
    leafMatrixBytes,
    matrices: take(8 * 162),
    scratch: take(vectorBytes * Math.max(18, mostUnknowns)),
    temperatures: take(vectorBytes),
    squares: take(vectorBytes),
    energies: take(2 * mostPairs * vectorBytes),
    bytes: top,
    write,
  };
}

function paddedOf({ eliminated }: Front): number {
  return (eliminated + 3) & ~3;
}

function sizeOf(front: Front): number {
  return paddedOf(front) + ((front.border + 3) & ~3);
}

/** Offsets of the update matrices on their stack: children are taken off before the parent is put on. */
function stackOf(fronts: readonly Front[]): { offsets: number[]; bytes: number } {
  const offsets: number[] = [];
  let top = 0;
  let bytes = 0;
  fronts.forEach((front, f) => {
    const below = front.children.filter((child): child is FrontLink => child.kind === 'front');
    if (below.length > 0) top = Math.min(...below.map((child) => offsets[child.front]!));
    offsets[f] = top;
    const border = sizeOf(front) - paddedOf(front);
    top += 8 * border * border;
    bytes = Math.max(bytes, top);
  });
  return { offsets, bytes };
}

function takeLists(child: LeafLink | FrontLink, take: (bytes: number) => number) {
  if (child.kind === 'leaf') return { list: take(4 * child.pairs.length), map: 0, jumps: 0, slot: take(4) };
  return {
    list: take(4 * runsOf(child.map).length),
    map: take(4 * child.map.length),
    jumps: take(bytesPerJump * child.jumps.length),
    slot: 0,
  };
}

/** Runs (own index, parent's index, length) of an ascending map. */
function runsOf(map: Int32Array): Int32Array {
  const runs: number[] = [];
  for (let start = 0; start < map.length; ) {
    let end = start + 1;
    while (end < map.length && map[end] === map[end - 1]! + 1) end++;
    runs.push(start, map[start]!, end - start);
    start = end;
  }
  return Int32Array.from(runs);
}

function rowsLength({ unknowns, entryLength }: LeafShape): number {
  return entryLength - unknowns ** 2;
}

/**
 * Numbers of unknowns, then the offset of each in the field, −1 for the temperature; then width, height, the index of the
 * temperature or −1, and the index of each node's first unknown, row after row from the bottom.
 */
function shapeWords({ width, height, edge, inside, unknowns }: LeafShape, resolution: number): Int32Array {
  const offsetsOf = (nodes: LeafShape['edge']): number[] =>
    nodes.flatMap(([column, row]) => {
      const first = 2 * (row * (resolution + 1) + column);
      return [first, first + 1];
    });
  const shared = unknowns > 2 * edge.length ? [-1] : [];
  const places = new Int32Array((width + 1) * (height + 1));
  edge.forEach(([column, row], k) => (places[row * (width + 1) + column] = 2 * k));
  inside.forEach(([column, row], k) => (places[row * (width + 1) + column] = unknowns + 2 * k));
  return Int32Array.from([
    unknowns, 2 * inside.length, ...offsetsOf(edge), ...shared, ...offsetsOf(inside), width, height, shared.length === 1 ? unknowns - 1 : -1, ...places,
  ]);
}
