/*
 * Deletion and insertion curves: whether the regions that a map ranks as relevant matter. Deletion replaces the most
 * relevant regions first; insertion begins with all regions replaced and restores the most relevant first (Samek et al.
 * 2017, doi:10.1109/TNNLS.2016.2599820; Petsiuk et al. 2018, arXiv 1806.07421). Ours: the image is cut into squares, and
 * a replaced square is not blanked but gets another arrangement of the same number of white pixels (`replaceBlocks`). So
 * every image on the way is a microstructure of the same volume fraction, which a virtual test can measure.
 *
 * Insertion is also the deletion of the least relevant regions, read from the other end: the image in which the first
 * quarter is restored is the one in which the last three quarters are replaced.
 *
 * The baseline for chance is the same ranking shifted periodically across the image, or mirrored or turned where images
 * are not periodic: regions of the same sizes and
 * shapes, with as much border between old and new, at positions that the map did not choose.
 */
import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import { blockOf, imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { randomMove } from './random-move';
import { signFlipTest } from './significance-tests';

/** What measures the objective on the perturbed images: the finite elements, or the network that is explained. */
export type PerturbationMeasure = 'finite-elements' | 'network';

/** What replaced squares are filled with: another image's arrangement, or noisy means of the pixels around them. */
export type PerturbationFilling = 'donor' | 'surroundings';

/** The shares of squares that are replaced (or restored) between none and all. */
export const replacedShares: readonly number[] = [0.25, 0.5, 0.75];

/**
 * The squares from the highest score to the lowest, those of equal score in random order. Undefined when all
 * scores are equal, because there is no ranking then.
 */
export function rankingOf(scores: Float64Array, ties: Rng): Int32Array | undefined {
  if (scores.every((score) => score === scores[0])) return undefined;
  const shuffled = ties.shuffle(Int32Array.from(scores, (_, square) => square));
  return shuffled.sort((a, b) => scores[b]! - scores[a]!);
}

/** The ranking at other positions: that of `edge` × `edge` squares, shifted on the torus or, of an image that is not periodic, mirrored or turned (`randomMove`). */
export function movedRanking(ranking: Int32Array, edge: number, rng: Rng, boundary: Boundary): Int32Array {
  ensure(ranking.length === edge * edge, 'a ranking contains all squares');
  return ranking.map(randomMove(edge, rng, boundary));
}

/** The perturbed images: deletion at each of `replacedShares`, then insertion at each. */
export function perturbedImages(image: Image2D<'binary'>, replaced: Image2D<'binary'>, ranking: Int32Array): Image2D<'binary'>[] {
  const { width, height } = image;
  const edge = Math.sqrt(ranking.length);
  const rank = new Int32Array(ranking.length);
  ranking.forEach((square, r) => (rank[square] = r));
  const positions = Float64Array.from(image.data, (_, p) => (rank[blockOf(p, width, edge)]! + 0.5) / ranking.length);
  /** `from` with the first squares of the ranking taken from `to`. */
  const changed = (from: Image2D<'binary'>, to: Image2D<'binary'>, share: number): Image2D<'binary'> =>
    imageOf('binary', width, height, from.data.map((pixel, p) => (positions[p]! < share ? to.data[p]! : pixel)));
  return [...replacedShares.map((share) => changed(image, replaced, share)), ...replacedShares.map((share) => changed(replaced, image, share))];
}

/** The objective's values on the images of `perturbedImages`: deletion at each share, then insertion at each. */
export type PerturbationValues = ArrayLike<number>;

/** The values of one image by one measure. */
export interface PerturbationTrial {
  /** Of the image itself, and of the image with all squares replaced. */
  readonly whole: number;
  readonly replaced: number;
  readonly own: PerturbationValues;
  readonly shifted: readonly PerturbationValues[];
}

/** Mean curves at the shares 0, `replacedShares` and 1, in units of the advantage: 1 for the original images, 0 for fully replaced ones. */
export interface PerturbationCurves {
  readonly deletion: readonly number[];
  readonly insertion: readonly number[];
}

/** How much better than chance a ranking is: areas between curves, in units of the advantage. */
export interface PerturbationGain {
  readonly mean: number;
  /** Standard deviation over images. */
  readonly deviation: number;
  /** Number of images in which the ranking does better than the mean of the shifted rankings. */
  readonly better: number;
  /** Probability of a mean at least as large under chance (`signFlipTest`, one-sided). */
  readonly p: number;
}

export interface PerturbationSummary {
  readonly images: number;
  /** Mean loss of the images, in the objective's direction and unit, when all squares are replaced. */
  readonly advantage: number;
  readonly own: PerturbationCurves;
  readonly shifted: PerturbationCurves;
  /** Deletion: how much more is lost. Insertion: how much more is regained. Both are positive for an informative ranking. */
  readonly deletionGain: PerturbationGain;
  readonly insertionGain: PerturbationGain;
}

/**
 * Summary of the trials. Undefined without a trial, and when fully replaced images are not worse on average: then
 * there is no advantage that a region could carry. `sign` is −1 when small values are better.
 */
export function summarizePerturbation(trials: readonly PerturbationTrial[], sign: 1 | -1): PerturbationSummary | undefined {
  const advantage = meanOf(trials.map(({ whole, replaced }) => sign * (whole - replaced)));
  if (!(advantage > 0)) return undefined;
  const curves = trials.map((trial) => {
    const scaled = (values: PerturbationValues): Curves => {
      const inner = Array.from(values, (value) => (sign * (value - trial.replaced)) / advantage);
      const whole = (sign * (trial.whole - trial.replaced)) / advantage;
      const cut = replacedShares.length;
      return { deletion: [whole, ...inner.slice(0, cut), 0], insertion: [0, ...inner.slice(cut), whole] };
    };
    return { own: scaled(trial.own), shifted: meanCurves(trial.shifted.map(scaled)) };
  });
  const areas = (curve: keyof PerturbationCurves): number[] => curves.map(({ own, shifted }) => areaBelow(own[curve]) - areaBelow(shifted[curve]));
  return {
    images: trials.length,
    advantage,
    own: meanCurves(curves.map(({ own }) => own)),
    shifted: meanCurves(curves.map(({ shifted }) => shifted)),
    deletionGain: gainOf(areas('deletion').map((difference) => -difference)),
    insertionGain: gainOf(areas('insertion')),
  };
}

type Curves = PerturbationCurves;

function meanCurves(curves: readonly Curves[]): Curves {
  const mean = (pick: (curve: Curves) => readonly number[]): number[] => pick(curves[0]!).map((_, k) => meanOf(curves.map((curve) => pick(curve)[k]!)));
  return { deletion: mean(({ deletion }) => deletion), insertion: mean(({ insertion }) => insertion) };
}

/** The area by the trapezoidal rule over the shares from 0 to 1. */
function areaBelow(curve: readonly number[]): number {
  const shares = [0, ...replacedShares, 1];
  return shares.slice(1).reduce((area, share, k) => area + ((share - shares[k]!) * (curve[k]! + curve[k + 1]!)) / 2, 0);
}

function gainOf(differences: readonly number[]): PerturbationGain {
  const mean = meanOf(differences);
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const better = differences.filter((value) => value > 0).length;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, differences.length - 1)), better, p: signFlipTest(differences) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
