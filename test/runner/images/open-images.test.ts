/* Databases whose images are not periodic: what a case that assumes it is told, and a run of one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlacedFinding } from '#domain/finding';
import { neverAborted } from '#engine/core/run-context';
import { exportCaseData } from '#runner/export/data/export-case-data';
import { checkOpenImages } from '#runner/images/open-images';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import { readTexts } from '#runner/pictures/arrays/read-columns';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { run } from '#runner/run';
import { machineFiles } from '#runner/weights/pretrained-file';
import { imageCase, writeFiles } from '#test/support/image-folder';
import { loneExecutor } from '#test/support/lone-executor';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

const database = 'images "scans/*.png"  resolution 32';

test('a case learns of it once its images are known, with its own place', () => {
  const specification = imageCase('/mine', database, 'test periodic');
  const libraryOf = (periodic?: boolean) => ({ readOf: () => (periodic === undefined ? undefined : { sha256: 'ab', count: 24, fraction: { lower: 0.3, upper: 0.5 }, periodic }) });
  const found = (periodic?: boolean): readonly PlacedFinding[] => checkOpenImages([specification], libraryOf(periodic));
  expect(found(false)).toMatchObject([{ code: 'test-assumes-periodic', severity: 'information', place: specification.place }]);
  expect(found(true)).toEqual([]);
  expect(found()).toEqual([]);
});

test('a case of images that are not periodic runs to designs', async () => {
  const folder = temporaryFolder();
  // Each picture is a part of a larger one.
  const pictures = Array.from({ length: 16 }, (_, seed) => {
    const { data } = spottedImage(64, seed + 1);
    return { kind: 'binary', width: 32, height: 32, data: Uint8Array.from({ length: 1024 }, (_, p) => data[(Math.floor(p / 32) + 9) * 64 + (p % 32) + 9]!) } as const;
  });
  writeFiles(folder, Object.fromEntries(pictures.map((picture, i) => [`scans/${i}.png`, encodeBinaryPng(picture)])));
  const executor = { ...loneExecutor(), memory: 8e9, signal: neverAborted, cancel() {}, release: async () => {}, close: async () => {} } as unknown as RunExecutor;
  const findings: PlacedFinding[] = [];
  const outcome = await run(
    {
      cases: [imageCase(folder, database, 'test periodic')], overrides: {}, startedBy: 'command', folder: join(folder, '.xdesign'), createExecutor: () => executor, files: machineFiles(),
      provenance: { specification: 'mine.xdesign', overrides: {}, versions: {}, machine: '' },
    },
    { onCase() {}, onStage() {}, onFinding: (finding) => findings.push(finding as PlacedFinding) },
    new AbortController().signal,
  );
  expect(outcome.status).toBe('finished');
  expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['periodicity-found', 'test-assumes-periodic']));
  expect(outcome.cases[0]!.result!.problem.database).toMatchObject({ kind: 'files', periodic: false });
  expect(readFileSync(outcome.report!, 'utf8')).toContain('The database images are not periodic: they end at their edges');
  expect(outcome.cases[0]!.result!.arms[0].designs.length).toBeGreaterThan(0);

  // Its data say which picture each image comes from.
  const exported = await exportCaseData(imageCase(folder, database, 'test periodic'), join(folder, '.xdesign'), { formats: ['csv'], folder, specification: 'mine.xdesign' });
  expect(exported.ok && exported.value.map(({ tables }) => tables[0])).toEqual(['database', 'maps', 'designs/explained']);
  expect(await readTexts(join(folder, 'Stiffness-database.csv'), 'picture', '')).toMatchObject({ ok: true, value: expect.arrayContaining(['scans/0.png', 'scans/15.png']) as string[] });
  expect(await readTexts(join(folder, 'Stiffness-database.csv'), 'family', '')).toMatchObject({ ok: true, value: Array.from({ length: 16 }, () => 'files') });
}, 240_000);
