/* The list of a workspace, as a client sees it that has no file open: specifications and runs that are there, come and go. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { requests } from '#protocol/methods';
import type { ListResponse } from '#protocol/runs';
import { smallCase } from '#test/e2e/workplace';
import { temporaryFolder } from '#test/support/temporary-folder';
import { openWire, type Wire } from './wire';

const casesOf = async ({ client }: Wire) => (await client.sendRequest<ListResponse>(requests.list.method, {})).cases.map(({ uri, case: name }) => `${uri.slice(uri.lastIndexOf('/') + 1)} ${name}`).sort();

const watched = (path: string, type: 1 | 2 | 3) => ({ changes: [{ uri: pathToFileURL(path).href, type }] });

test('a client that asks at once gets all specifications of the workspace, also those in folders below', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'below'));
  for (let i = 0; i < 20; i++) writeFileSync(join(folder, i % 2 ? '' : 'below', `a${i}.xdesign`), smallCase({ seed: i }));
  const wire = await openWire(undefined, folder);
  expect(await casesOf(wire)).toHaveLength(20);
});

test('specifications that are created or deleted outside the editor change the list, also where nothing ever ran', async () => {
  const folder = temporaryFolder();
  const wire = await openWire(undefined, folder);
  expect(await casesOf(wire)).toEqual([]);
  const file = join(folder, 'new.xdesign');
  writeFileSync(file, smallCase());
  const before = wire.listsChanged.length;
  await wire.client.sendNotification('workspace/didChangeWatchedFiles', watched(file, 1));
  await expect.poll(() => wire.listsChanged.length, { timeout: 30_000 }).toBeGreaterThan(before);
  expect(await casesOf(wire)).toEqual(['new.xdesign Stiffness']);

  const listed = wire.listsChanged.length;
  rmSync(file);
  await wire.client.sendNotification('workspace/didChangeWatchedFiles', watched(file, 3));
  await expect.poll(() => wire.listsChanged.length, { timeout: 30_000 }).toBeGreaterThan(listed);
  expect(await casesOf(wire)).toEqual([]);
});

test('a case that is typed changes the list before anything ran', async () => {
  const wire = await openWire();
  expect(await casesOf(wire)).toEqual(['small.xdesign Stiffness']);
  const before = wire.listsChanged.length;
  const text = smallCase();
  const more = `${text}\n${text.slice(text.indexOf('case Stiffness')).replace('case Stiffness', 'case Other')}`;
  await wire.client.sendNotification('textDocument/didChange', { textDocument: { uri: wire.uri, version: 2 }, contentChanges: [{ text: more }] });
  await expect.poll(() => wire.listsChanged.length, { timeout: 30_000 }).toBeGreaterThan(before);
  expect(await casesOf(wire)).toEqual(['small.xdesign Other', 'small.xdesign Stiffness']);
});

test('the first run of another program in a folder changes the list', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'new.xdesign'), smallCase());
  const wire = await openWire(undefined, folder);
  await casesOf(wire);
  // What came with the workspace has been told.
  await wire.client.sendRequest(requests.list.method, {});
  await expect.poll(() => wire.listsChanged.length, { timeout: 30_000 }).toBeGreaterThan(0);
  const before = wire.listsChanged.length;
  const record = join(folder, '.xdesign/runs/one.json');
  mkdirSync(join(folder, '.xdesign/runs'), { recursive: true });
  writeFileSync(record, '{}');
  await wire.client.sendNotification('workspace/didChangeWatchedFiles', watched(record, 1));
  await expect.poll(() => wire.listsChanged.length, { timeout: 30_000 }).toBeGreaterThan(before);
});
