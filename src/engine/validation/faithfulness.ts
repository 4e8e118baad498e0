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
import { imageControls } from './control-maps';
import { giniIndex, highestTenth, relevanceMass, sharedPositions } from './map-measures';

/** What the finite elements say of the positions of a map, and what a map could show without knowing it; row-major. */
export interface ExactContributions {
  /** Mean contribution of the pixels of each position, to first order. */
  readonly contribution: Float64Array;
  /** Share of white of each position. */
  readonly white: Float64Array;
}

/**
 * The contributions of `edge` × `edge` positions that follow from a sensitivity (one value per pixel of the image; row 0
 * is the top row of both). `sign` is −1 when a small property is explained.
 */
export function exactContributions(edge: number, image: Image2D<'binary'>, sensitivity: Float64Array, sign: 1 | -1): ExactContributions {
  const fraction = volumeFraction(image);
  return {
    contribution: blockMeans(image.width, edge, (p) => sign * sensitivity[p]! * (image.data[p]! - fraction)),
    white: blockMeans(image.width, edge, (p) => image.data[p]!),
  };
}

/** The numbers of `Faithfulness`, in the order in which they are stored. */
export const faithfulnessMeasures = ['correlation', 'partialCorrelation', 'gini', 'relevanceMass', 'sharedTenth'] as const;
export type FaithfulnessMeasure = (typeof faithfulnessMeasures)[number];

/** What is compared with the exact contributions: the map, the same map shifted elsewhere, and the controls of the image. */
export const faithfulnessSubjects = ['map', 'elsewhere', ...imageControls] as const;
export type FaithfulnessSubject = (typeof faithfulnessSubjects)[number];

/** Numbers of one map; NaN where it has no contrast. */
export interface Faithfulness extends Readonly<Record<FaithfulnessMeasure, number>> {
  /** Rank correlation in [−1, 1] between the map and the exact contributions. */
  readonly correlation: number;
  /** The same with the local share of white held fixed. */
  readonly partialCorrelation: number;
  /** Gini index of the map in [0, 1]. */
  readonly gini: number;
  /** Share of the map's relevance in the tenth of the positions that contribute most. */
  readonly relevanceMass: number;
  /** Share of the map's highest tenth of positions that are also among that tenth. */
  readonly sharedTenth: number;
}

/** Compares a map with the exact contributions of its positions. It may be signed: where it is negative it shows no relevance. */
export function faithfulness(map: ArrayLike<number>, { contribution, white }: ExactContributions): Faithfulness {
  const relevance = Float64Array.from(map, (value) => Math.max(0, value));
  const [mapContribution, mapWhite, whiteContribution] = [
    rankCorrelation(relevance, contribution),
    rankCorrelation(relevance, white),
    rankCorrelation(white, contribution),
  ];
  const rest = Math.sqrt((1 - mapWhite ** 2) * (1 - whiteContribution ** 2));
  const hasContrast = relevance.some((value) => value !== relevance[0]);
  const most = highestTenth(contribution);
  return {
    correlation: mapContribution,
    partialCorrelation: rest > 0 ? (mapContribution - mapWhite * whiteContribution) / rest : NaN,
    gini: giniIndex(relevance),
    relevanceMass: hasContrast ? relevanceMass(relevance, most) : NaN,
    // Of the positions without relevance, the least negative ones come first.
    sharedTenth: hasContrast ? sharedPositions(highestTenth(map), most) : NaN,
  };
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
