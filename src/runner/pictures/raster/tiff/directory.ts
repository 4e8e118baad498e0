/*
 * The directories of a TIFF file and their values, in both byte orders, classic and BigTIFF.
 * TIFF 6.0, section 2: https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf
 */
import { DamagedFile, type ByteSource } from '#runner/png/byte-source';
import { bytesAt } from '../raster-file';

/** A directory: what the file says of one picture. */
export interface TiffDirectory {
  readonly source: ByteSource;
  /** Where it begins. */
  readonly offset: number;
  readonly isLittleEndian: boolean;
  /** BigTIFF: offsets of 8 bytes. */
  readonly isBig: boolean;
  readonly entries: ReadonlyMap<number, TiffEntry>;
  /** Where the next directory begins; 0 after the last one. */
  readonly next: number;
}

export interface TiffEntry {
  readonly type: number;
  readonly count: number;
  /** Where the values begin in the file. */
  readonly offset: number;
}

/** The tags that are read. */
export const tiffTags = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  description: 270,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
} as const;

type Layout = Pick<TiffDirectory, 'isLittleEndian' | 'isBig'>;

/** Throws `DamagedFile`. */
export function firstDirectory(source: ByteSource): TiffDirectory {
  const head = source.read(0, 8);
  const isLittleEndian = head[0] === 0x49;
  const isBig = viewOf(head).getUint16(2, isLittleEndian) === 43;
  const layout = { isLittleEndian, isBig };
  const first = isBig ? offsetIn(viewOf(bytesAt(source, 8, 8)), 0, layout) : viewOf(head).getUint32(4, isLittleEndian);
  return directoryAt(source, first, layout);
}

/** Throws `DamagedFile`. */
export function directoryAt(source: ByteSource, offset: number, layout: Layout): TiffDirectory {
  const { isLittleEndian, isBig } = layout;
  const [countLength, entryLength, offsetLength] = isBig ? [8, 20, 8] : [2, 12, 4];
  const counted = viewOf(bytesAt(source, offset, countLength));
  const count = isBig ? offsetIn(counted, 0, layout) : counted.getUint16(0, isLittleEndian);
  if (count < 1 || count > 65_535) throw new DamagedFile(`it has a directory of ${count} entries`);
  const start = offset + countLength;
  const view = viewOf(bytesAt(source, start, count * entryLength + offsetLength));
  const entries = new Map<number, TiffEntry>();
  for (let i = 0; i < count; i++) {
    const at = i * entryLength;
    const type = view.getUint16(at + 2, isLittleEndian);
    const values = isBig ? offsetIn(view, at + 4, layout) : view.getUint32(at + 4, isLittleEndian);
    const inline = at + (isBig ? 12 : 8);
    // Values that fit stand in the entry itself.
    const isInline = values * (typeLengths[type] ?? 1) <= offsetLength;
    const tag = view.getUint16(at, isLittleEndian);
    if (!entries.has(tag)) entries.set(tag, { type, count: values, offset: isInline ? start + inline : offsetIn(view, inline, layout) });
  }
  return { source, offset, isLittleEndian, isBig, entries, next: offsetIn(view, count * entryLength, layout) };
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function offsetIn(view: DataView, at: number, { isLittleEndian, isBig }: Layout): number {
  return isBig ? Number(view.getBigUint64(at, isLittleEndian)) : view.getUint32(at, isLittleEndian);
}

/** Bytes of a value of each type: bytes, text, short, long, offset, long of 8 bytes, offset of 8 bytes. */
const typeLengths: Readonly<Partial<Record<number, number>>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 };
const wholeTypes = [1, 3, 4, 13, 16, 18];

/** The whole numbers of a tag, `undefined` without it. Throws `DamagedFile`. */
export function numbersOf({ source, entries, isLittleEndian }: TiffDirectory, tag: number): number[] | undefined {
  const entry = entries.get(tag);
  if (!entry) return undefined;
  if (!wholeTypes.includes(entry.type) || entry.count < 1) throw new DamagedFile(`its tag ${tag} has no whole numbers`);
  const length = typeLengths[entry.type]!;
  const view = viewOf(bytesAt(source, entry.offset, entry.count * length));
  return Array.from({ length: entry.count }, (_, i) => {
    if (length === 1) return view.getUint8(i);
    if (length === 2) return view.getUint16(2 * i, isLittleEndian);
    return length === 4 ? view.getUint32(4 * i, isLittleEndian) : Number(view.getBigUint64(8 * i, isLittleEndian));
  });
}

/** The first whole number of a tag. Throws `DamagedFile`, also if it is missing without a default. */
export function numberOf(directory: TiffDirectory, tag: number, otherwise?: number): number {
  const value = numbersOf(directory, tag)?.[0] ?? otherwise;
  if (value === undefined) throw new DamagedFile(`its tag ${tag} is missing`);
  return value;
}

/** The first characters of a text. Throws `DamagedFile`. */
export function textOf({ source, entries }: TiffDirectory, tag: number, most: number): string {
  const entry = entries.get(tag);
  if (entry?.type !== 2) return '';
  return String.fromCharCode(...bytesAt(source, entry.offset, Math.min(entry.count, most)));
}
