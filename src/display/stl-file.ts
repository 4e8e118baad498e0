/*
 * A surface as a binary STL file (3D Systems, StereoLithography Interface Specification, 1988): 80 bytes of text, the
 * number of triangles, and 50 bytes for each: normal and corners as 32-bit floating-point numbers, two bytes of zeros;
 * little-endian. The format has no unit; slicers read millimeters. Equal corners have equal bytes.
 */
import type { Surface } from './solid';

const textBytes = 80;
const headerBytes = textBytes + 4;
const triangleBytes = 50;

/** The text is ASCII; what is beyond 80 characters is left out. It must not begin with `solid`, as the other kind of STL does. */
export function stlFile({ corners, triangles }: Surface, text: string): Uint8Array<ArrayBuffer> {
  const count = triangles.length / 3;
  const bytes = new Uint8Array(headerBytes + count * triangleBytes);
  for (let i = 0; i < Math.min(text.length, textBytes); i++) bytes[i] = text.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  view.setUint32(textBytes, count, true);
  for (let t = 0; t < count; t++) {
    const at = headerBytes + t * triangleBytes;
    normal({ corners, triangles }, t).forEach((value, axis) => view.setFloat32(at + 4 * axis, value, true));
    for (let i = 0; i < 9; i++) view.setFloat32(at + 12 + 4 * i, corners[3 * triangles[3 * t + Math.floor(i / 3)]! + (i % 3)]!, true);
  }
  return bytes;
}

function normal({ corners, triangles }: Surface, t: number): readonly [number, number, number] {
  const [a, b, c] = [3 * triangles[3 * t]!, 3 * triangles[3 * t + 1]!, 3 * triangles[3 * t + 2]!];
  const side = (to: number, axis: number): number => corners[to + axis]! - corners[a + axis]!;
  const x = side(b, 1) * side(c, 2) - side(b, 2) * side(c, 1);
  const y = side(b, 2) * side(c, 0) - side(b, 0) * side(c, 2);
  const z = side(b, 0) * side(c, 1) - side(b, 1) * side(c, 0);
  const length = Math.hypot(x, y, z);
  // No negative zeros.
  return [x / length + 0, y / length + 0, z / length + 0];
}
