/* Runs of earlier versions stay in the history: test/fixtures/records holds a record that version 1 wrote. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { caseKeys, openStoredCase, type StoredCase } from '#engine/api';
import { readSpecification } from '#language/read-specification';
import { readRecord, readRecords } from '#runner/history/record-files';
import { recordVersion } from '#runner/history/run-record';
import { upgradeRecord } from '#runner/history/upgrade-record';
import { keyOfDescription } from '#runner/codec/canonical-json';
import { resolveCase } from '#runner/weights/pretrained-file';
import { buildView } from '#server/views/build-view';
import { listRuns } from '#server/views/recorded-runs';
import { smallCase } from '#test/e2e/workplace';
import { createMemoryStore } from '#test/support/memory-store';
import { temporaryFolder } from '#test/support/temporary-folder';

const text = readFileSync(new URL('../../fixtures/records/version-1.json', import.meta.url), 'utf8');
/** As version 1 wrote it, with changes. */
const former = (changes: object = {}): object => ({ ...(JSON.parse(text) as object), ...changes });
const upgraded = (changes?: object) => upgradeRecord(former(changes))!;

/** A run folder with the record. */
function folderWith(record: object): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'runs'));
  writeFileSync(join(folder, 'runs', 'version-1.json'), JSON.stringify(record));
  return folder;
}

test('a record of version 1 has the arms that it compared, and the stages of each', () => {
  const record = upgraded();
  expect(record).toMatchObject({ version: recordVersion, run: 'version-1', state: 'finished', until: 'validate', upgraded: true, best: { property: 'youngs-modulus' } });
  expect(record.specification).not.toHaveProperty('control');
  expect(record.specification.case.construct).not.toHaveProperty('method');
  expect(record.specification.case.arms).toEqual([
    { name: 'explained', images: 'outliers', proposals: 'regions', construct: 'mirror' },
    { name: 'control', images: 'outliers', proposals: 'random', construct: 'mirror' },
  ]);
  expect(record.stages.map(({ stage, arm, state }) => [stage, arm, state])).toEqual([
    ...['generate', 'solve', 'select', 'learn', 'explain', 'examine'].map((stage) => [stage, undefined, 'finished']),
    ['construct', 'explained', 'finished'], ['construct', 'control', 'finished'], ['validate', 'explained', 'finished'], ['validate', 'control', 'finished'],
  ]);
  const seconds = (stages: readonly { readonly seconds?: number }[]): number => stages.reduce((sum, each) => sum + (each.seconds ?? 0), 0);
  expect(seconds(record.stages)).toBeCloseTo(seconds((former() as { stages: { seconds: number }[] }).stages), 12);
});

test('one without a comparison has one arm; one that stopped after its second arm stopped after construction', () => {
  const { specification } = former() as { specification: object };
  expect(upgraded({ specification: { ...specification, control: 'none' } }).specification.case.arms).toHaveLength(1);
  expect(upgraded({ until: 'control' }).until).toBe('construct');
  const start = { kind: 'case', name: 'Stiffness', specification };
  expect(upgraded({ specification: { ...specification, start } }).specification.case.start).toMatchObject({ case: { name: 'Stiffness', arms: [{ name: 'explained' }, { name: 'control' }] } });
});

test('a record of version 2 says what its text says: its place and the name of its database stand beside the case', () => {
  const { place, database, case: read } = readSpecification('a.xdesign', { read: () => smallCase(), resolve: (_, target) => target }).specification!.cases[0]!;
  const { phases, start: _start, database: settings, ...rest } = read;
  const flat = { ...rest, place, ...phases, database: { name: database, ...settings } };
  const specification = { ...flat, start: { kind: 'case', name: read.name, specification: { ...flat, start: { kind: 'random' } } } };
  const record = upgradeRecord(former({ version: 2, specification, upgraded: undefined, until: 'validate', stages: [] }))!;
  expect([record.version, record.specification.place, record.specification.database]).toEqual([recordVersion, place, database]);
  // The order of entries counts: cases are compared by their JSON.
  expect(JSON.stringify(record.specification.case)).toBe(JSON.stringify({ ...read, start: { kind: 'case', case: { ...read, start: { kind: 'random' } } } }));
});

test('a record of version 3 keeps the remedies of its findings, under the name that they have now', () => {
  const { findings } = former() as { findings: { wayOut: string }[] };
  const remedies = findings.map(({ wayOut }) => wayOut);
  expect(remedies).toContainEqual(expect.stringContaining('A larger database'));
  expect(upgraded().findings.map(({ remedy }) => remedy)).toEqual(remedies);
  const current = upgraded();
  const { remedy: _remedy, ...first } = current.findings[0]!;
  const version3 = { ...current, version: 3, stages: [], findings: [{ ...first, wayOut: 'Use a larger database.' }, first] };
  expect(upgradeRecord(version3)).toEqual({ ...current, stages: [], findings: [{ ...first, remedy: 'Use a larger database.' }, first] });
});

test('a record of version 4 says of its stages what its run says: that they run or have finished', () => {
  const current = upgraded();
  const version4 = { ...current, version: 4, stages: [{ stage: 'generate', state: 'done', seconds: 2, reused: 'nothing' }, { stage: 'solve', state: 'running' }] };
  expect(upgradeRecord(version4)).toEqual({ ...current, stages: [{ stage: 'generate', state: 'finished', seconds: 2, reused: 'nothing' }, { stage: 'solve', state: 'running' }] });
});

test('a record of a version to come, or of none, is not read', () => {
  expect(upgradeRecord(former({ version: recordVersion + 1 }))).toBeUndefined();
  expect(upgradeRecord(null)).toBeUndefined();
  expect(upgradeRecord(JSON.parse(text.replace('"process"', '"other"')))).toBeUndefined();
});

test('what all arms share is stored under keys that know no arm', () => {
  const { specification, overrides } = upgraded();
  const problem = resolveCase(specification.case, overrides);
  const [both, alone] = [problem, { ...problem, arms: [problem.arms[0]] } satisfies DesignCase].map((each) => caseKeys(each, keyOfDescription));
  for (const stage of ['generate', 'solve', 'select', 'learn', 'explain', 'examine', 'construct explained']) expect(alone!.get(stage)).toEqual(both!.get(stage));
});

test('the run stays in the list; what its designs were is refused with the way to see them, and views of shared values still wait or show', async () => {
  const folder = folderWith(former());
  expect(readRecords(folder)).toHaveLength(1);
  const { record } = readRecord(folder, 'version-1')!;
  const file = '/home/user/quickstart.xdesign';
  const [listed] = listRuns({ folder, cases: [{ file, specification: record.specification }] });
  expect(listed).toMatchObject({ run: 'version-1', state: { kind: 'finished' }, best: { property: 'youngs-modulus' } });
  expect(listed!.stages).toContainEqual({ stage: 'propose', arm: 'control', state: 'queued' });

  const store = { ...createMemoryStore(), close() {} };
  const problem = resolveCase(record.specification.case, record.overrides);
  const stored = (): StoredCase => openStoredCase(problem, store);
  const ask = (view: 'result' | 'database') =>
    buildView({ path: folder, store, stored }, { folder, file, caseName: 'Stiffness', broken: false, wanted: { view, query: view === 'database' ? { indices: [0] } : {} } as never }, undefined as never);
  expect(await ask('result')).toMatchObject({ kind: 'refused', findings: [{ code: 'run-of-older-version' }] });
  store.put(caseKeys(problem, store.keyOf).get('generate')!.key, { header: { resolution: 8 }, arrays: { packed: new Uint8Array(8), families: new Uint8Array(1), volumeFractions: new Float64Array(1) } }, { stage: 'generate', stageVersion: 1, description: null });
  expect(await ask('database')).toMatchObject({ kind: 'view', run: 'version-1', content: { count: 1 } });
  // A newer run that is not yet so far is waited for.
  writeFileSync(join(folder, 'runs', 'newer.json'), JSON.stringify({ ...record, upgraded: undefined, run: 'newer', started: '2099-01-01T00:00:00.000Z', state: 'running' }));
  expect(await ask('result')).toMatchObject({ kind: 'waiting' });
});
