/* What the editor asks before it exports data, and what it says afterwards. */
import { dataParts, type DataFormat, type DataPart } from '#domain/data-exports';
import type { ExportedFile } from '#protocol/exports';

export interface FormatChoice {
  readonly label: string;
  readonly detail: string;
  readonly format: DataFormat;
  /** The file's extension where all tables are in one file; the others get a folder. */
  readonly extension?: string;
}

export const formatChoices: readonly FormatChoice[] = [
  { label: 'NPZ', detail: 'One file for NumPy', format: 'npz', extension: 'npz' },
  { label: 'HDF5', detail: 'One file for h5py, MATLAB and others, with units and provenance as attributes', format: 'hdf5', extension: 'h5' },
  { label: 'Parquet', detail: 'A file per table for pandas and others', format: 'parquet' },
  { label: 'CSV', detail: 'A file per table with the images as PNG files, without maps', format: 'csv' },
];

const partTexts: Readonly<Record<DataPart, { readonly label: string; readonly detail: string }>> = {
  database: { label: 'Images', detail: 'The images of the database with what was measured of them' },
  maps: { label: 'Maps', detail: 'The maps of the exceptional images' },
  designs: { label: 'Designs', detail: 'The cells of all arms with their numbers' },
};

/** All are picked at first. */
export const partChoices = dataParts.map((part) => ({ ...partTexts[part], part, picked: true }));

/** Without the extension of its format, which is added to it. */
export function fileStart(name: string, { extension }: FormatChoice): string {
  return name.toLowerCase().endsWith(`.${extension}`) ? name.slice(0, -1 - extension!.length) : name;
}

/** `Stiffness.npz was written: database, designs/control.`; of several files their number. */
export function exportedText(files: readonly ExportedFile[]): string {
  const tables = files.flatMap((file) => file.tables).join(', ');
  const [first, ...more] = files;
  if (first === undefined) return 'No file was written: this format has none of what was chosen.';
  if (more.length > 0) return `${files.length} files were written: ${tables}.`;
  return `${decodeURIComponent(first.uri.slice(first.uri.lastIndexOf('/') + 1))} was written: ${tables}.`;
}
