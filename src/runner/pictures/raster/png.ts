/* Pictures of PNG files. Gray values of 1, 2 and 4 bits become 0 to 255, as every viewer shows them; 16 bits stay. */
import { success, type Result } from '#domain/finding';
import { DamagedFile, type ByteSource } from '#runner/png/byte-source';
import { createColorReader, packedValue } from '#runner/png/pixel-colors';
import { channelsOf, type PngChunks, type PngHeader, readChunks, readHeader } from '#runner/png/png-chunks';
import { decodeRows } from '#runner/png/png-rows';
import { pictureIrregular } from '../picture-findings';
import type { PictureSource, ReadPicture } from '../picture-source';
import { grayOf, scaleOf, shortestArray } from './gray-values';
import type { RasterFile } from './raster-file';
import { acceptSize } from './raster-issues';
import { singlePicture } from './single-picture';
import { createTransparencyCheck } from './transparency';

/** Findings: those of `PictureSource`. */
export function openPng(source: ByteSource, file: RasterFile, name: string): Result<PictureSource> {
  const size = acceptSize(readHeader(source), name);
  return size.ok ? success(singlePicture(name, size.value, () => file.use((again) => readPng(again, name)))) : size;
}

async function readPng(source: ByteSource, name: string): Promise<Result<ReadPicture>> {
  const size = acceptSize(readHeader(source), name);
  if (!size.ok) return size;
  const chunks = readChunks(source);
  refuseTooFewBytes(chunks);
  const decoded = isPlainGray(chunks) ? await decodeGray(source, chunks) : await decodeColors(source, chunks, name);
  if (!decoded.ok) return decoded;
  const { width, height } = chunks.header;
  const { values, remarks } = decoded.value;
  return success({ picture: { width, height, values }, warnings: [...chunks.remarks, ...remarks].map((remark) => pictureIrregular(name, remark)) });
}

interface Decoded {
  readonly values: ReadPicture['picture']['values'];
  readonly remarks: readonly string[];
}

/** Deflate makes at most 1032 bytes of one, so that a short file cannot claim the memory of a large picture. */
function refuseTooFewBytes({ header, imageData }: PngChunks): void {
  const { width, height, bitDepth, colorType } = header;
  if ((width * height * channelsOf[colorType] * bitDepth) / 8 > 1032 * imageData.length) throw new DamagedFile('it has too few pixels');
}

/** Whether samples are gray values of at most 8 bits, one after another: the usual kind, which needs no colors. */
const isPlainGray = ({ header, transparency }: PngChunks): boolean => header.colorType === 0 && header.bitDepth <= 8 && !header.interlaced && !transparency;

async function decodeGray(source: ByteSource, chunks: PngChunks): Promise<Result<Decoded>> {
  const { width, height, bitDepth } = chunks.header;
  const values = new Uint8Array(width * height);
  const scale = scaleOf(bitDepth);
  const remarks = await decodeRows(source, chunks, (packed, { row }) => {
    const start = row * width;
    if (bitDepth === 8) values.set(packed, start);
    else for (let i = 0; i < width; i++) values[start + i] = scale * packedValue(packed, i, bitDepth);
  });
  return success({ values, remarks });
}

async function decodeColors(source: ByteSource, chunks: PngChunks, name: string): Promise<Result<Decoded>> {
  const { width } = chunks.header;
  const values = emptyValues(chunks.header);
  const scale = chunks.header.colorType === 3 ? 1 : scaleOf(chunks.header.bitDepth);
  const colors = createColorReader(chunks);
  const transparency = createTransparencyCheck(colors.opaque);
  const remarks = await decodeRows(source, chunks, (packed, { row, first, step, count }) => {
    const start = row * width + first;
    colors.read(packed, count, (pixel, red, green, blue, alpha) => {
      const gray = scale * grayOf(red, green, blue);
      transparency.see(gray, alpha);
      values[start + pixel * step] = gray;
    });
  });
  const refused = transparency.finding(name);
  if (refused) return refused;
  return success({ values: values instanceof Float32Array ? shortestArray(values, largestOf(chunks.header)) : values, remarks });
}

const largestOf = ({ bitDepth }: PngHeader): number => (bitDepth === 16 ? 65_535 : 255);

function emptyValues({ width, height, bitDepth, colorType }: PngHeader): Uint8Array | Uint16Array | Float32Array {
  const pixels = width * height;
  const isGray = colorType === 0 || colorType === 4;
  return isGray ? (bitDepth === 16 ? new Uint16Array(pixels) : new Uint8Array(pixels)) : new Float32Array(pixels);
}
