/*
 * The compressions of TIFF: LZW (TIFF 6.0, section 13), PackBits (section 9) and Deflate (technical note 2 of 2002).
 * Each gives `most` bytes at most, so that no data make more memory than the caller expects.
 */
import { inflateSync } from 'node:zlib';
import { DamagedFile } from '#runner/png/byte-source';
import type { Compression } from './layout';

/** The most bytes that a byte of each compression can make. */
export const largestGain: Readonly<Record<Exclude<Compression, 'none'>, number>> = { lzw: 2731, deflate: 1032, packbits: 64 };

/** Throws `DamagedFile`. The result is shorter than `most` where the data end before. */
export function decompress(data: Uint8Array, compression: Exclude<Compression, 'none'>, most: number): Uint8Array {
  if (compression === 'deflate') return inflate(data, most);
  return compression === 'lzw' ? expandLzw(data, most) : expandPackBits(data, most);
}

function inflate(data: Uint8Array, most: number): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: most, chunkSize: Math.min(most + 64, 2 ** 22) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new DamagedFile('a tile or strip has too many pixels');
    if (code?.startsWith('Z_')) throw new DamagedFile('the compressed pixels of a tile or strip are corrupt');
    throw error;
  }
}

function expandPackBits(data: Uint8Array, most: number): Uint8Array {
  const output = new Uint8Array(most);
  let filled = 0;
  for (let at = 0; at < data.length && filled < most; ) {
    const head = data[at++]!;
    if (head < 128) {
      const literal = data.subarray(at, at + Math.min(head + 1, most - filled));
      output.set(literal, filled);
      filled += literal.length;
      at += head + 1;
    } else if (head > 128 && at < data.length) {
      const count = Math.min(257 - head, most - filled);
      output.fill(data[at++]!, filled, filled + count);
      filled += count;
    }
  }
  return output.subarray(0, filled);
}

const clearCode = 256;
const endCode = 257;
const tableLength = 4096;

function expandLzw(data: Uint8Array, most: number): Uint8Array {
  const output = new Uint8Array(most);
  // The string of a code: its length, and where it ends in the output; it was there before.
  const lengths = new Uint16Array(tableLength).fill(1, 0, 256);
  const ends = new Uint32Array(tableLength);
  let [filled, next, width, previous] = [0, 258, 9, -1];
  let [bits, count, at] = [0, 0, 0];
  while (filled < most) {
    while (count < width && at < data.length) {
      bits = ((bits << 8) | data[at++]!) & 0xff_ffff;
      count += 8;
    }
    if (count < width) break;
    count -= width;
    const code = (bits >> count) & (2 ** width - 1);
    if (code === endCode) break;
    if (code === clearCode) {
      [next, width, previous] = [258, 9, -1];
      continue;
    }
    if (code > next || (code === next && previous < 0) || (previous < 0 && code > 255)) throw new DamagedFile('the compressed pixels of a tile or strip are corrupt');
    const start = filled;
    if (previous >= 0 && next < tableLength) {
      // The previous string and the first byte that comes now: in the output they follow each other.
      lengths[next] = lengths[previous]! + 1;
      ends[next] = start + 1;
      next++;
    }
    if (code < 256) {
      output[filled++] = code;
    } else {
      const length = Math.min(lengths[code]!, most - filled);
      let from = ends[code]! - lengths[code]!;
      for (const end = filled + length; filled < end; ) output[filled++] = output[from++]!;
    }
    previous = code;
    // Widths grow one code early, as all writers of TIFF have it.
    width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
  }
  return output.subarray(0, filled);
}
