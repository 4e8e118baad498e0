/*
 * Plane bodies extruded to solids, as a closed surface of triangles: each edge is shared by exactly two triangles, which
 * pass it in opposite directions, and normals point outward.
 */
import { bodiesOf, type BinaryPixels } from './contours';
import { triangulate } from './triangulate';

/** Lengths in the unit that the surface should have. */
export interface SolidSize {
  /** Edge of a pixel. */
  readonly pixel: number;
  readonly height: number;
}

export interface Surface {
  /** x, y and z in turn: x to the right, y up, z toward the viewer; the image's lower left corner is the origin. */
  readonly corners: Float64Array;
  /** Three corners per triangle, counterclockwise as seen from outside. */
  readonly triangles: Uint32Array;
}

/** The white phase as solids between z = 0 and z = height; no two of them touch. */
export function solidOf(image: BinaryPixels, { pixel, height }: SolidSize): Surface {
  const corners: number[] = [];
  const triangles: number[] = [];
  for (const body of bodiesOf(image)) {
    const plane = triangulate(body);
    const count = plane.corners.length / 2;
    const bottom = corners.length / 3;
    const top = bottom + count;
    for (const z of [0, height]) {
      for (let i = 0; i < count; i++) corners.push((plane.corners[2 * i]! * pixel) / 2, (image.height - plane.corners[2 * i + 1]! / 2) * pixel, z);
    }
    for (let t = 0; t < plane.triangles.length; t += 3) {
      const [a, b, c] = [plane.triangles[t]!, plane.triangles[t + 1]!, plane.triangles[t + 2]!];
      triangles.push(bottom + a, bottom + b, bottom + c, top + a, top + c, top + b);
    }
    plane.starts.forEach((start, outline) => {
      const end = plane.starts[outline + 1] ?? count;
      for (let i = start; i < end; i++) {
        const next = i + 1 < end ? i + 1 : start;
        triangles.push(bottom + next, bottom + i, top + i, bottom + next, top + i, top + next);
      }
    });
  }
  return { corners: Float64Array.from(corners), triangles: Uint32Array.from(triangles) };
}
