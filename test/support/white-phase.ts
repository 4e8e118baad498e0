/** What outlines and solids of a white phase must have, counted from its pixels by the engine. */
import { connectedComponents } from '#engine/grid/connected-components';
import { imageOf, type Image2D } from '#engine/grid/image-2d';

export interface WhitePhase {
  readonly pixels: number;
  /** Corners where two white pixels touch only there. */
  readonly bridges: number;
  /** Area with bridges, in pixels. */
  readonly area: number;
  /** Joined also at corners. */
  readonly pieces: number;
  /** Black pieces, not joined at corners, that do not reach the border. */
  readonly holes: number;
}

export function whitePhase(image: Image2D<'binary'>): WhitePhase {
  const { width, height, data } = image;
  let bridges = 0;
  for (let row = 0; row + 1 < height; row++) {
    for (let column = 0; column + 1 < width; column++) {
      const [nw, ne, sw, se] = [0, 1, width, width + 1].map((step) => data[row * width + column + step]!);
      if (nw === se && ne === sw && nw !== ne) bridges++;
    }
  }
  const around = new Uint8Array((width + 2) * (height + 2)).fill(1);
  for (let row = 0; row < height; row++) for (let column = 0; column < width; column++) around[(row + 1) * (width + 2) + column + 1] = 1 - data[row * width + column]!;
  const pixels = data.reduce((sum, pixel) => sum + pixel, 0);
  return {
    pixels,
    bridges,
    area: pixels + bridges / 4,
    pieces: connectedComponents(image, 8, 'open').sizes.length,
    holes: connectedComponents(imageOf('binary', width + 2, height + 2, around), 4, 'open').sizes.length - 1,
  };
}
