/* Which files the paths of a database name: folders by pattern, links, and files that are elsewhere. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FilePath } from '#language/specification/specification';
import { createImageLibrary } from '#runner/images/image-library';
import { listFiles } from '#runner/images/list-files';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { imageCase, writeFiles } from '#test/support/image-folder';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

const png = (seed: number): Uint8Array => encodeBinaryPng(spottedImage(32, seed));

function pathsIn(folder: string, ...files: readonly string[]): readonly FilePath[] {
  const at = { line: 0, character: 0 };
  return files.map((file) => ({ file, place: { file: join(folder, 'mine.xdesign'), start: at, end: at } }));
}

const listed = (folder: string, ...files: readonly string[]) => {
  const { files: found, findings } = listFiles(pathsIn(folder, ...files));
  return { names: found.map(({ written }) => written), said: findings.map(({ code, severity, message }) => `${severity} ${code} ${message}`) };
};

describe('patterns of folders', () => {
  const made = (): string => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'scans/b/1.png': png(1), 'scans/a/2.png': png(2), 'scans/a/1.png': png(3), 'scans/a/deep/3.png': png(4), 'scans/last.png': png(5), 'scans/.hidden/1.png': png(6), 'c/image.png': png(7), 'd/other.png': png(8) });
    return folder;
  };

  test('are taken folder by folder, by the code points of the names', () => {
    const folder = made();
    expect(listed(folder, 'scans/*/*.png')).toEqual({ names: ['scans/a/1.png', 'scans/a/2.png', 'scans/b/1.png'], said: [] });
    expect(listed(folder, 's*/?/1.png').names).toEqual(['scans/a/1.png', 'scans/b/1.png']);
    expect(listed(folder, '*/image.png').names).toEqual(['c/image.png']);
    expect(listed(folder, join(folder, 'sc*/*.png')).names).toEqual([join(folder, 'scans/last.png')]);
  });

  test.each([
    ['scans/*/*.tif', 'no file has such a path'],
    ['*/none.png', 'no file has such a path'],
    ['nowhere/*/*.png', 'the folder does not exist'],
    ['scans/*.tif', 'no file of the folder has such a name'],
  ])('%s matches nothing: %s', (pattern, reason) => {
    expect(listed(made(), pattern)).toEqual({ names: [], said: [expect.stringContaining(`error pictures-unmatched No file matches "${pattern}": ${reason}.`)] });
  });
});

describe('files elsewhere', () => {
  const dataElsewhere = (): string => {
    const outside = temporaryFolder();
    writeFiles(outside, { 'data/a.png': png(1), 'data/b.png': png(2) });
    return outside;
  };

  test('are read by an absolute path, by .. and by links, and that is said', () => {
    const outside = dataElsewhere();
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'case'));
    writeFiles(folder, { 'case/own.png': png(3), 'beside/c.png': png(4) });
    symlinkSync(join(outside, 'data'), join(folder, 'case/linked'));
    symlinkSync(join(outside, 'data/a.png'), join(folder, 'case/link.png'));
    symlinkSync(join(folder, 'case/own.png'), join(folder, 'case/same.png'));
    const inCase = join(folder, 'case');
    expect(listed(inCase, 'own.png', 'same.png').said).toEqual([]);
    expect(listed(inCase, join(outside, 'data/*.png')).said).toEqual([`information files-elsewhere 2 files of the database are not in the folder of the specification: "${join(outside, 'data/a.png')}" is "${join(outside, 'data/a.png')}", for example.`]);
    expect(listed(inCase, '../beside/*.png').said).toEqual([`information files-elsewhere 1 file of the database is not in the folder of the specification: "../beside/c.png" is "${join(folder, 'beside/c.png')}".`]);
    expect(listed(inCase, 'linked/*.png')).toEqual({ names: ['linked/a.png', 'linked/b.png'], said: [expect.stringContaining(`"linked/a.png" is "${join(outside, 'data/a.png')}"`)] });
    expect(listed(inCase, '*.png')).toEqual({ names: ['link.png', 'own.png', 'same.png'], said: [expect.stringContaining(`1 file of the database is not in the folder of the specification: "link.png" is "${join(outside, 'data/a.png')}"`)] });
  });

  test('are said again by a run that remembers them', async () => {
    const outside = dataElsewhere();
    const folder = temporaryFolder();
    const { database } = imageCase(folder, `images "${outside}/data/*.png"  resolution 32  periodic yes`).case;
    if (database.kind !== 'files') throw new Error('a database of files');
    const runFolder = join(folder, '.xdesign');
    for (const reads of [2, 0]) {
      let read = 0;
      const library = createImageLibrary({ runFolder, progress: () => read++ });
      expect((await library.prepare(database)).map(({ code }) => code)).toContain('files-elsewhere');
      expect(read).toBe(reads);
    }
  });
});

describe('links that lead nowhere', () => {
  const made = (): string => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'p/a.png': png(1) });
    symlinkSync('gone.png', join(folder, 'p/dangling.png'));
    symlinkSync('round.png', join(folder, 'p/round.png'));
    symlinkSync('..', join(folder, 'p/up.png'));
    return folder;
  };

  test('are named, and neither hang nor crash', () => {
    const folder = made();
    expect(listed(folder, 'p/d*.png').said).toEqual(['error picture-unreadable "p/dangling.png" cannot be read: it is a symbolic link to "gone.png", which does not exist.']);
    expect(listed(folder, 'p/round.png').said).toEqual(['error picture-unreadable "p/round.png" cannot be read: its symbolic links lead to each other.']);
    // A link to a folder is a folder.
    expect(listed(folder, 'p/u*.png').said).toEqual([expect.stringContaining('no file of the folder has such a name')]);
    expect(listed(folder, 'p/up.png').said).toEqual(['error picture-unreadable "p/up.png" cannot be read: it is a folder.']);
    expect(listed(folder, '*/*/*/*/p/a.png')).toEqual({ names: ['p/up.png/p/up.png/p/a.png'], said: [] });
  });

  test('neither does what is no file', () => {
    const folder = made();
    expect(listed(folder, '/dev/zero').said).toEqual(['error picture-unreadable "/dev/zero" cannot be read: it is a device or a pipe.']);
    expect(listed(folder, 'https://example.org/a.png').said).toEqual(['error picture-unreadable "https://example.org/a.png" is an address, and only files are read.']);
  });
});

test('a file that ends with a folder of the same name', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'x.png'));
  writeFileSync(join(folder, 'y.png'), png(2));
  expect(listed(folder, '*.png').names).toEqual(['y.png']);
});
