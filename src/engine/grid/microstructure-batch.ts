import { ensure } from '#engine/core/bug-error';
import { imageOf, type Image2D } from './image-2d';

/** `count` square binary images of one size, bit-packed: image i starts at byte `i * bytesPerImage`. */
export interface MicrostructureBatch {
  readonly count: number;
  /** Pixels along an edge; a multiple of 8. */
  readonly resolution: number;
  /** Row-major, 8 pixels per byte, most significant bit first. */
  readonly packed: Uint8Array;
}

/** Packs images of one resolution. */
export function packImages(images: readonly Image2D<'binary'>[], resolution: number): MicrostructureBatch {
  const bytes = (resolution * resolution) / 8;
  const packed = new Uint8Array(images.length * bytes);
  images.forEach((image, i) => {
    ensure(image.width === resolution && image.height === resolution, 'images of a batch have one size');
    for (let byte = 0; byte < bytes; byte++) {
      let bits = 0;
      for (let p = 8 * byte; p < 8 * byte + 8; p++) bits = (bits << 1) | (image.data[p] === 0 ? 0 : 1);
      packed[i * bytes + byte] = bits;
    }
  });
  return { count: images.length, resolution, packed };
}

/** Image `index` of the batch, as a copy with one byte per pixel. */
export function unpackImage(batch: MicrostructureBatch, index: number): Image2D<'binary'> {
  ensure(index >= 0 && index < batch.count, `image ${index} of ${batch.count}`);
  const n = batch.resolution;
  const offset = (index * n * n) / 8;
  const data = new Uint8Array(n * n);
  for (let p = 0; p < data.length; p++) data[p] = (batch.packed[offset + (p >> 3)]! >> (7 - (p & 7))) & 1;
  return imageOf('binary', n, n, data);
}
