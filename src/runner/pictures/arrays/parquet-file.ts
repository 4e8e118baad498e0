/* Parquet files by columns (hyparquet): what there is, and the values of a column in groups of rows, as pages or row groups have them. */
import type { FileHandle } from 'node:fs/promises';
import type { AsyncBuffer, Compressors, FileMetaData, RowGroup, SchemaTree } from 'hyparquet';
import { pictureDamaged, pictureUnsupported } from '../picture-findings';
import { plainBytes } from './byte-reader';
import type { DatasetInfo } from './array-file';
import { Refused, refuse } from './refused';

/** Numbers, booleans, large integers, text, bytes, lists of these, or structures. */
export type ParquetValue = unknown;

export interface ParquetFile {
  readonly rows: number;
  readonly columns: readonly DatasetInfo[];
  /** Values of rows `from` to `to`. Stops with `picture-damaged` and `picture-unsupported`. */
  read(column: string, from: number, to: number): Promise<readonly ParquetValue[]>;
  /** The group of rows that a row is read with. */
  groupOf(row: number): { readonly from: number; readonly to: number };
}

/** A group of rows is decoded whole, in memory: so many values, and bytes, at most. */
const mostValues = 2 ** 24;
const mostBytes = 2 ** 28;

/** Stops with `picture-damaged`. */
export async function openParquet(file: FileHandle, size: number, name: string): Promise<ParquetFile> {
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const guarded = guard(compressors, name);
  const buffer = bufferOf(file, size, name);
  const metadata = await reading(name, () => parquetMetadataAsync(buffer));
  const columns = await reading(name, async () => parquetSchema(metadata).children.map((tree) => columnOf(tree, Number(metadata.num_rows))));
  const groups = groupsOf(metadata, name);
  return {
    rows: groups.at(-1)?.to ?? 0,
    columns,
    groupOf: (row) => groups.find(({ to }) => row < to)!,
    async read(column, from, to) {
      for (const group of groups.filter((one) => one.from < to && one.to > from)) refuseLarge(group.group, column, size, name);
      const rows = await reading(name, () => parquetReadObjects({ file: buffer, metadata, columns: [column], rowStart: from, rowEnd: to, compressors: guarded, utf8: false, geoparquet: false }));
      if (rows.length !== to - from) refuse(pictureDamaged(name, `its rows from ${from} on are missing`));
      return rows.map((row) => row[column] as ParquetValue);
    },
  };
}

/** What the library throws is damage: it has no other errors for bytes that are not what they should be. */
async function reading<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refused || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    return refuse(pictureDamaged(name, 'it is not a valid Parquet file'));
  }
}

function bufferOf(file: FileHandle, size: number, name: string): AsyncBuffer {
  const all = plainBytes(file, 0, size, name);
  return {
    byteLength: size,
    slice(start, end = size) {
      if (!(start >= 0 && end >= start && end <= size) || end - start > mostBytes) return refuse(pictureDamaged(name, 'it ends too early'));
      const bytes = all.read(start, end - start).then(({ buffer }) => buffer as ArrayBuffer);
      // The library fetches ahead; where it stops before it needs the bytes, nobody else waits for them.
      bytes.catch(() => undefined);
      return bytes;
    },
  };
}

/** Pages that announce more bytes than a group may have are refused before there is memory for them. */
function guard(compressors: Compressors, name: string): Compressors {
  return Object.fromEntries(Object.entries(compressors).map(([codec, decompress]) => [codec, (input: Uint8Array, length: number) => {
    if (!(length >= 0 && length <= mostBytes)) refuse(pictureDamaged(name, `a page announces ${length} bytes`));
    return decompress(input, length);
  }]));
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly group: RowGroup;
}

function groupsOf(metadata: FileMetaData, name: string): readonly Group[] {
  const groups: Group[] = [];
  for (const group of metadata.row_groups) {
    const from = groups.at(-1)?.to ?? 0;
    const rows = Number(group.num_rows);
    if (!(rows >= 0) || !Number.isSafeInteger(from + rows)) refuse(pictureDamaged(name, 'a group has no valid number of rows'));
    if (rows > 0) groups.push({ from, to: from + rows, group });
  }
  return groups;
}

function refuseLarge({ columns }: RowGroup, column: string, size: number, name: string): void {
  for (const { meta_data: chunk } of columns) {
    if (!chunk || chunk.path_in_schema[0] !== column) continue;
    const values = Number(chunk.num_values);
    const bytes = Number(chunk.total_uncompressed_size);
    if (Number(chunk.total_compressed_size) > size) refuse(pictureDamaged(name, 'a group has more bytes than the file'));
    if (values > mostValues || bytes > mostBytes) refuse(pictureUnsupported(name, `a group of rows has ${values} values and ${bytes} bytes and is decoded whole`, 'Write smaller groups: table.to_parquet("set.parquet", row_group_size=500).'));
  }
}

function columnOf({ element, children }: SchemaTree, rows: number): DatasetInfo {
  return { name: element.name, shape: [rows], type: children.length > 0 ? nested(element.logical_type?.type ?? element.converted_type, children) : flat(element) };
}

function flat({ type, converted_type: converted, logical_type: logical }: SchemaTree['element']): string {
  if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') return converted === 'UTF8' || logical?.type === 'STRING' ? 'text' : 'bytes';
  return { BOOLEAN: 'bool', INT32: 'int32', INT64: 'int64', FLOAT: 'float32', DOUBLE: 'float64' }[type as string] ?? 'unknown';
}

/** Images of Hugging Face's data sets are structures of bytes and a path. */
function nested(kind: string | undefined, children: readonly SchemaTree[]): string {
  if (kind === 'LIST') return 'list';
  return children.some(({ element }) => element.name === 'bytes' && element.type === 'BYTE_ARRAY') ? 'bytes' : 'structure';
}
