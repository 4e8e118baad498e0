/*
 * The white phase as a body for printing: pixels extruded to boxes, without the walls between neighbors. Binary
 * STL (3D Systems 1988): 80 bytes of text, the number of triangles, 50 bytes a triangle, little-endian. STL has no
 * unit; slicers read millimeters.
 */
import type { Pixels } from '#media/shared/pixels';

export interface StlSettings {
  /** Edge of the whole picture along x. */
  readonly width: number;
  readonly thickness: number;
}

type Corner = readonly [number, number, number];

const headerBytes = 84;
const triangleBytes = 50;

/** The surface is closed, its normals point outward; x to the right, y up, z out of the picture. */
export function stlOf({ width, height, data }: Pixels, { width: edge, thickness }: StlSettings): Uint8Array<ArrayBuffer> {
  const pixel = edge / width;
  const white = (row: number, column: number): boolean => row >= 0 && column >= 0 && row < height && column < width && data[row * width + column] === 1;
  const triangles: Corner[] = [];
  const quad = (a: Corner, b: Corner, c: Corner, d: Corner): void => void triangles.push(a, b, c, a, c, d);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!white(row, column)) continue;
      const [left, right] = [column * pixel, (column + 1) * pixel];
      const [bottom, top] = [(height - row - 1) * pixel, (height - row) * pixel];
      const at = (x: number, y: number, z: number): Corner => [x, y, z];
      const wall = (x0: number, y0: number, x1: number, y1: number): void => quad(at(x0, y0, 0), at(x1, y1, 0), at(x1, y1, thickness), at(x0, y0, thickness));
      quad(at(left, bottom, thickness), at(right, bottom, thickness), at(right, top, thickness), at(left, top, thickness));
      quad(at(left, bottom, 0), at(left, top, 0), at(right, top, 0), at(right, bottom, 0));
      if (!white(row + 1, column)) wall(left, bottom, right, bottom);
      if (!white(row, column + 1)) wall(right, bottom, right, top);
      if (!white(row - 1, column)) wall(right, top, left, top);
      if (!white(row, column - 1)) wall(left, top, left, bottom);
    }
  }
  return encode(triangles);
}

function encode(corners: readonly Corner[]): Uint8Array<ArrayBuffer> {
  const count = corners.length / 3;
  const bytes = new Uint8Array(headerBytes + count * triangleBytes);
  bytes.set(new TextEncoder().encode('XDesign, white phase extruded'));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, count, true);
  for (let t = 0; t < count; t++) {
    const triangle = corners.slice(3 * t, 3 * t + 3) as [Corner, Corner, Corner];
    [normal(...triangle), ...triangle].flat().forEach((value, i) => view.setFloat32(headerBytes + t * triangleBytes + 4 * i, value, true));
  }
  return bytes;
}

function normal(a: Corner, b: Corner, c: Corner): Corner {
  const [u, v] = [b, c].map((each) => each.map((value, i) => value - a[i]!)) as [number[], number[]];
  const cross: Corner = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
  const length = Math.hypot(...cross);
  return cross.map((value) => value / length) as unknown as Corner;
}
