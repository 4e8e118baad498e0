/*
 * Comparison of a map with the exact contributions of the pixels. The finite elements give the exact derivative s of
 * the property with respect to each pixel's white share. To first order the property differs by s (ρ − f) between the
 * pixel as it is (ρ is 0 or 1) and a gray pixel of the image's volume fraction f. These contributions are averaged over
 * each pixel of the coarser map and compared with the map by rank, because a map states an order, not a scale.
 *
 * Regions with much white contribute much, so a map that showed nothing but the local share of white would correlate
 * well. The partial rank correlation with that share held fixed measures the information beyond it (Kendall 1942,
 * doi:10.1093/biomet/32.3-4.277).
 */
import { blockMeans, blockOf, volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { rankCorrelation } from '#engine/numerics/statistics';

/** Rank correlations in [−1, 1]; NaN for a map without contrast. */
export interface Faithfulness {
  /** Between the map and the exact contributions. */
  readonly correlation: number;
  /** The same with the local share of white held fixed. */
  readonly partialCorrelation: number;
}

/**
 * Compares a native map (`edge` × `edge`) with the contributions that follow from a sensitivity (one value per
 * pixel of the image; row 0 is the top row of both). `sign` is −1 when a small property is explained.
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
 * The contribution of the arrangement inside each of `edge` × `edge` squares, to first order, relative to a gray
 * square of the same white share: the sum over its pixels of s (ρ − f of the square). Row-major.
 */
export function arrangementScores(image: Image2D<'binary'>, edge: number, sensitivity: Float64Array, sign: 1 | -1): Float64Array {
  const white = blockMeans(image.width, edge, (p) => image.data[p]!);
  const pixels = (image.width / edge) ** 2;
  return blockMeans(image.width, edge, (p) => pixels * sign * sensitivity[p]! * (image.data[p]! - white[blockOf(p, image.width, edge)]!));
}
