import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noteRename, ownerOf, readRenames, type Rename } from '#runner/history/record-files';
import type { RunRecord } from '#runner/history/run-record';
import { temporaryFolder } from '#test/support/temporary-folder';

const day = (date: number): string => `2026-03-0${date}T08:15:00.000Z`;
const record = (started: number, file = '/plates/a.xdesign', name = 'A') => ({ specification: { place: { file }, case: { name } }, started: day(started) }) as RunRecord;
const ofCase = (at: number, from: string, to: string, file = 'a.xdesign'): Rename => ({ from: { file, case: from }, to: { file, case: to }, at: day(at) });
const ofFile = (at: number, from: string, to: string): Rename => ({ from: { file: from }, to: { file: to }, at: day(at) });

test.each([
  ['nothing was renamed', [], 'a.xdesign A'],
  ['its case was', [ofCase(2, 'A', 'B')], 'a.xdesign B'],
  ['another case was', [ofCase(2, 'C', 'B')], 'a.xdesign A'],
  ['its file was', [ofFile(2, 'a.xdesign', 'b.xdesign')], 'b.xdesign A'],
  ['its case was and then its file', [ofCase(2, 'A', 'B'), ofFile(3, 'a.xdesign', 'b.xdesign')], 'b.xdesign B'],
  ['its case was, and back', [ofCase(2, 'A', 'B'), ofCase(3, 'B', 'A')], 'a.xdesign A'],
  ['two programs noted the same', [ofCase(2, 'A', 'B'), ofCase(2, 'A', 'B')], 'a.xdesign B'],
  ['two cases changed their names by a third one', [ofCase(2, 'B', 'T'), ofCase(3, 'A', 'B'), ofCase(4, 'T', 'A')], 'a.xdesign B'],
])('a run of the first day, when %s, is of %s', (_what, renames, owner) => {
  const { file, case: name } = ownerOf(record(1), renames);
  expect(`${file} ${name}`).toBe(owner);
});

test('a rename is none of younger runs: the old name may be used again', () => {
  expect(ownerOf(record(3), [ofCase(2, 'A', 'B')])).toEqual({ file: 'a.xdesign', case: 'A' });
});

test('records of another system are of the same file', () => {
  expect(ownerOf(record(1, 'C:\\plates\\a.xdesign'), [])).toEqual({ file: 'a.xdesign', case: 'A' });
});

test('renames come back in their order; damaged lines are none', () => {
  const folder = temporaryFolder();
  expect(readRenames(folder)).toEqual([]);
  noteRename(folder, { file: 'a.xdesign' }, { file: 'b.xdesign' });
  mkdirSync(join(folder, 'runs'), { recursive: true });
  appendFileSync(join(folder, 'runs', 'renames.jsonl'), '{"from":\nnull\n{}\n');
  noteRename(folder, { file: 'b.xdesign', case: 'A' }, { file: 'b.xdesign', case: 'B' });
  expect(readRenames(folder)).toMatchObject([{ from: { file: 'a.xdesign' }, to: { file: 'b.xdesign' } }, { from: { file: 'b.xdesign', case: 'A' }, to: { case: 'B' } }]);
});
