/* Files with a dataset per picture: a group, and a file of which no dataset is named. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { hdf5 } from '#runner/pictures/arrays/hdf5-library';
import { openArrays } from '#runner/pictures/arrays/open-arrays';
import { compareNames } from '#runner/pictures/arrays/picture-group';
import { temporaryFolder } from '#test/support/temporary-folder';

/** An NPY file of bytes that all have one value. */
function npy(shape: readonly number[], value = 0): Uint8Array {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117) + '\n';
  return Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, 118, 0]), Buffer.from(header), Buffer.alloc(shape.reduce((all, n) => all * n, 1), value)]);
}

function npz(arrays: Readonly<Record<string, Uint8Array>>): string {
  const path = join(temporaryFolder(), 'set.npz');
  writeFileSync(path, zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes]))));
  return path;
}

async function h5(shapes: Readonly<Record<string, readonly number[]>>): Promise<string> {
  const path = join(temporaryFolder(), 'set.h5');
  const library = await hdf5();
  const file = new library.File(path, 'w');
  for (const [index, [name, shape]] of Object.entries(shapes).entries()) {
    const [group, own] = name.includes('/') ? [name.slice(0, name.lastIndexOf('/')), name.slice(name.lastIndexOf('/') + 1)] : ['', name];
    const at = group === '' ? file : (file.get(group) ?? file.create_group(group));
    (at as typeof file).create_dataset({ name: own, data: new Uint8Array(shape.reduce((all, n) => all * n, 1)).fill(index), shape: [...shape], dtype: '<B' });
  }
  file.close();
  return path;
}

/** Name, size and value of each picture, or the finding. */
async function picturesOf(path: string, dataset?: string): Promise<readonly string[]> {
  const opened = await openArrays(path, dataset, '"set"');
  if (!opened.ok) return opened.findings.map(({ code, message }) => `${code}: ${message}`);
  const found: string[] = [];
  for (let i = 0; i < opened.value.count; i++) {
    const { width, height } = await opened.value.sizeOf(i);
    const read = await opened.value.read(i);
    found.push(`${opened.value.nameOf(i)} ${opened.value.datasetOf?.(i)} ${width}×${height} ${read.ok ? read.value.picture.values[0] : read.findings[0]!.code}`);
  }
  await opened.value.close();
  return found;
}

test('arrays of two axes of a file are its pictures, in the order of their names and the numbers in them', async () => {
  const path = npz({ arr_10: npy([16, 20], 10), arr_2: npy([16, 20], 2), arr_1: npy([18, 20], 1), E: npy([3]) });
  expect(await picturesOf(path)).toEqual(['"set" (arr_1) arr_1 20×18 1', '"set" (arr_2) arr_2 20×16 2', '"set" (arr_10) arr_10 20×16 10']);
  expect(await picturesOf(path, 'arr_2')).toEqual(['"set" undefined 20×16 2']);
});

test('a table among them, or an array of several pictures, is not guessed about: what is there is listed', async () => {
  expect(await picturesOf(npz({ a: npy([16, 20]), b: npy([16, 20]), labels: npy([300, 2]) }))).toEqual(['dataset-not-found: Which dataset of "set" is meant is not said. It has a (16, 20) uint8, b (16, 20) uint8, labels (300, 2) uint8.']);
  expect(await picturesOf(npz({ a: npy([16, 20]), b: npy([16, 20]), images: npy([2, 16, 20], 7) }))).toEqual(['"set"[0] undefined 20×16 7', '"set"[1] undefined 20×16 7']);
});

test('a group of an HDF5 file has the pictures in it and in its groups', async () => {
  const path = await h5({ 'scans/b': [16, 16], 'scans/a': [16, 20], 'scans/more/c': [20, 16], 'scans/E': [3], 'other/d': [16, 16], stack: [2, 16, 16] });
  expect(await picturesOf(path, '/scans')).toEqual(['"set" (scans/a) scans/a 20×16 1', '"set" (scans/b) scans/b 16×16 0', '"set" (scans/more/c) scans/more/c 16×20 2']);
  expect(await picturesOf(path, 'scans/')).toHaveLength(3);
  expect(await picturesOf(path, '/scans/more')).toEqual(['"set" (scans/more/c) scans/more/c 16×20 2']);
  expect(await picturesOf(path, '/')).toHaveLength(4);
  expect(await picturesOf(path, '/scan')).toEqual([expect.stringContaining('dataset-not-found: "set" has no "/scan". It has ')]);
  // The one of three axes, as before.
  expect(await picturesOf(path)).toHaveLength(2);
});

test('a group with a table, and a group without pictures', async () => {
  const path = await h5({ 'g/a': [16, 16], 'g/labels': [300, 2], 'h/E': [4] });
  expect(await picturesOf(path, 'g')).toEqual(['array-shape: "set" (g/labels) has the shape (300, 2): a picture among several has at least 16 pixels along each edge.']);
  expect(await picturesOf(path, 'h')).toEqual([expect.stringContaining('dataset-not-found: "set" has no "h". It has ')]);
});

test('names are compared by what is between their numbers, and the numbers by their size', () => {
  const names = ['b', 'a10', 'a9', 'a010', 'a', 'a9b', 'a100000000000000000000', 'a99999999999999999999', 'B', '10', '9'];
  expect(names.toSorted(compareNames)).toEqual(['9', '10', 'B', 'a', 'a9', 'a9b', 'a010', 'a10', 'a99999999999999999999', 'a100000000000000000000', 'b']);
});
