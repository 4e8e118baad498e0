/*
 * Nested dissection of the pixel grid (George 1973, doi 10.1137/0710032), from the blocks' side: a
 * block is halved until it is a leaf; joining two blocks eliminates the unknowns that touch no pixel
 * outside the joint block and that nobody keeps. It depends on the grid and the supports alone.
 *
 * Periodic cell: nodes keep their unwrapped place (column and row 0 … n) until a block spans the whole
 * cell in a direction. There column n joins column 0: u(n) = u(0) + n ε, a jump by the macroscopic
 * strains, which are unknowns of the fronts from there on. So no load enters the fronts below.
 */
import { ensure } from '#engine/core/bug-error';
import { largestLeaf, leafShape, type LeafShape } from './leaf-table';
import type { Supports } from './supports';

/** An unknown of a child beyond the seam: the parent's unknown plus `weight` × strain. */
export interface Jump {
  /** Index in the child's border. */
  readonly own: number;
  /** Index of the macroscopic strain in the parent front. */
  readonly strain: number;
  readonly weight: number;
}

/** A leaf inside a front. */
export interface LeafLink {
  readonly kind: 'leaf';
  readonly shape: LeafShape;
  /** Pixel at the bottom left; rows count from the bottom. */
  readonly column: number;
  readonly row: number;
  /** Pairs (index in the leaf's matrix, index in the front), ascending in the latter; supports are left out. */
  readonly pairs: Int32Array;
}

/** A front inside its parent. */
export interface FrontLink {
  readonly kind: 'front';
  /** Position in `Dissection.fronts`. */
  readonly front: number;
  /** Index in the parent of each border unknown, strictly ascending. */
  readonly map: Int32Array;
  readonly jumps: readonly Jump[];
}

/** One step of elimination. Indices in a front: eliminated unknowns, padding to a multiple of 4, border. */
export interface Front {
  readonly eliminated: number;
  readonly border: number;
  /** Distance from the root. */
  readonly depth: number;
  readonly children: readonly (LeafLink | FrontLink)[];
}

/** All fronts, children before parents; the root's border is what the supports keep, in their order. */
export interface Dissection {
  readonly fronts: readonly Front[];
}

interface Block {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
  readonly children: readonly Block[];
  readonly shape?: LeafShape;
  /** Unknowns that survive the block; of a leaf in the order of its shape. */
  border: Int32Array;
}

/** The fronts of a grid with the given supports. */
export function dissect(supports: Supports): Dissection {
  const { resolution } = supports;
  const root = blockOf(supports, 0, 0, resolution, resolution, 'front');
  ensure(root.border.length === supports.kept.length, 'the root keeps other unknowns than the supports');
  root.border = supports.kept;
  const fronts: Front[] = [];
  const place = new Int32Array(supports.unknowns).fill(-1);
  order(supports, root, 0, place, fronts);
  return { fronts };
}

function blockOf(supports: Supports, column: number, row: number, width: number, height: number, kind: 'front' | 'any'): Block {
  const wraps = spans(supports, width) || spans(supports, height);
  if (kind === 'any' && !wraps && width * height <= largestLeaf) {
    const shape = leafShape(width, height, supports.temperatures);
    const border = new Int32Array(shape.unknowns);
    shape.edge.forEach(([i, j], k) => {
      border[2 * k] = supports.unknownAt(column + i, row + j, 0);
      border[2 * k + 1] = supports.unknownAt(column + i, row + j, 1);
    });
    if (supports.temperatures === 1) border[shape.unknowns - 1] = supports.temperature;
    return { column, row, width, height, children: [], shape, border };
  }
  const half = Math.max(width, height) >> 1;
  // Only a front can have jumps, so the children of a block that joins a seam are fronts.
  const childKind = wraps ? 'front' : 'any';
  const children =
    width * height === 1
      ? [blockOf(supports, column, row, 1, 1, 'any')]
      : width >= height
        ? [
            blockOf(supports, column, row, half, height, childKind),
            blockOf(supports, column + half, row, width - half, height, childKind),
          ]
        : [
            blockOf(supports, column, row, width, half, childKind),
            blockOf(supports, column, row + half, width, height - half, childKind),
          ];
  const block: Block = { column, row, width, height, children, border: new Int32Array(0) };
  const survivors = new Set<number>();
  for (const child of children) {
    for (const unknown of child.border) {
      const own = inParent(supports, block, unknown);
      if (own >= 0 && survives(supports, block, own)) survivors.add(own);
    }
  }
  if (wraps) for (const strain of supports.strains) survivors.add(strain);
  block.border = Int32Array.from(survivors);
  return block;
}

/** Sets the order of the block's front and, from it, its children's; appends the fronts, children first. */
function order(supports: Supports, block: Block, depth: number, place: Int32Array, fronts: Front[]): number {
  const names = block.children.map(({ border }) => border.map((unknown) => inParent(supports, block, unknown)));
  const eliminated = eliminationOrder(block.border, names, place);
  const padded = (eliminated.length + 3) & ~3;
  eliminated.forEach((unknown, i) => (place[unknown] = i));
  block.border.forEach((unknown, i) => (place[unknown] = padded + i));

  const links = block.children.map((child, c): { link: LeafLink | Omit<FrontLink, 'front'>; child: Block } => {
    const own = names[c]!;
    if (child.shape !== undefined) {
      const inFront = Array.from(own.keys()).filter((i) => own[i]! >= 0).sort((a, b) => place[own[a]!]! - place[own[b]!]!);
      const pairs = Int32Array.from(inFront.flatMap((i) => [i, place[own[i]!]!]));
      return { child, link: { kind: 'leaf', shape: child.shape, column: child.column, row: child.row, pairs } };
    }
    const sorted = own.map((_, i) => i).sort((a, b) => place[own[a]!]! - place[own[b]!]!);
    const map = sorted.map((i) => place[own[i]!]!);
    child.border = sorted.map((i) => child.border[i]!);
    return { child, link: { kind: 'front', map, jumps: jumpsOf(supports, block, child.border, place) } };
  });
  const front = { eliminated: eliminated.length, border: block.border.length, depth };
  for (const unknown of eliminated) place[unknown] = -1;
  for (const unknown of block.border) place[unknown] = -1;

  const children = links.map(({ link, child }) =>
    link.kind === 'leaf' ? link : { ...link, front: order(supports, child, depth + 1, place, fronts) },
  );
  fronts.push({ ...front, children });
  return fronts.length - 1;
}

/** Unknowns of one child alone, then of the other alone, then those shared: so maps are few long runs. */
function eliminationOrder(border: Int32Array, names: readonly Int32Array[], owners: Int32Array): Int32Array {
  const kept = -2;
  for (const unknown of border) owners[unknown] = kept;
  const groups: number[][] = [[], [], []];
  const candidates: number[] = [];
  names.forEach((own, c) => {
    for (const unknown of own) {
      if (unknown < 0 || owners[unknown] === kept) continue;
      if (owners[unknown] === -1) candidates.push(unknown);
      owners[unknown] = owners[unknown] === -1 ? c : 2;
    }
  });
  for (const unknown of candidates.sort((a, b) => a - b)) groups[owners[unknown]!]!.push(unknown);
  for (const unknown of candidates) owners[unknown] = -1;
  for (const unknown of border) owners[unknown] = -1;
  return Int32Array.from(groups.flat());
}

function spans(supports: Supports, edge: number): boolean {
  return supports.periodic && edge === supports.resolution;
}

/** The name that the block gives to a child's unknown: on a seam that it joins, the one at the start. */
function inParent(supports: Supports, block: Block, unknown: number): number {
  const wrapX = spans(supports, block.width);
  const wrapY = spans(supports, block.height);
  if (unknown < 0 || unknown >= supports.nodal || !(wrapX || wrapY)) return unknown;
  const { column, row, component } = supports.placeOf(unknown);
  const n = supports.resolution;
  return supports.unknownAt(wrapX ? column % n : column, wrapY ? row % n : row, component);
}

function jumpsOf(supports: Supports, block: Block, border: Int32Array, place: Int32Array): Jump[] {
  const n = supports.resolution;
  const wrapX = spans(supports, block.width);
  const wrapY = spans(supports, block.height);
  const jumps: Jump[] = [];
  border.forEach((unknown, own) => {
    if (unknown >= supports.nodal) return;
    const { column, row, component } = supports.placeOf(unknown);
    const [e11, e22, g12] = supports.strains;
    const jump = (strain: number | undefined, weight: number): void => {
      ensure(strain !== undefined, 'a seam without macroscopic strains');
      jumps.push({ own, strain: place[strain]!, weight });
    };
    if (wrapX && column === n) jump(component === 0 ? e11 : g12, component === 0 ? n : n / 2);
    if (wrapY && row === n) jump(component === 1 ? e22 : g12, component === 1 ? n : n / 2);
  });
  return jumps;
}

/** Whether the unknown is kept to the end or touches a pixel outside the block. */
function survives(supports: Supports, block: Block, unknown: number): boolean {
  if (unknown >= supports.nodal || supports.isKept(unknown)) return true;
  const { column, row } = supports.placeOf(unknown);
  const n = supports.resolution;
  for (let dy = -1; dy <= 0; dy++) {
    for (let dx = -1; dx <= 0; dx++) {
      let x = column + dx;
      let y = row + dy;
      if (supports.periodic) {
        x = (x + n) % n;
        y = (y + n) % n;
      } else if (x < 0 || y < 0 || x >= n || y >= n) continue;
      if (x < block.column || x >= block.column + block.width || y < block.row || y >= block.row + block.height) return true;
    }
  }
  return false;
}
