/* How the pixels of a page of a TIFF file are stored. Everything that is not read is refused here, before decoding. */
import { DamagedFile } from '#runner/png/byte-source';
import { grayOf } from '../gray-values';
import { UnsupportedRaster } from '../raster-issues';
import { numberOf, numbersOf, type TiffDirectory, tiffTags } from './directory';

export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  readonly valueType: ValueType;
  /** Samples of a pixel, all with the same type. */
  readonly channels: number;
  /** Whether each channel has blocks of its own. */
  readonly isPlanar: boolean;
  readonly colors: TiffColors;
  /** Which channel is the alpha of the pixel. */
  readonly alpha?: number;
  readonly compression: Compression;
  readonly predictor: 'none' | 'difference' | 'float';
  readonly blocks: TiffBlocks;
}

export interface ValueType {
  readonly bits: 1 | 2 | 4 | 8 | 16 | 32 | 64;
  readonly kind: 'unsigned' | 'signed' | 'float';
}

/** `inverted` is a gray whose 0 is white; the grays of a palette are from 0 to 255. */
export type TiffColors = { readonly kind: 'gray' | 'inverted' | 'rgb' } | { readonly kind: 'palette'; readonly grays: Float64Array };

export type Compression = 'none' | 'lzw' | 'deflate' | 'packbits';

/** Tiles, or strips, which are as wide as the picture. */
export interface TiffBlocks {
  readonly width: number;
  readonly height: number;
  /** Blocks next to each other and below each other. */
  readonly across: number;
  readonly down: number;
  /** Of each block row by row, for planar pictures channel by channel. */
  readonly offsets: readonly number[];
  /** Bytes; missing in some uncompressed files. */
  readonly lengths: readonly number[] | undefined;
}

/** Throws `DamagedFile` and `UnsupportedRaster`. */
export function layoutOf(directory: TiffDirectory, width: number, height: number): TiffLayout {
  const compression = compressionOf(numberOf(directory, tiffTags.compression, 1));
  if (numberOf(directory, tiffTags.orientation, 1) !== 1) throw new UnsupportedRaster('it is to be turned or mirrored (its orientation is not 1)', 'Turn the picture in an image program and save it again.');
  if (numberOf(directory, tiffTags.fillOrder, 1) !== 1) throw new UnsupportedRaster('its bits are in reverse order (fill order 2)', resave);
  const channels = numberOf(directory, tiffTags.samplesPerPixel, 1);
  const valueType = valueTypeOf(directory, channels);
  const colors = colorsOf(directory, valueType);
  const isPlanar = channels > 1 && numberOf(directory, tiffTags.planarConfiguration, 1) === 2;
  const alpha = alphaOf(directory, channels, colors.kind === 'rgb' ? 3 : 1);
  const predictor = predictorOf(directory, valueType, compression);
  const blocks = blocksOf(directory, width, height, isPlanar ? channels : 1, compression);
  return { width, height, valueType, channels, isPlanar, colors, ...(alpha !== undefined && { alpha }), compression, predictor, blocks };
}

const resave = 'Save the picture as TIFF without compression, or with LZW or Deflate, or as PNG.';

const compressions: Readonly<Partial<Record<number, Compression>>> = { 1: 'none', 5: 'lzw', 8: 'deflate', 32946: 'deflate', 32773: 'packbits' };
const unreadCompressions: Readonly<Partial<Record<number, string>>> = { 2: 'CCITT fax', 3: 'CCITT fax', 4: 'CCITT fax', 6: 'JPEG', 7: 'JPEG', 34712: 'JPEG 2000', 34887: 'LERC', 34925: 'LZMA', 50000: 'Zstandard', 50001: 'WebP' };

function compressionOf(code: number): Compression {
  const compression = compressions[code];
  if (compression) return compression;
  const name = unreadCompressions[code];
  throw new UnsupportedRaster(`it is compressed with ${name ?? `the method ${code}`}`, resave);
}

function valueTypeOf(directory: TiffDirectory, channels: number): ValueType {
  const widths = new Set(numbersOf(directory, tiffTags.bitsPerSample) ?? [1]);
  const formats = new Set(numbersOf(directory, tiffTags.sampleFormat) ?? [1]);
  if (channels < 1 || channels > 65_535) throw new DamagedFile(`it has ${channels} samples per pixel`);
  const [bits, format] = [[...widths][0]!, [...formats][0]!];
  const kind = ({ 1: 'unsigned', 2: 'signed', 3: 'float', 4: 'unsigned' } as const)[format];
  const isRead = kind === 'float' ? bits === 32 || bits === 64 : kind === 'signed' ? [8, 16, 32].includes(bits) : [1, 2, 4, 8, 16, 32].includes(bits);
  if (widths.size > 1 || formats.size > 1 || !kind || !isRead) {
    throw new UnsupportedRaster(`its samples have ${[...widths].join(', ')} bits${kind ? ` (${kind})` : ''}`, 'Save the picture with 8 or 16 bits per sample, or with floating-point numbers of 32 bits.');
  }
  return { bits: bits as ValueType['bits'], kind };
}

function colorsOf(directory: TiffDirectory, { bits, kind }: ValueType): TiffColors {
  const photometric = numberOf(directory, tiffTags.photometric, 1);
  // The numbers of measurements stay as they are, whatever the viewer is to show.
  if (photometric === 0) return { kind: kind === 'unsigned' ? 'inverted' : 'gray' };
  if (photometric === 1) return { kind: 'gray' };
  if (photometric === 2) return { kind: 'rgb' };
  if (photometric !== 3) throw new UnsupportedRaster(`its colors are of the kind ${photometric}, which is neither gray, RGB nor a palette`, 'Save the picture in gray or RGB.');
  if (kind !== 'unsigned' || bits > 16) throw new DamagedFile('its palette has too many colors');
  const map = numbersOf(directory, tiffTags.colorMap) ?? [];
  const count = 2 ** bits;
  if (map.length < 3 * count) throw new DamagedFile('its palette is too short');
  // Programs multiply a color of 8 bits by 257, by 256 or not at all.
  const isShort = map.every((value) => value < 256);
  const color = (at: number): number => (isShort ? map[at]! : map[at]! >> 8);
  return { kind: 'palette', grays: Float64Array.from({ length: count }, (_, i) => grayOf(color(i), color(count + i), color(2 * count + i))) };
}

/** Which channel is alpha, if any is; other additional channels make it unclear which one is the picture. */
function alphaOf(directory: TiffDirectory, channels: number, needed: number): number | undefined {
  if (channels < needed) throw new DamagedFile(`it has ${channels} samples per pixel, and its colors need ${needed}`);
  if (channels === needed) return undefined;
  const extra = numbersOf(directory, tiffTags.extraSamples) ?? [];
  const alpha = extra.findIndex((kind) => kind === 1 || kind === 2);
  const isClear = channels === needed + 1 && (alpha === 0 || needed === 3);
  if (!isClear) throw new UnsupportedRaster(`it has ${channels} channels per pixel`, 'Save the channel with the phases as a picture of its own.');
  return alpha === 0 ? needed : undefined;
}

function predictorOf(directory: TiffDirectory, { bits, kind }: ValueType, compression: Compression): TiffLayout['predictor'] {
  const code = numberOf(directory, tiffTags.predictor, 1);
  if (code === 1 || compression === 'none' || compression === 'packbits') return 'none';
  if (code === 2 && kind !== 'float' && bits >= 8) return 'difference';
  // The order of bytes in big-endian files is not the same in all versions of libtiff.
  if (code === 3 && kind === 'float' && directory.isLittleEndian) return 'float';
  throw new UnsupportedRaster(`its predictor ${code} is not one for its samples`, resave);
}

function blocksOf(directory: TiffDirectory, width: number, height: number, planes: number, compression: Compression): TiffBlocks {
  const isTiled = directory.entries.has(tiffTags.tileOffsets);
  const size = isTiled
    ? { width: numberOf(directory, tiffTags.tileWidth), height: numberOf(directory, tiffTags.tileHeight) }
    : { width, height: Math.min(height, numberOf(directory, tiffTags.rowsPerStrip, height)) };
  if (size.width < 1 || size.height < 1) throw new DamagedFile('its tiles or strips have no pixels');
  const [across, down] = [Math.ceil(width / size.width), Math.ceil(height / size.height)];
  const count = across * down * planes;
  const offsets = numbersOf(directory, isTiled ? tiffTags.tileOffsets : tiffTags.stripOffsets) ?? [];
  const lengths = numbersOf(directory, isTiled ? tiffTags.tileByteCounts : tiffTags.stripByteCounts);
  if (offsets.length < count || (compression !== 'none' && (lengths?.length ?? 0) < count)) throw new DamagedFile(`it has ${offsets.length} of ${count} tiles or strips`);
  return { ...size, across, down, offsets, lengths };
}
