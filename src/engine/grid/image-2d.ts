/* Images as row-major rasters: pixel kinds, edges, squares and blocks of an image, mirrored cells. */
import { ensure } from '#engine/core/bug-error';

/** The meanings of a pixel. Each kind fixes the storage type and the range of values. */
export interface PixelKinds {
  /** Phase: 1 = white, 0 = black. */
  binary: Uint8Array;
  /** Component label: 0 = background, 1 … n = component. */
  label: Int32Array;
  /** The white share of a pixel, in [0, 1]. */
  density: Float64Array;
  /** Any finite real, e.g. a signed distance in pixels. */
  field: Float64Array;
  /** The relevance of an activation map, ≥ 0. */
  heat: Float32Array;
}
export type PixelKind = keyof PixelKinds;

/** Row-major raster: pixel (row, column) is at `row * width + column`; row 0 is the top edge. */
export interface Image2D<K extends PixelKind> {
  readonly kind: K;
  readonly width: number;
  readonly height: number;
  readonly data: PixelKinds[K];
}

/** Wraps data as an image without a copy; the length must be `width * height`. */
export function imageOf<K extends PixelKind>(kind: K, width: number, height: number, data: PixelKinds[K]): Image2D<K> {
  ensure(data.length === width * height, `image of ${width} × ${height} has ${data.length} pixels`);
  return { kind, width, height, data };
}

/** The share of white pixels, in [0, 1]. */
export function volumeFraction(image: Image2D<'binary'>): number {
  let white = 0;
  for (let p = 0; p < image.data.length; p++) white += image.data[p]!;
  return white / image.data.length;
}

/** The pixels beyond an image's edge: those of the opposite edge (generated microstructures are periodic), or black ones, or none at all. */
export type Boundary = 'periodic' | 'open';

/** `value` modulo the period, in 0 … period − 1. */
export function wrap(value: number, period: number): number {
  const remainder = value % period;
  return remainder < 0 ? remainder + period : remainder;
}

/** A square of an image in pixels; it may wrap around the image's edges. */
export interface Square {
  readonly row: number;
  readonly column: number;
  readonly edge: number;
}

/** The pixels of a square of a periodic image. */
export function crop(image: Image2D<'binary'>, { row, column, edge }: Square): Image2D<'binary'> {
  const data = new Uint8Array(edge * edge);
  for (let r = 0; r < edge; r++) {
    const source = wrap(row + r, image.height) * image.width;
    for (let c = 0; c < edge; c++) data[r * edge + c] = image.data[source + wrap(column + c, image.width)]!;
  }
  return imageOf('binary', edge, edge, data);
}

/** The image at a resolution that is higher by a whole factor: each pixel becomes `factor` × `factor` of them. */
export function enlarge(image: Image2D<'binary'>, factor: number): Image2D<'binary'> {
  ensure(Number.isInteger(factor) && factor > 0, `an image is not enlarged ${factor} times`);
  const [width, height] = [factor * image.width, factor * image.height];
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const source = Math.floor(row / factor) * image.width;
    for (let column = 0; column < width; column++) data[row * width + column] = image.data[source + Math.floor(column / factor)]!;
  }
  return imageOf('binary', width, height, data);
}

/**
 * The cell with the given upper left quarter, mirrored about both mid-lines, so it is twice as wide and high.
 * The mirror lines run between pixels. Opposite edges of the cell are equal.
 */
export function mirrorQuarter(quarter: Image2D<'binary'>): Image2D<'binary'> {
  const width = 2 * quarter.width;
  const height = 2 * quarter.height;
  const data = new Uint8Array(width * height);
  for (let r = 0; r < quarter.height; r++) {
    for (let c = 0; c < quarter.width; c++) {
      const value = quarter.data[r * quarter.width + c]!;
      data[r * width + c] = value;
      data[r * width + width - 1 - c] = value;
      data[(height - 1 - r) * width + c] = value;
      data[(height - 1 - r) * width + width - 1 - c] = value;
    }
  }
  return imageOf('binary', width, height, data);
}

/**
 * The mirror images that have the same value in a direction as the image itself: those with that direction
 * reversed (left and right swapped, for x), those with the other direction reversed, and with both also the image
 * rotated by 180°.
 */
export interface MirrorInvariance {
  readonly along: boolean;
  readonly across: boolean;
}

/** The means of a quantity over `edge` × `edge` equal squares of an image of `width` × `width` pixels, row-major. */
export function blockMeans(width: number, edge: number, valueAt: (pixel: number) => number): Float64Array {
  ensure(width % edge === 0, `${edge} × ${edge} squares do not divide an image of ${width} pixels`);
  const block = width / edge;
  const means = new Float64Array(edge * edge);
  for (let p = 0; p < width * width; p++) means[blockOf(p, width, edge)]! += valueAt(p) / (block * block);
  return means;
}

/** The row-major index of the square that contains a pixel. */
export function blockOf(pixel: number, width: number, edge: number): number {
  const block = width / edge;
  return Math.floor(pixel / width / block) * edge + Math.floor((pixel % width) / block);
}
