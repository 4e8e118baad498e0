/*
 * Does a map show what really matters? The finite elements know: the exact derivative s of the property
 * with respect to each pixel's white share gives, to first order, how much more the property is with the
 * pixel as it is (ρ, 0 or 1) than with a gray of the image's volume fraction f there: s (ρ − f). These
 * contributions, averaged over each pixel of the coarser map, are compared with the map by rank: a map
 * claims an order, no scale.
 *
 * Where there is much white there is much contribution, so a map that saw nothing but the local share of
 * white would do well. The partial rank correlation, with that share held fixed, is what the map knows
 * beyond it (Kendall 1942, doi:10.1093/biomet/32.3-4.277).
 */
import { blockMeans, blockOf, volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { rankCorrelation } from '#engine/numerics/statistics';

/** Rank correlations in [−1, 1]; NaN for a map without contrast. */
export interface Faithfulness {
  /** Of the map with the exact contributions. */
  readonly correlation: number;
  /** The same with the local share of white held fixed. */
  readonly partialCorrelation: number;
}

/**
 * Compares a native map (`edge` × `edge`) with the contributions that follow from a sensitivity (one value
 * a pixel of the image, row 0 at the top in all); `sign` −1 when a small property is explained.
 */
export function faithfulness(map: Float32Array, edge: number, image: Image2D<'binary'>, sensitivity: Float64Array, sign: 1 | -1): Faithfulness {
  const fraction = volumeFraction(image);
  const contribution = blockMeans(image.width, edge, (p) => sign * sensitivity[p]! * (image.data[p]! - fraction));
  const white = blockMeans(image.width, edge, (p) => image.data[p]!);
  const [mapContribution, mapWhite, whiteContribution] = [
    rankCorrelation(map, contribution),
    rankCorrelation(map, white),
    rankCorrelation(white, contribution),
  ];
  const rest = Math.sqrt((1 - mapWhite ** 2) * (1 - whiteContribution ** 2));
  return { correlation: mapContribution, partialCorrelation: rest > 0 ? (mapContribution - mapWhite * whiteContribution) / rest : NaN };
}

/**
 * What the arrangement inside each of `edge` × `edge` squares contributes, to first order, beside a gray of
 * the square's own white share: the sum over its pixels of s (ρ − f of the square). Row-major.
 */
export function arrangementScores(image: Image2D<'binary'>, edge: number, sensitivity: Float64Array, sign: 1 | -1): Float64Array {
  const white = blockMeans(image.width, edge, (p) => image.data[p]!);
  const pixels = (image.width / edge) ** 2;
  return blockMeans(image.width, edge, (p) => pixels * sign * sensitivity[p]! * (image.data[p]! - white[blockOf(p, image.width, edge)]!));
}
