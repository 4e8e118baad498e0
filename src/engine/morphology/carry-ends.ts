/*
 * Continues the ends of a skeleton to the outline (ours). Thinning peels a bar from its ends too, so the
 * skeleton stops up to half the bar's width before them. It is continued here straight on, in the direction
 * of the branch. A round particle leaves a point or a curve too short to have a direction, so an end of a
 * curve that meets no other is carried no farther than half the curve's length.
 */
import { imageOf, wrap, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { neighborColumns, neighborhood, neighborRows, pad, tabulate, whiteCount } from './neighborhood';

/**
 * The skeleton with its ends carried on inside the white phase of `image`, whose skeleton it is. A pixel
 * is added only where it touches the end of the curve and nothing else, so components and holes stay as
 * they are. Ends are carried in raster order, which matters only where two of them meet.
 */
export function carryEnds(skeleton: Image2D<'binary'>, image: Image2D<'binary'>, boundary: Boundary): Image2D<'binary'> {
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

  /** Distance to the nearest black pixel's center, pixels; an open image has black around it. */
  const distanceToBlack = (row: number, column: number): number => {
    let nearest = Infinity;
    const look = (down: number, right: number): void => {
      if (image.data[indexOf(row + down, column + right)] !== 1) nearest = Math.min(nearest, Math.hypot(down, right));
    };
    // Squares around the pixel, each edge without its last corner.
    for (let reach = 1; reach < nearest; reach++) {
      for (let along = -reach; along < reach; along++) {
        look(-reach, along);
        look(along, reach);
        look(reach, -along);
        look(-along, -reach);
      }
    }
    return nearest;
  };

  const carry = (end: Place): void => {
    const halfWidth = distanceToBlack(end.row, end.column);
    const { path, length, meets } = follow(end, whiteDirections);
    const back = path[Math.min(Math.max(3, Math.round(3 * halfWidth)), path.length - 1)]!;
    const span = Math.hypot(end.row - back.row, end.column - back.column);
    const [down, right] = [(end.row - back.row) / span, (end.column - back.column) / span];
    // The outline lies up to a pixel beyond the disc that fits in at the end.
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
      if (padded.data[pixel] === 1 && isEnd[neighborhood(padded.data, pixel, padded.stride)] === 1) carry({ row, column });
    }
  }
  return imageOf('binary', width, height, data);
}

interface Place {
  readonly row: number;
  readonly column: number;
}

interface Branch {
  /** Its pixels from the end inward, unwrapped. */
  readonly path: readonly Place[];
  /** Pixels. */
  readonly length: number;
  /** Whether it stops where it meets others, or at another end. */
  readonly meets: boolean;
}

function follow(end: Place, whiteDirections: (row: number, column: number) => number[]): Branch {
  const path = [end];
  let length = 0;
  let { row, column } = end;
  let onward = whiteDirections(row, column);
  while (onward.length === 1) {
    const step = onward[0]!;
    row += neighborRows[step]!;
    column += neighborColumns[step]!;
    length += step % 2 === 0 ? 1 : Math.SQRT2;
    path.push({ row, column });
    onward = whiteDirections(row, column).filter((direction) => direction !== (step + 4) % 8);
  }
  return { path, length, meets: onward.length > 1 };
}

/** To the eight neighbors, clockwise from north. */
const directions = [0, 1, 2, 3, 4, 5, 6, 7];

const isEnd = tabulate((code) => (whiteCount(code) === 1 ? 1 : 0));
