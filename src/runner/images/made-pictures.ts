/*
 * What files gave, for databases of one run that differ in what is done with images after they were made: their range of
 * fractions, their number, their labels. Images take a bit per pixel, so all of them are kept where pictures are not.
 */
import type { FileDatabase } from '#domain/image-files';
import type { Finding } from '#domain/finding';
import type { PictureImages } from '#engine/api';
import type { ListedFile } from './listed-file';

/** A picture that was read without errors. */
export interface MadePicture {
  readonly name: string;
  /** What the table of labels may call it, where it is not the file. */
  readonly part?: string;
  readonly images: PictureImages;
  readonly warnings: readonly Finding[];
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
}

/** The pictures of files that were read whole, by `madeKey`. */
export type MadePictures = Map<string, readonly MadePicture[]>;

/** What the images of a file follow from; `number` is that of its first picture in the database, which fixes the tiles that are drawn. */
export function madeKey({ path, dataset, size, modified }: ListedFile, number: number, { resolution, fit, stride, tiles, seed, white, speckles, periodic }: FileDatabase): string {
  const drawn = fit === 'tile' && tiles !== undefined ? { tiles, seed, number } : {};
  return JSON.stringify({ path, dataset, size, modified, resolution, fit, stride, white, ...drawn, ...(speckles !== undefined && { speckles, periodic }) });
}
