/* NPY and NPZ files as datasets. */
import type { FileHandle } from 'node:fs/promises';
import { pictureUnsupported } from '../picture-findings';
import type { ArrayFile, DatasetInfo } from './array-file';
import { plainBytes, type ByteReader } from './byte-reader';
import { npyRows, npyTypeName, readNpyHeader, type NpyHeader } from './npy-array';
import { refuse } from './refused';
import { zipBytes, zipEntries } from './zip-entries';

interface NumpyDataset extends DatasetInfo {
  readonly header: NpyHeader;
  readonly bytes: ByteReader;
}

/** One array without a name. Stops with `picture-damaged`. */
export async function openNpy(file: FileHandle, size: number, name: string): Promise<ArrayFile> {
  return numpyFile(file, [await datasetOf('', plainBytes(file, 0, size, name), name)]);
}

/** The arrays of a ZIP file. Stops with `picture-damaged`, and with `picture-unsupported` where it has none. */
export async function openNpz(file: FileHandle, size: number, name: string): Promise<ArrayFile> {
  const datasets: NumpyDataset[] = [];
  const entries = await zipEntries(file, size, name);
  for (const entry of entries.filter((one) => one.name.endsWith('.npy'))) {
    const dataset = entry.name.slice(0, -'.npy'.length);
    const bytes = await zipBytes(file, size, entry, `${name} (${dataset})`);
    datasets.push(await datasetOf(dataset, bytes, `${name} (${dataset})`));
  }
  if (datasets.length === 0 && entries.some((entry) => entry.name.endsWith('.pkl'))) {
    refuse(pictureUnsupported(name, 'it holds pickled Python objects, which can run code', 'Save its tensors as arrays: numpy.savez("set.npz", images=tensor.numpy()).'));
  }
  if (datasets.length === 0) refuse(pictureUnsupported(name, 'it is a ZIP file without arrays', 'Unpack it, or save arrays with numpy.savez.'));
  return numpyFile(file, datasets);
}


async function datasetOf(dataset: string, bytes: ByteReader, name: string): Promise<NumpyDataset> {
  const header = await readNpyHeader(bytes, name);
  return { name: dataset, shape: header.shape, type: npyTypeName(header), header, bytes };
}

function numpyFile(file: FileHandle, datasets: readonly NumpyDataset[]): ArrayFile {
  return {
    datasets,
    unlisted: 0,
    rowsOf: async (dataset, name) => {
      const { bytes, header } = datasets.find((one) => one === dataset)!;
      return npyRows(bytes, header, name);
    },
    close: () => file.close(),
  };
}
