/* scripts/compare-results.mjs tells results apart that differ, whatever their files are called. */
import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { designFileName } from '#display/arms';
import { unpackImage } from '#engine/api';
import { armsInView } from '#runner/report/case-view';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { writeReport } from '#runner/report/write-report';
import { syntheticCase } from '#test/runner/report/synthetic-case';
import { temporaryFolder } from '#test/support/temporary-folder';

const script = fileURLToPath(new URL('../../scripts/compare-results.mjs', import.meta.url));
const provenance = { specification: 'a.xdesign', overrides: {}, versions: {}, machine: 'one' };

/** A run folder with the results of a case; returns it and the folder of the case. */
function resultsOf(wish: Parameters<typeof syntheticCase>[0]): { readonly folder: string; readonly ofCase: string } {
  const folder = temporaryFolder();
  const { cases } = writeReport(join(folder, 'results'), [syntheticCase(wish)], provenance);
  return { folder, ofCase: cases[0]!.folder };
}

function compare(one: string, other: string): { readonly status: number | null; readonly text: string } {
  const { status, stdout } = spawnSync(process.execPath, [script, one, other], { encoding: 'utf8' });
  return { status, text: stdout };
}

test('equal results are equal, also under other names and with more columns', () => {
  const [one, other] = [resultsOf({ designCount: 3 }), resultsOf({ designCount: 3 })];
  renameSync(join(other.ofCase, 'control-002.png'), join(other.ofCase, 'random-2.png'));
  const table = readFileSync(join(other.ofCase, 'designs.csv'), 'utf8');
  writeFileSync(join(other.ofCase, 'designs.csv'), table.replaceAll('control-002.png', 'random-2.png').replaceAll('\r\n', ',1\r\n').replace(',1\r\n', ',more\r\n'));
  const { status, text } = compare(one.folder, other.folder);
  expect({ status, text }).toEqual({ status: 0, text: expect.stringMatching(/images: 6 before, 6 after, 6 of the same bytes[\s\S]*6 rows before, 6 after.*new: more\nno differences/) as string });
});

test('cells are compared by their pixels, also with pictures of each design as earlier versions wrote them', () => {
  const [one, other] = [resultsOf({ designCount: 60 }), resultsOf({ designCount: 60 })];
  expect(compare(one.folder, other.folder)).toEqual({ status: 0, text: expect.stringMatching(/images: 100 before, 100 after, 100 of the same bytes\n {2}cells: 120 before, 120 after, 120 of the same pixels/) as string });
  rmSync(join(one.ofCase, 'cells.npz'));
  for (const { look, arm } of armsInView(syntheticCase({ designCount: 60 }))) {
    for (let i = 50; i < 60; i++) writeFileSync(join(one.ofCase, designFileName(look, i + 1)), encodeBinaryPng(unpackImage(arm.cells, i)));
  }
  expect(compare(one.folder, other.folder)).toEqual({ status: 0, text: expect.stringMatching(/^Stiffness\n {2}cells: 120 before, 120 after, 120 of the same pixels/) as string });
  writeFileSync(join(one.ofCase, 'design-060.png'), readFileSync(join(one.ofCase, 'design-001.png')));
  expect(compare(one.folder, other.folder)).toMatchObject({ status: 1, text: expect.stringMatching(/cell \w{12}: control-\d+\.png before, explained 60, control \d+ after/) as string });
});

test('a changed number, a changed image and an added design are reported', () => {
  const [one, other] = [resultsOf({ designCount: 3 }), resultsOf({ designCount: 3 })];
  const table = readFileSync(join(other.ofCase, 'designs.csv'), 'utf8');
  const [, , second] = table.split('\r\n');
  writeFileSync(join(other.ofCase, 'designs.csv'), table.replace(second!, second!.replace(',last,', ',stage-1,')));
  writeFileSync(join(other.ofCase, 'design-001.png'), 'other');
  const { status, text } = compare(one.folder, other.folder);
  expect(status).toBe(1);
  expect(text).toMatch(/image \w{12}: control-001\.png, design-001\.png before, control-001\.png after/);
  expect(text).toMatch(/design explained 2, layer: last before, stage-1 after/);
  expect(compare(one.folder, resultsOf({ designCount: 4 }).folder).text).toContain('design explained 4 is new');
});
