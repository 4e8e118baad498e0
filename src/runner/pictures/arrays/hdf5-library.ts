/*
 * The HDF5 library (h5wasm), loaded when the first file needs it. Numbers are read by its C functions, which say
 * whether they could: its own slices give whatever was in memory where a chunk cannot be decoded.
 */
import type { Dataset, File } from 'h5wasm/node';
import { product } from './array-file';
import { decodeElements, type Elements, type ElementType } from './element-types';

export type Hdf5 = typeof import('h5wasm/node');

let library: Promise<Hdf5> | undefined;

/** The library; its errors are thrown, not printed. */
export function hdf5(): Promise<Hdf5> {
  library ??= import('h5wasm/node').then(async (loaded) => {
    await loaded.ready;
    loaded.Module.activate_throwing_error_handler();
    return loaded;
  });
  return library;
}

/** The value of a call to the library, or undefined where it fails; a damaged file may also stop its program. */
export function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}

/** The object at a path below links of the file itself; a path through another file or to something else has none. */
export function datasetAt({ Module, Dataset: Hdf5Dataset }: Hdf5, file: File, path: string): Dataset | undefined {
  const names = path.split('/').filter((name) => name !== '');
  for (let depth = 1; depth <= names.length; depth++) {
    const prefix = names.slice(0, depth).join('/');
    const type = attempt(() => Module.get_type(file.file_id, prefix));
    if (type !== (depth < names.length ? Module.H5G_GROUP : Module.H5G_DATASET)) return undefined;
  }
  return names.length === 0 ? undefined : new Hdf5Dataset(file.file_id, `/${names.join('/')}`);
}

/** `count` elements of a dataset along each axis from `from` on, in C order, or undefined where they cannot be read. */
export function readElements({ Module }: Hdf5, dataset: Dataset, from: readonly number[], count: readonly number[], type: ElementType): Elements | undefined {
  const length = product(count) * type.bytes;
  const at = Module._malloc(Math.max(1, length));
  if (at === 0) return undefined;
  try {
    const status = attempt(() => Module.get_dataset_data(dataset.file_id, dataset.path, count.map(BigInt), from.map(BigInt), from.map(() => 1n), BigInt(at)));
    return status === undefined || status < 0 ? undefined : decodeElements(Module.HEAPU8.subarray(at, at + length), type);
  } finally {
    attempt(() => Module._free(at));
  }
}
