/* A table as CSV, with a folder of PNG files for its images: the form in which programs without arrays have databases. */
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packedPng } from '#runner/png/packed-png';
import { writeAtomically } from '#runner/report/result-files';
import { csvText } from '#runner/report/tables';
import type { DataTable } from './data-table';

/** Writes the table as `path`, and the images as `00017.png`, counted from 0, into `folder`. The column `file` has their paths relative to the table. Throws the system's errors. */
export function writeCsv({ rows, images, columns }: DataTable, path: string, folder: string): void {
  const digits = Math.max(5, String(rows - 1).length);
  const names = Array.from({ length: rows }, (_, i) => `${String(i).padStart(digits, '0')}.png`);
  if (images) {
    mkdirSync(folder, { recursive: true });
    names.forEach((name, i) => writeAtomically(join(folder, name), packedPng(images.batch, i)));
  }
  const header = [...(images ? ['file'] : []), ...columns.map(({ name }) => name)];
  const lines = names.map((name, i) => [...(images ? [`${basename(folder)}/${name}`] : []), ...columns.map(({ values }) => (typeof values[i] === 'boolean' ? String(values[i]) : (values[i] as number | string)))]);
  writeAtomically(path, csvText([header, ...lines]));
}
