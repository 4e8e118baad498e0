import { ensure } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import type { Square } from '#engine/grid/crop';

/** A patch of the control arm: where it lies is chance, its size is its twin's. */
export interface ControlPatch {
  /** Which of the images it is cut from, 0 … imageCount − 1. */
  readonly image: number;
  readonly patch: Square;
}

/**
 * One random patch for each patch of the explanation arm, of the same edge, so that the two arms differ
 * in nothing but the place: image and position are uniform, inside the image as critical regions are.
 * Patch i is drawn from a stream of its own, so it does not depend on the other edges.
 */
export function drawControlPatches(rng: Rng, edges: readonly number[], imageCount: number, resolution: number): ControlPatch[] {
  ensure(imageCount > 0 || edges.length === 0, 'control patches need an image');
  return edges.map((edge, i) => {
    ensure(edge >= 1 && edge <= resolution, `patch of ${edge} pixels in an image of ${resolution}`);
    const stream = rng.fork(`control/${i}`);
    const image = stream.integer(imageCount);
    const row = stream.integer(resolution - edge + 1);
    const column = stream.integer(resolution - edge + 1);
    return { image, patch: { row, column, edge } };
  });
}
