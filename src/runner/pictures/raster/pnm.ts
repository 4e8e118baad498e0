/*
 * Portable pixmaps: PBM, PGM and PPM, plain and binary. Gray values stay as the file has them, from 0 to its largest
 * value; bitmaps become 0 (black) and 255. https://netpbm.sourceforge.net/doc/pgm.html
 */
import { success, type Result } from '#domain/finding';
import { blockLength, DamagedFile, type ByteSource } from '#runner/png/byte-source';
import { pictureIrregular } from '../picture-findings';
import type { PictureSource, ReadPicture } from '../picture-source';
import { grayOf, shortestArray } from './gray-values';
import type { RasterFile } from './raster-file';
import { acceptSize } from './raster-issues';
import { singlePicture } from './single-picture';

/** Findings: those of `PictureSource`. */
export function openPnm(source: ByteSource, file: RasterFile, name: string): Result<PictureSource> {
  const size = acceptSize(readHeader(createCursor(source)), name);
  return size.ok ? success(singlePicture(name, size.value, () => file.use((again) => Promise.resolve(readPnm(again, name))))) : size;
}

interface PnmHeader {
  readonly width: number;
  readonly height: number;
  readonly isPlain: boolean;
  readonly isBitmap: boolean;
  readonly channels: 1 | 3;
  /** The sample of full brightness, 1 to 65 535. */
  readonly largest: number;
}

/** Bytes one after another. */
interface Cursor {
  /** The next byte, which stays; -1 at the end. */
  peek(): number;
  /** The next byte. Throws `DamagedFile` at the end. */
  next(): number;
  /** Bytes that are left. */
  rest(): number;
}

function createCursor(source: ByteSource): Cursor {
  let block: Uint8Array = new Uint8Array(0);
  let [start, at] = [0, 0];
  const fill = (): boolean => {
    if (at < block.length) return true;
    start += block.length;
    at = 0;
    const count = Math.min(blockLength, source.length - start);
    block = count > 0 ? source.read(start, count) : new Uint8Array(0);
    return count > 0;
  };
  return {
    peek: () => (fill() ? block[at]! : -1),
    next() {
      if (!fill()) throw new DamagedFile('it ends too early');
      return block[at++]!;
    },
    rest: () => source.length - start - at,
  };
}

function readHeader(cursor: Cursor): PnmHeader {
  cursor.next();
  const kind = cursor.next() - 0x30;
  const [width, height] = [readNumber(cursor), readNumber(cursor)];
  const isBitmap = kind === 1 || kind === 4;
  const largest = isBitmap ? 1 : readNumber(cursor);
  if (largest < 1 || largest > 65_535) throw new DamagedFile(`its header announces gray values up to ${largest}, and the format has 1 to 65535`);
  return { width, height, isPlain: kind <= 3, isBitmap, channels: kind === 3 || kind === 6 ? 3 : 1, largest };
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Skips white space and comments, which go from # to the end of their line. */
function skipSpace(cursor: Cursor): void {
  for (let byte = cursor.peek(); isSpace(byte) || byte === 0x23; byte = cursor.peek()) {
    cursor.next();
    if (byte === 0x23) while (cursor.peek() !== -1 && cursor.peek() !== 0x0a && cursor.peek() !== 0x0d) cursor.next();
  }
}

function readNumber(cursor: Cursor): number {
  skipSpace(cursor);
  if (cursor.peek() === -1) throw new DamagedFile('it ends too early');
  if (!isDigit(cursor.peek())) throw new DamagedFile('there are other characters where a number should be');
  let value = 0;
  while (isDigit(cursor.peek())) value = Math.min(10 * value + cursor.next() - 0x30, 1e9);
  return value;
}

function readPnm(source: ByteSource, name: string): Result<ReadPicture> {
  const cursor = createCursor(source);
  const header = acceptSize(readHeader(cursor), name);
  if (!header.ok) return header;
  const { width, height, isPlain, isBitmap, channels, largest } = header.value;
  // One byte of white space ends the header of a binary file.
  if (!isPlain && !isSpace(cursor.next())) throw new DamagedFile('there is no white space after its header');
  refuseTooFewBytes(header.value, cursor.rest());

  const nextValue = valueReader(header.value, cursor);
  const isWide = largest > 255;
  const values = channels === 3 ? new Float32Array(width * height) : isWide ? new Uint16Array(width * height) : new Uint8Array(width * height);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const column = pixel % width;
    values[pixel] = channels === 3 ? grayOf(nextValue(column), nextValue(column), nextValue(column)) : isBitmap ? 255 * (1 - nextValue(column)) : nextValue(column);
  }
  if (isPlain) skipSpace(cursor);
  const surplus = cursor.rest();
  const picture = { width, height, values: values instanceof Float32Array ? shortestArray(values, isWide ? 65_535 : 255) : values };
  return success({ picture, warnings: surplus > 0 ? [pictureIrregular(name, `${surplus} ${surplus === 1 ? 'byte' : 'bytes'} after its end ${surplus === 1 ? 'is' : 'are'} ignored`)] : [] });
}

/** Checked before memory is allocated, so that a short file cannot claim that of a large picture. */
function refuseTooFewBytes({ width, height, isPlain, isBitmap, channels, largest }: PnmHeader, rest: number): void {
  const count = width * height * channels;
  const least = isPlain ? (isBitmap ? count : 2 * count - 1) : isBitmap ? Math.ceil(width / 8) * height : count * (largest > 255 ? 2 : 1);
  if (rest < least) throw new DamagedFile('it has too few pixels');
}

/** Reads the next sample, of the pixel in the given column. */
function valueReader({ isPlain, isBitmap, largest }: PnmHeader, cursor: Cursor): (column: number) => number {
  const limit = (value: number): number => {
    if (value > largest) throw new DamagedFile(`it has a gray value ${value}, and its header announces ${largest} at most`);
    return value;
  };
  if (isBitmap && isPlain) return () => readBit(cursor);
  if (isBitmap) {
    let packed = 0;
    return (column) => {
      if (column % 8 === 0) packed = cursor.next();
      return (packed >> (7 - (column % 8))) & 1;
    };
  }
  if (isPlain) return () => limit(readNumber(cursor));
  return largest > 255 ? () => limit(256 * cursor.next() + cursor.next()) : () => limit(cursor.next());
}

/** A bit of a plain bitmap; bits need no white space between them. */
function readBit(cursor: Cursor): number {
  skipSpace(cursor);
  const bit = cursor.next() - 0x30;
  if (bit !== 0 && bit !== 1) throw new DamagedFile('there are other characters than 0 and 1 where a pixel should be');
  return bit;
}
