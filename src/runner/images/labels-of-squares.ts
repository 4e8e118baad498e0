/* Labels of pictures whose images show less than they do. */
import type { PlacedFinding } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';
import { formatCount, formatNumber } from '#units/format-quantity';
import type { PictureSize } from './picture-size';

/**
 * The warning `labels-of-squares`, at the table: `fit resample` makes an image of the largest square in the middle of a picture, and a
 * table has properties of whole pictures. A warning, as nothing but its author knows what was measured. Entry i of the
 * arrays belongs to picture i.
 */
export function labelsOfSquares({ labels, fit }: FileDatabase<FilePath>, pictures: readonly { readonly name: string }[], sizes: readonly PictureSize[]): readonly PlacedFinding[] {
  if (labels === undefined || fit !== 'resample') return [];
  const shares = sizes.map(({ width, height }) => Math.min(width, height) / Math.max(width, height));
  const count = shares.filter((share) => share < 1).length;
  if (count === 0) return [];
  const least = shares.reduce((best, share, i) => (share < shares[best]! ? i : best), 0);
  return [{
    code: 'labels-of-squares',
    severity: 'warning',
    message: `${count} of ${formatCount(sizes.length, 'picture')} ${count === 1 ? 'is' : 'are'} not square, so \`fit resample\` makes images of the squares in their middle, and \`labels\` must be those of the squares; the square has the least of ${pictures[least]!.name}, ${formatNumber(100 * shares[least]!, 2)} %.`,
    remedy: 'Cut the pictures to the squares whose properties the table has, or delete `labels`, so that everything is computed.',
    place: labels.table.place,
  }];
}
