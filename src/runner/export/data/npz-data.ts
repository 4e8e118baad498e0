/*
 * Tables as NPZ: a ZIP file of one NPY array for each dataset, `database/images.npy`. Units and provenance are the text
 * of the array `attributes`, JSON. Arrays are deflated piece by piece, so that no array is in memory as a whole.
 */
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { npyHeader } from '#runner/report/cells-file';
import { attributesOf } from './attributes';
import type { CaseData, DataColumn } from './data-table';
import { imagePieces } from './image-pieces';

/** ZIP without its extension for large files, which the library does not write. */
export const mostNpzBytes = 2 ** 32 - 2 ** 16;

/** The first time that a ZIP file can have, so that equal data give equal bytes. */
const noTime = new Date(1980, 0, 1);

/** Writes the file's bytes in pieces. */
export function writeNpz(data: CaseData, write: (bytes: Uint8Array) => void): void {
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    write(bytes);
  });
  const add = (name: string, shape: readonly number[], type: string, pieces: Iterable<Uint8Array>): void => addEntry(zip, `${name}.npy`, npyHeader(shape, type), pieces);
  const text = JSON.stringify(attributesOf(data));
  add('attributes', [], `<U${text.length}`, [utf32([text], text.length)]);
  for (const { name: table, rows, images, columns, arrays } of data.tables) {
    if (images) add(`${table}/${images.name}`, [rows, images.batch.resolution, images.batch.resolution], '|u1', imagePieces(images.batch));
    for (const column of columns) {
      const { type, bytes } = columnBytes(column);
      add(`${table}/${column.name}`, [rows], type, [bytes]);
    }
    for (const { name, shape, values } of arrays) add(`${table}/${name}`, shape, '<f4', [bytesOf(values)]);
  }
  zip.end();
}

function columnBytes({ values }: DataColumn): { readonly type: string; readonly bytes: Uint8Array } {
  if (values instanceof Float64Array) return { type: '<f8', bytes: bytesOf(values) };
  if (typeof values[0] === 'boolean') return { type: '|b1', bytes: Uint8Array.from(values as readonly boolean[], Number) };
  const texts = values as readonly string[];
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 1);
  return { type: `<U${longest}`, bytes: utf32(texts, longest) };
}

/** NumPy's texts: code points of 32 bits, filled with zeros. */
function utf32(texts: readonly string[], length: number): Uint8Array {
  const codes = new Uint32Array(texts.length * length);
  texts.forEach((text, i) => [...text].forEach((character, k) => void (codes[i * length + k] = character.codePointAt(0)!)));
  return bytesOf(codes);
}

const bytesOf = (array: Float64Array | Float32Array | Uint32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

function addEntry(zip: Zip, filename: string, header: Uint8Array, pieces: Iterable<Uint8Array>): void {
  const entry: ZipInputFile = { filename, size: 0, crc: 0, compression: 8, mtime: noTime };
  zip.add(entry);
  const push = (bytes: Uint8Array, last: boolean): void => {
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    // The lowest level: images of two values become 20 times smaller by it, and hardly smaller by the highest one.
    entry.ondata!(null, deflateRawSync(bytes, { level: 1, finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH }), last);
  };
  push(header, false);
  for (const piece of pieces) push(piece, false);
  push(new Uint8Array(), true);
}
