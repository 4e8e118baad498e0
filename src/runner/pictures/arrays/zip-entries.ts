/* The entries of a ZIP file (PKWARE's APPNOTE 6.3.10, with the fields for large files), by its central directory. */
import type { FileHandle } from 'node:fs/promises';
import { pictureDamaged, pictureUnsupported } from '../picture-findings';
import { inflatedBytes, plainBytes, type ByteReader } from './byte-reader';
import { refuse } from './refused';

export interface ZipEntry {
  readonly name: string;
  /** 0 is stored, 8 is deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly compressed: number;
  readonly length: number;
  /** Where the entry's own header begins. */
  readonly offset: number;
}

/** No deflated block is longer than this many times its bytes. */
const mostDeflation = 1032;

/** All entries. Stops with `picture-damaged`. */
export async function zipEntries(file: FileHandle, size: number, name: string): Promise<readonly ZipEntry[]> {
  const all = plainBytes(file, 0, size, name);
  const { entries, start, length } = await directoryOf(all, size, name);
  const bytes = await all.read(start, length);
  const view = viewOf(bytes);
  const found: ZipEntry[] = [];
  for (let at = 0; found.length < entries; ) {
    if (at + 46 > length || view.getUint32(at, true) !== 0x02014b50) refuse(pictureDamaged(name, 'its list of entries is wrong'));
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > length) refuse(pictureDamaged(name, 'its list of entries ends too early'));
    const [plain, compressed, offset] = largeFields(view, at + 46 + nameLength, extraLength, [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]);
    found.push({
      name: Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString(),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      crc: view.getUint32(at + 16, true),
      compressed,
      length: plain,
      offset,
    });
    at = next;
  }
  return found;
}

/** The bytes of an entry. `name` is the file's or the entry's in findings. Stops with `picture-damaged` and `picture-unsupported`. */
export async function zipBytes(file: FileHandle, size: number, entry: ZipEntry, name: string): Promise<ByteReader> {
  if (entry.encrypted) refuse(pictureUnsupported(name, 'it is encrypted', 'Save it without a password.'));
  if (entry.method !== 0 && entry.method !== 8) refuse(pictureUnsupported(name, `it is compressed by method ${entry.method} of ZIP`, 'Save it with numpy.savez or numpy.savez_compressed.'));
  const header = viewOf(await plainBytes(file, 0, size, name).read(entry.offset, 30));
  if (header.getUint32(0, true) !== 0x04034b50) refuse(pictureDamaged(name, 'its entry is not where the list of entries says'));
  const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const possible = entry.method === 0 ? entry.compressed === entry.length : entry.length <= entry.compressed * mostDeflation;
  if (start + entry.compressed > size || !possible) refuse(pictureDamaged(name, `it cannot have the ${entry.length} bytes that its header announces`));
  const bytes = plainBytes(file, start, entry.compressed, name);
  return entry.method === 0 ? bytes : inflatedBytes(bytes, entry.length, entry.crc, name);
}

async function directoryOf(all: ByteReader, size: number, name: string): Promise<{ entries: number; start: number; length: number }> {
  const tailStart = Math.max(0, size - 22 - 0xffff);
  const tail = await all.read(tailStart, size - tailStart);
  const view = viewOf(tail);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) refuse(pictureDamaged(name, 'its list of entries is missing'));
  let directory = { entries: view.getUint16(end + 10, true), length: view.getUint32(end + 12, true), start: view.getUint32(end + 16, true) };
  if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) {
    const at = Number(view.getBigUint64(end - 12, true));
    if (at + 56 > size) refuse(pictureDamaged(name, 'its list of entries is missing'));
    const large = viewOf(await all.read(at, 56));
    directory = { entries: Number(large.getBigUint64(32, true)), length: Number(large.getBigUint64(40, true)), start: Number(large.getBigUint64(48, true)) };
  }
  if (directory.start + directory.length > size || directory.entries * 46 > directory.length) refuse(pictureDamaged(name, 'its list of entries is wrong'));
  return directory;
}

/** Fields of 32 bits that are all ones stand in an extra field with 64 bits. */
function largeFields(view: DataView, start: number, length: number, small: readonly [number, number, number]): readonly [number, number, number] {
  const fields = [...small] as [number, number, number];
  for (let at = start; at + 4 <= start + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let value = at + 4;
    for (const [i, field] of small.entries()) {
      if (field !== 0xffffffff || value + 8 > start + length) continue;
      fields[i] = Number(view.getBigUint64(value, true));
      value += 8;
    }
  }
  return fields;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
