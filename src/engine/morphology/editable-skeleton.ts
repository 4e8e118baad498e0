/*
 * A skeleton while its ends are edited: its pixels by row and column, also beyond the edges of a periodic image, lines of
 * pixels that start at an end, and the removal of pixels. No edit changes the components or the holes.
 */
import { imageOf, wrap, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { isSimple, neighborColumns, neighborhood, neighborRows, tabulate, whiteCount } from './neighborhood';

/** Rows and columns of a periodic image continue beyond its edges. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** A vector of length 1. */
export interface Direction {
  readonly down: number;
  readonly right: number;
}

export class EditableSkeleton {
  private readonly width: number;
  private readonly height: number;
  private readonly data: Uint8Array;

  /** `image` is the image whose skeleton it is. */
  constructor(
    skeleton: Image2D<'binary'>,
    private readonly image: Image2D<'binary'>,
    private readonly boundary: Boundary,
  ) {
    this.width = skeleton.width;
    this.height = skeleton.height;
    this.data = Uint8Array.from(skeleton.data);
  }

  toImage(): Image2D<'binary'> {
    return imageOf('binary', this.width, this.height, Uint8Array.from(this.data));
  }

  /** The index of a pixel; -1 outside an open image. */
  indexOf(row: number, column: number): number {
    if (row >= 0 && row < this.height && column >= 0 && column < this.width) return row * this.width + column;
    return this.boundary === 'open' ? -1 : wrap(row, this.height) * this.width + wrap(column, this.width);
  }

  isWhite(row: number, column: number): boolean {
    return this.data[this.indexOf(row, column)] === 1;
  }

  /** Whether the image is white there; an open image is surrounded by black pixels. */
  isWhiteInImage(row: number, column: number): boolean {
    return this.image.data[this.indexOf(row, column)] === 1;
  }

  /** The directions of the white neighbors, clockwise from north. */
  whiteDirections({ row, column }: Position): readonly number[] {
    return directionsOf[this.neighborsOf(row, column)]!;
  }

  /** Whether a pixel has exactly one white neighbor. */
  isEnd({ row, column }: Position): boolean {
    return isEnd[this.neighborsOf(row, column)] === 1;
  }

  /** The white pixels with one white neighbor, in raster order. */
  ends(): Position[] {
    const ends: Position[] = [];
    for (let row = 0, pixel = 0; row < this.height; row++) {
      for (let column = 0; column < this.width; column++, pixel++) {
        if (this.data[pixel] === 1 && isEnd[this.neighborsOf(row, column)] === 1) ends.push({ row, column });
      }
    }
    return ends;
  }

  /**
   * Adds a line of pixels from the end `start` inside the white phase, up to `farthest` pixels ahead of it; returns its
   * pixels without `start`. Each touches the pixel before it and no other white pixel.
   */
  drawLine(start: Position, { down, right }: Direction, farthest: number): Position[] {
    const line: Position[] = [];
    let tip = { ...start, ahead: 0 };
    for (;;) {
      let best: typeof tip | undefined;
      let bestCost = Infinity;
      for (const i of directions) {
        const row = tip.row + neighborRows[i]!;
        const column = tip.column + neighborColumns[i]!;
        const ahead = (row - start.row) * down + (column - start.column) * right;
        const aside = Math.abs((row - start.row) * right - (column - start.column) * down);
        const cost = aside - (ahead - tip.ahead) / 2;
        if (ahead <= tip.ahead || ahead > farthest || aside > 1 || cost >= bestCost) continue;
        if (!this.isWhiteInImage(row, column) || this.isWhite(row, column) || isEnd[this.neighborsOf(row, column)] === 0) continue;
        best = { row, column, ahead };
        bestCost = cost;
      }
      if (best === undefined) return line;
      tip = best;
      line.push(tip);
      this.data[this.indexOf(tip.row, tip.column)] = 1;
    }
  }

  /** Removes pixels one after another as long as they are simple; returns whether all of them are removed. */
  erase(positions: readonly Position[]): boolean {
    let left = positions;
    for (;;) {
      const remaining = left.filter(({ row, column }) => {
        const simple = isSimple[this.neighborsOf(row, column)] === 1;
        if (simple) this.data[this.indexOf(row, column)] = 0;
        return !simple;
      });
      if (remaining.length === 0) return true;
      if (remaining.length === left.length) return false;
      left = remaining;
    }
  }

  /** Undoes edits: the pixels of `drawn` become black, those of `erased` white. */
  restore(erased: readonly Position[], drawn: readonly Position[]): void {
    for (const { row, column } of drawn) this.data[this.indexOf(row, column)] = 0;
    for (const { row, column } of erased) this.data[this.indexOf(row, column)] = 1;
  }

  private neighborsOf(row: number, column: number): number {
    if (row > 0 && row < this.height - 1 && column > 0 && column < this.width - 1) return neighborhood(this.data, row * this.width + column, this.width);
    let code = 0;
    for (const i of directions) if (this.isWhite(row + neighborRows[i]!, column + neighborColumns[i]!)) code |= 1 << i;
    return code;
  }
}

export function directionTo(to: Position, from: Position): Direction {
  const distance = Math.hypot(to.row - from.row, to.column - from.column);
  return { down: (to.row - from.row) / distance, right: (to.column - from.column) / distance };
}

/** How far `to` is ahead of `from` in a direction, pixels. */
export function aheadOf(from: Position, to: Position, { down, right }: Direction): number {
  return (to.row - from.row) * down + (to.column - from.column) * right;
}

/** The directions to the eight neighbors, clockwise from north. */
const directions = [0, 1, 2, 3, 4, 5, 6, 7];

/** The white neighbors of each neighborhood byte. */
const directionsOf = Array.from({ length: 256 }, (_, code) => directions.filter((i) => ((code >> i) & 1) === 1));

const isEnd = tabulate((code) => (whiteCount(code) === 1 ? 1 : 0));
