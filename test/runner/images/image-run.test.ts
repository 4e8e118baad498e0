/* A case whose images are PNG files, from the files to designs: read once, identified by pixels, readable without the files. */
import { readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import type { DesignCase } from '#domain/case';
import { unpackImage, volumeFraction } from '#engine/api';
import { openStoredCase } from '#engine/pipeline/stored-case';
import { neverAborted } from '#engine/core/run-context';
import { readRecords, type FoundRecord } from '#runner/history/record-files';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import { recallImages } from '#runner/images/recall-images';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { run, type RunOutcome } from '#runner/run';
import { openStore } from '#runner/store/store';
import { machineFiles, resolveCase } from '#runner/weights/pretrained-file';
import { imageCase, writeFiles } from '#test/support/image-folder';
import { loneExecutor } from '#test/support/lone-executor';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

const executor = { ...loneExecutor(), memory: 8e9, signal: neverAborted, cancel() {}, release: async () => {}, close: async () => {} } as unknown as RunExecutor;
const images = Array.from({ length: 24 }, (_, seed) => spottedImage(32, seed + 1));
const nameOf = (i: number): string => `scans/image-${String(i).padStart(2, '0')}.png`;

interface Ran {
  readonly outcome: RunOutcome;
  readonly findings: readonly Finding[];
  readonly read: number;
  readonly reused: Readonly<Record<string, string>>;
}

async function runIn(folder: string, database = 'images "scans/*.png"  resolution 32', more = ''): Promise<Ran> {
  const findings: Finding[] = [];
  const reused: Record<string, string> = {};
  let read = 0;
  const outcome = await run(
    {
      cases: [imageCase(folder, database, more)], overrides: {}, startedBy: 'command', folder: join(folder, '.xdesign'), createExecutor: () => executor, files: machineFiles(),
      provenance: { specification: 'mine.xdesign', overrides: {}, versions: {}, machine: '' },
    },
    {
      onCase() {},
      onReading: (done) => (read = done),
      onStage: (event) => event.state === 'finished' && (reused[event.stage] ??= event.reused),
      onFinding: (finding) => findings.push(finding),
    },
    new AbortController().signal,
  );
  return { outcome, findings, read, reused };
}

const settingsOf = ({ outcome }: Ran): DesignCase => outcome.cases[0]!.result!.problem;

test('pictures become designs, are read once, and are identified by their pixels', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(images.map((image, i) => [nameOf(i), encodeBinaryPng(image)])));
  const first = await runIn(folder);
  expect(first.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(first.outcome.status).toBe('finished');
  expect(first.read).toBe(24);
  const result = first.outcome.cases[0]!.result!;
  expect(result.database.images.count).toBe(24);
  expect(unpackImage(result.database.images, 5)).toEqual(images[5]);
  expect(result.arms[0].designs.length).toBeGreaterThan(0);

  // The window of designs is that of the images.
  const shares = images.map(volumeFraction);
  expect(result.problem.construct.fraction).toEqual({ lower: Math.min(...shares), upper: Math.max(...shares) });
  expect(result.problem.database).toMatchObject({ kind: 'files', size: 24, periodic: true });

  const report = readFileSync(first.outcome.report!, 'utf8');
  expect(report).toContain('24 images from files of 32 × 32 pixels');
  expect(report).not.toContain('random image');

  // Nothing is read again, and nothing computed.
  const second = await runIn(folder);
  expect([second.read, new Set(Object.values(second.reused))]).toEqual([0, new Set(['everything'])]);
  expect(second.findings.map(({ code }) => code)).toEqual(first.findings.map(({ code }) => code));

  // An editor finds what the run has, as long as the files are the same.
  const now = imageCase(folder, 'images "scans/*.png"  resolution 32').case;
  expect(resolveCase(recallImages(now, join(folder, '.xdesign'))).database).toEqual(result.problem.database);
  expect(recallImages({ ...now, database: { ...now.database, resolution: 64 } }, join(folder, '.xdesign')).database).not.toHaveProperty('read');

  // Other names and times of the same pixels are the same database.
  for (const name of readdirSync(join(folder, 'scans'))) utimesSync(join(folder, 'scans', name), 1e9, 1e9);
  renameSync(join(folder, nameOf(0)), join(folder, 'scans/a.png'));
  const renamed = await runIn(folder);
  expect(recallImages(now, join(folder, '.xdesign')).database).toHaveProperty('read');
  expect([renamed.read, new Set(Object.values(renamed.reused))]).toEqual([24, new Set(['everything'])]);
  expect(settingsOf(renamed).database).toEqual(settingsOf(first).database);

  // The run stays readable when its files are gone.
  rmSync(join(folder, 'scans'), { recursive: true });
  const [{ record }] = readRecords(join(folder, '.xdesign')) as [FoundRecord];
  const store = openStore(join(folder, '.xdesign'), () => {});
  const stored = openStoredCase(resolveCase(record.specification.case, record.overrides), store);
  expect(stored.missing()).toBeUndefined();
  const { sources } = stored.read('images')!;
  expect([sources!.names[5], sources!.pictures[5]]).toEqual(['"scans/image-05.png"', 5]);
  store.close();
  const gone = await runIn(folder);
  expect([gone.outcome.status, gone.findings.map(({ code }) => code)]).toEqual(['failed', ['pictures-unmatched']]);
}, 240_000);

test('another pixel is another database, and that is said', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(images.slice(0, 12).map((image, i) => [nameOf(i), encodeBinaryPng(image)])));
  const first = await runIn(folder);
  const changed = { ...images[3]!, data: images[3]!.data.map((value, i) => (i === 100 ? 1 - value : value)) };
  writeFileSync(join(folder, nameOf(3)), encodeBinaryPng(changed));
  const second = await runIn(folder);
  expect(second.findings).toContainEqual(expect.objectContaining({ code: 'images-changed', severity: 'information', message: expect.stringMatching(/^1 file of the database changed/) as unknown }));
  expect(second.reused['generate']).toBe('nothing');
  expect(settingsOf(second).database).not.toEqual(settingsOf(first).database);
}, 240_000);

/** An NPY file of whole numbers of one byte. */
function npy(shape: readonly number[], values: Uint8Array): Uint8Array {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`.padEnd(117, ' ') + '\n';
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([header.length & 255, header.length >> 8]), Buffer.from(header, 'latin1'), values]);
}

test('tiles of gray pictures and slices of arrays are images, with where each comes from', async () => {
  const folder = temporaryFolder();
  const [wide] = [spottedImage(64, 9)];
  const gray = Uint8Array.from(wide!.data, (value, i) => (value === 1 ? 180 : 40) + (i % 7));
  const slices = [1, 2, 3].map((seed) => spottedImage(32, seed));
  writeFiles(folder, { 'set.npy': npy([4, 32, 32], Uint8Array.from([...slices, spottedImage(32, 4)].flatMap(({ data }) => Array.from(data, (value) => 250 * value)))), 'wide.npy': npy([64, 64], gray) });
  const found: Finding[] = [];
  const outcome = await run(
    {
      cases: [imageCase(folder, 'images "wide.npy", "set.npy"  resolution 32  white above otsu  fit tile  periodic no')], overrides: {}, startedBy: 'command', folder: join(folder, '.xdesign'),
      createExecutor: () => executor, files: machineFiles(), until: 'solve', provenance: { specification: 'mine.xdesign', overrides: {}, versions: {}, machine: '' },
    },
    { onCase() {}, onStage() {}, onFinding: (finding) => found.push(finding) },
    new AbortController().signal,
  );
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { images: database, sources } = outcome.cases[0]!.values.images!;
  expect(database.count).toBe(8);
  expect(Array.from(sources!.pictures)).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
  expect([Array.from(sources!.x).slice(0, 4), Array.from(sources!.y).slice(0, 4)]).toEqual([[0, 32, 0, 32], [0, 0, 32, 32]]);
  const corner = unpackImage(database, 3).data;
  expect(corner).toEqual(Uint8Array.from({ length: 1024 }, (_, p) => wide!.data[(32 + Math.floor(p / 32)) * 64 + 32 + (p % 32)]!));
  expect(unpackImage(database, 4)).toEqual(slices[0]);
  expect(sources!.names[1]).toContain('set.npy');
}, 240_000);
