/* Rows of numbers from the blocks of a TIFF file: decompressed, in the machine's byte order, predictors undone. */
import { DamagedFile } from '#runner/png/byte-source';
import { bytesAt } from '../raster-file';
import { UnsupportedRaster } from '../raster-issues';
import { decompress, largestGain } from './decompress';
import type { TiffDirectory } from './directory';
import type { ValueType, TiffLayout } from './layout';

/** The numbers of a row of a block, valid until the next call; rows in any order. */
export type RowReader = (row: number) => Float64Array;

/** Bytes of a row of a block; rows begin with whole bytes. */
export function rowLength({ blocks, valueType, channels, isPlanar }: TiffLayout): number {
  return Math.ceil((blocks.width * (isPlanar ? 1 : channels) * valueType.bits) / 8);
}

/** Larger blocks are refused, because a compressed one is in memory as a whole. */
const mostBlockBytes = 2 ** 28;

/** Throws `DamagedFile` if a block of the picture cannot have its rows, before memory is allocated for any. */
export function refuseTooFewBytes({ source }: TiffDirectory, layout: TiffLayout): void {
  const { blocks, compression, height, channels, isPlanar } = layout;
  const planes = isPlanar ? channels : 1;
  if (compression !== 'none' && rowLength(layout) * blocks.height > mostBlockBytes) throw new UnsupportedRaster('its tiles or strips are too large', 'Save the picture with smaller strips or without compression.');
  for (let block = 0; block < blocks.across * blocks.down * planes; block++) {
    const needed = rowLength(layout) * rowsOf(layout, height, block);
    const available = compression === 'none' ? source.length - blocks.offsets[block]! : Math.min(blocks.lengths![block]!, source.length) * largestGain[compression];
    if (available < needed) throw new DamagedFile(compression === 'none' ? 'it ends too early' : tooFewPixels);
  }
}

const tooFewPixels = 'a tile or strip has too few pixels';

/** Rows of the picture in a block: the last ones of a column may be shorter. */
function rowsOf({ blocks }: TiffLayout, height: number, block: number): number {
  const below = Math.floor((block % (blocks.across * blocks.down)) / blocks.across);
  return Math.min(blocks.height, height - below * blocks.height);
}

/** Reads the rows of a block by its number. Throws `DamagedFile`. */
export function rowReader(directory: TiffDirectory, layout: TiffLayout, block: number): RowReader {
  const { blocks, valueType, channels, isPlanar, predictor, height } = layout;
  const length = rowLength(layout);
  const stride = isPlanar ? 1 : channels;
  const numbers = new Float64Array(blocks.width * stride);
  const bytes = blockBytes(directory, layout, block, rowsOf(layout, height, block) * length);
  return (row) => {
    const packed = bytes(row * length, length);
    if (predictor === 'float') unpackFloatPredictor(packed, valueType, stride, numbers);
    else unpack(packed, valueType, directory.isLittleEndian, numbers);
    if (predictor === 'difference') addDifferences(numbers, valueType, stride);
    return numbers;
  };
}

function blockBytes({ source }: TiffDirectory, layout: TiffLayout, block: number, needed: number): (from: number, count: number) => Uint8Array {
  const { blocks, compression } = layout;
  const offset = blocks.offsets[block]!;
  // Some files give wrong lengths of uncompressed strips; the size of the picture says them.
  if (compression === 'none') return (from, count) => bytesAt(source, offset + from, count);
  const bytes = decompress(bytesAt(source, offset, blocks.lengths![block]!), compression, rowLength(layout) * blocks.height);
  if (bytes.length < needed) throw new DamagedFile(tooFewPixels);
  return (from, count) => bytes.subarray(from, from + count);
}

function unpack(packed: Uint8Array, { bits, kind }: ValueType, isLittleEndian: boolean, numbers: Float64Array): void {
  if (bits < 8) {
    const mask = 2 ** bits - 1;
    for (let i = 0; i < numbers.length; i++) numbers[i] = (packed[(i * bits) >> 3]! >> (8 - bits - ((i * bits) & 7))) & mask;
  } else if (bits === 8 && kind === 'unsigned') {
    numbers.set(packed);
  } else {
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    const read = numberReader(view, bits, kind);
    for (let i = 0; i < numbers.length; i++) numbers[i] = read((i * bits) / 8, isLittleEndian);
  }
}

function numberReader(view: DataView, bits: ValueType['bits'], kind: ValueType['kind']): (at: number, isLittleEndian: boolean) => number {
  if (kind === 'float') return bits === 32 ? (at, little) => view.getFloat32(at, little) : (at, little) => view.getFloat64(at, little);
  if (kind === 'signed') return bits === 8 ? (at) => view.getInt8(at) : bits === 16 ? (at, little) => view.getInt16(at, little) : (at, little) => view.getInt32(at, little);
  return bits === 16 ? (at, little) => view.getUint16(at, little) : (at, little) => view.getUint32(at, little);
}

/** Predictor 2: each sample is the difference to that of the pixel before, with overflow. */
function addDifferences(numbers: Float64Array, { bits, kind }: ValueType, stride: number): void {
  const wrap = 2 ** bits;
  for (let i = stride; i < numbers.length; i++) {
    const sum = numbers[i]! + numbers[i - stride]!;
    numbers[i] = kind === 'unsigned' ? sum % wrap : ((sum + 1.5 * wrap) % wrap) - wrap / 2;
  }
}

/** Predictor 3: the most significant bytes of all numbers come first, and bytes are differences (Adobe, technical note 3 of 2005). */
function unpackFloatPredictor(packed: Uint8Array, { bits }: ValueType, stride: number, numbers: Float64Array): void {
  const sums = Uint8Array.from(packed);
  for (let i = stride; i < sums.length; i++) sums[i]! += sums[i - stride]!;
  const count = numbers.length;
  const width = bits / 8;
  const view = new DataView(new ArrayBuffer(width));
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < width; byte++) view.setUint8(byte, sums[byte * count + i]!);
    numbers[i] = bits === 32 ? view.getFloat32(0) : view.getFloat64(0);
  }
}
