/* HDF5 files as datasets: contiguous or in chunks, with the filters of the library itself, read in blocks of whole chunks. */
import type { Dataset, Metadata } from 'h5wasm/node';
import { pictureDamaged, pictureUnsupported } from '../picture-findings';
import { product, rowsPerBlock, type ArrayFile, type ArrayRows, type DatasetInfo } from './array-file';
import { elementTypeName, type ElementType } from './element-types';
import { attempt, datasetAt, hdf5, readElements, type Hdf5 } from './hdf5-library';
import { refuse } from './refused';

interface Hdf5Dataset extends DatasetInfo {
  readonly dataset: Dataset;
  readonly metadata: Metadata;
}

/** Datasets and groups beyond so many are not listed: each is opened for that. */
const mostDatasets = 10_000;
/** Bytes of a block. */
const blockBytes = 2 ** 23;
/** A chunk is decoded whole, in memory. */
const largestChunk = 2 ** 27;

/** Filters that the library has, by their number: deflate, shuffle, Fletcher's checksum, nbit, scale and offset. */
const filters: readonly number[] = [1, 2, 3, 5, 6];

/** Stops with `picture-damaged`. */
export async function openHdf5(path: string, name: string): Promise<ArrayFile> {
  const library = await hdf5();
  const file = attempt(() => new library.File(path, 'r'));
  if (file === undefined || file.file_id < 0n) return refuse(pictureDamaged(name, 'it does not open as an HDF5 file'));
  const paths = attempt(() => file.paths());
  const datasets = paths?.slice(0, mostDatasets).flatMap((one) => datasetOf(datasetAt(library, file, one), one) ?? []);
  if (datasets === undefined) {
    attempt(() => file.close());
    return refuse(pictureDamaged(name, 'its groups cannot be read'));
  }
  return {
    datasets,
    unlisted: Math.max(0, paths!.length - mostDatasets),
    rowsOf: async (info, called) => rowsOf(library, datasets.find((one) => one === info)!, called),
    close: async () => void attempt(() => file.close()),
  };
}

function datasetOf(dataset: Dataset | undefined, path: string): Hdf5Dataset | undefined {
  const metadata = dataset && attempt(() => dataset.metadata);
  if (!dataset || !metadata?.shape) return undefined;
  const type = elementTypeOf(metadata);
  return { name: path, shape: metadata.shape, type: type ? elementTypeName(type) : (classes[metadata.type] ?? 'unknown'), dataset, metadata };
}

function rowsOf(library: Hdf5, { dataset, metadata, shape, type: typeName }: Hdf5Dataset, name: string): ArrayRows {
  const type = elementTypeOf(metadata);
  if (!type) return refuse(pictureUnsupported(name, `its elements have the type ${typeName}`, 'Save the dataset with a numeric type: file.create_dataset("images", data=array.astype("uint8")).'));
  if (metadata.virtual_sources) return refuse(pictureUnsupported(name, 'its numbers are in other files', 'Copy it into one file: file.create_dataset("images", data=dataset[...]).'));
  const used = attempt(() => dataset.filters);
  const unknown = used?.find(({ id }) => !filters.includes(id));
  if (!used) return refuse(pictureDamaged(name, 'its filters cannot be read'));
  if (unknown) return refuse(pictureUnsupported(name, `it is compressed with ${unknown.name === '' ? 'a filter' : unknown.name} (filter ${unknown.id})`, 'Compress it with gzip: h5repack -f GZIP=4 set.h5 new.h5.'));
  const chunkBytes = product(metadata.chunks ?? []) * type.bytes;
  if (metadata.chunks && chunkBytes > largestChunk) return refuse(pictureUnsupported(name, `its chunks have ${chunkBytes} bytes each and are decoded whole`, 'Use chunks of a few images: h5repack -l CHUNK=16x256x256 set.h5 new.h5.'));
  return {
    shape,
    type,
    block: blockOf(shape, type, metadata.chunks?.[0] ?? 1),
    async read(from, count) {
      const elements = readElements(library, dataset, shape.map((_, axis) => (axis === 0 ? from : 0)), shape.map((length, axis) => (axis === 0 ? count : length)), type);
      return elements ?? refuse(pictureDamaged(name, `its rows from ${from} on cannot be read`));
    },
  };
}

/** Whole chunks where a block has some. */
function blockOf(shape: readonly number[], type: ElementType, chunk: number): number {
  const rows = rowsPerBlock(shape, type.bytes, blockBytes);
  if (rows >= chunk) return Math.floor(rows / chunk) * chunk;
  return rowsPerBlock(shape, type.bytes, 4 * blockBytes) >= chunk ? chunk : rows;
}

/** As numbers are in memory: the library turns them around. */
function elementTypeOf({ type, size, signed, enum_type: choices }: Metadata): ElementType | undefined {
  if (type === 8 && size === 1 && choices && 'TRUE' in choices.members) return { kind: 'bool', bytes: 1, littleEndian: true };
  if (size !== 1 && size !== 2 && size !== 4 && size !== 8) return undefined;
  if (type === 0) return { kind: signed ? 'int' : 'uint', bytes: size, littleEndian: true };
  return type === 1 && size > 1 ? { kind: 'float', bytes: size, littleEndian: true } : undefined;
}

/** HDF5's classes of types that are not numbers. */
const classes: Readonly<Record<number, string>> = { 1: 'long floats', 3: 'text', 4: 'bits', 5: 'bytes', 6: 'records', 7: 'references', 8: 'choices', 9: 'lists', 10: 'arrays' };
