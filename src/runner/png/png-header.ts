/* The header of a PNG file: https://www.w3.org/TR/png-3/#11IHDR. */
import { DamagedPng, type ByteSource } from './byte-source';

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

/** The header, its checksum not yet tested. Throws `DamagedPng`. */
export function readHeader(source: ByteSource): PngHeader {
  if (source.length < signatureLength + 8 + 13) throw new DamagedPng('it ends within its header');
  const bytes = source.read(signatureLength, 8 + 13);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isHeader = [...'IHDR'].every((letter, i) => bytes[4 + i] === letter.charCodeAt(0));
  if (!isHeader || view.getUint32(0) !== 13) throw new DamagedPng('it does not begin with a header');

  const [width, height] = [view.getUint32(8), view.getUint32(12)];
  const [bitDepth, colorType, compression, filter, interlace] = [16, 17, 18, 19, 20].map((place) => bytes[place]!) as [number, number, number, number, number];
  if (Math.min(width, height) < 1 || Math.max(width, height) > 0x7fffffff) throw new DamagedPng(`its header announces ${width} × ${height} pixels`);
  if (!isColorType(colorType)) throw new DamagedPng(`its header names a color type ${colorType}, which PNG does not have`);
  if (!bitDepthsOf[colorType].includes(bitDepth)) throw new DamagedPng(`its header names ${bitDepth} bits per sample, which its color type ${colorType} does not have`);
  if (compression !== 0 || filter !== 0 || interlace > 1) throw new DamagedPng('its header names a compression, filter or interlacing that PNG does not have');
  return { width, height, bitDepth, colorType, interlaced: interlace === 1 };
}

function isColorType(value: number): value is ColorType {
  return value in channelsOf;
}
