/*
 * The chunks of a PNG file, as strictly and as leniently as libpng 1.6 reads them: an error in a chunk without
 * effect on the pixels is a remark, any other error is damage.
 */
import { blockLength, type ByteSource, DamagedFile } from './byte-source';

/** All of a PNG file but its pixels. */
export interface PngChunks {
  readonly header: PngHeader;
  /** Red, green and blue of 256 entries, black where the file has none. */
  readonly palette?: Uint8Array;
  /** The chunk tRNS: alpha of palette entries, or the samples of the transparent color, 16 bits each. */
  readonly transparency?: Uint8Array;
  readonly imageData: ImageData;
  /** What was ignored, each completing "… is read, but". */
  readonly remarks: readonly string[];
}

/** The image data: all IDAT chunks in a row. */
export interface ImageData {
  /** Where the first of the chunks begins. */
  readonly start: number;
  /** Compressed bytes of all of them. */
  readonly length: number;
}

interface Chunk {
  readonly type: string;
  /** Where its data begin. */
  readonly data: number;
  readonly length: number;
  /** Where the next chunk begins. */
  readonly end: number;
}

/** Reads and checks all chunks. Throws `DamagedFile`. */
export function readChunks(source: ByteSource): PngChunks {
  const header = readHeader(source);
  const remarks = new Set<string>();
  let palette: Uint8Array | undefined;
  let colors = 0;
  let transparency: Uint8Array | undefined;
  let imageData: ImageData | undefined;
  let before = '';

  for (let offset = signatureLength; ; ) {
    const chunk = chunkAt(source, offset);
    const { type, length } = chunk;
    if (type !== 'IHDR' || before !== '') testKnown(chunk);
    const intact = isIntact(source, chunk);
    if (!intact && isCritical(type)) throw new DamagedFile(`the checksum of its chunk ${type} is wrong`);
    if (!intact) {
      remarks.add(`the checksum of its chunk ${type} is wrong, and the chunk is ignored`);
    } else if (type === 'PLTE') {
      if (palette) throw new DamagedFile('it has two palettes');
      if (imageData) {
        remarks.add('its palette stands after the pixels and is ignored');
      } else {
        palette = readPalette(source, chunk, header, remarks);
        colors = length / 3;
        if (transparency) remarks.add('its transparency stands before the palette and is ignored');
        transparency = undefined;
      }
    } else if (type === 'tRNS') {
      const wrong = transparencyIssue(chunk, header, { colors, transparency, imageData });
      if (wrong === undefined) {
        transparency = Uint8Array.from(source.read(chunk.data, length));
        const outside = (byte: number, i: number): boolean => (i % 2 === 0 ? 256 * byte : byte) >= 2 ** header.bitDepth;
        if (header.colorType !== 3 && transparency.some(outside)) remarks.add('its transparent color has more bits than its samples');
      } else remarks.add(`its transparency ${wrong} and is ignored`);
    } else if (type === 'IDAT') {
      if (header.colorType === 3 && !palette) throw new DamagedFile('its palette is missing');
      if (!imageData) imageData = { start: offset, length };
      else if (before === 'IDAT' && !remarks.has(laterData)) imageData = { ...imageData, length: imageData.length + length };
      else if (length > 0) remarks.add(laterData);
    } else if (type === 'IEND') {
      if (!imageData) throw new DamagedFile('it has no pixels');
      if (length > 0) remarks.add('its last chunk is not empty');
      const surplus = source.length - chunk.end;
      if (surplus > 0) remarks.add(`${surplus} ${surplus === 1 ? 'byte' : 'bytes'} after its end ${surplus === 1 ? 'is' : 'are'} ignored`);
      return { header, ...(palette && { palette }), ...(transparency && { transparency }), imageData, remarks: [...remarks] };
    }
    before = type;
    offset = chunk.end;
  }
}

const laterData = 'image data after other chunks are ignored';

/** The compressed bytes of the image data, in blocks. */
export function* imageDataBlocks(source: ByteSource, { start }: ImageData): Generator<Buffer> {
  for (let offset = start; ; ) {
    const chunk = chunkAt(source, offset);
    if (chunk.type !== 'IDAT') return;
    // The reader of a stream may keep a block for longer than until the next read.
    for (const block of blocksOf(source, chunk.data, chunk.length)) yield Buffer.from(block);
    offset = chunk.end;
  }
}

function chunkAt(source: ByteSource, offset: number): Chunk {
  if (offset + 12 > source.length) throw new DamagedFile('it ends too early, without its last chunk');
  const head = source.read(offset, 8);
  const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(0);
  const letters = head.subarray(4, 8);
  if (!letters.every((byte) => /[A-Za-z]/.test(String.fromCharCode(byte)))) throw new DamagedFile('there are bytes where a chunk should begin');
  const type = String.fromCharCode(...letters);
  const end = offset + 12 + length;
  if (end > source.length) throw new DamagedFile(`it ends within its chunk ${type}`);
  return { type, data: offset + 8, length, end };
}

/** An upper-case first letter says that pixels cannot be understood without the chunk. */
const isCritical = (type: string): boolean => type[0]! < 'a';

function testKnown({ type }: Chunk): void {
  if (type === 'IHDR') throw new DamagedFile('it has two headers');
  if (isCritical(type) && !['PLTE', 'IDAT', 'IEND'].includes(type)) throw new DamagedFile(`it has a chunk ${type}, which PNG does not have, and which the pixels depend on`);
}

function isIntact(source: ByteSource, { data, length, end }: Chunk): boolean {
  let sum = crc32(source.read(data - 4, 4));
  for (const block of blocksOf(source, data, length)) sum = crc32(block, sum);
  const stored = source.read(end - 4, 4);
  return new DataView(stored.buffer, stored.byteOffset, 4).getUint32(0) === sum;
}

function* blocksOf(source: ByteSource, start: number, length: number): Generator<Uint8Array> {
  for (let done = 0; done < length; done += blockLength) yield source.read(start + done, Math.min(blockLength, length - done));
}

/** Entries past those that the bit depth can name are left out; a palette of an image without one is of no use. */
function readPalette(source: ByteSource, { data, length }: Chunk, { colorType, bitDepth }: PngHeader, remarks: Set<string>): Uint8Array {
  const palette = new Uint8Array(3 * 256);
  if (colorType !== 3) {
    if (colorType === 0 || colorType === 4) remarks.add('its palette has no meaning in a gray image and is ignored');
    else if (length === 0) throw new DamagedFile('its palette is empty');
    else if (length > palette.length || length % 3 !== 0) remarks.add('its palette has a wrong length and is ignored');
    return palette;
  }
  if (length === 0 || length > palette.length || length % 3 !== 0) throw new DamagedFile(`its palette has ${length} bytes, which are not 1 to 256 colors`);
  palette.set(source.read(data, Math.min(length, 3 * 2 ** bitDepth)));
  return palette;
}

function transparencyIssue(
  { length }: Chunk,
  { colorType }: PngHeader,
  { colors, transparency, imageData }: { readonly colors: number; readonly transparency: Uint8Array | undefined; readonly imageData: ImageData | undefined },
): string | undefined {
  if (imageData) return 'stands after the pixels';
  if (transparency) return 'is given twice';
  if (colorType === 4 || colorType === 6) return 'is given for one color, although pixels have their own';
  if (colorType === 3 && colors === 0) return 'stands before the palette';
  const expected = colorType === 3 ? length >= 1 && length <= colors : length === (colorType === 0 ? 2 : 6);
  return expected ? undefined : 'has a wrong length';
}

// CRC-32, https://www.w3.org/TR/png-3/#D-CRCAppendix: Node's own is newer than the oldest Node that we run on.
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 of the bytes, continued from the checksum of those before. */
function crc32(bytes: Uint8Array, before = 0): number {
  let value = ~before;
  for (let i = 0; i < bytes.length; i++) value = crcTable[(value ^ bytes[i]!) & 0xff]! ^ (value >>> 8);
  return ~value >>> 0;
}

/* The header of a PNG file: https://www.w3.org/TR/png-3/#11IHDR. */

/** What the chunk IHDR says. */
export interface PngHeader {
  /** Pixels, at least 1. */
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly bitDepth: number;
  readonly colorType: ColorType;
  readonly interlaced: boolean;
}

/** 0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGB with alpha. */
export type ColorType = 0 | 2 | 3 | 4 | 6;

/** Samples per pixel of each color type. */
export const channelsOf: Readonly<Record<ColorType, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const bitDepthsOf: Readonly<Record<ColorType, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Where the first chunk begins. */
export const signatureLength = signature.length;

/** Whether the bytes begin as PNG files do. */
export function isPng(source: ByteSource): boolean {
  if (source.length < signature.length) return false;
  const bytes = source.read(0, signature.length);
  return signature.every((byte, i) => bytes[i] === byte);
}

/** The header, its checksum not yet tested. Throws `DamagedFile`. */
export function readHeader(source: ByteSource): PngHeader {
  if (source.length < signatureLength + 8 + 13) throw new DamagedFile('it ends within its header');
  const bytes = source.read(signatureLength, 8 + 13);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isHeader = [...'IHDR'].every((letter, i) => bytes[4 + i] === letter.charCodeAt(0));
  if (!isHeader || view.getUint32(0) !== 13) throw new DamagedFile('it does not begin with a header');

  const [width, height] = [view.getUint32(8), view.getUint32(12)];
  const [bitDepth, colorType, compression, filter, interlace] = [16, 17, 18, 19, 20].map((place) => bytes[place]!) as [number, number, number, number, number];
  if (Math.min(width, height) < 1 || Math.max(width, height) > 0x7fffffff) throw new DamagedFile(`its header announces ${width} × ${height} pixels`);
  if (!isColorType(colorType)) throw new DamagedFile(`its header names a color type ${colorType}, which PNG does not have`);
  if (!bitDepthsOf[colorType].includes(bitDepth)) throw new DamagedFile(`its header names ${bitDepth} bits per sample, which its color type ${colorType} does not have`);
  if (compression !== 0 || filter !== 0 || interlace > 1) throw new DamagedFile('its header names a compression, filter or interlacing that PNG does not have');
  return { width, height, bitDepth, colorType, interlaced: interlace === 1 };
}

function isColorType(value: number): value is ColorType {
  return value in channelsOf;
}
