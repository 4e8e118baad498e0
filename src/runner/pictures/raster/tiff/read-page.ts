/*
 * The picture of a page of a TIFF file. Gray values keep the numbers of the file, those of fewer than 8 bits become 0 to
 * 255; where 0 is white, whole numbers are inverted, so that white is the largest.
 */
import { success, type Result } from '#domain/finding';
import type { Picture } from '#engine/api';
import { arrayNotFinite } from '../../arrays/array-findings';
import { grayOf, scaleOf, shortestArray } from '../gray-values';
import { createTransparencyCheck } from '../transparency';
import type { TiffDirectory } from './directory';
import type { TiffLayout } from './layout';
import { refuseTooFewBytes, rowReader, type RowReader } from './rows';

/** Findings: `picture-transparent`, `array-not-finite`. Throws `DamagedFile` and `UnsupportedRaster`. */
export function readPage(directory: TiffDirectory, layout: TiffLayout, name: string): Result<Picture> {
  refuseTooFewBytes(directory, layout);
  const { width, height, valueType, alpha, blocks } = layout;
  const values = emptyValues(layout);
  const transparency = createTransparencyCheck(valueType.kind === 'float' ? 1 : 2 ** valueType.bits - 1);
  const gray = grayReader(layout);
  const planes = layout.isPlanar ? layout.channels : 1;
  const stride = layout.isPlanar ? 1 : layout.channels;

  for (let block = 0; block < blocks.across * blocks.down; block++) {
    const left = (block % blocks.across) * blocks.width;
    const top = Math.floor(block / blocks.across) * blocks.height;
    const readers = Array.from({ length: planes }, (_, plane): RowReader => rowReader(directory, layout, plane * blocks.across * blocks.down + block));
    const [columns, rows] = [Math.min(blocks.width, width - left), Math.min(blocks.height, height - top)];
    for (let row = 0; row < rows; row++) {
      const channels = channelsOf(readers, row, layout);
      for (let column = 0; column < columns; column++) {
        const value = gray(channels, column * stride);
        values[(top + row) * width + left + column] = value;
        if (alpha !== undefined) transparency.see(value, channels[alpha]![column * stride]!);
      }
    }
  }
  return transparency.finding(name) ?? refuseNotFinite(values, width, name) ?? success({ width, height, values: shorten(values, layout) });
}

/** The samples of each channel in a row; those of pixels lie `stride` apart. */
function channelsOf(readers: readonly RowReader[], row: number, { isPlanar, channels }: TiffLayout): readonly Float64Array[] {
  if (isPlanar) return readers.map((read) => read(row));
  const numbers = readers[0]!(row);
  return Array.from({ length: channels }, (_, channel) => numbers.subarray(channel));
}

/** The gray value of the pixel whose samples are at `at`. */
function grayReader({ colors, valueType: { bits, kind } }: TiffLayout): (channels: readonly Float64Array[], at: number) => number {
  const scale = scaleOf(bits);
  if (colors.kind === 'palette') return ([first], at) => colors.grays[first![at]!]!;
  if (colors.kind === 'inverted') return ([first], at) => scale * (2 ** bits - 1 - first![at]!);
  if (colors.kind === 'gray') return scale === 1 ? ([first], at) => first![at]! : ([first], at) => scale * first![at]!;
  // The weights are for whole numbers; those of floating-point numbers are the same.
  return kind === 'float' ? ([red, green, blue], at) => 0.2126 * red![at]! + 0.7152 * green![at]! + 0.0722 * blue![at]! : ([red, green, blue], at) => scale * grayOf(red![at]!, green![at]!, blue![at]!);
}

function emptyValues({ width, height, colors, valueType: { bits, kind } }: TiffLayout): Picture['values'] {
  const pixels = width * height;
  const isWhole = kind === 'unsigned' && bits <= 16 && (colors.kind === 'gray' || colors.kind === 'inverted');
  return isWhole ? (bits === 16 ? new Uint16Array(pixels) : new Uint8Array(pixels)) : new Float32Array(pixels);
}

/** Colors that are all gray are as short as grays; numbers of measurements stay as they are. */
function shorten(values: Picture['values'], { colors, valueType: { bits, kind } }: TiffLayout): Picture['values'] {
  if (!(values instanceof Float32Array) || kind !== 'unsigned' || (colors.kind !== 'rgb' && colors.kind !== 'palette')) return values;
  return shortestArray(values, colors.kind === 'palette' ? 255 : Math.max(255, 2 ** bits - 1));
}

function refuseNotFinite(values: Picture['values'], width: number, name: string): Result<never> | undefined {
  if (!(values instanceof Float32Array)) return undefined;
  const first = values.findIndex((value) => !Number.isFinite(value));
  return first < 0 ? undefined : arrayNotFinite(name, Math.floor(first / width), first % width);
}
