/* What is remembered of the files of a database: damage is ignored, and what databases have in common is read once. */
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileDatabase } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';
import { createImageLibrary, fileDatabases } from '#runner/images/image-library';
import { isRemembered } from '#runner/images/remembered-shape';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { imageCase, writeFiles } from '#test/support/image-folder';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

function databaseIn(folder: string, entries: string): FileDatabase<FilePath> {
  const { database } = imageCase(folder, entries).case;
  if (database.kind !== 'files') throw new Error('a database of files');
  return database;
}

function scans(count = 4, size = 32): string {
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.png`, encodeBinaryPng(spottedImage(size, i + 1))])));
  return folder;
}

/** The library, and how many pictures it has taken; those that are known from before count, too, but take no time. */
function counting(runFolder?: string, isShared = false) {
  const counted = { pictures: 0 };
  const library = createImageLibrary({ ...(runFolder !== undefined && { runFolder }), isShared, progress: () => counted.pictures++ });
  return { library, counted };
}

describe('a remembered list', () => {
  test.each<[string, (text: string) => string]>([
    ['is no JSON', (text) => text.slice(1)],
    ['is a number', () => '3'],
    ['is null', () => 'null'],
    ['is a list', () => '[]'],
    ['is empty', () => '{}'],
    ['has no files', (text) => JSON.stringify({ ...(JSON.parse(text) as object), files: [] })],
    ['has files of another shape', (text) => JSON.stringify({ ...(JSON.parse(text) as object), files: [3] })],
    ['has a key that is none', (text) => text.replace(/"sha256":"[0-9a-f]{64}"/, '"sha256":"../x"')],
    ['has no number of images', (text) => text.replace('"count":4', '"count":"4"')],
    ['has no range', (text) => text.replace('"lower"', '"least"')],
    ['has findings of another shape', (text) => JSON.stringify({ ...(JSON.parse(text) as object), findings: [{ code: 1 }] })],
    ['has a finding that is an error', (text) => text.replace('"severity":"information"', '"severity":"error"')],
  ])('that %s is made again', async (_, damage) => {
    const folder = scans();
    const runFolder = join(folder, '.xdesign');
    const database = databaseIn(folder, 'images "*.png"  resolution 32');
    const first = counting(runFolder);
    const said = await first.library.prepare(database);
    expect(first.counted.pictures).toBe(4);
    const [name] = readdirSync(join(runFolder, 'images'));
    const path = join(runFolder, 'images', name!);
    const text = readFileSync(path, 'utf8');
    expect(isRemembered(JSON.parse(text))).toBe(true);
    const damaged = damage(text);
    expect(damaged).not.toBe(text);
    writeFileSync(path, damaged);
    const second = counting(runFolder);
    expect(await second.library.prepare(database)).toEqual(said);
    expect([second.counted.pictures, readFileSync(path, 'utf8')]).toEqual([4, text]);
    const third = counting(runFolder);
    expect(await third.library.prepare(database)).toEqual(said);
    expect([third.counted.pictures, third.library.readOf(database)]).toEqual([0, first.library.readOf(database)]);
  });
});

describe('databases of the same files', () => {
  test('with other seeds are one, unless tiles are drawn', async () => {
    const folder = scans();
    const ofSeed = (seed: number, more = '') => imageCase(folder, `images "*.png"  resolution 32  seed ${seed}  ${more}`);
    expect(fileDatabases([ofSeed(1), ofSeed(2), ofSeed(3)])).toHaveLength(1);
    expect(fileDatabases([ofSeed(1, 'fit tile'), ofSeed(2, 'fit tile')])).toHaveLength(1);
    expect(fileDatabases([ofSeed(1, 'fit tile  tiles 2'), ofSeed(2, 'fit tile  tiles 2')])).toHaveLength(2);
    const { library, counted } = counting(join(folder, '.xdesign'));
    const [one, other] = [1, 2].map((seed) => databaseIn(folder, `images "*.png"  resolution 32  seed ${seed}`)) as [FileDatabase<FilePath>, FileDatabase<FilePath>];
    await library.prepare(one);
    await library.prepare(other);
    expect([counted.pictures, library.readOf(other)]).toEqual([4, library.readOf(one)]);
    // Neither is another run with another seed.
    const again = counting(join(folder, '.xdesign'));
    await again.library.prepare(other);
    expect(again.counted.pictures).toBe(0);
  });

  test('with other ranges, numbers and tiles give what they give alone', async () => {
    const folder = scans(8, 64);
    const entries = ['', 'size 20', 'fraction 0.3 .. 0.5', 'tiles 2  seed 4', 'tiles 2  seed 5', 'speckles 4'].map((more) => databaseIn(folder, `images "*.png"  resolution 32  fit tile  periodic no  ${more}`));
    const shared = createImageLibrary({ isShared: true });
    for (const database of entries) {
      const alone = createImageLibrary();
      expect(await shared.prepare(database)).toEqual(await alone.prepare(database));
      expect(shared.readOf(database)).toEqual(alone.readOf(database));
    }
  });

  test('are not read again for another range of fractions', async () => {
    const folder = scans();
    const [one, other] = ['', 'fraction 0.2 .. 0.6'].map((more) => databaseIn(folder, `images "*.png"  resolution 32  periodic yes  ${more}`)) as [FileDatabase<FilePath>, FileDatabase<FilePath>];
    // Times of whole seconds, which can be set again.
    const names = [0, 1, 2, 3].map((i) => join(folder, `${i}.png`));
    for (const path of names) utimesSync(path, 1e9, 1e9);
    const shared = createImageLibrary({ isShared: true });
    await shared.prepare(one);
    // Unreadable, but for all that a list says of it the same file.
    for (const path of names) {
      writeFileSync(path, new Uint8Array(statSync(path).size));
      utimesSync(path, 1e9, 1e9);
    }
    const errors = async (library: ReturnType<typeof createImageLibrary>): Promise<number> => (await library.prepare(other)).filter(({ severity }) => severity === 'error').length;
    expect([await errors(shared), await errors(createImageLibrary())]).toEqual([0, 4]);
  });
});
