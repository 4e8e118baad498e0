/* Binary images next to each other as one small PNG, for a hover: editors cut texts that are too long. */
import { encodeColorPng, pngDataUri } from '#runner/report/page/encode-png';

/** Images in a row. */
const columns = 4;

/** Pixels of an image along an edge, at most. */
const largestEdge = 96;

const gap = 4;

/** A data URI. `pixels` are of all images, one byte each (0 black, 1 white). */
export function imageSheet(pixels: Uint8Array, { count, width, height }: { readonly count: number; readonly width: number; readonly height: number }): string {
  const step = Math.ceil(Math.max(width, height) / largestEdge);
  const [w, h] = [Math.floor(width / step), Math.floor(height / step)];
  const [across, down] = [Math.min(count, columns), Math.ceil(count / columns)];
  const [wide, high] = [across * (w + gap) - gap, down * (h + gap) - gap];
  // Both phases stand out against the gaps.
  const sheet = new Uint8Array(3 * wide * high).fill(128);
  for (let image = 0; image < count; image++) {
    const corner = Math.floor(image / columns) * (h + gap) * wide + (image % columns) * (w + gap);
    for (let row = 0; row < h; row++) {
      for (let column = 0; column < w; column++) {
        const at = 3 * (corner + row * wide + column);
        sheet.fill(255 * pixels[image * width * height + row * step * width + column * step]!, at, at + 3);
      }
    }
  }
  return pngDataUri(encodeColorPng({ width: wide, height: high, data: sheet }));
}
