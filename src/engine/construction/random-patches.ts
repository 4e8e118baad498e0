import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import type { Square } from '#engine/grid/image-2d';

/** A square at a random position. */
export interface RandomPatch {
  /** The image that it is cut from, 0 … imageCount − 1. */
  readonly image: number;
  readonly patch: Square;
}

/**
 * One random square per given edge, the matched control of a square of that edge: it differs from it in its position
 * only. Image and position are uniform, and the square lies inside the image, as critical regions do. Square i has a
 * random stream of its own, so it does not depend on the other edges.
 */
export function drawRandomPatches(rng: Rng, edges: readonly number[], imageCount: number, resolution: number): RandomPatch[] {
  ensure(imageCount > 0 || edges.length === 0, 'random patches need an image');
  return edges.map((edge, i) => {
    ensure(edge >= 1 && edge <= resolution, `patch of ${edge} pixels in an image of ${resolution}`);
    // This label must not change, because it fixes results.
    const stream = rng.fork(`control/${i}`);
    const image = stream.integer(imageCount);
    const row = stream.integer(resolution - edge + 1);
    const column = stream.integer(resolution - edge + 1);
    return { image, patch: { row, column, edge } };
  });
}
