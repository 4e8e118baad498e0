/* Pixel pictures of the four steps: phases as they are, what is added in color. */
import type { Image2D } from '#engine/api';
import type { ColorImage } from './encode-png';
import { infernoColor } from './color-map';

/** Steps of the heat map's colors: more cannot be told apart and only make the page larger. */
const heatLevels = 24;
/** How much of a pixel's own gray shines through the heat. */
const phaseShare = 0.3;
/** Gray of the two phases where something is drawn over them. */
const fadedWhite = [226, 226, 222] as const;
const fadedBlack = [96, 98, 104] as const;
const skeletonRed = [213, 94, 0] as const;

/** Heat in [0, 1] in the colors of `inferno`, over the image's phases. */
export function heatOverImage(image: Image2D<'binary'>, heat: Image2D<'heat'>): ColorImage {
  return paint(image, (p, phase) => {
    const share = Math.round(heat.data[p]! * (heatLevels - 1)) / (heatLevels - 1);
    return infernoColor(share).map((part) => Math.round(part * (1 - phaseShare) + 255 * phase * phaseShare));
  });
}

/** The skeleton in color over the faded image. */
export function skeletonOverImage(image: Image2D<'binary'>, skeleton: Image2D<'binary'>): ColorImage {
  return paint(image, (p, phase) => (skeleton.data[p] === 1 ? skeletonRed : phase === 1 ? fadedWhite : fadedBlack));
}

function paint(image: Image2D<'binary'>, colorOf: (p: number, phase: number) => readonly number[]): ColorImage {
  const data = new Uint8Array(3 * image.data.length);
  for (let p = 0; p < image.data.length; p++) data.set(colorOf(p, image.data[p]!), 3 * p);
  return { width: image.width, height: image.height, data };
}
