/* Pictures in files of arrays, against what NumPy, h5py and pyarrow wrote (test/golden/arrays), and what is refused. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { success, type Finding, type Result } from '#domain/finding';
import { datasetsOf, openArrays } from '#runner/pictures/arrays/open-arrays';
import type { PictureSource } from '#runner/pictures/picture-source';
import { temporaryFolder } from '#test/support/temporary-folder';

const folder = join(import.meta.dirname, '../../../golden/arrays');
const golden = (file: string): string => join(folder, file);

type Expected = Readonly<Record<string, Readonly<Record<string, readonly (readonly (readonly number[])[])[]>>>>;
const expected = JSON.parse(readFileSync(golden('arrays.json'), 'utf8')) as Expected;

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.value;
}

function findingOf(result: Result<unknown>): Finding {
  if (result.ok) throw new Error('a finding was expected');
  return result.findings[0]!;
}

/** All pictures as lists of rows. */
async function picturesOf(source: PictureSource, order = [...Array(source.count).keys()]): Promise<readonly (readonly (readonly number[])[])[]> {
  const pictures: number[][][] = [];
  for (const index of order) {
    const { picture } = valueOf(await source.read(index));
    expect(await source.sizeOf(index)).toEqual({ width: picture.width, height: picture.height });
    pictures.push(Array.from({ length: picture.height }, (_, row) => [...picture.values.subarray(row * picture.width, (row + 1) * picture.width)]));
  }
  await source.close();
  return pictures;
}

const rounded = (pictures: readonly (readonly (readonly number[])[])[]): readonly (readonly (readonly number[])[])[] => pictures.map((rows) => rows.map((row) => row.map(Math.fround)));

const open = async (file: string, dataset?: string): Promise<PictureSource> => valueOf(await openArrays(golden(file), dataset, `"${file}"`));

async function countOf(file: string, dataset?: string): Promise<number> {
  const source = await open(file, dataset);
  await source.close();
  return source.count;
}

describe('every type in both byte orders', () => {
  for (const file of ['types.npz', 'types.h5']) {
    for (const [name, pictures] of Object.entries(expected['types.npz']!)) {
      test(`${name} of ${file}`, async () => {
        const found = await picturesOf(await open(file, name));
        expect(found).toEqual(rounded(pictures));
      });
    }
  }
});

test.each(['plain.npy', 'fortran.npy', 'fortran-single.npy', 'channel.npy', 'version-2.npy', 'version-3.npy'])('%s has the pictures that NumPy wrote', async (file) => {
  expect(await picturesOf(await open(file))).toEqual(rounded(expected[file]!['']!));
});

test.each([
  ['deflated.npz', 'images'],
  ['set.h5', 'GRF/GRF'],
  ['preface.h5', 'images'],
  ...['snappy', 'gzip', 'zstd', 'brotli'].map((codec) => [`${codec}.parquet`, 'flat'] as const),
  ['snappy.parquet', 'rows'],
] as const)('%s:%s has the pictures that were written, in any order of reading', async (file, dataset) => {
  const pictures = expected[file]![dataset]!;
  expect(await picturesOf(await open(file, dataset))).toEqual(pictures);
  expect(await picturesOf(await open(file, dataset), [4, 0, 3, 3])).toEqual([4, 0, 3, 3].map((index) => pictures[index]));
});

test('images in a column of bytes go through the caller', async () => {
  for (const [file, column] of [['snappy.parquet', 'png'], ['structure.parquet', 'image']] as const) {
    const images: { readonly bytes: readonly number[]; readonly name: string }[] = [];
    const source = valueOf(await openArrays(golden(file), column, '"set"', async (bytes, name) => {
      images.push({ bytes: [...bytes], name });
      return success({ picture: { width: 1, height: 1, values: new Uint8Array(1) }, warnings: [] });
    }));
    for (let i = 0; i < source.count; i++) await source.read(i);
    expect(images.map(({ bytes }) => bytes)).toEqual(expected[file]![column]);
    expect(images[1]!.name).toBe('"set"[1]');
    await source.close();
  }
});

test('a dataset that is not named is the only one of pictures', async () => {
  expect(await picturesOf(await open('deflated.npz'))).toHaveLength(5);
  expect(await countOf('structure.parquet')).toBe(2);
  expect(findingOf(await openArrays(golden('types.npz'), undefined, '"types.npz"'))).toMatchObject({
    code: 'dataset-not-found',
    message: expect.stringContaining('It has b1 (5, 3, 4) bool, u1 (5, 3, 4) uint8,') as string,
    remedy: 'Name the dataset after the file and a colon: "set.npz:images".',
  });
  expect(findingOf(await openArrays(golden('types.npz'), undefined, '"types.npz"')).message).toContain(' and 9 more.');
});

test('datasets are listed with shape and type, without those of other files', async () => {
  expect(valueOf(await datasetsOf(golden('set.h5'), '"set.h5"')).map(({ name, shape, type }) => `${name} ${shape.join('×')} ${type}`)).toEqual([
    'GRF/GRF 5×3×4 uint8', 'GRF/homogenized_mechanical 5×2×3 float64', 'complex 2×3×4 records', 'lzf 5×3×4 uint8', 'soft 5×3×4 uint8',
  ]);
  expect(valueOf(await datasetsOf(golden('deflated.npz'), '')).map(({ name }) => name)).toEqual(['images', 'E', 'properties']);
  expect(valueOf(await datasetsOf(golden('pickled.npy'), ''))).toEqual([{ name: '', shape: [2], type: 'pickled objects' }]);
  expect(valueOf(await datasetsOf(golden('snappy.parquet'), '')).map(({ name, type }) => `${name} ${type}`)).toEqual([
    'png bytes', 'flat list', 'rows list', 'file text', 'E float64', 'n int64', 'white bool', 'odd list',
  ]);
});

test('a soft link within the file is followed, a link to another file is not', async () => {
  expect(await countOf('set.h5', '/soft')).toBe(5);
  expect(findingOf(await openArrays(golden('set.h5'), 'other', '"set.h5:other"')).code).toBe('dataset-not-found');
});

describe('what is refused', () => {
  test.each([
    ['pickled.npy', undefined, 'picture-unsupported', 'it holds pickled Python objects, which can run code'],
    ['records.npy', undefined, 'picture-unsupported', 'its elements are records'],
    ['complex.npy', undefined, 'picture-unsupported', 'its elements have the type <c8'],
    ['set.h5', 'complex', 'picture-unsupported', 'its elements have the type records'],
    ['set.h5', 'lzf', 'picture-unsupported', 'it is compressed with lzf (filter 32000)'],
    ['snappy.parquet', 'file', 'picture-unsupported', 'its elements have the type text'],
    ['empty.npy', undefined, 'array-shape', 'has the shape (0, 3, 4): it has no pixels'],
    ['colors.npy', undefined, 'array-shape', 'its last axis looks like colors'],
    ['vector.npy', undefined, 'array-shape', 'has the shape (7): pictures have (height, width) or (number, height, width)'],
    ['plain.npy', 'images', 'dataset-not-found', 'has no "images". It has an array without a name (5, 3, 4) float32'],
    ['set.h5', 'GRF', 'dataset-not-found', 'has no "GRF"'],
    ['set.h5', 'GRF/other', 'dataset-not-found', 'has no "GRF/other"'],
    ['comma.csv', undefined, 'picture-unsupported', 'it does not begin like a PNG, TIFF, PBM, PGM, PPM, JPEG, NPY, NPZ, HDF5 or Parquet file'],
    ['nowhere.npy', undefined, 'picture-unreadable', 'the file does not exist'],
    ['.', undefined, 'picture-unreadable', 'it is a folder'],
  ])('%s:%s is %s', async (file, dataset, code, message) => {
    const finding = findingOf(await openArrays(golden(file), dataset, `"${file}"`));
    expect(finding).toMatchObject({ code, message: expect.stringContaining(message) as string });
    expect(finding.message).toContain(`"${file}"`);
  });

  test('a picture with NaN is named with row and column; the others are read', async () => {
    const source = await open('not-finite.npy');
    expect((await source.read(1)).ok).toBe(true);
    expect(findingOf(await source.read(2))).toMatchObject({ code: 'array-not-finite', message: '"not-finite.npy"[2] has a value in row 1, column 3 that is not a finite number of single precision.' });
    await source.close();
  });

  test('a list that is no square', async () => {
    const source = await open('snappy.parquet', 'odd');
    expect(findingOf(await source.read(0))).toMatchObject({ code: 'array-shape', message: expect.stringContaining('the list is no square') as string });
    await source.close();
  });

  test.each([
    ['a pickle', Uint8Array.of(0x80, 4, 0x95, 0), 'it is a pickled Python object, which can run code'],
    ['a MATLAB file', Buffer.from('MATLAB 5.0 MAT-file, Platform'), 'it is a MATLAB file of version 5'],
    ['an empty file', new Uint8Array(), 'it does not begin like a PNG, TIFF, PBM, PGM, PPM, JPEG, NPY, NPZ, HDF5 or Parquet file'],
  ])('%s', async (_, bytes, message) => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, bytes);
    expect(findingOf(await openArrays(path, undefined, '"file"'))).toMatchObject({ code: 'picture-unsupported', message: expect.stringContaining(message) as string });
  });

  test.each([
    ['(100000, 100000)', 'picture-damaged', 'its header announces 10000000000 bytes and 60 are there'],
    ['(5, 3, 999999999999999999999)', 'picture-damaged', 'its header is not what NumPy writes'],
    ['(5, 3, 5)', 'picture-damaged', 'its header announces 75 bytes and 60 are there'],
  ])('a header of the shape %s, before memory is taken', async (shape, code, message) => {
    const bytes = readFileSync(golden('version-2.npy'));
    const path = join(temporaryFolder(), 'large.npy');
    writeFileSync(path, withShape(bytes, shape));
    expect(findingOf(await openArrays(path, undefined, '"large.npy"'))).toMatchObject({ code, message: expect.stringContaining(message) as string });
  });
});

/** An NPY file of version 2 with another shape in its header. */
function withShape(bytes: Buffer, shape: string): Buffer {
  const length = bytes.readUInt32LE(8);
  const header = bytes.subarray(12, 12 + length).toString().replace('(5, 3, 4)', shape).trimEnd().padEnd(length - 1);
  return Buffer.concat([bytes.subarray(0, 12), Buffer.from(`${header}\n`), bytes.subarray(12 + length)]);
}
