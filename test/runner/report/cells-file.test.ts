/* All cells of a case in one file, and pictures of the best designs. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackImage } from '#engine/api';
import { writeReport } from '#runner/report/write-report';
import { writeCells } from '#runner/report/cells-file';
import { writePiecesAtomically } from '#runner/report/result-files';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import { readNpz, type NpyArray } from '#test/support/read-npz';
import { temporaryFolder } from '#test/support/temporary-folder';
import { syntheticCase } from './synthetic-case';

const provenance = { specification: 'a.xdesign', overrides: {}, versions: {}, machine: 'one' };
const result = syntheticCase({ designCount: 130, resolution: 16 });
let folder = '';
let arrays: ReadonlyMap<string, NpyArray>;
let rows: readonly Readonly<Record<string, string>>[];

beforeAll(() => {
  folder = writeReport(mkdtempSync(join(tmpdir(), 'xdesign-cells-')), [result], provenance).cases[0]!.folder;
  arrays = readNpz(readFileSync(join(folder, 'cells.npz')));
  const [head, ...lines] = readFileSync(join(folder, 'designs.csv'), 'utf8').trimEnd().split('\r\n').map((line) => line.split(','));
  rows = lines.map((cells) => Object.fromEntries(head!.map((column, i) => [column, cells[i]!])));
});
afterAll(() => rmSync(dirname(folder), { recursive: true }));

test('holds an array of its name for each arm: every cell, white as 1', () => {
  expect([...arrays.keys()]).toEqual(['explained', 'control']);
  for (const { name, cells } of result.arms) {
    const { shape, data } = arrays.get(name)!;
    expect(shape).toEqual([130, 16, 16]);
    expect([...new Set(data)].toSorted()).toEqual([0, 1]);
    for (let i = 0; i < 130; i++) expect(data.subarray(256 * i, 256 * (i + 1))).toEqual(unpackImage(cells, i).data);
  }
});

test('each row of designs.csv names its cell, and the picture of the best 50 shows the same', async () => {
  expect(rows).toHaveLength(260);
  for (const { arm, rank, file, cells_file: cellsFile, cell_index: index } of rows) {
    expect({ cellsFile, index }).toEqual({ cellsFile: 'cells.npz', index: String(Number(rank) - 1) });
    if (Number(rank) > 50) expect(file).toBe('');
    else {
      const read = await readTwoPhasePng(join(folder, file!), { resolution: 16 });
      expect(read.ok && read.value.image.data).toEqual(arrays.get(arm!)!.data.subarray(256 * Number(index), 256 * (Number(index) + 1)));
    }
  }
  expect(readdirSync(folder).filter((name) => name.endsWith('.png'))).toHaveLength(100);
});

test('report, manifest and table say where they are', () => {
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('The best 50 designs of each arm as images, the cells of all in <code>cells.npz</code>');
  expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toMatchObject({ manifest: 4, cells: { file: 'cells.npz', layout: expect.stringContaining('1 is white'), pictures: 50 } });
});

test('pictures that an earlier version left of all designs are taken away', () => {
  const earlier = ['design-051.png', 'design-130.png', 'control-099.png'].map((name) => join(folder, name));
  for (const path of [...earlier, join(folder, 'mine-051.png')]) writeFileSync(path, 'earlier');
  writeReport(dirname(folder), [result], provenance);
  expect(readdirSync(folder).filter((name) => name.endsWith('.png') && !/-0[0-4]\d|-050/.test(name))).toEqual(['mine-051.png']);
});

test('an arm without a design has an array without a cell; the same cells give the same bytes', () => {
  const encoded = (arms: Parameters<typeof writeCells>[0]): Buffer => {
    const pieces: Uint8Array[] = [];
    writeCells(arms, (piece) => pieces.push(piece.slice()));
    return Buffer.concat(pieces);
  };
  expect(readNpz(encoded([{ name: 'none', cells: { count: 0, resolution: 16, packed: new Uint8Array() } }])).get('none')).toEqual({ shape: [0, 16, 16], data: new Uint8Array() });
  expect(encoded(result.arms)).toEqual(encoded(result.arms));
  expect(encoded(result.arms)).toEqual(readFileSync(join(folder, 'cells.npz')));
});

test('a disk that is full in the middle leaves the earlier file, and no part of the new one', () => {
  const place = temporaryFolder();
  const path = join(place, 'cells.npz');
  writeFileSync(path, 'earlier');
  const full = new Error('ENOSPC');
  let pieces = 0;
  expect(() =>
    writePiecesAtomically(path, (write) =>
      writeCells(result.arms, (piece) => {
        if (pieces++ === 3) throw full;
        write(piece);
      }),
    ),
  ).toThrow(full);
  expect(pieces).toBe(4);
  expect([readdirSync(place), readFileSync(path, 'utf8')]).toEqual([['cells.npz'], 'earlier']);
});
