import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import type { Square } from '#engine/grid/image-2d';

/** A square whose place is chance. */
export interface RandomPatch {
  /** Which of the images it is cut from, 0 … imageCount − 1. */
  readonly image: number;
  readonly patch: Square;
}

/**
 * One random square per edge, so that it differs from a given square of that edge in nothing but the
 * place: image and position are uniform, inside the image as critical regions are.
 * Square i is drawn from a stream of its own, so it does not depend on the other edges.
 */
export function drawRandomPatches(rng: Rng, edges: readonly number[], imageCount: number, resolution: number): RandomPatch[] {
  ensure(imageCount > 0 || edges.length === 0, 'random patches need an image');
  return edges.map((edge, i) => {
    ensure(edge >= 1 && edge <= resolution, `patch of ${edge} pixels in an image of ${resolution}`);
    // The label is older than its name here; it fixes results.
    const stream = rng.fork(`control/${i}`);
    const image = stream.integer(imageCount);
    const row = stream.integer(resolution - edge + 1);
    const column = stream.integer(resolution - edge + 1);
    return { image, patch: { row, column, edge } };
  });
}
