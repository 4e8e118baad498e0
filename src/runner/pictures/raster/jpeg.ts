/*
 * Pictures of JPEG files, decoded by jpeg-js. Each comes with the warning `jpeg-edges`. The header is checked before,
 * because the decoder takes several bytes of memory for each pixel that it announces.
 */
import { decode } from 'jpeg-js';
import { success, type Result } from '#domain/finding';
import { DamagedFile, type ByteSource } from '#runner/png/byte-source';
import { jpegEdges } from '../picture-findings';
import type { PictureSource, ReadPicture } from '../picture-source';
import { grayOf, shortestArray } from './gray-values';
import { type JpegHeader, readJpegHeader } from './jpeg-header';
import { bytesAt, type RasterFile } from './raster-file';
import { acceptSize, UnsupportedRaster } from './raster-issues';
import { singlePicture } from './single-picture';

/** Findings: those of `PictureSource`; the warning `jpeg-edges` comes with the picture. */
export function openJpeg(source: ByteSource, file: RasterFile, name: string): Result<PictureSource> {
  const size = acceptSize(readJpegHeader(source), name);
  return size.ok ? success(singlePicture(name, size.value, () => file.use((again) => Promise.resolve(readJpeg(again, name))))) : size;
}

/** Megabytes that the decoder may take for a picture of any size. */
const mostMemory = 512;
/** No bit of a file can describe more: a block of 64 pixels takes one bit at least. */
const mostPixelsPerByte = 512;

function readJpeg(source: ByteSource, name: string): Result<ReadPicture> {
  const header = acceptSize(readJpegHeader(source), name);
  if (!header.ok) return header;
  const { width, height } = header.value;
  if (width * height > mostPixelsPerByte * source.length) throw new DamagedFile('it has too few pixels');
  const colors = decodeColors(bytesAt(source, 0, source.length), header.value);
  const values = new Float32Array(width * height);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = grayOf(colors[3 * pixel]!, colors[3 * pixel + 1]!, colors[3 * pixel + 2]!);
  return success({ picture: { width, height, values: shortestArray(values, 255) }, warnings: [jpegEdges(name)] });
}

/** Red, green and blue of each pixel. */
function decodeColors(bytes: Uint8Array, { width, height, isRgb }: JpegHeader): Uint8Array {
  const decoded = decodeOrRefuse(bytes, isRgb);
  if (decoded.width !== width || decoded.height !== height) throw new DamagedFile('it has two headers');
  return decoded.data;
}

function decodeOrRefuse(bytes: Uint8Array, isRgb: boolean): { readonly width: number; readonly height: number; readonly data: Uint8Array } {
  try {
    return decode(bytes, { useTArray: true, formatAsRGBA: false, maxResolutionInMP: Infinity, maxMemoryUsageInMB: mostMemory, ...(isRgb && { colorTransform: false }) });
  } catch (error) {
    // The decoder meets damage with errors of any kind.
    const { message } = error as Error;
    if (message.startsWith('maxMemoryUsageInMB')) throw new UnsupportedRaster(`decoding it takes more than ${mostMemory} MB of memory`, 'Save the picture as PNG or TIFF, or cut it into smaller files.');
    throw new DamagedFile('its compressed pixels are corrupt');
  }
}
