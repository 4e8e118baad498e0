/*
 * The eight symmetries of the square, as maps from the pixels of the transformed image to those of the original. The
 * anti-transpose (reflection in the line y = x, with y up and row 0 at the top) swaps the directions x and y exactly in
 * every virtual test. Which flips leave a property unchanged depends on the test.
 */
import type { Direction } from '#domain/objective';
import type { MirrorInvariance } from '#engine/grid/image-2d';

/** The flips are applied first, then the anti-transpose. */
export interface Symmetry {
  readonly flipColumns: boolean;
  readonly flipRows: boolean;
  readonly antiTranspose: boolean;
}

export const identity: Symmetry = { flipColumns: false, flipRows: false, antiTranspose: false };
export const antiTranspose: Symmetry = { ...identity, antiTranspose: true };

/** The four flips: none, left–right, top–bottom, both. */
export const flips: readonly Symmetry[] = [
  identity,
  { ...identity, flipColumns: true },
  { ...identity, flipRows: true },
  { ...identity, flipColumns: true, flipRows: true },
];

/** The flips under which a property in a direction is invariant, the identity first. */
export function invariantFlips({ along, across }: MirrorInvariance, direction: Direction): readonly Symmetry[] {
  const [columns, rows] = direction === 'x' ? [along, across] : [across, along];
  return flips.filter(({ flipColumns, flipRows }) => (columns || !flipColumns) && (rows || !flipRows));
}

/** For each pixel of the transformed n × n image, the pixel of the original that it comes from. */
export function sourcePixels(symmetry: Symmetry, n: number): Int32Array {
  const pixels = new Int32Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      let r = symmetry.antiTranspose ? n - 1 - column : row;
      let c = symmetry.antiTranspose ? n - 1 - row : column;
      if (symmetry.flipRows) r = n - 1 - r;
      if (symmetry.flipColumns) c = n - 1 - c;
      pixels[row * n + column] = r * n + c;
    }
  }
  return pixels;
}

/** The transformed raster of n × n numbers. */
export function transformRaster(data: Float32Array, n: number, symmetry: Symmetry): Float32Array {
  return Float32Array.from(sourcePixels(symmetry, n), (pixel) => data[pixel]!);
}
