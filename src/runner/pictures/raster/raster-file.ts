/*
 * A file that is opened whenever something is read of it, so that any number of pictures can wait without open files.
 * Symbolic links are followed. Whether a path may be opened, and where its links may lead, is the caller's decision.
 */
import { statSync } from 'node:fs';
import { arraySource, blockLength, type ByteSource, DamagedFile, withFileSource } from '#runner/png/byte-source';
import { ChangedFile } from './raster-issues';

export interface RasterFile {
  /**
   * Opens the bytes for the duration of `use`. Throws `ChangedFile` if they changed since the first time or meanwhile,
   * and the system's errors.
   */
  use<T>(use: (source: ByteSource) => Promise<T>): Promise<T>;
}

/** A file by its path, or its bytes. */
export function rasterFile(origin: string | Uint8Array): RasterFile {
  if (typeof origin !== 'string') return { use: (use) => use(arraySource(origin)) };
  let first: string | undefined;
  return {
    async use(use) {
      const stamp = stampOf(origin);
      first ??= stamp;
      if (stamp !== first) throw new ChangedFile();
      try {
        return await withFileSource(origin, use);
      } finally {
        // This takes the place of what `use` found, because half of a file looks damaged.
        confirm(origin, first);
      }
    },
  };
}

function confirm(path: string, stamp: string): void {
  if (stampOf(path) !== stamp) throw new ChangedFile();
}

/** What is different if a file has been written. A folder, a pipe or a device is not opened: it might never end. */
function stampOf(path: string): string {
  const status = statSync(path, { bigint: true });
  if (!status.isFile()) throw systemError(status.isDirectory() ? 'EISDIR' : 'ENODEV', path);
  return `${status.dev} ${status.ino} ${status.size} ${status.mtimeNs}`;
}

function systemError(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'open', path });
}

/** A copy of `count` bytes from `offset` on. Throws `DamagedFile` where the bytes end before, and allocates none then. */
export function bytesAt(source: ByteSource, offset: number, count: number): Uint8Array {
  if (offset + count > source.length) throw new DamagedFile('it ends too early');
  const bytes = new Uint8Array(count);
  for (let done = 0; done < count; done += blockLength) bytes.set(source.read(offset + done, Math.min(blockLength, count - done)), done);
  return bytes;
}
