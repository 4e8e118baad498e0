/* Bytes of a file by position, as they lie in it or as they are after inflating (RFC 1951), never all of them at once. */
import { Readable } from 'node:stream';
import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { pictureDamaged } from '../picture-findings';
import { refuse } from './refused';

export interface ByteReader {
  readonly length: number;
  /** Exactly `count` bytes. Stops with `picture-damaged` where the bytes end before. One read at a time. */
  read(offset: number, count: number): Promise<Uint8Array>;
}

/** A part of a file. */
export function plainBytes(file: FileHandle, start: number, length: number, name: string): ByteReader {
  return {
    length,
    async read(offset, count) {
      if (offset + count > length) endsEarly(name);
      const bytes = new Uint8Array(count);
      for (let done = 0; done < count; ) {
        const { bytesRead } = await file.read(bytes, done, count - done, start + offset + done);
        if (bytesRead === 0) endsEarly(name);
        done += bytesRead;
      }
      return bytes;
    },
  };
}

/**
 * What `compressed` inflates to, `length` bytes with the checksum `crc`. Reading forwards inflates once; reading
 * backwards begins again. Memory is a few blocks, whatever the length.
 */
export function inflatedBytes(compressed: ByteReader, length: number, crc: number, name: string): ByteReader {
  let stream: AsyncIterator<Uint8Array> | undefined;
  let rest = new Uint8Array(0);
  let position = 0;
  let checksum = 0;

  const next = async (): Promise<Uint8Array> => {
    try {
      stream ??= inflate(compressed)[Symbol.asyncIterator]();
      const { value, done } = await stream.next();
      if (done === true) endsEarly(name);
      return value;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') !== true) throw error;
      return refuse(pictureDamaged(name, 'its compressed bytes are not valid'));
    }
  };
  const restart = async (): Promise<void> => {
    await stream?.return?.();
    stream = undefined;
    rest = new Uint8Array(0);
    position = checksum = 0;
  };
  return {
    length,
    async read(offset, count) {
      if (offset + count > length) endsEarly(name);
      if (offset < position) await restart();
      const bytes = new Uint8Array(count);
      for (const end = offset + count; position < end; ) {
        if (rest.length === 0) {
          rest = new Uint8Array(await next());
          checksum = crc32(rest, checksum);
          if (position + rest.length === length && checksum !== crc) refuse(pictureDamaged(name, 'its checksum is wrong'));
        }
        const taken = Math.min(rest.length, (position < offset ? offset : end) - position);
        if (position >= offset) bytes.set(rest.subarray(0, taken), position - offset);
        rest = rest.subarray(taken);
        position += taken;
      }
      return bytes;
    },
  };
}

const block = 65_536;

function inflate(compressed: ByteReader): AsyncIterable<Uint8Array> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < compressed.length; at += block) yield await compressed.read(at, Math.min(block, compressed.length - at));
  }
  const source = Readable.from(pieces(), { objectMode: false });
  const inflater = createInflateRaw({ chunkSize: block });
  source.on('error', (error) => inflater.destroy(error));
  return source.pipe(inflater);
}

function endsEarly(name: string): never {
  return refuse(pictureDamaged(name, 'it ends too early'));
}
