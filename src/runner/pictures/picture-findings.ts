/* What there is to say of files with pictures, whatever their format; `name` is the file as the specification writes it, with the number of the picture where it has several. */
import { failure, type Result } from '#domain/finding';

/** The edge of the largest picture, in pixels, and the most pixels that one may have. A header that announces more is refused before anything is decoded. */
export const largestPictureEdge = 65_536;
export const mostPicturePixels = 2 ** 28;

/** The file cannot be opened; `reason` completes "cannot be read: …". */
export function pictureUnreadable(name: string, reason: string): Result<never> {
  return failure('picture-unreadable', `${name} cannot be read: ${reason}.`, 'Check the path and its permissions.');
}

/** The file is truncated or contradicts its format; `reason` completes "is damaged: …". */
export function pictureDamaged(name: string, reason: string): Result<never> {
  return failure('picture-damaged', `${name} is damaged: ${reason}.`, 'Save or copy the file again.');
}

/** The file has something that is not read; `remedy` says how to convert it. */
export function pictureUnsupported(name: string, reason: string, remedy: string): Result<never> {
  return failure('picture-unsupported', `${name} is not read: ${reason}.`, remedy);
}

/** The picture has too many pixels. */
export function pictureTooLarge(name: string, width: number, height: number): Result<never> {
  return failure('picture-too-large', `${name} has ${width} × ${height} pixels; the largest edge is ${largestPictureEdge}, and a picture has ${mostPicturePixels} pixels at most.`, 'Cut the picture into smaller files.');
}
