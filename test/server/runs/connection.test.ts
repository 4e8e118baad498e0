/* What goes over the wire, in memory: runs that a test drives, and a views process that only says what was requested. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requests } from '#protocol/methods';
import { smallCase } from '#test/e2e/workplace';
import { openWire } from './wire';

test('a thousand events at once are told in few notifications, the last one always', async () => {
  const { client, uri, runs, changes } = await openWire();
  const { run } = await client.sendRequest<{ run: string }>(requests.startRun.method, { uri, case: 'Stiffness' });
  const [listener] = runs;
  listener!.onStage({ stage: 'solve', state: 'running', key: 'k' });
  for (let done = 1; done <= 1000; done++) listener!.onStage({ stage: 'solve', state: 'running', key: 'k', progress: { done, total: 1000 } });
  listener!.onEnd({ kind: 'finished' });
  await expect.poll(() => changes.at(-1)?.state.kind, { timeout: 30_000 }).toBe('finished');
  expect(changes.length).toBeLessThan(100);
  expect(changes[0]!.state.kind).toBe('running');
  expect(changes.every((change) => change.run === run)).toBe(true);
  const revisions = changes.map(({ revision }) => revision);
  expect(revisions.every((revision, i) => i === 0 || revision > revisions[i - 1]!)).toBe(true);
});

test('a client is asked to look at lenses and hints again when a run goes on', async () => {
  const { client, uri, runs, refreshed } = await openWire();
  await client.sendRequest(requests.startRun.method, { uri, case: 'Stiffness' });
  runs[0]!.onStage({ stage: 'generate', state: 'running', key: 'k' });
  await expect.poll(() => [...new Set(refreshed)].sort(), { timeout: 30_000 }).toEqual(['workspace/codeLens/refresh', 'workspace/inlayHint/refresh']);
});

test('the text in the editor is what runs and what views are asked for, not what is on the disk', async () => {
  const { client, uri, requested } = await openWire((name) => Promise.resolve(name === 'view' ? { kind: 'waiting', stage: 'learn' } : []));
  await client.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: smallCase({ seed: 11 }) }] });
  expect(await client.sendRequest(requests.view.method, { uri, case: 'Stiffness', view: 'scatter', query: {} })).toEqual({ kind: 'waiting', stage: 'learn' });
  expect(requested.at(-1)).toMatchObject({ name: 'view', request: { caseName: 'Stiffness', broken: false, current: { case: { database: { seed: 11 } } }, wanted: { view: 'scatter' } } });
  expect(await client.sendRequest(requests.list.method, { uri })).toMatchObject({ cases: [{ uri, case: 'Stiffness', database: 'Small', runs: [] }], others: [] });
});

test('a fall of the views process is an error of that request alone', async () => {
  let falls = true;
  const { client, uri } = await openWire(() => (falls ? Promise.reject(new Error('The views process has ended: SIGKILL')) : Promise.resolve({ kind: 'waiting', stage: 'generate' })));
  const request = () => client.sendRequest(requests.view.method, { uri, case: 'Stiffness', view: 'scatter', query: {} });
  await expect(request()).rejects.toThrow('The views process has ended: SIGKILL');
  falls = false;
  expect(await request()).toEqual({ kind: 'waiting', stage: 'generate' });
});

test('a run that ends while records are read, before it had one, is in the list all the same', async () => {
  const reading = Promise.withResolvers<unknown>();
  const { client, uri, folder, runs, requested } = await openWire((name) => (name === 'runs' ? reading.promise : Promise.resolve({})));
  const { run } = await client.sendRequest<{ run: string }>(requests.startRun.method, { uri, case: 'Stiffness' });
  mkdirSync(join(folder, '.xdesign/runs'), { recursive: true });
  const before = requested.length;
  const list = client.sendRequest(requests.list.method, { uri });
  await expect.poll(() => requested.slice(before).some(({ name }) => name === 'runs'), { timeout: 30_000 }).toBe(true);
  runs[0]!.onEnd({ kind: 'finished' });
  reading.resolve([]);
  expect(await list).toMatchObject({ cases: [{ case: 'Stiffness', runs: [{ run }] }] });
});

test('a run of the text as it is now is not called stale, whatever the run before it was of', async () => {
  const before = { state: 'finished', hasReport: true, designs: { feasible: 1, all: 2 }, stale: true };
  const { client, uri, folder, runs } = await openWire((name) => Promise.resolve(name === 'lastResults' ? { Stiffness: before } : []));
  mkdirSync(join(folder, '.xdesign/runs'), { recursive: true });
  const textDocument = { uri };
  const type = (version: number, text: string) => client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  const lens = async (): Promise<string | undefined> =>
    (await client.sendRequest<{ command: { title: string } }[]>('textDocument/codeLens', { textDocument })).map(({ command }) => command.title).find((title) => /^(finished|running)/.test(title));
  await type(2, smallCase({ seed: 11 }));
  await expect.poll(lens, { timeout: 30_000 }).toBe('finished: 1 of 2 designs feasible (stale: the file has changed)');
  await client.sendRequest(requests.startRun.method, { uri, case: 'Stiffness' });
  runs[0]!.onStage({ stage: 'learn', state: 'running', key: 'k' });
  runs[0]!.onStage({ stage: 'learn', state: 'running', key: 'k', progress: { done: 14, total: 100 } });
  expect(await lens()).toBe('running: learn, 14%');
  await type(3, `// another comment, and another name\n${smallCase({ seed: 11 }).replaceAll('Boron', 'Bor')}`);
  await expect.poll(lens, { timeout: 30_000 }).toBe('running: learn, 14%');
  await type(4, smallCase({ seed: 12 }));
  await expect.poll(lens, { timeout: 30_000 }).toBe('running: learn, 14% (stale: the file has changed)');
});

test('a view of an earlier run says that a run of the text as it is now is going on', async () => {
  const { client, uri } = await openWire((name) => Promise.resolve(name === 'view' ? { kind: 'view', run: 'earlier', staleFrom: { stage: 'generate' }, content: {} } : []));
  const view = () => client.sendRequest(requests.view.method, { uri, case: 'Stiffness', view: 'result', query: {} });
  expect(await view()).not.toHaveProperty('underway');
  await client.sendRequest(requests.startRun.method, { uri, case: 'Stiffness' });
  expect(await view()).toMatchObject({ staleFrom: { stage: 'generate' }, underway: true });
  await client.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: smallCase({ seed: 11 }) }] });
  expect(await view()).not.toHaveProperty('underway');
});

test('a view of a case that is gone says what is gone, and not that the file has errors', async () => {
  const { client, uri, folder, requested } = await openWire((name) => Promise.resolve(name === 'view' ? { kind: 'view', run: 'earlier', content: {} } : []));
  const view = (of: string, name: string) => client.sendRequest(requests.view.method, { uri: of, case: name, view: 'result', query: {} });
  expect(await view(uri, 'Stiffness')).not.toHaveProperty('gone');
  expect(await view(uri, 'Nobody')).toMatchObject({ gone: 'case' });
  expect(await view(`file://${folder}/nowhere.xdesign`, 'Stiffness')).toMatchObject({ gone: 'file' });
  expect(requested.filter(({ name }) => name === 'view').every(({ request }) => !(request as { broken: boolean }).broken)).toBe(true);
});

test('an export is carried out with the text in the editor, by another process than that of views, and only on this machine', async () => {
  const { client, uri, folder, requested } = await openWire((name) => Promise.resolve(name === 'exportData' ? { ok: true, value: [{ file: `${folder}/out/A b.npz`, format: 'npz', tables: ['database'] }] } : []));
  const ask = (into: string) => client.sendRequest(requests.exportData.method, { uri, case: 'Stiffness', parts: ['database'], format: 'npz', folder: into, name: 'A b' });
  expect(await ask(`file://${folder}/out`)).toEqual({ kind: 'exported', files: [{ uri: `file://${folder}/out/A%20b.npz`, tables: ['database'] }] });
  expect(requested.at(-1)).toMatchObject({ name: 'exportData', request: { caseName: 'Stiffness', folder: join(folder, '.xdesign'), into: join(folder, 'out'), name: 'A b', parts: ['database'], format: 'npz', current: { case: { name: 'Stiffness' } } } });
  expect(await ask('vscode-remote://elsewhere/out')).toMatchObject({ kind: 'refused', findings: [{ code: 'not-on-disk' }] });
});
