/*
 * Columns of numbers, such as labels, from CSV, NPY, NPZ, HDF5 and Parquet. Of an array with more than one axis the
 * column is chosen as in NumPy: `GRF/homogenized_mechanical[:,0,0]`.
 */
import type { Result } from '#domain/finding';
import { pictureUnsupported } from '../picture-findings';
import { arrayShape, datasetNotFound, tableNotNumber } from './array-findings';
import { product, type ArrayFile, type DatasetInfo } from './array-file';
import { formatOf } from './array-format';
import { numbersOf, readTextTable } from './csv-table';
import { findDataset, openArrayFile, withFile } from './open-arrays';
import { openParquet, type ParquetFile, type ParquetValue } from './parquet-file';
import { asResult, refuse } from './refused';

/** Rows of a column; beyond that they do not belong to pictures. */
const mostRows = 10_000_000;

/**
 * The columns of these names, in this order; missing values are NaN.
 * Findings: `picture-unreadable`, `picture-damaged`, `picture-unsupported`, `dataset-not-found`, `array-shape`,
 * `table-malformed`, `table-not-number`, `table-decimal-comma`.
 */
export function readColumns(path: string, columns: readonly string[], name: string): Promise<Result<readonly Float64Array[]>> {
  return asResult(name, () => withFile(path, async (file) => {
    const format = await formatOf(file);
    if (format === undefined) {
      await file.close();
      const table = await readTextTable(path, name);
      for (const column of columns) requireColumn(textColumns(table), column, name);
      return columns.map((column) => numbersOf(table, column, name));
    }
    const { size } = await file.stat();
    if (format === 'parquet') {
      const parquet = await openParquet(file, size, name);
      const found = [];
      for (const column of columns) found.push(await parquetNumbers(parquet, column, name));
      await file.close();
      return found;
    }
    const arrays = await openArrayFile(file, path, size, name);
    try {
      const found = [];
      for (const column of columns) found.push(await arrayNumbers(arrays, column, name));
      return found;
    } finally {
      await arrays.close();
    }
  }));
}

/** The texts of a column of a CSV or Parquet file, such as names of files. Findings: as `readColumns`. */
export function readTexts(path: string, column: string, name: string): Promise<Result<readonly string[]>> {
  return asResult(name, () => withFile(path, async (file) => {
    const format = await formatOf(file);
    if (format === undefined) {
      await file.close();
      const table = await readTextTable(path, name);
      requireColumn(textColumns(table), column, name);
      const index = table.names.indexOf(column);
      return table.rows.map((row) => row[index]!);
    }
    if (format !== 'parquet') return refuse(pictureUnsupported(name, 'text is read from CSV and Parquet only', 'Save the names as a CSV file.'));
    const parquet = await openParquet(file, (await file.stat()).size, name);
    const values = await parquetValues(parquet, column, name);
    await file.close();
    return values.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : String(value ?? '')));
  }));
}

/** The columns of a table of text, as `datasetsOf` gives those of other files. Findings: `picture-unreadable`, `table-malformed`. */
export function columnsOf(path: string, name: string): Promise<Result<readonly DatasetInfo[]>> {
  return asResult(name, async () => textColumns(await readTextTable(path, name)));
}

function textColumns({ names, rows }: { readonly names: readonly string[]; readonly rows: readonly unknown[] }): readonly DatasetInfo[] {
  return names.map((name) => ({ name, shape: [rows.length], type: 'text' }));
}

function requireColumn(columns: readonly DatasetInfo[], column: string, name: string): void {
  if (!columns.some((one) => one.name === column)) refuse(datasetNotFound(name, column, columns));
}

async function arrayNumbers(file: ArrayFile, column: string, name: string): Promise<Float64Array> {
  const [, dataset = '', index] = /^(.*?)(?:\[([^\]]*)\])?$/s.exec(column)!;
  const info = findDataset(file, dataset, name);
  const rows = await file.rowsOf(info, `${name} (${info.name})`);
  const { shape, block } = rows;
  const offset = offsetOf(shape, index, `${name} (${info.name})`);
  const count = shape[0]!;
  const size = product(shape.slice(1));
  const numbers = new Float64Array(count);
  for (let from = 0; from < count; from += block) {
    const some = Math.min(block, count - from);
    const elements = await rows.read(from, some);
    for (let i = 0; i < some; i++) numbers[from + i] = elements[i * size + offset]!;
  }
  return numbers;
}

/** Where in a row the element of an index such as `:,0,1` is. */
function offsetOf(shape: readonly number[], index: string | undefined, name: string): number {
  const rest = shape.slice(1);
  if (shape.length === 0 || shape[0]! > mostRows) refuse(arrayShape(name, shape, 'it is no column', 'Name a dataset with one value per picture.'));
  if (index === undefined && product(rest) === 1) return 0;
  const [all, ...chosen] = (index ?? '').split(',').map((part) => part.trim());
  const numbers = chosen.map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  if (all !== ':' || numbers.length !== rest.length || !numbers.every((n, axis) => n < rest[axis]!)) {
    refuse(arrayShape(name, shape, 'which of its columns is meant is not said', `Write the index as in NumPy: [:${rest.map(() => ',0').join('')}].`));
  }
  return numbers.reduce((offset, n, axis) => offset * rest[axis]! + n, 0);
}

async function parquetValues(file: ParquetFile, column: string, name: string): Promise<readonly ParquetValue[]> {
  requireColumn(file.columns, column, name);
  if (file.rows > mostRows) refuse(arrayShape(name, [file.rows], 'it has too many rows', 'Leave out rows that belong to no picture.'));
  const values: ParquetValue[] = [];
  while (values.length < file.rows) {
    const { from, to } = file.groupOf(values.length);
    for (const value of await file.read(column, from, to)) values.push(value);
  }
  return values;
}

async function parquetNumbers(file: ParquetFile, column: string, name: string): Promise<Float64Array> {
  const values = await parquetValues(file, column, name);
  return Float64Array.from(values, (value, row) => {
    if (value === null || value === undefined) return NaN;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
    return refuse(tableNotNumber(name, `row ${row}, column "${column}"`, value instanceof Uint8Array ? Buffer.from(value).toString() : String(value)));
  });
}
