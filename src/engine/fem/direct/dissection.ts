/*
 * Nested dissection of the pixel grid (George 1973, doi 10.1137/0710032), from the blocks' side: a
 * block is halved until it is a leaf; joining two blocks eliminates the unknowns that touch no pixel
 * outside the joint block and that the boundary conditions do not retain. It depends on the grid and these conditions alone.
 *
 * Periodic cell: nodes keep their unwrapped place (column and row 0 … n) until a block spans the whole
 * cell in a direction. There column n joins column 0: u(n) = u(0) + n ε, a jump by the macroscopic
 * strains, which are unknowns of the fronts from there on. So no load enters the fronts below.
 */
import { ensure } from '#engine/core/bug-error';
import { largestLeaf, leafShape, type LeafShape } from './leaf-table';
import type { BoundaryConditions } from '../element/boundary-conditions';

/** An unknown of a child beyond the periodic boundary: the parent's unknown plus `weight` × strain. */
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
  /** Pairs (index in the leaf's matrix, index in the front), ascending in the latter; conditions are left out. */
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

/** All fronts, children before parents; the root's border is what the boundary conditions retain, in their order. */
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

/** The fronts of a grid with the given conditions. */
export function dissect(conditions: BoundaryConditions): Dissection {
  const { resolution } = conditions;
  const root = blockOf(conditions, 0, 0, resolution, resolution, 'front');
  ensure(root.border.length === conditions.retained.length, 'the root retains other unknowns than the boundary conditions');
  root.border = conditions.retained;
  const fronts: Front[] = [];
  const place = new Int32Array(conditions.unknowns).fill(-1);
  order(conditions, root, 0, place, fronts);
  return { fronts };
}

function blockOf(conditions: BoundaryConditions, column: number, row: number, width: number, height: number, kind: 'front' | 'any'): Block {
  const wraps = spans(conditions, width) || spans(conditions, height);
  if (kind === 'any' && !wraps && width * height <= largestLeaf) {
    const shape = leafShape(width, height, conditions.temperatures);
    const border = new Int32Array(shape.unknowns);
    shape.edge.forEach(([i, j], k) => {
      border[2 * k] = conditions.unknownAt(column + i, row + j, 0);
      border[2 * k + 1] = conditions.unknownAt(column + i, row + j, 1);
    });
    if (conditions.temperatures === 1) border[shape.unknowns - 1] = conditions.temperature;
    return { column, row, width, height, children: [], shape, border };
  }
  const half = Math.max(width, height) >> 1;
  // Only a front can have jumps, so the children of a block that joins a periodic boundary are fronts.
  const childKind = wraps ? 'front' : 'any';
  const children =
    width * height === 1
      ? [blockOf(conditions, column, row, 1, 1, 'any')]
      : width >= height
        ? [
            blockOf(conditions, column, row, half, height, childKind),
            blockOf(conditions, column + half, row, width - half, height, childKind),
          ]
        : [
            blockOf(conditions, column, row, width, half, childKind),
            blockOf(conditions, column, row + half, width, height - half, childKind),
          ];
  const block: Block = { column, row, width, height, children, border: new Int32Array(0) };
  const survivors = new Set<number>();
  for (const child of children) {
    for (const unknown of child.border) {
      const own = inParent(conditions, block, unknown);
      if (own >= 0 && survives(conditions, block, own)) survivors.add(own);
    }
  }
  if (wraps) for (const strain of conditions.strains) survivors.add(strain);
  block.border = Int32Array.from(survivors);
  return block;
}

/** Sets the order of the block's front and, from it, its children's; appends the fronts, children first. */
function order(conditions: BoundaryConditions, block: Block, depth: number, place: Int32Array, fronts: Front[]): number {
  const names = block.children.map(({ border }) => border.map((unknown) => inParent(conditions, block, unknown)));
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
    return { child, link: { kind: 'front', map, jumps: jumpsOf(conditions, block, child.border, place) } };
  });
  const front = { eliminated: eliminated.length, border: block.border.length, depth };
  for (const unknown of eliminated) place[unknown] = -1;
  for (const unknown of block.border) place[unknown] = -1;

  const children = links.map(({ link, child }) =>
    link.kind === 'leaf' ? link : { ...link, front: order(conditions, child, depth + 1, place, fronts) },
  );
  fronts.push({ ...front, children });
  return fronts.length - 1;
}

/** Unknowns of one child alone, then of the other alone, then those shared: so maps are few long runs. */
function eliminationOrder(border: Int32Array, names: readonly Int32Array[], owners: Int32Array): Int32Array {
  const retained = -2;
  for (const unknown of border) owners[unknown] = retained;
  const groups: number[][] = [[], [], []];
  const candidates: number[] = [];
  names.forEach((own, c) => {
    for (const unknown of own) {
      if (unknown < 0 || owners[unknown] === retained) continue;
      if (owners[unknown] === -1) candidates.push(unknown);
      owners[unknown] = owners[unknown] === -1 ? c : 2;
    }
  });
  for (const unknown of candidates.sort((a, b) => a - b)) groups[owners[unknown]!]!.push(unknown);
  for (const unknown of candidates) owners[unknown] = -1;
  for (const unknown of border) owners[unknown] = -1;
  return Int32Array.from(groups.flat());
}

function spans(conditions: BoundaryConditions, edge: number): boolean {
  return conditions.periodic && edge === conditions.resolution;
}

/** The name that the block gives to a child's unknown: on a periodic boundary that it joins, the one at the start. */
function inParent(conditions: BoundaryConditions, block: Block, unknown: number): number {
  const wrapX = spans(conditions, block.width);
  const wrapY = spans(conditions, block.height);
  if (unknown < 0 || unknown >= conditions.nodal || !(wrapX || wrapY)) return unknown;
  const { column, row, component } = conditions.placeOf(unknown);
  const n = conditions.resolution;
  return conditions.unknownAt(wrapX ? column % n : column, wrapY ? row % n : row, component);
}

function jumpsOf(conditions: BoundaryConditions, block: Block, border: Int32Array, place: Int32Array): Jump[] {
  const n = conditions.resolution;
  const wrapX = spans(conditions, block.width);
  const wrapY = spans(conditions, block.height);
  const jumps: Jump[] = [];
  border.forEach((unknown, own) => {
    if (unknown >= conditions.nodal) return;
    const { column, row, component } = conditions.placeOf(unknown);
    const [e11, e22, g12] = conditions.strains;
    const jump = (strain: number | undefined, weight: number): void => {
      ensure(strain !== undefined, 'a periodic boundary without macroscopic strains');
      jumps.push({ own, strain: place[strain]!, weight });
    };
    if (wrapX && column === n) jump(component === 0 ? e11 : g12, component === 0 ? n : n / 2);
    if (wrapY && row === n) jump(component === 1 ? e22 : g12, component === 1 ? n : n / 2);
  });
  return jumps;
}

/** Whether the unknown is retained to the end or touches a pixel outside the block. */
function survives(conditions: BoundaryConditions, block: Block, unknown: number): boolean {
  if (unknown >= conditions.nodal || conditions.isRetained(unknown)) return true;
  const { column, row } = conditions.placeOf(unknown);
  const n = conditions.resolution;
  for (let dy = -1; dy <= 0; dy++) {
    for (let dx = -1; dx <= 0; dx++) {
      let x = column + dx;
      let y = row + dy;
      if (conditions.periodic) {
        x = (x + n) % n;
        y = (y + n) % n;
      } else if (x < 0 || y < 0 || x >= n || y >= n) continue;
      if (x < block.column || x >= block.column + block.width || y < block.row || y >= block.row + block.height) return true;
    }
  }
  return false;
}
