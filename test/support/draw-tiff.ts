/* A writer of little-endian TIFF files for tests: directories with any tags, one after another, with or without sense. */

/** Values of tags by their numbers, as numbers of 4 bytes, or as text. */
export type TiffTags = Readonly<Record<number, readonly number[] | string>>;

/** A file whose pixels are the bytes from 8 on, and whose directories follow. `after` is where the last one leads. */
export function drawTiff(pixels: Uint8Array, pages: readonly TiffTags[], after: 0 | 'first' = 0): Uint8Array {
  const parts: Buffer[] = [Buffer.from('II*\0', 'latin1'), Buffer.alloc(4), Buffer.from(pixels)];
  let end = 8 + pixels.length;
  let first = 0;
  pages.forEach((tags, page) => {
    const entries = Object.entries(tags);
    const start = end + entries.reduce((sum, [, values]) => sum + (4 * values.length > 4 || typeof values === 'string' ? bytesOf(values).length : 0), 0);
    first ||= start;
    const directory = Buffer.alloc(2 + 12 * entries.length + 4);
    directory.writeUInt16LE(entries.length);
    entries.forEach(([tag, values], i) => {
      const bytes = bytesOf(values);
      const at = 2 + 12 * i;
      directory.writeUInt16LE(Number(tag), at);
      directory.writeUInt16LE(typeof values === 'string' ? 2 : 4, at + 2);
      directory.writeUInt32LE(values.length, at + 4);
      if (bytes.length <= 4 && typeof values !== 'string') bytes.copy(directory, at + 8);
      else {
        directory.writeUInt32LE(end, at + 8);
        parts.push(bytes);
        end += bytes.length;
      }
    });
    end = start + directory.length;
    const nextTags = pages[page + 1];
    const next = nextTags ? end + Object.values(nextTags).reduce((sum, values) => sum + (4 * values.length > 4 || typeof values === 'string' ? bytesOf(values).length : 0), 0) : after === 'first' ? first : 0;
    directory.writeUInt32LE(next, directory.length - 4);
    parts.push(directory);
  });
  parts[1]!.writeUInt32LE(first);
  return Uint8Array.from(Buffer.concat(parts));
}

function bytesOf(values: readonly number[] | string): Buffer {
  return typeof values === 'string' ? Buffer.from(values.padEnd(8, '\0'), 'latin1') : Buffer.from(Uint32Array.from(values).buffer);
}
