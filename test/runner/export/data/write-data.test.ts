/*
 * Exported data are what they were: read again by our own readers of databases, and by NumPy, h5py and pandas, which
 * read the files of test/golden/exports.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFormats } from '#domain/data-exports';
import { success, type Result } from '#domain/finding';
import { writeData, type DataFile } from '#runner/export/data/export-data';
import { openArrays } from '#runner/pictures/arrays/open-arrays';
import { readColumns, readTexts } from '#runner/pictures/arrays/read-columns';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import type { ReadPicture } from '#runner/pictures/picture-source';
import { exportExample, exampleImages } from '#test/support/export-example';

const goldens = join(import.meta.dirname, '../../../golden/exports');
interface Exports {
  readonly numpy: Readonly<Record<string, { readonly dtype: string; readonly values: unknown }>>;
  readonly h5py: Readonly<Record<string, { readonly dtype: string; readonly values: unknown; readonly attributes: Readonly<Record<string, string>> }>>;
  readonly attributes: unknown;
  readonly root: Readonly<Record<string, string>>;
  readonly chunks: readonly number[];
  readonly parquet: Readonly<Record<string, { readonly dtypes: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, unknown>> }>>;
  readonly csv: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const python = JSON.parse(readFileSync(join(goldens, 'exports.json'), 'utf8')) as Exports;

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.value;
}

let folder: string;
let files: readonly DataFile[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xdesign-test-'));
  files = valueOf(await writeData(exportExample, 'example', { formats: dataFormats, folder }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [database, maps] = exportExample.tables as [(typeof exportExample.tables)[number], (typeof exportExample.tables)[number]];

/** Rows of pixels. */
const rowsOf = (values: ArrayLike<number>, width: number): number[][] => Array.from({ length: values.length / width }, (_, row) => Array.from({ length: width }, (__, column) => values[row * width + column]!));
const images = exampleImages.map(({ data, width }) => rowsOf(data, width));
const drawn = images.map((rows) => rows.map((row) => row.map((pixel) => '.#'[pixel]).join('')));

async function decodePng(bytes: Uint8Array, name: string): Promise<Result<ReadPicture>> {
  const read = await readTwoPhasePng(bytes, { name });
  return read.ok ? success({ picture: { width: read.value.image.width, height: read.value.image.height, values: read.value.image.data }, warnings: [] }) : read;
}

test('each table is said to be where it is', () => {
  expect(files.map(({ file, format, tables }) => [file.slice(folder.length + 1), format, tables.join(' ')])).toEqual([
    ['example.npz', 'npz', 'database maps designs/control'],
    ['example.h5', 'hdf5', 'database maps designs/control'],
    ...['parquet', 'csv'].flatMap((format) => ['database', 'maps', 'designs/control'].map((table) => [`example-${table.replace('/', '-')}.${format}`, format, table])),
  ]);
});

describe('images are read again as they were, by the readers of databases', () => {
  test.each([
    ['example.npz', 'database/images'], ['example.h5', 'database/images'], ['example-database.parquet', undefined],
  ])('%s:%s, written now and when Python read it', async (file, dataset) => {
    for (const place of [folder, goldens]) {
      const source = valueOf(await openArrays(join(place, file), dataset, `"${file}"`, decodePng));
      expect(source.count).toBe(images.length);
      for (const [i, rows] of images.entries()) {
        const { picture } = valueOf(await source.read(i));
        expect(picture.values).toBeInstanceOf(Uint8Array);
        expect(rowsOf(picture.values, picture.width)).toEqual(rows);
      }
      await source.close();
    }
  });

  test('PNG files beside CSV', async () => {
    const names = valueOf(await readTexts(join(folder, 'example-database.csv'), 'file', ''));
    expect(names[6]).toBe('example-database/00006.png');
    for (const [i, name] of names.entries()) {
      expect(rowsOf(valueOf(await readTwoPhasePng(join(folder, name))).image.data, 16)).toEqual(images[i]);
    }
  });
});

test.each([
  ['example.npz', 'database/'], ['example.h5', 'database/'], ['example-database.parquet', ''], ['example-database.csv', ''],
])('numbers of %s are read again to the same bits', async (file, prefix) => {
  const names = ['Ex_Pa', 'nuxy', 'measured: expansion < 1e-6 1 per K'];
  for (const place of file.endsWith('csv') ? [folder] : [folder, goldens]) {
    const read = valueOf(await readColumns(join(place, file), names.map((name) => prefix + name), file));
    expect(read.map((column) => [...column])).toEqual(names.map((name) => [...(database.columns.find((column) => column.name === name)!.values as Float64Array)]));
  }
});

test.each([
  ['npz', 'storage-failed'], ['hdf5', 'storage-failed'], ['parquet', 'storage-failed'], ['csv', 'storage-failed'],
] as const)('what the disk refuses of %s is a finding, and leaves no file', async (format, code) => {
  const written = await writeData(exportExample, 'missing/example', { formats: [format], folder });
  expect(written).toMatchObject({ ok: false, findings: [{ code }] });
  expect(existsSync(join(folder, 'missing'))).toBe(false);
});

test('more than an NPZ file holds is refused before anything is written', async () => {
  const [{ images: some, ...table }] = exportExample.tables as [(typeof exportExample.tables)[number]];
  const huge = { ...exportExample, tables: [{ ...table, rows: 70_000, images: { ...some!, batch: { ...some!.batch, resolution: 256, count: 70_000 } } }] };
  expect(await writeData(huge, 'huge', { formats: ['hdf5', 'npz'], folder })).toMatchObject({ ok: false, findings: [{ code: 'data-too-large' }] });
  expect(existsSync(join(folder, 'huge.h5'))).toBe(false);
});

test('a column without a value is left out', () => {
  expect(database.columns.map(({ name }) => name)).toEqual(['family', 'exceptional', 'Ex_Pa', 'nuxy', 'measured: expansion < 1e-6 1 per K']);
});

/** NaN as Python's JSON has it. */
const plain = (values: Float64Array | readonly (boolean | string)[]): unknown[] => Array.from<number | boolean | string, unknown>(values, (value) => (Number.isNaN(value) ? null : value));
const columns = Object.fromEntries(database.columns.map(({ name, values }) => [name, plain(values)]));
const mapValues = rowsOf(maps.arrays[0]!.values, 4 * 4 * 2).map((one) => rowsOf(one, 4 * 4).map((direction) => rowsOf(direction, 4)));

test('NumPy has read images, numbers, text, maps and what they mean', () => {
  const { 'database/images': pixels, 'database/family': family, 'database/exceptional': exceptional, 'database/Ex_Pa': young, 'maps/stage-2': map } = python.numpy;
  expect(pixels).toEqual({ dtype: '|u1', values: drawn });
  expect(family).toEqual({ dtype: '<U15', values: columns['family'] });
  expect(exceptional).toEqual({ dtype: '|b1', values: columns['exceptional'] });
  expect(young).toEqual({ dtype: '<f8', values: columns['Ex_Pa'] });
  expect(map).toEqual({ dtype: '<f4', values: mapValues });
  expect(Object.keys(python.numpy).filter((name) => name.startsWith('designs/'))).toEqual(['designs/control/cells', 'designs/control/rank']);
  expect(python.attributes).toMatchObject({ provenance: exportExample.provenance, datasets: { 'database/Ex_Pa': { unit: 'Pa' }, 'maps/stage-2': { unit: '1' } } });
});

test('h5py has read the same, with attributes', () => {
  const { 'database/images': pixels, 'database/family': family, 'database/exceptional': exceptional, 'database/Ex_Pa': young, 'maps/stage-2': map } = python.h5py;
  expect(pixels).toEqual({ dtype: '|u1', values: drawn, attributes: { description: 'Microstructures of the database: 1 is white, 0 is black; images, rows from the top edge, columns' } });
  expect(python.chunks).toEqual([7, 16, 16]);
  expect(family?.values).toEqual(columns['family']);
  expect(exceptional?.values).toEqual(columns['exceptional']!.map(Number));
  expect(young).toEqual({ dtype: '<f8', values: columns['Ex_Pa'], attributes: { unit: 'Pa' } });
  expect(map).toMatchObject({ dtype: '<f4', values: mapValues, attributes: { unit: '1', description: maps.arrays[0]!.description } });
  expect(python.root).toEqual({ ...exportExample.provenance, settings: JSON.stringify(exportExample.provenance['settings']), keys: JSON.stringify(exportExample.provenance['keys']) });
});

test('pandas has read the same from Parquet and CSV', () => {
  const { values, dtypes } = python.parquet['database']!;
  expect(values).toEqual({ ...columns, images: drawn });
  expect(dtypes).toMatchObject({ exceptional: 'bool', Ex_Pa: 'float64', images: 'object' });
  expect(python.parquet['maps']!.values['stage-2']).toEqual(rowsOf(maps.arrays[0]!.values, 4 * 4 * 2));
  expect(python.csv['database']).toEqual({ ...columns, file: images.map((_, i) => `example-database/0000${i}.png`) });
});
