/* What there is to say of files with pictures, whatever their format; `name` is the file as the specification writes it, with the number of the picture where it has several. */
import { failure, type Finding, type Result } from '#domain/finding';
import { refusalText } from '#runner/named-paths';

/** The edge of the largest picture, in pixels, and the most pixels that one may have. A header that announces more is refused before anything is decoded. */
export const largestPictureEdge = 65_536;
export const mostPicturePixels = 2 ** 28;

/** The system refused the file: `picture-unreadable`. An error of anything else is thrown again. */
export function pictureRefused(name: string, error: unknown): Result<never> {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return failure('picture-unreadable', `${name} cannot be read: ${refusalText(error)}.`, 'Check the path and its permissions.');
}

/** The file is truncated or contradicts its format; `reason` completes "is damaged: …". */
export function pictureDamaged(name: string, reason: string): Result<never> {
  return failure('picture-damaged', `${name} is damaged: ${reason}.`, 'Save or copy the file again.');
}

/** The file has something that is not read; `remedy` says how to convert it. */
export function pictureUnsupported(name: string, reason: string, remedy: string): Result<never> {
  return failure('picture-unsupported', `${name} is not read: ${reason}.`, remedy);
}

/** The first bytes of the file are not those of any format that is read. */
export function pictureFormatUnknown(name: string): Result<never> {
  return pictureUnsupported(name, 'it does not begin like a PNG, TIFF, PBM, PGM, PPM, JPEG, NPY, NPZ, HDF5 or Parquet file', 'Save pictures as PNG or TIFF, and arrays with numpy.save.');
}

/** The picture has too many pixels. */
export function pictureTooLarge(name: string, width: number, height: number): Result<never> {
  return failure('picture-too-large', `${name} has ${width} × ${height} pixels; the largest edge is ${largestPictureEdge}, and a picture has ${mostPicturePixels} pixels at most.`, 'Cut the picture into smaller files.');
}

/** Another program wrote the file while it was read. */
export function pictureChanged(name: string): Result<never> {
  return failure('picture-changed', `${name} changed while it was read.`, 'Run again when no other program writes the file.');
}

/** Pixels look different with and without transparency; `share` of them, 0 to 1, are not opaque. */
export function pictureTransparent(name: string, share: number): Result<never> {
  return failure('picture-transparent', `Transparency decides how bright the pixels of ${name} are: ${(100 * share).toFixed(2)} % of them are not opaque.`, 'Save the picture without transparency, with opaque colors.');
}

/** The picture was read from a JPEG file. */
export function jpegEdges(name: string): Finding {
  return {
    code: 'jpeg-edges',
    severity: 'warning',
    message: `${name} is a JPEG file, whose compression makes gray values oscillate next to edges, so that pixels near the threshold take the wrong phase.`,
    remedy: 'Use the picture as the microscope or the program saved it first, as PNG or TIFF. A JPEG file saved as PNG keeps its errors.',
  };
}

/** What is ignored does not affect the pixels; `remark` completes "is read, but …". */
export function pictureIrregular(name: string, remark: string): Finding {
  return { code: 'image-irregular', severity: 'warning', message: `${name} is read, but ${remark}.`, remedy: 'Save the image again.' };
}
