/* A study of the editor from its start to its report, by a plain client with the built server. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { requests } from '#protocol/methods';
import { readRecords } from '#runner/history/record-files';
import { createWorkplace, smallCase } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { isKind, openClient, runOf } from './support';

const study = 'study Thresholds of Stiffness { threshold 0.3, 0.5, 0.6 }\n';

test('a study is cancelled in its second variant, continued, and ends with a report of all', async () => {
  const built = await buildForTest();
  const place = createWorkplace(smallCase({ layers: 'stage-2', outliers: '24%' }) + study);
  onTestFinished(place.remove);
  const client = await openClient(built, place);
  const start = async (): Promise<string> => runOf(await client.request(requests.startStudy, { uri: client.uri, study: 'Thresholds' }));
  const listed = async () => (await client.request(requests.list, { uri: client.uri })).studies[0]!;
  const first = await start();
  await client.changed(first, isKind('finished'));
  const [, second, third] = ['0.3', '0.5', '0.6'].map((threshold) => readRecords(place.runFolder).find(({ owner }) => owner.case === `Thresholds/threshold-${threshold}`)!.record.run) as [string, string, string];
  // The last one waits; cancelled is what runs.
  expect(await client.request(requests.cancelRun, { uri: client.uri, run: third })).toEqual({ kind: 'done' });
  const cancelled = await listed();
  const states = cancelled.variants.map(({ runs }) => runs.map(({ state }) => state.kind).join());
  expect(states[0]).toBe('finished');
  expect(states[1]).toMatch(/^(cancelled|finished)$/);
  expect(states[2]).toBe('cancelled');
  expect(cancelled.report).toBeUndefined();

  expect(await start()).toBe(states[1] === 'cancelled' ? second : third);
  await client.changed(third, isKind('finished'));
  const done = await listed();
  // The finished one kept its run, the others theirs.
  expect(done.variants.map(({ runs }) => runs.map(({ run, state }) => [run, state.kind]))).toEqual([[[first, 'finished']], [[second, 'finished']], [[third, 'finished']]]);
  expect(readRecords(place.runFolder)).toHaveLength(3);
  const bests = done.variants.map(({ runs }) => runs[0]!.best!);
  expect(done.best!.variant).toBe(done.variants[bests.findIndex(({ objectiveValue }) => objectiveValue === Math.max(...bests.filter(({ feasible }) => feasible).map((best) => best.objectiveValue)))]!.case);
  const page = readFileSync(fileURLToPath(done.report!), 'utf8');
  for (const { settings } of done.variants) expect(page).toContain(settings['threshold']);
  for (const { runs } of done.variants) for (const file of Object.values(runs[0]!.files!)) expect(existsSync(fileURLToPath(file))).toBe(true);

  // Views of a variant are those of its own settings.
  const view = await client.request(requests.view, { uri: client.uri, case: done.variants[2]!.case, view: 'result', query: {} });
  if (view.kind !== 'view') expect.fail(JSON.stringify(view));
  expect(view.run).toBe(third);
  expect(view.staleFrom).toBeUndefined();
  expect(await client.request(requests.view, { uri: client.uri, case: 'Stiffness', view: 'result', query: {} })).toMatchObject({ kind: 'waiting' });
});
