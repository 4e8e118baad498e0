/* Runs of the editor whose jobs are tasks of a cluster, by a server of its own and commands named like Slurm's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requests } from '#protocol/methods';
import type { RunChanged } from '#protocol/runs';
import { readRecord } from '#runner/history/record-files';
import { createWorkplace, leastCase, smallCase, type Workplace } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { installSlurm } from './local-slurm';
import { isKind, openClient, runOf, type RunClient } from './support';

let built: string;
const places: Workplace[] = [];
beforeAll(async () => {
  built = await buildForTest();
});
afterAll(() => places.forEach((place) => place.remove()));

/** A busy machine is slow, not wrong. */
const patience = { timeout: 180_000 };

/** A small case in a folder whose settings send everything to the cluster. */
function createPlace(settings: object = { localMinutes: 0, pollSeconds: 0.2 }): Workplace {
  const place = createWorkplace(smallCase(leastCase));
  places.push(place);
  mkdirSync(place.runFolder, { recursive: true });
  writeFileSync(join(place.runFolder, 'cluster.json'), JSON.stringify(settings));
  return place;
}

const start = async ({ request, uri }: RunClient): Promise<string> => runOf(await request(requests.startRun, { uri, case: 'Stiffness', until: 'solve', executor: 'slurm' }));
const noteOf = ({ state }: RunChanged): string | undefined => (state.kind === 'running' ? state.note : undefined);
const waits = (change: RunChanged): boolean => noteOf(change)?.includes('wait') === true;

test('its tasks compute the stages, the progress tells of the queue, and the list and the record say where it ran', patience, async () => {
  const slurm = installSlurm();
  const place = createPlace();
  const client = await openClient(built, place);
  const run = await start(client);
  const notes: (string | undefined)[] = [];
  let last = await client.changed(run);
  for (; last.state.kind === 'running'; last = await client.changed(run)) notes.push(noteOf(last));
  expect(last.state).toEqual({ kind: 'finished', until: 'solve', findings: [] });
  expect(notes.filter((note) => note !== undefined && /^shards: 1 (wait|run)$/.test(note))).not.toEqual([]);
  expect(slurm.submitted().length).toBeGreaterThanOrEqual(2);
  expect((await client.request(requests.list, { uri: client.uri })).cases[0]!.runs).toMatchObject([{ run, executor: 'slurm', state: { kind: 'finished' } }]);
  expect(readRecord(place.runFolder, run)!.record.executor).toBe('slurm');
  expect(await client.plain.close()).toBe(0);
});

test('cancelling takes the tasks out of the queue; resuming submits them again', patience, async () => {
  const slurm = installSlurm();
  const place = createPlace();
  const client = await openClient(built, place);
  slurm.hold();
  const run = await start(client);
  await client.changed(run, waits);
  expect(slurm.cancelled()).toEqual([]);
  expect(await client.request(requests.cancelRun, { uri: client.uri, run })).toEqual({ kind: 'done' });
  expect(slurm.cancelled()).not.toEqual([]);
  expect(readRecord(place.runFolder, run)!.record).toMatchObject({ state: 'cancelled', executor: 'slurm' });
  const before = slurm.submitted().length;
  slurm.release();
  expect((await client.request(requests.resumeRun, { uri: client.uri, run })).kind).toBe('started');
  expect((await client.changed(run, isKind('finished'))).state.kind).toBe('finished');
  expect(slurm.submitted().length).toBeGreaterThan(before);
  expect(readRecord(place.runFolder, run)!.record.executor).toBe('slurm');
});

test('tasks stay in the queue when the server is gone, and the next one looks after them', patience, async () => {
  const slurm = installSlurm();
  const place = createPlace();
  const first = await openClient(built, place);
  slurm.hold();
  const run = await start(first);
  await first.changed(run, waits);
  first.plain.kill();
  const submitted = slurm.submitted();
  const second = await openClient(built, place);
  await second.changed(run, waits);
  expect(slurm.cancelled()).toEqual([]);
  expect(slurm.submitted()).toEqual(submitted);
  slurm.release();
  expect((await second.changed(run, isKind('finished'))).state.kind).toBe('finished');
  expect(readRecord(place.runFolder, run)!.record.executor).toBe('slurm');
});

test('settings of the cluster that are wrong end the run with what is wrong', patience, async () => {
  installSlurm();
  const place = createPlace({ partitions: 'short' });
  const client = await openClient(built, place);
  const run = await start(client);
  expect((await client.ended(run)).state).toMatchObject({ kind: 'failed', findings: [{ code: 'cluster-settings' }] });
  expect(readRecord(place.runFolder, run)!.record).toMatchObject({ state: 'failed', executor: 'slurm', findings: [{ code: 'cluster-settings' }] });
});
