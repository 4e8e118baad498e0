/* PNG files as pictures of one channel: colors as their luminance, Rec. 709. */
import { success, type Result } from '#domain/finding';
import { DamagedPng, withFileSource } from '#runner/png/byte-source';
import { createColorReader } from '#runner/png/pixel-colors';
import { readChunks, readHeader } from '#runner/png/png-chunks';
import { decodeRows } from '#runner/png/png-rows';
import { luminanceOf, luminanceUnit } from '#runner/png/two-phases';
import { largestPictureEdge, mostPicturePixels, pictureDamaged, pictureTooLarge } from './picture-findings';
import type { PictureSource, ReadPicture } from './picture-source';

/** Findings: `picture-damaged`, `picture-too-large`. */
export async function openPng(path: string, name: string): Promise<Result<PictureSource>> {
  const header = await damageAsFinding(name, () => withFileSource(path, (source) => Promise.resolve(readHeader(source))));
  if (!header.ok) return header;
  const { width, height } = header.value;
  if (Math.max(width, height) > largestPictureEdge || width * height > mostPicturePixels) return pictureTooLarge(name, width, height);
  return success({
    count: 1,
    sizeOf: () => Promise.resolve({ width, height }),
    nameOf: () => name,
    read: () => damageAsFinding(name, () => readPng(path)),
    close: () => Promise.resolve(),
  });
}

function readPng(path: string): Promise<ReadPicture> {
  return withFileSource(path, async (source) => {
    const chunks = readChunks(source);
    const { width, height, bitDepth } = chunks.header;
    const values = new (bitDepth === 16 ? Uint16Array : Uint8Array)(width * height);
    const colors = createColorReader(chunks);
    await decodeRows(source, chunks, (packed, { row, first, step, count }) => {
      const start = row * width + first;
      colors.read(packed, count, (pixel, red, green, blue) => {
        values[start + pixel * step] = red === green && green === blue ? red : Math.round(luminanceOf(red, green, blue) / luminanceUnit);
      });
    });
    return { picture: { width, height, values }, warnings: [] };
  });
}

async function damageAsFinding<T>(name: string, read: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await read());
  } catch (error) {
    if (!(error instanceof DamagedPng)) throw error;
    return pictureDamaged(name, error.message);
  }
}
