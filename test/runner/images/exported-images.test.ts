/* What is exported is a database again: the same pixels in any format have the same identity. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileDatabase } from '#domain/image-files';
import { packImages, unpackImage } from '#engine/api';
import type { FilePath } from '#language/specification/specification';
import { writeData } from '#runner/export/data/export-data';
import { listFiles } from '#runner/images/list-files';
import { readImages } from '#runner/images/read-images';
import { imageCase } from '#test/support/image-folder';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

const images = Array.from({ length: 20 }, (_, seed) => spottedImage(32, seed + 1));

test('NPZ, HDF5, Parquet and PNG files of an export are read to the same images', async () => {
  const folder = temporaryFolder();
  const batch = packImages(images, 32);
  const data = { provenance: { program: 'XDesign' }, tables: [{ name: 'database', rows: images.length, images: { name: 'images', description: '', batch }, columns: [], arrays: [] }] };
  expect(await writeData(data, 'Mine', { formats: ['npz', 'hdf5', 'parquet', 'csv'], folder })).toMatchObject({ ok: true });

  const identities = new Set<string>();
  for (const paths of ['Mine.npz:database/images', 'Mine.npz', 'Mine.h5:/database/images', 'Mine-database.parquet:images', 'Mine-database/*.png']) {
    const database = imageCase(folder, `images "${paths}"  resolution 32`, 'test compression').case.database as FileDatabase<FilePath>;
    const { files, findings } = listFiles(database.images);
    expect(findings).toEqual([]);
    const read = await readImages(database, files, { progress() {}, signal: { aborted: false } });
    expect(read.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(read.read!.count).toBe(images.length);
    for (const [i, { data: pixels }] of images.entries()) expect(unpackImage(read.images!.set.images, i).data).toEqual(pixels);
    identities.add(read.read!.sha256);
  }
  expect(identities.size).toBe(1);
});

test('a dataset that is not there is a finding at the path', async () => {
  const folder = temporaryFolder();
  const data = { provenance: {}, tables: [{ name: 'database', rows: images.length, images: { name: 'images', description: '', batch: packImages(images, 32) }, columns: [], arrays: [] }] };
  await writeData(data, 'Mine', { formats: ['npz'], folder });
  const database = imageCase(folder, 'images "Mine.npz:images"  resolution 32', 'test compression').case.database as FileDatabase<FilePath>;
  const read = await readImages(database, listFiles(database.images).files, { progress() {}, signal: { aborted: false } });
  expect(read.images).toBeUndefined();
  expect(read.findings).toMatchObject([{ code: 'dataset-not-found', message: '"Mine.npz:images" has no "images". It has attributes () text, database/images (20, 32, 32) uint8.', place: { file: join(folder, 'mine.xdesign') } }]);
});
