/* What a file is, by how it begins; names do not matter. */
import type { FileHandle } from 'node:fs/promises';
import { pictureFormatUnknown, pictureUnsupported } from '../picture-findings';
import { refuse } from './refused';

export type ArrayFormat = 'npy' | 'npz' | 'hdf5' | 'parquet';

/** Bytes after which a file is known. */
const beginning = 16;

/** The format of a file that begins with these bytes, if it is one of arrays. */
export function arrayFormat(bytes: Uint8Array): ArrayFormat | undefined {
  const begins = (signature: string): boolean => Buffer.from(bytes.subarray(0, signature.length)).toString('latin1') === signature;
  if (begins('\u0093NUMPY')) return 'npy';
  if (begins('PK\u0003\u0004') || begins('PK\u0005\u0006')) return 'npz';
  if (begins(hdf5Signature)) return 'hdf5';
  return begins('PAR1') ? 'parquet' : undefined;
}

/** Reads the beginning of a file, and of an HDF5 file with a preface where its own beginning may be. */
export async function formatOf(file: FileHandle): Promise<ArrayFormat | undefined> {
  const head = await bytesAt(file, 0, beginning);
  const format = arrayFormat(head);
  if (format) return format;
  for (let offset = 512; offset <= 65_536; offset *= 2) {
    if (arrayFormat(await bytesAt(file, offset, beginning)) === 'hdf5') return 'hdf5';
  }
  return undefined;
}

/** Stops with `picture-unsupported` for what is not read but known. */
export async function refuseFormat(file: FileHandle, name: string): Promise<never> {
  const head = await bytesAt(file, 0, beginning);
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) return refuse(pictureUnsupported(name, 'it is a pickled Python object, which can run code', 'Save the array with numpy.save or numpy.savez.'));
  if (Buffer.from(head).toString('latin1').startsWith('MATLAB 5.0')) return refuse(pictureUnsupported(name, 'it is a MATLAB file of version 5', 'Save it as HDF5: save("set.mat", "images", "-v7.3").'));
  return refuse(pictureFormatUnknown(name));
}

const hdf5Signature = '\u0089HDF\r\n\u001a\n';

async function bytesAt(file: FileHandle, offset: number, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  const { bytesRead } = await file.read(bytes, 0, count, offset);
  return bytes.subarray(0, bytesRead);
}
