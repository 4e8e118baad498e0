/* The data of a case as files for other programs: images with what was measured of them, maps, and designs. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFormat, DataPart } from '#domain/data-exports';
import { failure, success, type Result } from '#domain/finding';
import type { StoredCase } from '#engine/api';
import { caseFolderName, writeAtomically, writePiecesAtomically } from '#runner/report/result-files';
import { StorageError, withStorageErrors } from '#runner/run-folder/storage-error';
import { attributesOf } from './attributes';
import { caseData } from './case-data';
import { writeCsv } from './csv-data';
import type { CaseData } from './data-table';
import { writeHdf5 } from './hdf5-data';
import { mostNpzBytes, writeNpz } from './npz-data';
import { writeParquet } from './parquet-data';

/** One file that was written. */
export interface DataFile {
  readonly file: string;
  readonly format: DataFormat;
  /** The tables in it, such as `database` and `designs/control`. */
  readonly tables: readonly string[];
}

/** What to write, and where. */
export interface DataRequest {
  readonly formats: readonly DataFormat[];
  /** Is made when it is not there. */
  readonly folder: string;
  /** The file of the case, for the provenance. */
  readonly specification: string;
  /** Which tables; all without it. */
  readonly parts?: readonly DataPart[];
  /** What the names of the files begin with; the name of the case without it. */
  readonly name?: string;
}

/**
 * Writes what the store has of a case into the folder: `CASE.npz`, `CASE.h5`, `CASE-TABLE.parquet`, `CASE-TABLE.csv` with
 * the images in `CASE-TABLE/`; files of the same name are replaced.
 * Findings: `data-not-computed`, `data-too-large`, those of `withStorageErrors`.
 */
export async function exportData(stored: StoredCase, request: DataRequest): Promise<Result<readonly DataFile[]>> {
  const { name } = stored.problem;
  const { parts } = request;
  const all = caseData(stored, request.specification);
  const data = parts ? { ...all, tables: all.tables.filter((table) => parts.some((part) => table.name === part || table.name.startsWith(`${part}/`))) } : all;
  if (data.tables.length === 0) return failure('data-not-computed', `The run folder has no ${partsText(parts ?? ['database'])} of the case ${name}.`, 'Run the case first, with the settings that its file has now: other settings are another case.');
  return writeData(data, request.name ?? caseFolderName(name).replaceAll('/', '-'), request);
}

const partNames: Readonly<Record<DataPart, string>> = { database: 'images', maps: 'maps', designs: 'designs' };

/** `maps`, `maps and no designs`. */
function partsText(parts: readonly DataPart[]): string {
  return parts.map((part) => partNames[part]).join(' and no ');
}

/** Writes data; the names of the files begin with `name`. Findings: `data-too-large`, those of `withStorageErrors`. */
export async function writeData(data: CaseData, name: string, { formats, folder }: Pick<DataRequest, 'formats' | 'folder'>): Promise<Result<readonly DataFile[]>> {
  if (formats.includes('npz') && data.tables.some((table) => (table.images?.batch.resolution ?? 0) ** 2 * table.rows > mostNpzBytes)) {
    return failure('data-too-large', `The images of the case ${name} take more than 4 GB, which an NPZ file does not hold.`, 'Export them as HDF5.');
  }
  const files: DataFile[] = [];
  try {
    withStorageErrors(folder, () => mkdirSync(folder, { recursive: true }));
    for (const format of formats) files.push(...(await writers[format](data, join(folder, name))));
  } catch (error) {
    if (error instanceof StorageError) return { ok: false, findings: [error.finding] };
    throw error;
  }
  return success(files);
}

/** Writes files whose paths begin with `start`. */
const writers: Readonly<Record<DataFormat, (data: CaseData, start: string) => Promise<readonly DataFile[]>>> = {
  async npz(data, start) {
    const file = `${start}.npz`;
    withStorageErrors(file, () => writePiecesAtomically(file, (write) => writeNpz(data, write)));
    return [{ file, format: 'npz', tables: data.tables.map(({ name }) => name) }];
  },
  async hdf5(data, start) {
    const file = `${start}.h5`;
    await writeWhole(file, (path) => writeHdf5(data, path));
    return [{ file, format: 'hdf5', tables: data.tables.map(({ name }) => name) }];
  },
  async parquet(data, start) {
    const files: DataFile[] = [];
    for (const table of data.tables) {
      const file = `${start}-${table.name.replaceAll('/', '-')}.parquet`;
      await writeWhole(file, (path) => writeParquet(data, table, path));
      files.push({ file, format: 'parquet', tables: [table.name] });
    }
    return files;
  },
  async csv(data, start) {
    const attributes = `${start}.json`;
    withStorageErrors(attributes, () => writeAtomically(attributes, `${JSON.stringify(attributesOf(data), null, 2)}\n`));
    return data.tables.map((table) => {
      const path = `${start}-${table.name.replaceAll('/', '-')}`;
      withStorageErrors(path, () => writeCsv(table, `${path}.csv`, path));
      return { file: `${path}.csv`, format: 'csv', tables: [table.name] };
    });
  },
};

/** A file that a library writes itself becomes visible when it is whole. */
async function writeWhole(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await write(temporary);
    withStorageErrors(path, () => renameSync(temporary, path));
  } catch (error) {
    rmSync(temporary, { force: true });
    withStorageErrors(path, () => {
      throw error;
    });
  }
}
