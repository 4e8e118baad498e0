/*
 * Does what a map calls relevant matter? Deletion removes the most relevant regions first, insertion
 * begins with all of them removed and brings the most relevant back first (Samek et al. 2017,
 * doi:10.1109/TNNLS.2016.2599820; Petsiuk et al. 2018, arXiv 1806.07421). Ours: an image is cut into
 * squares, and a removed square is not blanked but gets another arrangement of the same white pixels
 * (`replaceBlocks`), so every picture on the way is a microstructure of the same volume fraction, which
 * a virtual test can measure.
 *
 * Chance is the same ranking moved across the image, periodically: regions of the same sizes and shapes,
 * with as much border between old and new, at places that the map did not choose.
 */
import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { blockOf } from './block-means';

/** Who measures the objective on the pictures: exact physics, or the network that is explained. */
export type PerturbationMeasure = 'finite-elements' | 'network';

/** Shares of the squares that are removed (or brought back) between none and all. */
export const removedShares: readonly number[] = [0.25, 0.5, 0.75];

/**
 * The squares from the highest score to the lowest, equal ones in random order; undefined when all are
 * equal, as nothing is ranked then.
 */
export function rankingOf(scores: Float64Array, ties: Rng): Int32Array | undefined {
  if (scores.every((score) => score === scores[0])) return undefined;
  const shuffled = ties.shuffle(Int32Array.from(scores, (_, square) => square));
  return shuffled.sort((a, b) => scores[b]! - scores[a]!);
}

/** The ranking laid elsewhere on the torus of `edge` × `edge` squares, at a random place that is not its own. */
export function shiftedRanking(ranking: Int32Array, edge: number, rng: Rng): Int32Array {
  ensure(ranking.length === edge * edge, 'a ranking has all squares');
  const shift = 1 + rng.integer(ranking.length - 1);
  const [rows, columns] = [Math.floor(shift / edge), shift % edge];
  return ranking.map((square) => ((Math.floor(square / edge) + rows) % edge) * edge + (((square % edge) + columns) % edge));
}

/** The pictures on the way: deletion at each of `removedShares`, then insertion at each. */
export function perturbedImages(image: Image2D<'binary'>, refilled: Image2D<'binary'>, ranking: Int32Array): Image2D<'binary'>[] {
  const { width, height } = image;
  const edge = Math.sqrt(ranking.length);
  const rank = new Int32Array(ranking.length);
  ranking.forEach((square, r) => (rank[square] = r));
  const places = Float64Array.from(image.data, (_, p) => (rank[blockOf(p, width, edge)]! + 0.5) / ranking.length);
  /** `from`, with the first squares of the ranking as in `to`. */
  const changed = (from: Image2D<'binary'>, to: Image2D<'binary'>, share: number): Image2D<'binary'> =>
    imageOf('binary', width, height, from.data.map((pixel, p) => (places[p]! < share ? to.data[p]! : pixel)));
  return [...removedShares.map((share) => changed(image, refilled, share)), ...removedShares.map((share) => changed(refilled, image, share))];
}
