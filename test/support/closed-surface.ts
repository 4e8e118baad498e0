/** A binary STL file, read strictly, and what must hold of a surface that encloses solids. */
import { expect } from 'vitest';

type Corner = readonly [number, number, number];
export interface StlTriangle {
  readonly normal: Corner;
  readonly corners: readonly [Corner, Corner, Corner];
}

export function readStl(bytes: Uint8Array<ArrayBuffer>): { readonly text: string; readonly triangles: readonly StlTriangle[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(80, true);
  expect(bytes.length).toBe(84 + 50 * count);
  const corner = (at: number): Corner => [view.getFloat32(at, true), view.getFloat32(at + 4, true), view.getFloat32(at + 8, true)];
  const triangles = Array.from({ length: count }, (_, t): StlTriangle => {
    const at = 84 + 50 * t;
    expect(view.getUint16(at + 48, true)).toBe(0);
    return { normal: corner(at), corners: [corner(at + 12), corner(at + 24), corner(at + 36)] };
  });
  return { text: new TextDecoder().decode(bytes.subarray(0, 80)).replace(/\0+$/, ''), triangles };
}

/** Corners with equal coordinates are one, as programs join them. Expects a closed surface; returns its volume and Euler characteristic. */
export function checkClosed(triangles: readonly StlTriangle[]): { readonly volume: number; readonly euler: number } {
  const ways = new Map<string, number>();
  const corners = new Set<string>();
  let volume = 0;
  for (const { normal, corners: [a, b, c] } of triangles) {
    const [u, v] = [b.map((value, i) => value - a[i]!), c.map((value, i) => value - a[i]!)] as [number[], number[]];
    const cross = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
    const twice = Math.hypot(...cross);
    if (twice === 0) expect.fail(`no area: ${a} ${b} ${c}`);
    normal.forEach((value, i) => {
      if (Math.abs(value - cross[i]! / twice) > 1e-3) expect.fail(`normal ${normal} of ${a} ${b} ${c}`);
    });
    volume += (a[0] * cross[0]! + a[1] * cross[1]! + a[2] * cross[2]!) / 6;
    for (const [from, to] of [[a, b], [b, c], [c, a]] as const) {
      corners.add(from.join());
      const way = `${from.join()} ${to.join()}`;
      ways.set(way, (ways.get(way) ?? 0) + 1);
    }
  }
  for (const [way, count] of ways) {
    const back = ways.get(way.split(' ').reverse().join(' '));
    if (count !== 1 || back !== 1) expect.fail(`the edge ${way} is passed ${count} times, and ${back ?? 0} times back`);
  }
  return { volume, euler: corners.size - ways.size / 2 + triangles.length };
}
