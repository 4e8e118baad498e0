/* What is wrong with a raster file, thrown where it is found and returned as a finding by `withFindings`. */
import { success, type Result } from '#domain/finding';
import { DamagedFile } from '#runner/png/byte-source';
import { largestPictureEdge, mostPicturePixels, pictureChanged, pictureDamaged, pictureRefused, pictureTooLarge, pictureUnsupported } from '../picture-findings';

/** The file has something that is not read. The message completes "is not read:"; the remedy says how to convert it. */
export class UnsupportedRaster extends Error {
  override readonly name = 'UnsupportedRaster';

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Another program wrote the file between two readings. */
export class ChangedFile extends Error {
  override readonly name = 'ChangedFile';
}

/** What `read` gives; what it throws as one of these errors, or as an error of the system, is a finding about `name`. */
export async function withFindings<T>(name: string, read: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DamagedFile) return pictureDamaged(name, error.message);
    if (error instanceof UnsupportedRaster) return pictureUnsupported(name, error.message, error.remedy);
    if (error instanceof ChangedFile) return pictureChanged(name);
    return pictureRefused(name, error);
  }
}

/** Pixels of a picture, as its header announces them. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** A size that is not too large, or the finding that it is. Throws `DamagedFile` for a picture without pixels. */
export function acceptSize<Size extends PixelSize>(size: Size, name: string): Result<Size> {
  const { width, height } = size;
  if (width < 1 || height < 1) throw new DamagedFile(`its header announces ${width} × ${height} pixels`);
  return Math.max(width, height) > largestPictureEdge || width * height > mostPicturePixels ? pictureTooLarge(name, width, height) : success(size);
}
