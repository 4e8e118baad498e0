/* A PNG writer for tests, independent of the library that the program reads PNG files with. */
import { crc32, deflateSync } from 'node:zlib';

export interface DrawnPng {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  /** 0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGB with alpha. */
  readonly colorType: 0 | 2 | 3 | 4 | 6;
  /** Channels of a pixel at row, column; palette indices for type 3. */
  readonly pixel: (row: number, column: number) => readonly number[];
  /** Red, green, blue of each entry. */
  readonly palette?: readonly (readonly [number, number, number])[];
  /** The chunk tRNS: alpha of palette entries, or the samples of the transparent color, two bytes each. */
  readonly transparency?: readonly number[];
}

export function drawPng({ width, height, bitDepth, colorType, pixel, palette, transparency }: DrawnPng): Buffer {
  const rows = Array.from({ length: height }, (_, row) => {
    const bits = Array.from({ length: width }, (_, column) => pixel(row, column).map((value) => value.toString(2).padStart(bitDepth, '0')).join('')).join('');
    const bytes = bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, '0'), 2));
    return Buffer.from([0, ...bytes]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, colorType, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Buffer.from(palette.flat()))] : []),
    ...(transparency ? [chunk('tRNS', Buffer.from(transparency))] : []),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A chunk with its length and checksum. */
export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
