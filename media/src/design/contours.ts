/* Edges of the white phase as closed polygons along the pixels' sides. */
import type { Pixels } from '#media/shared/pixels';

/** Corners, x and y in turn, pixels from the top left, y downward. */
export type Polygon = readonly number[];

/** Steps of the four directions: right, down, left, up. */
const steps = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const;

/**
 * Closed polygons with white on their right hand, outside edges clockwise as seen, holes the other way; pixels that
 * touch at a corner alone are apart. The image does not repeat: what meets its border ends there.
 */
export function contours({ width, height, data }: Pixels): Polygon[] {
  const white = (row: number, column: number): boolean => row >= 0 && column >= 0 && row < height && column < width && data[row * width + column] === 1;
  const wide = width + 1;
  // Bit d: an edge that begins in this corner and goes in direction d.
  const edges = new Uint8Array(wide * (height + 1));
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      const [nw, ne, sw, se] = [white(row - 1, column - 1), white(row - 1, column), white(row, column - 1), white(row, column)];
      edges[row * wide + column] = Number(se && !ne) | (Number(sw && !se) << 1) | (Number(nw && !sw) << 2) | (Number(ne && !nw) << 3);
    }
  }
  const polygons: Polygon[] = [];
  for (let start = 0; start < edges.length; start++) while (edges[start] !== 0) polygons.push(follow(edges, wide, start));
  return polygons;
}

/** Takes the edges of one polygon away. */
function follow(edges: Uint8Array, wide: number, start: number): Polygon {
  const corners: number[] = [];
  let at = start;
  let direction = Math.log2(edges[start]! & -edges[start]!);
  const first = direction;
  do {
    edges[at]! &= ~(1 << direction);
    const [dx, dy] = steps[direction]!;
    at += dx + dy * wide;
    // The sharpest turn to the right stays with the same pixel where two touch at a corner.
    const next = [1, 0, 3].map((turn) => (direction + turn) % 4).find((turned) => (edges[at]! & (1 << turned)) !== 0) ?? first;
    if (next !== direction) corners.push(at % wide, Math.floor(at / wide));
    direction = next;
  } while (at !== start || (edges[at]! & (1 << direction)) !== 0);
  return corners;
}
