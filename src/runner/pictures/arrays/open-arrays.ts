/*
 * Pictures in files of arrays: NPY and NPZ (our own reader), HDF5 (h5wasm) and Parquet (hyparquet). A file is known by
 * its beginning. Only the pictures that are asked for are read, some at a time, and no file runs code.
 */
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { Result } from '#domain/finding';
import type { PictureSource } from '../picture-source';
import { datasetNotFound } from './array-findings';
import type { ArrayFile, ArrayRows, DatasetInfo } from './array-file';
import { formatOf, refuseFormat } from './array-format';
import { openHdf5 } from './hdf5-file';
import { openNpy, openNpz } from './numpy-file';
import { openParquet } from './parquet-file';
import { parquetPictures, type PictureDecoder } from './parquet-pictures';
import { groupSource, picturesOfFile, picturesOfGroup } from './picture-group';
import { onlyPictures, pictureLayout, pictureOf } from './picture-layout';
import { asResult, refuse } from './refused';

/**
 * The pictures of a dataset: (height, width) or (number, height, width), of a Parquet file a column; of a group those of
 * its datasets of two axes, by their names. Without `dataset` the one that can be pictures, or else all of two axes. `name` is the file and dataset as findings call them; picture 17 is `name[17]`, counted
 * from 0 as in Python. `decode` reads image files within a Parquet file.
 * Findings: `picture-unreadable`, `picture-damaged`, `picture-unsupported`, `picture-too-large`, `dataset-not-found`,
 * `array-shape`; of a picture also `array-not-finite`.
 */
export function openArrays(path: string, dataset: string | undefined, name: string, decode?: PictureDecoder): Promise<Result<PictureSource>> {
  return asResult(name, () => withFile(path, async (file) => {
    const { size } = await file.stat();
    if ((await formatOf(file)) === 'parquet') return parquetPictures(await openParquet(file, size, name), dataset, name, decode, () => file.close());
    const arrays = await openArrayFile(file, path, size, name);
    try {
      return await picturesOf(arrays, dataset, name);
    } catch (error) {
      await arrays.close();
      throw error;
    }
  }));
}

/** The datasets of a file, of a Parquet file its columns. Findings: `picture-unreadable`, `picture-damaged`, `picture-unsupported`. */
export function datasetsOf(path: string, name: string): Promise<Result<readonly DatasetInfo[]>> {
  return asResult(name, () => withFile(path, async (file) => {
    const { size } = await file.stat();
    if ((await formatOf(file)) === 'parquet') {
      const { columns } = await openParquet(file, size, name);
      await file.close();
      return columns;
    }
    const arrays = await openArrayFile(file, path, size, name);
    await arrays.close();
    return arrays.datasets.map(({ name: called, shape, type }) => ({ name: called, shape, type }));
  }));
}

/** The file as NPY, NPZ or HDF5; it belongs to what is returned. */
export async function openArrayFile(file: FileHandle, path: string, size: number, name: string): Promise<ArrayFile> {
  const format = await formatOf(file);
  if (format === 'npy') return openNpy(file, size, name);
  if (format === 'npz') return openNpz(file, size, name);
  if (format !== 'hdf5') return refuseFormat(file, name);
  const arrays = await openHdf5(path, name);
  await file.close();
  return arrays;
}

/** Opens a file for `use`, which closes it; where `use` stops, it is closed here. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const status = await stat(path);
  // A pipe or a device might never end.
  if (!status.isFile()) throw Object.assign(new Error(path), { code: status.isDirectory() ? 'EISDIR' : 'ENODEV', syscall: 'open' });
  const file = await open(path, 'r');
  try {
    return await use(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A dataset by its name, with or without a slash before it. Stops with `dataset-not-found`. */
export function findDataset(file: ArrayFile, dataset: string, name: string): DatasetInfo {
  return file.datasets.find((one) => one.name === plainName(dataset)) ?? refuse(datasetNotFound(name, dataset, file.datasets));
}

/** Without slashes at its ends. */
function plainName(dataset: string): string {
  return dataset.replace(/^\/+|\/+$/g, '');
}

async function picturesOf(file: ArrayFile, dataset: string | undefined, name: string): Promise<PictureSource> {
  const isOne = dataset !== undefined && file.datasets.some((one) => one.name === plainName(dataset));
  const group = isOne ? undefined : dataset !== undefined ? picturesOfGroup(file.datasets, dataset) : picturesOfFile(file.datasets);
  if (group) return groupSource(file, group, name);
  const info = dataset === undefined ? onlyPictures(file.datasets) : findDataset(file, dataset, name);
  const chosen = info ?? (file.datasets.length === 1 ? file.datasets[0]! : refuse(datasetNotFound(name, dataset, file.datasets)));
  const rows = await file.rowsOf(chosen, name);
  const layout = pictureLayout(rows.shape, name);
  const single = layout.count === 1 && rows.shape[0] !== 1;
  const readRow = cachedRows(single ? { ...rows, shape: [1, ...rows.shape], block: 1, read: () => rows.read(0, rows.shape[0]!) } : rows);
  const nameOf = (index: number): string => (single ? name : `${name}[${index}]`);
  return {
    count: layout.count,
    sizeOf: async () => ({ width: layout.width, height: layout.height }),
    nameOf,
    read: (index) => asResult(nameOf(index), async () => ({ picture: pictureOf(await readRow(index), layout, nameOf(index)), warnings: [] })),
    close: () => file.close(),
  };
}

/** A row of a dataset; the block that it is in stays for the next one, and blocks are read one after another. */
function cachedRows({ shape, block, read }: ArrayRows): (row: number) => Promise<ReturnType<typeof sliceOf>> {
  let last: { readonly from: number; readonly elements: ReturnType<ArrayRows['read']> } | undefined;
  return async (row) => {
    const from = row - (row % block);
    const count = Math.min(block, shape[0]! - from);
    if (last?.from !== from) {
      const before = last?.elements.catch(() => undefined);
      last = { from, elements: Promise.resolve(before).then(() => read(from, count)) };
    }
    return sliceOf(await last.elements, row - from, count);
  };
}

function sliceOf(elements: Awaited<ReturnType<ArrayRows['read']>>, row: number, rows: number): Awaited<ReturnType<ArrayRows['read']>> {
  const size = elements.length / rows;
  return elements.slice(row * size, (row + 1) * size);
}
