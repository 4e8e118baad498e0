/* Columns of numbers and texts, against what pandas, NumPy, h5py and pyarrow wrote (test/golden/arrays). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding, Result } from '#domain/finding';
import { columnsOf, readColumns, readTexts } from '#runner/pictures/arrays/read-columns';
import { temporaryFolder } from '#test/support/temporary-folder';

const golden = (file: string): string => join(import.meta.dirname, '../../../golden/arrays', file);
const expected = JSON.parse(readFileSync(golden('arrays.json'), 'utf8')) as Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.value;
}

async function columns(file: string, ...names: readonly string[]): Promise<readonly (readonly number[])[]> {
  return valueOf(await readColumns(golden(file), names, `"${file}"`)).map((column) => [...column]);
}

async function findingOf(file: string, column: string): Promise<Finding> {
  const result = await readColumns(golden(file), [column], `"${file}"`);
  if (result.ok) throw new Error('a finding was expected');
  return result.findings[0]!;
}

/** A CSV file of a test. */
function csv(text: string | Uint8Array): string {
  const path = join(temporaryFolder(), 'labels.csv');
  writeFileSync(path, text);
  return path;
}

test.each(['comma.csv', 'semicolon.csv', 'tab.csv'])('%s: separators, quotes and marks of encoding', async (file) => {
  expect(await columns(file, 'n', 'Ex_GPa')).toEqual([[1, 2, 3], [1.25, NaN, -3e-4]]);
  expect(valueOf(await readTexts(golden(file), 'name', ''))).toEqual(['a.png', 'b, c.png', 'ü "d".png']);
  expect(valueOf(await columnsOf(golden(file), ''))).toEqual(['name', 'Ex_GPa', 'n'].map((name) => ({ name, shape: [3], type: 'text' })));
});

test('columns of arrays are chosen as in NumPy', async () => {
  expect(await columns('deflated.npz', 'E', 'properties[:,1]')).toEqual([[1.5, 2.5, NaN, 4, 5], expected['deflated.npz']!['properties[:,1]']]);
  expect(await columns('set.h5', '/GRF/homogenized_mechanical[:, 1, 2]')).toEqual([expected['set.h5']!['GRF/homogenized_mechanical[:,1,2]']]);
  expect(await columns('vector.npy', '')).toEqual([[0, 0, 0, 0, 0, 0, 0]]);
});

test('columns of Parquet: numbers, truth and text', async () => {
  expect(await columns('snappy.parquet', 'E', 'n', 'white')).toEqual([[1.5, NaN, 3, 4, 5], [0, 1, 2, 3, 4], [1, 0, 1, 0, 1]]);
  expect(valueOf(await readTexts(golden('snappy.parquet'), 'file', ''))).toEqual(expected['snappy.parquet']!['file']);
});

describe('what is refused', () => {
  test.each([
    ['decimal-comma.csv', 'Ex_GPa', 'table-decimal-comma', '"decimal-comma.csv" has "1,25" in line 2, column "Ex_GPa": a decimal comma.'],
    ['comma.csv', 'name', 'table-not-number', '"comma.csv" has "a.png" in line 2, column "name", which is no number.'],
    ['comma.csv', 'ex_gpa', 'dataset-not-found', '"comma.csv" has no "ex_gpa". It has name (3) text, Ex_GPa (3) text, n (3) text.'],
    ['snappy.parquet', 'file', 'table-not-number', '"snappy.parquet" has "0.png" in row 0, column "file", which is no number.'],
    ['snappy.parquet', 'x', 'dataset-not-found', '"snappy.parquet" has no "x".'],
    ['deflated.npz', 'properties', 'array-shape', '"deflated.npz" (properties) has the shape (5, 2): which of its columns is meant is not said.'],
    ['deflated.npz', 'properties[:,2]', 'array-shape', '"deflated.npz" (properties) has the shape (5, 2): which of its columns is meant is not said.'],
    ['pickled.npy', '', 'picture-unsupported', 'pickled Python objects'],
  ])('%s:%s is %s', async (file, column, code, message) => {
    expect(await findingOf(file, column)).toMatchObject({ code, message: expect.stringContaining(message) as string });
  });

  test.each([
    ['a,b\n1\n', 'line 2 has 1 values, and there are 2 columns'],
    ['a,a\n1,2\n', 'two columns are called "a"'],
    ['a,b\n"1,2\n', 'line 2 has quotes that do not match'],
    ['', 'it is empty'],
    ['\uFEFF', 'it is empty'],
  ])('%j is no table', async (text, reason) => {
    const result = await readColumns(csv(text), ['a'], '"labels.csv"');
    expect(result).toMatchObject({ ok: false, findings: [{ code: 'table-malformed', message: `"labels.csv" is no table: ${reason}.` }] });
  });

  test('infinite values and thousands are no numbers; what is not known is none', async () => {
    for (const text of ['inf', '1 000', '1e', '0x10']) expect((await readColumns(csv(`a;b\n${text};1\n`), ['a'], '')).ok).toBe(false);
    const [values] = valueOf(await readColumns(csv('a\tb\nNA\t1\nnan\t2\n-\t3\n.5\t4\n+1e3\t5\n'), ['a'], ''));
    expect([...values!]).toEqual([NaN, NaN, NaN, 0.5, 1000]);
  });
});
