/* The source of a file with one picture. */
import type { Result } from '#domain/finding';
import type { PictureSource, ReadPicture } from '../picture-source';
import { type PixelSize, withFindings } from './raster-issues';

export function singlePicture(name: string, { width, height }: PixelSize, read: () => Promise<Result<ReadPicture>>): PictureSource {
  return {
    count: 1,
    sizeOf: () => Promise.resolve({ width, height }),
    nameOf: () => name,
    read: () => withFindings(name, read),
    close: () => Promise.resolve(),
  };
}
