/* Tables as HDF5: a group for each table, its datasets with the attributes `unit` and `description`, provenance as attributes of the file. Images are in chunks, written some at a time. */
import type { Dataset, Group, GuessableDataTypes } from 'h5wasm/node';
import { hdf5 } from '#runner/pictures/arrays/hdf5-library';
import { StorageError } from '#runner/run-folder/storage-error';
import { imagesDescription } from './attributes';
import type { CaseData, DataImages, DataTable } from './data-table';
import { imagePieces, imagesPerPiece } from './image-pieces';

/** Bytes of a chunk of images: readers decode chunks whole. */
const chunkBytes = 2 ** 18;

/** Writes the file. Throws `StorageError` where the disk refuses. */
export async function writeHdf5(data: CaseData, path: string): Promise<void> {
  const { File } = await hdf5();
  try {
    const file = new File(path, 'w');
    try {
      for (const [name, value] of Object.entries(data.provenance)) file.create_attribute(name, typeof value === 'string' ? value : JSON.stringify(value));
      for (const table of data.tables) writeTable(groupOf(file, table.name), table);
    } finally {
      file.close();
    }
  } catch (error) {
    // The library says with its whole stack what the system refused, and not why.
    if (!(error instanceof Error) || !error.message.startsWith('HDF5-DIAG')) throw error;
    throw new StorageError({ code: 'storage-failed', severity: 'error', message: `Reading or writing ${path} failed (the HDF5 library cannot write it).`, remedy: 'Check the disk, then run again; completed work is kept. docs/run-folders.md says where run folders may lie.' }, error);
  }
}

/** The group at a path, with those above it. */
function groupOf(file: Group, path: string): Group {
  return path.split('/').reduce((parent, name) => (parent.keys().includes(name) ? (parent.get(name) as Group) : parent.create_group(name)), file);
}

function writeTable(group: Group, { images, columns, arrays }: DataTable): void {
  if (images) describe(writeImages(group, images), '', `${images.description}: ${imagesDescription}`);
  for (const { name, unit, values } of columns) {
    const data = values instanceof Float64Array ? values : typeof values[0] === 'boolean' ? Uint8Array.from(values as readonly boolean[], Number) : (values as string[]);
    describe(group.create_dataset({ name, data: data as GuessableDataTypes }), unit, '');
  }
  for (const { name, shape, values, unit, description } of arrays) describe(group.create_dataset({ name, data: values, shape: [...shape] }), unit, description);
}

function describe(dataset: Dataset, unit: string, description: string): void {
  if (unit !== '') dataset.create_attribute('unit', unit);
  if (description !== '') dataset.create_attribute('description', description);
}

function writeImages(group: Group, { name, batch }: DataImages): Dataset {
  const { count, resolution } = batch;
  const chunk = Math.min(count, Math.max(1, Math.floor(chunkBytes / resolution ** 2)));
  let dataset: Dataset | undefined;
  let from = 0;
  for (const pixels of imagePieces(batch)) {
    const to = Math.min(count, from + imagesPerPiece(resolution));
    if (dataset) {
      dataset.resize([to, resolution, resolution]);
      dataset.refresh();
      dataset.write_slice([[from, to], [0, resolution], [0, resolution]], pixels);
    } else {
      dataset = group.create_dataset({ name, data: pixels, shape: [to, resolution, resolution], maxshape: [null, resolution, resolution], chunks: [chunk, resolution, resolution], compression: 'gzip', compression_opts: 1 });
    }
    from = to;
  }
  return dataset!;
}
