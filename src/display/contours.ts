/*
 * The white phase of an image as plane bodies with closed outlines along the sides of the pixels.
 *
 * Where two white pixels touch only at a corner, the corner is a strut without width: outlines would touch themselves
 * there, and four walls of a solid would share an edge. So the corner becomes a bridge from half a side to half a side,
 * √½ of a pixel wide, which takes an eighth of each black pixel. It joins what the finite elements join, which share
 * the node. No point is in two outlines, and no outline meets itself (docs/decisions/0063).
 */

/** A binary image: 0 black, 1 white, row-major from the top. */
export interface BinaryPixels {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/**
 * The corners of a closed polygon, x and y in turn, in halves of a pixel from the top left, y downward. White is on the
 * right hand of each side. Consecutive sides are never in a line.
 */
export type Outline = readonly number[];

/** A piece of the white phase: its outer edge, clockwise as seen, and the edges of its holes, counterclockwise. */
export interface PlaneBody {
  readonly outer: Outline;
  readonly holes: readonly Outline[];
}

/** Pixels from side to side. */
export const bridgeWidth = Math.SQRT1_2;

/**
 * The bodies, which do not touch, by their topmost rows. The image does not repeat: what meets its border ends there.
 * Their area is that of the white pixels and a quarter of a pixel for each bridge.
 */
export function bodiesOf(image: BinaryPixels): readonly PlaneBody[] {
  const { width, height } = image;
  const wide = width + 1;
  const sides = sidesOf(image);
  const pieces = piecesOf(image);
  const bodies = new Map<number, { outer: Outline; holes: Outline[] }>();
  for (let corner = 0; corner < wide * (height + 1); corner++) {
    for (let begins = sides[corner]! & 15; begins !== 0; begins = sides[corner]! & 15) {
      const direction = Math.log2(begins & -begins);
      const [column, row] = [corner % wide, Math.floor(corner / wide)];
      // The white pixel on the right hand: south-east, south-west, north-west, north-east of the corner.
      const piece = pieces[(row - Number(direction > 1)) * width + column - Number(direction === 1 || direction === 2)]!;
      const outline = follow(sides, wide, corner, direction);
      const body = bodies.get(piece);
      // In raster order, the first side of a piece belongs to its outer edge.
      if (body === undefined) bodies.set(piece, { outer: outline, holes: [] });
      else body.holes.push(outline);
    }
  }
  return [...bodies.values()];
}

/** The number of corners where two white pixels touch only there. */
export function bridgeCount(image: BinaryPixels): number {
  return sidesOf(image).reduce((count, begins) => count + Number((begins & bridge) !== 0), 0);
}

/** Twice the area within, in squares of half a pixel: negative for a hole. */
export function twiceArea(outline: Outline): number {
  let twice = 0;
  for (let i = 0; i < outline.length; i += 2) {
    const next = (i + 2) % outline.length;
    twice += outline[i]! * outline[next + 1]! - outline[next]! * outline[i + 1]!;
  }
  return twice;
}

/** Steps of the four directions: right, down, left, up. */
const steps = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const;

/** Marks a corner where white pixels touch only there; two sides begin in it. */
const bridge = 16;

/** For each corner of a pixel, bit d: a side begins there and goes in direction d; and whether it is a `bridge`. */
function sidesOf({ width, height, data }: BinaryPixels): Uint8Array {
  const white = (row: number, column: number): boolean => row >= 0 && column >= 0 && row < height && column < width && data[row * width + column] === 1;
  const sides = new Uint8Array((width + 1) * (height + 1));
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      const [nw, ne, sw, se] = [white(row - 1, column - 1), white(row - 1, column), white(row, column - 1), white(row, column)];
      const begins = Number(se && !ne) | (Number(sw && !se) << 1) | (Number(nw && !sw) << 2) | (Number(ne && !nw) << 3);
      sides[row * (width + 1) + column] = nw === se && ne === sw && nw !== ne ? begins | bridge : begins;
    }
  }
  return sides;
}

/** Follows one outline from a corner in a direction, and removes its sides. */
function follow(sides: Uint8Array, wide: number, start: number, first: number): Outline {
  const corners: number[] = [];
  const add = (x: number, y: number): void => {
    // Two bridges may begin in the middle of the same side.
    if (corners.at(-2) !== x || corners.at(-1) !== y) corners.push(x, y);
  };
  let at = start;
  let direction = first;
  do {
    sides[at]! &= ~(1 << direction);
    const [dx, dy] = steps[direction]!;
    at += dx + dy * wide;
    const [x, y] = [2 * (at % wide), 2 * Math.floor(at / wide)];
    if ((sides[at]! & bridge) !== 0) {
      // To the left, along the other black pixel's edge.
      direction = (direction + 3) % 4;
      const [ex, ey] = steps[direction]!;
      add(x - dx, y - dy);
      add(x + ex, y + ey);
    } else {
      // Only one side begins here; it is gone where the outline began.
      const next = sides[at] === 0 ? first : Math.log2(sides[at]!);
      if (next !== direction) add(x, y);
      direction = next;
    }
  } while (at !== start || direction !== first);
  if (corners[0] === corners.at(-2) && corners[1] === corners.at(-1)) corners.length -= 2;
  return corners;
}

/** The number of the piece of each white pixel, from 1; pixels that touch at a corner are of one piece. */
function piecesOf({ width, height, data }: BinaryPixels): Int32Array {
  const pieces = new Int32Array(width * height);
  const open: number[] = [];
  let count = 0;
  for (let seed = 0; seed < pieces.length; seed++) {
    if (data[seed] !== 1 || pieces[seed] !== 0) continue;
    pieces[seed] = ++count;
    open.push(seed);
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      const [row, column] = [Math.floor(pixel / width), pixel % width];
      for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
          const neighbor = r * width + c;
          if (data[neighbor] !== 1 || pieces[neighbor] !== 0) continue;
          pieces[neighbor] = count;
          open.push(neighbor);
        }
      }
    }
  }
  return pieces;
}
