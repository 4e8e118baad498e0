/* Pixel images as PNG bytes. The same pixels give the same bytes. */
import { PNG } from 'pngjs';
import { type Image2D, imageOf } from '#engine/api';

/** Colors of an image, three bytes per pixel (red, green, blue), row-major. */
export interface ColorImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Gray PNG of the image itself, one pixel each: white phase 255, black phase 0. */
export function encodeBinaryPng(image: Image2D<'binary'>): Buffer {
  return encode(image.width, image.height, image.data.map((phase) => 255 * phase), 0);
}

/** RGB PNG, one pixel each. */
export function encodeColorPng(image: ColorImage): Buffer {
  return encode(image.width, image.height, image.data, 2);
}

/** A PNG inside a page. */
export function pngDataUri(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** The image repeated `times` × `times`. */
export function tiled(image: Image2D<'binary'>, times: number): Image2D<'binary'> {
  const { width, height } = image;
  const data = new Uint8Array(width * height * times * times);
  for (let row = 0; row < height * times; row++) {
    const line = image.data.subarray((row % height) * width, ((row % height) + 1) * width);
    for (let tile = 0; tile < times; tile++) data.set(line, (row * times + tile) * width);
  }
  return imageOf('binary', width * times, height * times, data);
}

/** PNG's color type: 0 gray, 2 RGB. */
function encode(width: number, height: number, data: Uint8Array, colorType: 0 | 2): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return PNG.sync.write(png, {
    colorType,
    inputColorType: colorType,
    inputHasAlpha: false,
    bitDepth: 8,
    filterType: 0,
    deflateStrategy: 0,
    deflateLevel: 9,
  });
}
