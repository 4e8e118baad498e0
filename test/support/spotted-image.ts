import { createRng } from '#engine/core/rng';
import { imageOf, type Image2D } from '#engine/grid/image-2d';

/** A periodic image of random discs, about 40 % white; the seed fixes it. */
export function spottedImage(resolution: number, seed: number): Image2D<'binary'> {
  const rng = createRng(seed);
  const data = new Uint8Array(resolution * resolution);
  const radius = resolution / 8;
  const wrapped = (distance: number): number => distance - resolution * Math.round(distance / resolution);
  for (let disc = 0; disc < 10; disc++) {
    const x = rng.between(0, resolution);
    const y = rng.between(0, resolution);
    for (let p = 0; p < data.length; p++) {
      const dx = wrapped((p % resolution) + 0.5 - x);
      const dy = wrapped(Math.floor(p / resolution) + 0.5 - y);
      if (dx * dx + dy * dy < radius * radius) data[p] = 1;
    }
  }
  return imageOf('binary', resolution, resolution, data);
}
