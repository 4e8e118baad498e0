/*
 * Extension of the ends of a skeleton to the outline (ours). Thinning also removes pixels from the ends of a bar, so the
 * skeleton stops up to half the bar's width before them. Here it is extended straight in the direction of the branch. A
 * round particle leaves a point or a curve that is too short to have a direction, so the end of a curve that meets no
 * other is extended by at most half the curve's length.
 */
import { imageOf, wrap, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { neighborColumns, neighborhood, neighborRows, pad, tabulate, whiteCount } from './neighborhood';

/**
 * The skeleton with its ends extended inside the white phase of `image`, whose skeleton it is. A pixel is added only
 * where it touches the end of the curve and no other white pixel, so components and holes do not change. Ends are
 * extended in raster order, which matters only where two of them meet.
 */
export function extendEnds(skeleton: Image2D<'binary'>, image: Image2D<'binary'>, boundary: Boundary): Image2D<'binary'> {
  const { width, height } = skeleton;
  const data = Uint8Array.from(skeleton.data);
  /** Index of a pixel, which may lie beyond the edges of a periodic image; -1 outside an open one. */
  const indexOf = (row: number, column: number): number => {
    if (row >= 0 && row < height && column >= 0 && column < width) return row * width + column;
    return boundary === 'open' ? -1 : wrap(row, height) * width + wrap(column, width);
  };
  const isWhite = (row: number, column: number): boolean => data[indexOf(row, column)] === 1;
  const whiteDirections = (row: number, column: number): number[] =>
    directions.filter((i) => isWhite(row + neighborRows[i]!, column + neighborColumns[i]!));

  /** Distance to the nearest black pixel's center, pixels; an open image is surrounded by black pixels. */
  const distanceToBlack = (row: number, column: number): number => {
    let nearest = Infinity;
    const visit = (down: number, right: number): void => {
      if (image.data[indexOf(row + down, column + right)] !== 1) nearest = Math.min(nearest, Math.hypot(down, right));
    };
    // Squares around the pixel, each edge without its last corner.
    for (let ring = 1; ring < nearest; ring++) {
      for (let along = -ring; along < ring; along++) {
        visit(-ring, along);
        visit(along, ring);
        visit(ring, -along);
        visit(-along, -ring);
      }
    }
    return nearest;
  };

  const extend = (end: Position): void => {
    const halfWidth = distanceToBlack(end.row, end.column);
    const { path, length, meets } = follow(end, whiteDirections);
    const back = path[Math.min(Math.max(3, Math.round(3 * halfWidth)), path.length - 1)]!;
    const span = Math.hypot(end.row - back.row, end.column - back.column);
    const [down, right] = [(end.row - back.row) / span, (end.column - back.column) / span];
    // The outline is up to one pixel beyond the disc that fits at the end.
    const farthest = Math.min(halfWidth + 1, meets ? Infinity : length / 2);

    let tip = { ...end, ahead: 0 };
    for (;;) {
      let best: typeof tip | undefined;
      let bestCost = Infinity;
      for (const i of directions) {
        const row = tip.row + neighborRows[i]!;
        const column = tip.column + neighborColumns[i]!;
        const ahead = (row - end.row) * down + (column - end.column) * right;
        const aside = Math.abs((row - end.row) * right - (column - end.column) * down);
        const cost = aside - (ahead - tip.ahead) / 2;
        if (ahead <= tip.ahead || ahead > farthest || aside > 1 || cost >= bestCost) continue;
        const pixel = indexOf(row, column);
        if (image.data[pixel] !== 1 || data[pixel] === 1 || whiteDirections(row, column).length !== 1) continue;
        best = { row, column, ahead };
        bestCost = cost;
      }
      if (best === undefined) return;
      tip = best;
      data[indexOf(tip.row, tip.column)] = 1;
    }
  };

  const padded = pad(skeleton, boundary);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pixel = (row + 1) * padded.stride + column + 1;
      if (padded.data[pixel] === 1 && isEnd[neighborhood(padded.data, pixel, padded.stride)] === 1) extend({ row, column });
    }
  }
  return imageOf('binary', width, height, data);
}

interface Position {
  readonly row: number;
  readonly column: number;
}

interface Branch {
  /** The pixels from the end inward, unwrapped. */
  readonly path: readonly Position[];
  /** Pixels. */
  readonly length: number;
  /** Whether it ends at a junction instead of another end. */
  readonly meets: boolean;
}

function follow(end: Position, whiteDirections: (row: number, column: number) => number[]): Branch {
  const path = [end];
  let length = 0;
  let { row, column } = end;
  let next = whiteDirections(row, column);
  while (next.length === 1) {
    const step = next[0]!;
    row += neighborRows[step]!;
    column += neighborColumns[step]!;
    length += step % 2 === 0 ? 1 : Math.SQRT2;
    path.push({ row, column });
    next = whiteDirections(row, column).filter((direction) => direction !== (step + 4) % 8);
  }
  return { path, length, meets: next.length > 1 };
}

/** The directions to the eight neighbors, clockwise from north. */
const directions = [0, 1, 2, 3, 4, 5, 6, 7];

const isEnd = tabulate((code) => (whiteCount(code) === 1 ? 1 : 0));
