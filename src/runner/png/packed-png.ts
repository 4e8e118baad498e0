/* An image of a batch as PNG (ISO/IEC 15948) with one bit per pixel: the packed bits of a batch are the rows of such a file. */
import { crc32, deflateSync } from 'node:zlib';
import type { MicrostructureBatch } from '#engine/api';

/** Image `index` as a gray PNG of one bit; white is 1. Much faster to write than 8 bits at the highest level of compression, which matters for whole databases. */
export function packedPng({ resolution, packed }: MicrostructureBatch, index: number): Buffer {
  const rowBytes = resolution / 8;
  const rows = new Uint8Array(resolution * (rowBytes + 1));
  for (let row = 0; row < resolution; row++) {
    const from = (index * resolution + row) * rowBytes;
    // A byte of filter, 0 for none, begins each row.
    rows.set(packed.subarray(from, from + rowBytes), row * (rowBytes + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(resolution, 0);
  header.writeUInt32BE(resolution, 4);
  header.set([1, 0, 0, 0, 0], 8); // bit depth, gray, deflate, filters of the standard, not interlaced
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array())]);
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
