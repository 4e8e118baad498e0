/* Completion of the files of databases, in a folder with files; the datasets are those that a views process would send. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompletionList, TextEdit } from 'vscode-languageserver';
import { noFiles, type DatabaseFiles } from '#server/database-files';
import { openText, type OpenText } from '#test/server/open-text';
import { edited } from '#test/server/show';
import { writeFiles } from '#test/support/image-folder';

const parent = mkdtempSync(join(tmpdir(), 'xdesign-file-items-'));
const folder = join(parent, 'workspace');

beforeAll(() => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`many/${String(i).padStart(3, '0')}.tif`, '']));
  writeFiles(folder, {
    'scans/a.png': '', 'scans/b.png': '', 'scans/old.tiff': '', 'scans/notes.md': '', 'scans/.hidden.png': '', 'scans/deep/c.png': '',
    'set.npz': '', 'set.csv': '', 'main.py': '', ...many,
  });
  writeFiles(join(parent, 'elsewhere'), { 'secret.png': '' });
  mkdirSync(join(folder, 'links'));
  symlinkSync(join(parent, 'elsewhere'), join(folder, 'links/away'));
  symlinkSync(join(parent, 'elsewhere/secret.png'), join(folder, 'links/secret.png'));
  symlinkSync(join(folder, 'scans/a.png'), join(folder, 'links/inside.png'));
});

afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** What was asked of which file. */
const asked: string[] = [];
const files: DatabaseFiles = {
  ...noFiles,
  datasets(path, isTable) {
    asked.push(`${path.slice(folder.length)} ${isTable}`);
    return Promise.resolve(isTable ? [{ name: 'Ex_GPa', shape: [3], type: 'text' }, { name: 'name', shape: [3], type: 'text' }] : [{ name: 'images', shape: [300, 64, 64], type: 'uint8' }, { name: 'GRF/GRF', shape: [9, 64, 64], type: 'bool' }]);
  },
};

async function complete(marked: string): Promise<{ readonly open: OpenText; readonly list: CompletionList }> {
  const open = await openText(marked, {}, { files, root: pathToFileURL(folder).href });
  return { open, list: (await open.xdesign.lsp.CompletionProvider!.getCompletion(open.document, open))! };
}

async function labels(marked: string): Promise<readonly string[]> {
  const { list } = await complete(marked);
  return list.items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)).map(({ label }) => label);
}

/** The text after an item is chosen. */
async function chosen(marked: string, label: string): Promise<string> {
  const { open, list } = await complete(marked);
  return edited(open.document, [list.items.find((each) => each.label === label)!.textEdit as TextEdit]);
}

describe('in the quotes of images', () => {
  test('folders and files that can be read are offered, relative to the specification', async () => {
    expect(await labels('database D { images "<|>" }')).toEqual(['links/', 'many/', 'scans/', 'set.npz']);
    expect(await labels('database D { images <|> }')).toEqual(['"links/"', '"many/"', '"scans/"', '"set.npz"']);
  });

  test('a pattern is offered for files that end alike', async () => {
    expect(await labels('database D { images "scans/<|>" }')).toEqual(['scans/*.png', 'scans/deep/', 'scans/a.png', 'scans/b.png', 'scans/old.tiff']);
    expect(await chosen('database D { images "sc<|>" }', 'scans/')).toBe('database D { images "scans/" }');
    expect(await chosen('database D { images "x.png", "scans/o<|>" resolution 64 }', 'scans/old.tiff')).toBe('database D { images "x.png", "scans/old.tiff" resolution 64 }');
  });

  test('of many files those that begin as typed, and the editor asks again', async () => {
    const { list } = await complete('database D { images "many/<|>" }');
    expect([list.isIncomplete, list.items.length]).toEqual([true, 201]);
    const narrowed = await complete('database D { images "many/24<|>" }');
    expect([narrowed.list.isIncomplete, narrowed.list.items.filter(({ label }) => label !== 'many/*.tif').length]).toEqual([false, 10]);
  });

  test('nothing outside the workspace is offered, also not behind links', async () => {
    expect(await labels('database D { images "../<|>" }')).toEqual([]);
    expect(await labels('database D { images "../elsewhere/<|>" }')).toEqual([]);
    expect(await labels('database D { images "links/<|>" }')).toEqual(['links/inside.png']);
    expect(await labels('database D { images "links/away/<|>" }')).toEqual([]);
    expect(await labels('database D { images "https://example.org/<|>" }')).toEqual([]);
  });

  test('behind a colon the datasets of the file are offered with their shapes', async () => {
    const { list } = await complete('database D { images "set.npz:<|>" }');
    expect(list.items.map(({ label, detail }) => `${label} ${detail}`)).toEqual(['set.npz:images (300, 64, 64) uint8', 'set.npz:GRF/GRF (9, 64, 64) bool']);
    expect(asked.at(-1)).toBe('/set.npz false');
    expect(await chosen('database D { images "set.npz:im<|>" }', 'set.npz:images')).toBe('database D { images "set.npz:images" }');
    asked.length = 0;
    expect(await labels('database D { images "../set.npz:<|>" }')).toEqual([]);
    expect(await labels('database D { images "scans/a.png:<|>" }')).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('in labels', () => {
  test('tables are offered, and their columns', async () => {
    expect(await labels('database D { labels "<|>" { } }')).toEqual(['links/', 'many/', 'scans/', 'set.csv', 'set.npz']);
    expect(await labels('database D { images "a.png" labels "set.csv" { E "<|>" } }')).toEqual(['Ex_GPa', 'name']);
    expect(await labels('database D { labels "set.csv" { E "Ex_GPa", "<|>" GPa } }')).toEqual(['Ex_GPa', 'name']);
    expect(await labels('database D { labels "set.csv" { E "Ex_GPa", "Ey_GPa" GPa  file "<|>" } }')).toEqual(['Ex_GPa', 'name']);
    expect(asked.at(-1)).toBe('/set.csv true');
  });

  test('files are offered nowhere else', async () => {
    for (const text of ['case C { learn compact { weights "<|>" } }', 'material M { young <|> }']) expect((await labels(text)).join(), text).not.toMatch(/scans|set\./);
  });
});
