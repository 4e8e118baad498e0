/* Bytes by position: a file is never in memory as a whole, however long it is. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** The file ends too early or contradicts its format. The message completes "… is damaged:". */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** The most bytes of one `read`. */
export const blockLength = 65536;

/** Random access to bytes. */
export interface ByteSource {
  readonly length: number;
  /**
   * `count` bytes from `offset` on, at most `blockLength`, valid until the next call.
   * Throws `DamagedFile` where the bytes end before.
   */
  read(offset: number, count: number): Uint8Array;
}

/** The bytes of an array. */
export function arraySource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    read(offset, count) {
      if (offset + count > bytes.length) throw endsEarly();
      return bytes.subarray(offset, offset + count);
    },
  };
}

/** Opens a file for `use` and closes it afterwards. Throws the system's errors. */
export async function withFileSource<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const file = openSync(path, 'r');
  try {
    const status = fstatSync(file);
    // A pipe has no positions and a folder no bytes; reading says so, or gives all bytes at once.
    return await use(status.isFile() ? fileSource(file, status.size) : arraySource(readFileSync(file)));
  } finally {
    closeSync(file);
  }
}

function fileSource(file: number, length: number): ByteSource {
  const block = Buffer.allocUnsafe(Math.min(blockLength, length));
  let start = 0;
  let filled = 0;
  return {
    length,
    read(offset, count) {
      if (offset < start || offset + count > start + filled) {
        start = offset;
        filled = readSync(file, block, 0, block.length, offset);
        if (filled < count) throw endsEarly();
      }
      return block.subarray(offset - start, offset - start + count);
    },
  };
}

const endsEarly = (): DamagedFile => new DamagedFile('it ends too early');
