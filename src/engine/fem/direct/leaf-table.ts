/*
 * Leaves of the dissection are blocks of at most eight pixels. A block of a given shape has at most
 * 256 patterns, so all their stiffness matrices, condensed to the block's edge, are made beforehand
 * (static condensation, Guyan 1965); an image only looks them up.
 */
import type { PlaneElement } from '../element/plane-element';

/** Largest number of pixels in a leaf. */
export const largestLeaf = 8;

/** Unknowns of a block of width × height pixels, in the order of its table. */
export interface LeafShape {
  readonly width: number;
  readonly height: number;
  /** Nodes (column, row) on the edge: two unknowns each, x before y. */
  readonly edge: readonly (readonly [number, number])[];
  /** Nodes inside. */
  readonly inside: readonly (readonly [number, number])[];
  /** Unknowns of the matrix: those of the edge, then the temperature if the test has one. */
  readonly unknowns: number;
  /** Numbers of one entry: `unknowns`² of the matrix, then `unknowns` for each unknown inside. */
  readonly entryLength: number;
}

/** The shape of a block; `temperatures` is 1 when the temperature is an unknown of every leaf, else 0. */
export function leafShape(width: number, height: number, temperatures: 0 | 1): LeafShape {
  const edge: [number, number][] = [];
  const inside: [number, number][] = [];
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      const onEdge = row === 0 || row === height || column === 0 || column === width;
      (onEdge ? edge : inside).push([column, row]);
    }
  }
  const unknowns = 2 * edge.length + temperatures;
  return { width, height, edge, inside, unknowns, entryLength: unknowns * (unknowns + 2 * inside.length) };
}

/**
 * The entries of all patterns of the shape, one after another. Pixel (column, row), row 0 at the
 * bottom, is bit `row * width + column` of the pattern's number; a set bit is white. An entry holds
 * the condensed matrix, then the rows that give the unknowns inside from those of the matrix.
 */
export function leafTable(shape: LeafShape, white: PlaneElement, black: PlaneElement): Float64Array {
  const patterns = 1 << (shape.width * shape.height);
  const table = new Float64Array(patterns * shape.entryLength);
  for (let pattern = 0; pattern < patterns; pattern++) {
    table.set(entry(shape, pattern, white, black), pattern * shape.entryLength);
  }
  return table;
}

function entry(shape: LeafShape, pattern: number, white: PlaneElement, black: PlaneElement): Float64Array {
  const { width, height, edge, inside, unknowns } = shape;
  const size = unknowns + 2 * inside.length;
  const position = new Map<number, number>();
  const key = (column: number, row: number): number => row * (width + 1) + column;
  edge.forEach(([column, row], k) => position.set(key(column, row), 2 * k));
  inside.forEach(([column, row], k) => position.set(key(column, row), unknowns + 2 * k));
  const temperature = unknowns > 2 * edge.length ? unknowns - 1 : undefined;

  const matrix = new Float64Array(size * size);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const element = (pattern >> (row * width + column)) & 1 ? white : black;
      const nodes = [key(column, row), key(column + 1, row), key(column + 1, row + 1), key(column, row + 1)];
      const own = nodes.flatMap((node) => [position.get(node)!, position.get(node)! + 1]);
      if (temperature !== undefined) own.push(temperature);
      own.forEach((r, a) => own.forEach((c, b) => (matrix[r * size + c]! += element[9 * a + b]!)));
    }
  }
  for (let pivot = unknowns; pivot < size; pivot++) sweep(matrix, size, pivot);

  const result = new Float64Array(shape.entryLength);
  for (let r = 0; r < size; r++) {
    const sign = r < unknowns ? 1 : -1;
    for (let c = 0; c < unknowns; c++) result[r * unknowns + c] = sign * matrix[r * size + c]!;
  }
  return result;
}

/** One step of Gauss–Jordan elimination. */
function sweep(matrix: Float64Array, size: number, pivot: number): void {
  const scale = 1 / matrix[pivot * size + pivot]!;
  for (let c = 0; c < size; c++) matrix[pivot * size + c]! *= scale;
  for (let r = 0; r < size; r++) {
    const factor = matrix[r * size + pivot]!;
    if (r === pivot || factor === 0) continue;
    for (let c = 0; c < size; c++) matrix[r * size + c]! -= factor * matrix[pivot * size + c]!;
  }
}
