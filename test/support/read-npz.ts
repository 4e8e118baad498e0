/*
 * Reads an NPZ file by the specifications of ZIP (APPNOTE 6.3: end of central directory, central directory, local
 * headers) and of NPY (NumPy Enhancement Proposal 1), without the package that writes it.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { expect } from 'vitest';

export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** The arrays of a file by their names; fails unless all are deflated, uint8 and in C order. */
export function readNpz(bytes: Buffer): ReadonlyMap<string, NpyArray> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const arrays = new Map<string, NpyArray>();
  for (let i = 0; i < count; i++) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [method, crc, packed, size, nameLength, extra, comment, local] = [
      bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24),
      bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42),
    ] as const;
    expect(method).toBe(8);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = inflateRawSync(bytes.subarray(start, start + packed));
    expect([content.length, crc32(content)]).toEqual([size, crc]);
    arrays.set(name.replace(/\.npy$/, ''), readNpy(content));
    at += 46 + nameLength + extra + comment;
  }
  return arrays;
}

function readNpy(content: Buffer): NpyArray {
  expect([...content.subarray(0, 8)]).toEqual([0x93, ...Buffer.from('NUMPY'), 1, 0]);
  const start = 10 + content.readUInt16LE(8);
  expect(start % 64).toBe(0);
  const header = content.toString('latin1', 10, start);
  const [, shape] = /^\{'descr': '\|u1', 'fortran_order': False, 'shape': \((\d+, \d+, \d+)\), \} *\n$/.exec(header) ?? [];
  if (shape === undefined) return expect.fail(header);
  const data = Uint8Array.from(content.subarray(start));
  const sizes = shape.split(', ').map(Number);
  expect(data.length).toBe(sizes.reduce((product, size) => product * size, 1));
  return { shape: sizes, data };
}
