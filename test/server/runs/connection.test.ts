/* What goes over the wire, in memory: runs that a test drives, and a process of views that only says what was asked. */
import { expect, test } from 'vitest';
import { requests } from '#protocol/methods';
import { smallCase } from '#test/e2e/workplace';
import { openWire } from './wire';

test('a thousand events at once are told in few notifications, the last one always', async () => {
  const { client, uri, runs, changes } = await openWire();
  const { run } = await client.sendRequest<{ run: string }>(requests.startRun.method, { uri, case: 'Stiffness' });
  const [listener] = runs;
  listener!.onStage({ stage: 'solve', state: 'started', key: 'k' as never });
  for (let done = 1; done <= 1000; done++) listener!.onStage({ stage: 'solve', state: 'progress', done, total: 1000 });
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
  runs[0]!.onStage({ stage: 'generate', state: 'started', key: 'k' as never });
  await expect.poll(() => [...new Set(refreshed)].sort(), { timeout: 30_000 }).toEqual(['workspace/codeLens/refresh', 'workspace/inlayHint/refresh']);
});

test('the text in the editor is what runs and what views are asked for, not what is on the disk', async () => {
  const { client, uri, asked } = await openWire((name) => Promise.resolve(name === 'view' ? { kind: 'waiting', stage: 'learn' } : []));
  await client.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: smallCase({ seed: 11 }) }] });
  expect(await client.sendRequest(requests.view.method, { uri, case: 'Stiffness', view: 'scatter', query: {} })).toEqual({ kind: 'waiting', stage: 'learn' });
  expect(asked.at(-1)).toMatchObject({ name: 'view', question: { caseName: 'Stiffness', broken: false, current: { database: { seed: 11 } }, wanted: { view: 'scatter' } } });
  expect(await client.sendRequest(requests.list.method, { uri })).toMatchObject({ cases: [{ uri, case: 'Stiffness', database: 'Small', runs: [] }], others: [] });
});

test('a fall of the process of views is an error of that request alone', async () => {
  let falls = true;
  const { client, uri } = await openWire(() => (falls ? Promise.reject(new Error('The process of views has ended: SIGKILL')) : Promise.resolve({ kind: 'waiting', stage: 'generate' })));
  const ask = () => client.sendRequest(requests.view.method, { uri, case: 'Stiffness', view: 'scatter', query: {} });
  await expect(ask()).rejects.toThrow('The process of views has ended: SIGKILL');
  falls = false;
  expect(await ask()).toEqual({ kind: 'waiting', stage: 'generate' });
});

test('a run that ends while records are read, before it had one, is in the list all the same', async () => {
  const reading = Promise.withResolvers<unknown>();
  const { client, uri, runs, asked } = await openWire((name) => (name === 'runs' ? reading.promise : Promise.resolve({})));
  const { run } = await client.sendRequest<{ run: string }>(requests.startRun.method, { uri, case: 'Stiffness' });
  const before = asked.length;
  const list = client.sendRequest(requests.list.method, { uri });
  await expect.poll(() => asked.slice(before).some(({ name }) => name === 'runs'), { timeout: 30_000 }).toBe(true);
  runs[0]!.onEnd({ kind: 'finished' });
  reading.resolve([]);
  expect(await list).toMatchObject({ cases: [{ case: 'Stiffness', runs: [{ run }] }] });
});
