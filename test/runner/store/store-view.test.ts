/* Looking into a store: it shows what a run stored, and leaves everything as it is. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openStoreReadOnly, type StoreView } from '#runner/store/store';
import { temporaryFolder } from '#test/support/temporary-folder';
import { artifactOf, expectSameArtifact, someProvenance } from './artifacts';
import { filledFolder, reopened, sizes } from './filled-folder';

const kinds = ['small', 'large'] as const;

function opened(folder: string): ReturnType<typeof reopened> {
  const run = reopened(folder);
  onTestFinished(() => run.store.close());
  return run;
}

function looked(folder: string): StoreView | undefined {
  const view = openStoreReadOnly(folder);
  onTestFinished(() => view?.close());
  return view;
}

test('shows what is there, and what a run puts meanwhile', () => {
  const { folder, keys } = filledFolder();
  const { store } = opened(folder);
  for (const kind of kinds) store.putCheckpoint(keys[kind], 'slot', artifactOf(sizes[kind], 2));
  const view = looked(folder)!;
  for (const kind of kinds) {
    expectSameArtifact(view.get(keys[kind]), artifactOf(sizes[kind]));
    expectSameArtifact(view.getCheckpoint(keys[kind], 'slot'), artifactOf(sizes[kind], 2));
  }
  const later = view.keyOf('later');
  expect(view.get(later)).toBeUndefined();
  expect(view.getCheckpoint(later, 'slot')).toBeUndefined();
  store.put(later, artifactOf(80), someProvenance);
  expectSameArtifact(view.get(later), artifactOf(80));
});

test('makes nothing where nothing ever ran', () => {
  const folder = temporaryFolder();
  expect(looked(folder)).toBeUndefined();
  expect(looked(join(folder, 'none'))).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a text', (path: string) => writeFileSync(path, 'not a store')],
  ['a database of another program', (path: string) => {
    rmSync(path);
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE theirs (x)');
    database.close();
  }],
])('does not put aside %s; the next run does, and tells it', (_, harm) => {
  const { folder } = filledFolder();
  const path = join(folder, 'store.sqlite');
  harm(path);
  const before = readFileSync(path);
  expect(looked(folder)).toBeUndefined();
  expect(readFileSync(path)).toEqual(before);
  expect(opened(folder).findings).toMatchObject([{ code: 'store-damaged' }]);
  expect(readFileSync(`${path}.damaged-1`)).toEqual(before);
});

test('does not forget damaged values and checkpoints; the next run does, and tells it', () => {
  const { folder, keys } = filledFolder();
  const database = new DatabaseSync(join(folder, 'store.sqlite'));
  database.exec('UPDATE artifact SET bytes = substr(bytes, 1, 100); UPDATE checkpoint SET bytes = substr(bytes, 1, 100)');
  database.close();
  rmSync(join(folder, 'artifacts'), { recursive: true });
  const view = looked(folder)!;
  for (const kind of kinds) expect(view.get(keys[kind])).toBeUndefined();
  expect(view.getCheckpoint(keys.small, 'slot')).toBeUndefined();
  const { store, findings } = opened(folder);
  for (const kind of kinds) expect(store.get(keys[kind])).toBeUndefined();
  expect(store.getCheckpoint(keys.small, 'slot')).toBeUndefined();
  expect(findings.map(({ code }) => code)).toEqual(['artifact-damaged', 'artifact-damaged', 'checkpoint-damaged']);
});

test('sees a database that is damaged under it as empty, and leaves it to the run', () => {
  const { folder, keys } = filledFolder();
  const path = join(folder, 'store.sqlite');
  const view = looked(folder)!;
  // A change by someone else: pages that the view keeps in memory count no more.
  const database = new DatabaseSync(path);
  database.exec("DELETE FROM checkpoint WHERE slot = 'none'; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  const head = readFileSync(path).subarray(0, 4096);
  writeFileSync(path, Buffer.concat([head, Buffer.alloc(readFileSync(path).length - 4096, 7)]));
  expect(view.get(keys.small)).toBeUndefined();
  expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  expect(opened(folder).findings).toMatchObject([{ code: 'store-damaged' }]);
});
