/* Images of a table some at a time, one byte per pixel: all of a large database at once would take more memory than its training. */
import { unpackImage, type MicrostructureBatch } from '#engine/api';

/** Bytes of a piece at most, but for a single image. */
const pieceBytes = 2 ** 22;

/** Images of one piece. */
export function imagesPerPiece(resolution: number): number {
  return Math.max(1, Math.floor(pieceBytes / resolution ** 2));
}

/** Pixels of successive images: 1 is white, 0 is black. */
export function* imagePieces(batch: MicrostructureBatch): Generator<Uint8Array> {
  const size = batch.resolution ** 2;
  const some = imagesPerPiece(batch.resolution);
  for (let from = 0; from < batch.count; from += some) {
    const pixels = new Uint8Array(Math.min(some, batch.count - from) * size);
    for (let i = 0; i * size < pixels.length; i++) pixels.set(unpackImage(batch, from + i).data, i * size);
    yield pixels;
  }
}
