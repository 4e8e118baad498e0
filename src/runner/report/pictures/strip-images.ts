/* Pixel pictures of the four steps: phases as they are, what is added in color. */
import type { Image2D } from '#engine/api';
import type { ColorImage } from './encode-png';
import { fadedBlack, fadedWhite, heatColor, skeletonColor } from '#display/colors';

/** Steps of the heat map's colors: more cannot be told apart and only make the page larger. */
const heatLevels = 24;
/** How much of a pixel's own gray shines through the heat. */
const phaseShare = 0.3;

/** Heat in [0, 1] in the colors of `inferno`, over the image's phases. */
export function heatOverImage(image: Image2D<'binary'>, heat: Image2D<'heat'>): ColorImage {
  return paint(image, (p, phase) => {
    const share = Math.round(heat.data[p]! * (heatLevels - 1)) / (heatLevels - 1);
    return heatColor(share).map((part) => Math.round(part * (1 - phaseShare) + 255 * phase * phaseShare));
  });
}

/** The skeleton in color over the faded image. */
export function skeletonOverImage(image: Image2D<'binary'>, skeleton: Image2D<'binary'>): ColorImage {
  return paint(image, (p, phase) => (skeleton.data[p] === 1 ? skeletonColor : phase === 1 ? fadedWhite : fadedBlack));
}

function paint(image: Image2D<'binary'>, colorOf: (p: number, phase: number) => readonly number[]): ColorImage {
  const data = new Uint8Array(3 * image.data.length);
  for (let p = 0; p < image.data.length; p++) data.set(colorOf(p, image.data[p]!), 3 * p);
  return { width: image.width, height: image.height, data };
}
