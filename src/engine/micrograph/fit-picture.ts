/* Which squares of a picture become images: all of it, its middle, tiles, or its middle at another resolution. */
import { failure, success, type Result } from '#domain/finding';
import type { Fit } from '#domain/image-files';
import type { Rng } from '#engine/core/rng';
import { formatCount } from '#units/format-quantity';
import type { Picture } from './picture';

/** How pictures become images of `resolution` pixels along an edge. */
export interface FitSettings {
  readonly resolution: number;
  /**
   * `crop`: the middle is cut out. `tile`: all tiles are, from the upper left corner on, `stride` pixels apart. `resample`:
   * the largest square in the middle gets the resolution. Absent: pictures of another size are refused.
   */
  readonly fit?: Fit;
  /** Pixels from tile to tile, ≥ 1; tiles overlap where it is less than the resolution. */
  readonly stride: number;
  /** At most so many tiles of a picture, drawn at random; absent where all are taken. */
  readonly tiles?: number;
}

/** A square of a picture, pixels: its first column and row, and its edge. */
export interface PictureSquare {
  readonly x: number;
  readonly y: number;
  readonly edge: number;
}

/** The most tiles of one picture. */
export const mostTiles = 100_000;

/**
 * The squares of the picture `name` that become images, row by row. `rng` draws tiles.
 * Findings: `image-wrong-resolution`, `picture-too-small`, `too-many-tiles`.
 */
export function fitPicture({ width, height }: Pick<Picture, 'width' | 'height'>, settings: FitSettings, name: string, rng: Rng): Result<readonly PictureSquare[]> {
  const { resolution, fit } = settings;
  const shortEdge = Math.min(width, height);
  if (fit === undefined) {
    return width === resolution && height === resolution
      ? success([{ x: 0, y: 0, edge: resolution }])
      : failure(
          'image-wrong-resolution',
          `${name} has ${width} × ${height} pixels, and the images of the database have ${resolution} × ${resolution}.`,
          'Add `fit crop`, `fit tile` or `fit resample` to the database, or change its resolution.',
        );
  }
  if (fit !== 'resample' && shortEdge < resolution) {
    return failure(
      'picture-too-small',
      `${name} has ${width} × ${height} pixels, so no image of ${resolution} × ${resolution} can be cut out of it.`,
      'Set a lower resolution, or use `fit resample`.',
    );
  }
  const edge = fit === 'resample' ? shortEdge : resolution;
  if (fit === 'tile') return tilesOf(width, height, settings, name, rng);
  return success([{ x: Math.floor((width - edge) / 2), y: Math.floor((height - edge) / 2), edge }]);
}

function tilesOf(width: number, height: number, { resolution, stride, tiles }: FitSettings, name: string, rng: Rng): Result<readonly PictureSquare[]> {
  const columns = Math.floor((width - resolution) / stride) + 1;
  const count = columns * (Math.floor((height - resolution) / stride) + 1);
  const taken = Math.min(count, tiles ?? count);
  if (taken > mostTiles) {
    return failure(
      'too-many-tiles',
      `${name} gives ${formatCount(taken, 'tile')}, and the most are ${mostTiles} per picture.`,
      'Set a longer `stride`, or `tiles 1000`.',
    );
  }
  const numbers = taken < count ? drawNumbers(count, taken, rng) : Array.from({ length: count }, (_, tile) => tile);
  return success(numbers.map((tile) => ({ x: (tile % columns) * stride, y: Math.floor(tile / columns) * stride, edge: resolution })));
}

/** Draws `taken` different numbers from 0 … count − 1, increasing (Floyd's algorithm: Bentley & Floyd 1987, doi:10.1145/30401.315746). */
function drawNumbers(count: number, taken: number, rng: Rng): readonly number[] {
  const drawn = new Set<number>();
  for (let last = count - taken; last < count; last++) {
    const number = rng.integer(last + 1);
    drawn.add(drawn.has(number) ? last : number);
  }
  return [...drawn].toSorted((a, b) => a - b);
}
