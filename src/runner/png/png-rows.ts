/*
 * The rows of a PNG image: inflated, unfiltered and in their place. Bytes are taken from zlib as rows need them,
 * so the memory does not depend on how many the file holds, interlaced or not.
 * Filters and passes: https://www.w3.org/TR/png-3/#9Filters and #8Interlace.
 */
import { Readable } from 'node:stream';
import { createInflate, inflateSync } from 'node:zlib';
import { DamagedFile, type ByteSource } from './byte-source';
import { channelsOf, type ImageData, imageDataBlocks, type PngChunks, type PngHeader } from './png-chunks';

/** Where the pixels of a row lie: in row `row`, from column `first` on, `step` columns apart, `count` of them. */
export interface RowPlace {
  readonly row: number;
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

interface Pass {
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly columnStep: number;
  readonly rowStep: number;
}

const adam7: readonly Pass[] = [
  { firstColumn: 0, firstRow: 0, columnStep: 8, rowStep: 8 },
  { firstColumn: 4, firstRow: 0, columnStep: 8, rowStep: 8 },
  { firstColumn: 0, firstRow: 4, columnStep: 4, rowStep: 8 },
  { firstColumn: 2, firstRow: 0, columnStep: 4, rowStep: 4 },
  { firstColumn: 0, firstRow: 2, columnStep: 2, rowStep: 4 },
  { firstColumn: 1, firstRow: 0, columnStep: 2, rowStep: 2 },
  { firstColumn: 0, firstRow: 1, columnStep: 1, rowStep: 2 },
];
const wholeImage: Pass = { firstColumn: 0, firstRow: 0, columnStep: 1, rowStep: 1 };

/**
 * Passes each row to `use`: its packed samples, valid during the call. Returns remarks as `readChunks` does.
 * Throws `DamagedFile`.
 */
export async function decodeRows(source: ByteSource, { header, imageData }: PngChunks, use: (packed: Uint8Array, place: RowPlace) => void): Promise<string[]> {
  const inflated = inflateSmall(source, header, imageData);
  if (!inflated) return decodeStream(source, header, imageData, use);
  const rows = assembleRows(header, use);
  rows.next();
  rows.next(inflated);
  return [];
}

/** Images with fewer bytes are inflated at once, which takes a fraction of a stream's time. */
const mostSmallBytes = 2 ** 18;

/** The bytes of a small image without any irregularity; all others are left to the stream, which finds out what is wrong. */
function inflateSmall(source: ByteSource, header: PngHeader, imageData: ImageData): Uint8Array | undefined {
  const expected = inflatedLength(header);
  if (expected > mostSmallBytes || imageData.length > 2 * mostSmallBytes) return undefined;
  try {
    const compressed = Buffer.concat([...imageDataBlocks(source, imageData)]);
    // A few bytes more than the image, so that the end of the stream is reached within the first chunk.
    const { buffer, engine } = inflateSync(compressed, { chunkSize: expected + 64, maxOutputLength: expected, info: true }) as unknown as InflateInfo;
    return buffer.length === expected && engine.bytesWritten === compressed.length ? buffer : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

/** What zlib returns with `info`. */
interface InflateInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function decodeStream(source: ByteSource, header: PngHeader, imageData: ImageData, use: (packed: Uint8Array, place: RowPlace) => void): Promise<string[]> {
  const input = Readable.from(imageDataBlocks(source, imageData));
  const stream = createInflate({ chunkSize: inflatedBlock(header) });
  const rows = assembleRows(header, use);
  rows.next();
  let complete = false;
  const decoded = new Promise<string[]>((resolve, reject) => {
    // Bytes are taken when they come, and not by iterating, which loses those that wait when an error comes.
    stream.on('data', (bytes: Buffer) => {
      try {
        const step = complete ? { done: true, value: bytes.length } : rows.next(bytes);
        complete = step.done === true;
        if (step.value) resolve([surplus]);
      } catch (error) {
        reject(error);
      }
    });
    stream.on('end', () => {
      if (complete) resolve(stream.bytesWritten < imageData.length ? [surplus] : []);
      else reject(new DamagedFile(tooFewPixels));
    });
    stream.on('error', (error: NodeJS.ErrnoException) => {
      const { code } = error;
      if (complete && code === 'Z_DATA_ERROR') resolve([corruptEnd]);
      else if (code === 'Z_BUF_ERROR') reject(new DamagedFile(complete ? 'its compressed pixels have no end' : tooFewPixels));
      else if (code?.startsWith('Z_')) reject(new DamagedFile(`its compressed pixels are corrupt (${error.message})`));
      else reject(error);
    });
    input.on('error', reject);
    input.pipe(stream);
  });
  return decoded.finally(() => {
    input.destroy();
    stream.destroy();
  });
}

const surplus = 'its image data continue after the last pixel; the surplus is ignored';
const corruptEnd = 'its image data are corrupt after the last pixel';
const tooFewPixels = 'it has too few pixels';

/** Takes inflated bytes in parts of any length; after the last row it returns how many are left of the part. */
function* assembleRows(header: PngHeader, use: (packed: Uint8Array, place: RowPlace) => void): Generator<void, number, Uint8Array> {
  const bits = channelsOf[header.colorType] * header.bitDepth;
  const pixelBytes = Math.max(1, bits / 8);
  let part: Uint8Array = new Uint8Array(0);
  for (const { columns, pass } of passesOf(header)) {
    // The filter's byte, then the samples.
    let line = new Uint8Array(1 + Math.ceil((columns * bits) / 8));
    let above = new Uint8Array(line.length);
    for (let row = pass.firstRow; row < header.height; row += pass.rowStep) {
      for (let filled = 0; filled < line.length; ) {
        if (part.length === 0) part = yield;
        const taken = part.subarray(0, line.length - filled);
        line.set(taken, filled);
        filled += taken.length;
        part = part.subarray(taken.length);
      }
      unfilter(line, above, pixelBytes);
      use(line.subarray(1), { row, first: pass.firstColumn, step: pass.columnStep, count: columns });
      [line, above] = [above, line];
    }
  }
  return part.length;
}

/** The passes that have pixels, with the pixels of their rows and the number of these. */
function passesOf({ width, height, interlaced }: PngHeader): { readonly pass: Pass; readonly columns: number; readonly rows: number }[] {
  return (interlaced ? adam7 : [wholeImage])
    .map((pass) => ({ pass, columns: Math.ceil((width - pass.firstColumn) / pass.columnStep), rows: Math.ceil((height - pass.firstRow) / pass.rowStep) }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/**
 * Bytes that zlib hands over at once. Their multiple is the image, so that what is wrong after the last
 * pixel is found after it was handed over: rows of a power of two come in stripes of eight.
 */
function inflatedBlock(header: PngHeader): number {
  const bytes = inflatedLength(header);
  return Math.max(64, bytes <= 2 ** 20 ? bytes : Math.ceil(bytes / (header.height / 8)));
}

/** Bytes of all rows with their filters. */
function inflatedLength(header: PngHeader): number {
  const bits = channelsOf[header.colorType] * header.bitDepth;
  return passesOf(header).reduce((sum, { columns, rows }) => sum + rows * (1 + Math.ceil((columns * bits) / 8)), 0);
}

/** Undoes the filter of a row in place; `above` is the row before, unfiltered. */
function unfilter(line: Uint8Array, above: Uint8Array, pixelBytes: number): void {
  const filter = line[0]!;
  if (filter > 4) throw new DamagedFile(`a row has the filter ${filter}, which PNG does not have`);
  if (filter === 0) return;
  // The first pixel has none to its left.
  const begin = Math.min(line.length, 1 + pixelBytes);
  if (filter === 2 || filter === 4) for (let i = 1; i < begin; i++) line[i]! += above[i]!;
  else if (filter === 3) for (let i = 1; i < begin; i++) line[i]! += above[i]! >> 1;
  if (filter === 1) for (let i = begin; i < line.length; i++) line[i]! += line[i - pixelBytes]!;
  else if (filter === 2) for (let i = begin; i < line.length; i++) line[i]! += above[i]!;
  else if (filter === 3) for (let i = begin; i < line.length; i++) line[i]! += (line[i - pixelBytes]! + above[i]!) >> 1;
  else for (let i = begin; i < line.length; i++) line[i]! += paeth(line[i - pixelBytes]!, above[i]!, above[i - pixelBytes]!);
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
