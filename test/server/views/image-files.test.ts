/* What the views process finds in files before a run, and that it recognizes the results of runs with them. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileDatabase } from '#domain/image-files';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import { unpackImages } from '#protocol/packed';
import type { FileImagesView } from '#protocol/views/image-file-views';
import { createImageLibrary } from '#runner/images/image-library';
import { recallImages } from '#runner/images/recall-images';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { buildView } from '#server/views/build-view';
import { checkedFiles, datasets, fileImages } from '#server/views/image-files';
import { imageCase, writeFiles } from '#test/support/image-folder';
import { spottedImage } from '#test/support/spotted-image';

const folder = mkdtempSync(join(tmpdir(), 'xdesign-image-files-'));
const runFolder = join(folder, '.xdesign');
const images = Array.from({ length: 12 }, (_, i) => spottedImage(32, i + 1));

beforeAll(() => {
  const pictures = Object.fromEntries(images.map((image, i) => [`scans/${String(i).padStart(2, '0')}.png`, encodeBinaryPng(image)]));
  writeFiles(folder, { ...pictures, 'bad/broken.png': encodeBinaryPng(images[0]!).subarray(0, 60), 'set.csv': 'name,Ex_GPa\n00.png,3\n01.png,4\n' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function databaseOf({ case: { database } }: CaseSpecification): FileDatabase<FilePath> {
  return database as FileDatabase<FilePath>;
}

/** What is known of the files of a case. */
const recalled = (specification: CaseSpecification): unknown => (recallImages(specification.case, runFolder).database as FileDatabase<FilePath>).read;

const scans = (): CaseSpecification => imageCase(folder, 'images "scans/*.png"  resolution 32');

describe('before a run', () => {
  test('the first images are read, with their fractions', async () => {
    const { files, sizes, first, all, findings } = await fileImages({ folder: runFolder, database: databaseOf(scans()), count: 5 });
    expect([files, sizes, first!.count, all]).toEqual([12, [{ width: 32, height: 32 }], 5, undefined]);
    expect(unpackImages(first!.images)).toEqual(Uint8Array.from(images.slice(0, 5).flatMap(({ data }) => [...data])));
    for (const [i, fraction] of first!.fractions.entries()) expect(fraction).toBeCloseTo(images[i]!.data.reduce((sum, each) => sum + each, 0) / 1024, 12);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('where there are fewer, these are all', async () => {
    const { first, all } = await fileImages({ folder: runFolder, database: databaseOf(scans()), count: 50 });
    expect([first!.count, all!.count]).toEqual([12, 12]);
  });

  test('files that cannot be read are findings instead', async () => {
    const damaged = await fileImages({ folder: runFolder, database: databaseOf(imageCase(folder, 'images "bad/*.png"  resolution 32')), count: 5 });
    expect([damaged.first, damaged.findings.map(({ code }) => code)]).toEqual([undefined, ['picture-damaged']]);
    const missing = await fileImages({ folder: runFolder, database: databaseOf(imageCase(folder, 'images "none/*.png"  resolution 32')), count: 5 });
    expect([missing.files, missing.findings.map(({ code }) => code)]).toEqual([0, ['pictures-unmatched']]);
  });

  test('a view shows them, also without a run folder, and of other sizes than the images the finding', async () => {
    const request = (current: CaseSpecification) => ({ folder: runFolder, file: join(folder, 'mine.xdesign'), caseName: 'Stiffness', current, broken: false, wanted: { view: 'fileImages', query: { count: 3 } } }) as const;
    const shown = await buildView(undefined, request(scans()), undefined as never);
    expect(shown).toMatchObject({ kind: 'view', content: { preview: { files: 12, first: { count: 3 } } } });
    const other = await buildView(undefined, request(imageCase(folder, 'images "scans/*.png"  resolution 64')), undefined as never);
    expect(new Set((other as { readonly content: FileImagesView }).content.preview!.findings.map(({ code }) => code))).toEqual(new Set(['image-wrong-resolution']));
    const random = await buildView(undefined, request(imageCase(folder, 'size 800  resolution 32  fraction 0.38 .. 0.41  cells 100%')), undefined as never);
    expect(random).toMatchObject({ kind: 'view', content: {} });
    expect((random as { readonly content: object }).content).toEqual({});
  });

  test('the columns of a table are listed, and nothing of what cannot be read', async () => {
    expect((await datasets({ path: join(folder, 'set.csv'), isTable: true })).map(({ name }) => name)).toEqual(['name', 'Ex_GPa']);
    expect(await datasets({ path: join(folder, 'none.npz'), isTable: false })).toEqual([]);
    expect(await datasets({ path: join(folder, 'set.csv'), isTable: false })).toEqual([]);
  });

  test('the findings of files are those of a check', async () => {
    const bad = imageCase(folder, 'images "bad/*.png"  resolution 32', 'compare pictures "none.png"');
    const findings = await checkedFiles({ folder: runFolder, cases: [bad] });
    expect(findings.map(({ code }) => code)).toEqual(['picture-damaged', 'image-unreadable']);
    expect(findings[0]!.place).toEqual(databaseOf(bad).images[0]!.place);
    expect((await checkedFiles({ folder: runFolder, cases: [scans()] })).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('what a run found in the files is known as long as they do not change', async () => {
  const database = databaseOf(scans());
  expect(recalled(scans())).toBeUndefined();
  const library = createImageLibrary({ runFolder });
  await library.prepare(database);
  const read = library.readOf(database);
  expect(read!.count).toBe(12);
  expect(recalled(scans())).toEqual(read);
  expect((await fileImages({ folder: runFolder, database, count: 5 })).all!.count).toBe(12);

  utimesSync(join(folder, 'scans/00.png'), new Date(), new Date(Date.now() + 5000));
  expect(recalled(scans())).toBeUndefined();
  writeFileSync(join(folder, 'scans/00.png'), '');
  expect((await checkedFiles({ folder: runFolder, cases: [scans()] })).map(({ severity }) => severity)).toContain('error');
});

test('a table of labels belongs to the files, and does not keep images from being shown', async () => {
  writeFiles(folder, { 'two/a.png': encodeBinaryPng(images[1]!), 'two/b.png': encodeBinaryPng(images[2]!), 'two.csv': 'Ex,Ey\n3,3\n4,4\n' });
  const labeled = imageCase(folder, 'images "two/*.png"  resolution 32  labels "two.csv" { test compression  E "Ex", "Ey" GPa }');
  const library = createImageLibrary({ runFolder });
  await library.prepare(databaseOf(labeled));
  expect(recalled(labeled)).toEqual(library.readOf(databaseOf(labeled)));
  writeFileSync(join(folder, 'two.csv'), 'Ex\n3\n');
  expect(recalled(labeled)).toBeUndefined();
  expect((await fileImages({ folder: runFolder, database: databaseOf(labeled), count: 5 })).first!.count).toBe(2);
  expect((await checkedFiles({ folder: runFolder, cases: [labeled] })).filter(({ severity }) => severity === 'error')).not.toEqual([]);
});
