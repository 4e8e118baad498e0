/*
 * The eight neighbors of a pixel as one byte, bit i for neighbor i clockwise from north:
 *
 *   7 0 1        N = 0, NE = 1, E = 2, SE = 3, S = 4, SW = 5, W = 6, NW = 7
 *   6 · 2        (Zhang and Suen call them P2 … P9.)
 *   5 4 3
 */
import type { Boundary, Image2D } from '#engine/grid/image-2d';

/** Row and column steps to the eight neighbors, clockwise from north. */
export const neighborRows = [-1, -1, 0, 1, 1, 1, 0, -1] as const;
export const neighborColumns = [0, 1, 1, 1, 0, -1, -1, -1] as const;

/** Bits of a neighborhood byte. */
export const N = 1;
export const NE = 2;
export const E = 4;
export const SE = 8;
export const S = 16;
export const SW = 32;
export const W = 64;
export const NW = 128;

/** A table of 256 entries, one per neighborhood byte. */
export function tabulate(entry: (code: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => entry(code));
}

/** Number of white neighbors. */
export function whiteCount(code: number): number {
  let count = 0;
  for (let i = 0; i < 8; i++) count += (code >> i) & 1;
  return count;
}

/**
 * 1 for a simple pixel: its removal changes neither the 8-connected white components nor the 4-connected black ones. Its
 * white neighbors are one 8-connected piece, and one of its four edges is black (Kong & Rosenfeld, Digital topology,
 * CVGIP 48 (1989) 357–393, doi:10.1016/0734-189X(89)90147-3).
 */
export const isSimple = tabulate((code) => (whitePieces(code) === 1 && (code & (N | E | S | W)) !== (N | E | S | W) ? 1 : 0));

/** The number of 8-connected pieces of the white neighbors; two edges at a black corner touch. */
function whitePieces(code: number): number {
  const white = Array.from({ length: 8 }, (_, i) => ((code >> i) & 1) === 1);
  // Bits 0, 2, 4, 6 are the edges. For counting, a corner is filled when both its edges are white.
  const filled = white.map((is, i) => is || (i % 2 === 1 && white[i - 1]! && white[(i + 1) % 8]!));
  let pieces = 0;
  for (let i = 0; i < 8; i++) if (filled[i] && !filled[(i + 7) % 8]) pieces++;
  return pieces;
}

/** A copy of an image with a border of one pixel, so that every pixel has eight neighbors. */
export interface PaddedImage {
  /** Pixels per padded row. */
  readonly stride: number;
  readonly data: Uint8Array;
  /** Updates the border after changes; does nothing for open images, where it is black. */
  refreshBorder(): void;
}

/** Pads a binary image with black when it is open, with the opposite edge when it is periodic. */
export function pad(image: Image2D<'binary'>, boundary: Boundary): PaddedImage {
  const { width, height } = image;
  const stride = width + 2;
  const data = new Uint8Array(stride * (height + 2));
  for (let r = 0; r < height; r++) data.set(image.data.subarray(r * width, (r + 1) * width), (r + 1) * stride + 1);
  const refreshBorder = (): void => {
    if (boundary === 'open') return;
    for (let r = 1; r <= height; r++) {
      data[r * stride] = data[r * stride + width]!;
      data[r * stride + width + 1] = data[r * stride + 1]!;
    }
    data.copyWithin(0, height * stride, (height + 1) * stride);
    data.copyWithin((height + 1) * stride, stride, 2 * stride);
  };
  refreshBorder();
  return { stride, data, refreshBorder };
}

/** Padded indices of the white pixels in raster order, without the border. */
export function whitePixels({ stride, data }: PaddedImage): Int32Array {
  const white = new Int32Array(data.length);
  let count = 0;
  for (let start = stride; start < data.length - stride; start += stride) {
    for (let pixel = start + 1; pixel < start + stride - 1; pixel++) if (data[pixel] !== 0) white[count++] = pixel;
  }
  return white.subarray(0, count);
}

/** The pixels of the padded image without its border. */
export function unpad(padded: PaddedImage, width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height);
  for (let r = 0; r < height; r++) {
    const start = (r + 1) * padded.stride + 1;
    data.set(padded.data.subarray(start, start + width), r * width);
  }
  return data;
}

/** The neighborhood byte of a padded pixel. */
export function neighborhood(data: Uint8Array, pixel: number, stride: number): number {
  const above = pixel - stride;
  const below = pixel + stride;
  return (
    data[above]! |
    (data[above + 1]! << 1) |
    (data[pixel + 1]! << 2) |
    (data[below + 1]! << 3) |
    (data[below]! << 4) |
    (data[below - 1]! << 5) |
    (data[pixel - 1]! << 6) |
    (data[above - 1]! << 7)
  );
}
