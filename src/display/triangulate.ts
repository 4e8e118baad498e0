/*
 * Triangles of a plane body, by earcut (https://github.com/mapbox/earcut: ear clipping by a z-order curve, holes by
 * bridges). Earcut drops a corner once it lies in a line with what is left, so triangles may have a corner of others
 * amid a side. Outlines along pixels have many such corners, and a solid would have gaps there. So each triangle is
 * split at all corners on its sides; they are searched among the points of the grid, in whole numbers.
 */
import earcut from 'earcut';
import { twiceArea, type PlaneBody } from './contours';

export interface Triangulation {
  /** Corners of all outlines, x and y in turn, in halves of a pixel; those of the outer edge first, then hole by hole. */
  readonly corners: readonly number[];
  /** Where each outline begins, counted in corners. */
  readonly starts: readonly number[];
  /** Three corners per triangle, clockwise as seen (y downward); no triangle without area. */
  readonly triangles: readonly number[];
}

/** Each side of an outline is a side of one triangle, each other side of a triangle that of two. */
export function triangulate({ outer, holes }: PlaneBody): Triangulation {
  const starts: number[] = [];
  const corners: number[] = [];
  for (const outline of [outer, ...holes]) {
    starts.push(corners.length / 2);
    for (const coordinate of outline) corners.push(coordinate);
  }
  const coarse = earcut(corners, starts.slice(1));
  const triangles = splitAtCorners(corners, coarse);
  const area = [outer, ...holes].reduce((sum, outline) => sum + twiceArea(outline), 0);
  let covered = 0;
  for (let t = 0; t < triangles.length; t += 3) covered += twiceTriangle(corners, triangles[t]!, triangles[t + 1]!, triangles[t + 2]!);
  // Earcut promises no more than to be right for common shapes.
  if (covered !== area) throw new Error(`triangles cover ${covered} of ${area} quarters of a pixel`);
  return { corners, starts, triangles };
}

function twiceTriangle(corners: readonly number[], a: number, b: number, c: number): number {
  const [x, y] = [corners[2 * a]!, corners[2 * a + 1]!];
  return (corners[2 * b]! - x) * (corners[2 * c + 1]! - y) - (corners[2 * c]! - x) * (corners[2 * b + 1]! - y);
}

function splitAtCorners(corners: readonly number[], coarse: readonly number[]): number[] {
  const stride = corners.reduce((most, coordinate) => Math.max(most, coordinate), 0) + 1;
  const cornerAt = new Map<number, number>();
  for (let i = 0; i < corners.length; i += 2) cornerAt.set(corners[i + 1]! * stride + corners[i]!, i / 2);

  /** A corner between two others, if there is one. */
  const between = (a: number, b: number): number | undefined => {
    const [x, y] = [corners[2 * a]!, corners[2 * a + 1]!];
    const [dx, dy] = [corners[2 * b]! - x, corners[2 * b + 1]! - y];
    const parts = commonDivisor(Math.abs(dx), Math.abs(dy));
    for (let part = 1; part < parts; part++) {
      const found = cornerAt.get((y + (part * dy) / parts) * stride + x + (part * dx) / parts);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const triangles: number[] = [];
  const open: (readonly [number, number, number])[] = [];
  for (let t = 0; t < coarse.length; t += 3) {
    const [a, b, c] = [coarse[t]!, coarse[t + 1]!, coarse[t + 2]!];
    open.push(twiceTriangle(corners, a, b, c) > 0 ? [a, b, c] : [a, c, b]);
    for (let triangle = open.pop(); triangle !== undefined; triangle = open.pop()) {
      const parts = split(triangle, between);
      if (parts === undefined) triangles.push(...triangle);
      else open.push(...parts);
    }
  }
  return triangles;
}

type Triangle = readonly [number, number, number];

/** Both parts of a triangle with a corner amid a side. */
function split([a, b, c]: Triangle, between: (a: number, b: number) => number | undefined): readonly [Triangle, Triangle] | undefined {
  for (const [from, to, opposite] of [[a, b, c], [b, c, a], [c, a, b]] as const) {
    const amid = between(from, to);
    if (amid !== undefined) return [[from, amid, opposite], [amid, to, opposite]];
  }
  return undefined;
}

function commonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
