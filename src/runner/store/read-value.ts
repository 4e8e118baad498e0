/* A stored value read from where it lies: a row of the database, or a file of its own. */
import type { Artifact } from '#engine/api';
import { decodeArtifact } from './artifact-codec';
import { readIfThere } from './whole-files';

/** The value; that there is none; or where something lies that is not the value, and why. */
export type StoredValue =
  | { readonly state: 'whole'; readonly artifact: Artifact }
  | { readonly state: 'none' }
  | { readonly state: 'damaged'; readonly place: string; readonly reason: string };

/** Reads the value of a label: `inRow` if the database holds its bytes, the file otherwise. */
export function readValue(label: string, inRow: Uint8Array | undefined, file: string): StoredValue {
  const place = inRow ? 'store.sqlite' : file;
  const bytes = inRow ?? readFile(file);
  if (bytes === undefined) return { state: 'none' };
  if (typeof bytes === 'string') return { state: 'damaged', place, reason: bytes };
  const decoded = decodeArtifact(label, bytes);
  return decoded.ok ? { state: 'whole', artifact: decoded.artifact } : { state: 'damaged', place, reason: decoded.reason };
}

/** The bytes; undefined where there is no file; a clause where there is something that cannot be read. */
function readFile(file: string): Uint8Array | string | undefined {
  try {
    return readIfThere(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EIO') return 'the disk cannot read it';
    if (code === 'EISDIR') return 'it is a folder';
    throw error;
  }
}
