/* Runs that are cancelled, refused, queued and interrupted, and servers that are killed. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { StageName } from '#domain/stages';
import { requests } from '#protocol/methods';
import type { RunChanged } from '#protocol/runs';
import { acquireRunFolder } from '#runner/run-folder/run-folder';
import { readRecords } from '#runner/history/record-files';
import { stateOf } from '#runner/run-folder/process-identity';
import { createWorkplace, leastCase, resultBytes, smallCase, until, type Workplace } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { startProgram } from '#test/support/child-program';
import { isKind, openClient } from './support';

let built: string;
beforeAll(async () => {
  built = await buildForTest();
});

/** Solves for as long as any test looks: 500 images of a contrast that only the direct solver takes. */
const longSolve = smallCase({ size: 500, resolution: 64 }).replace('young 68.3 GPa', 'young 0.1 GPa');
/** Learns for as long as any test looks. */
const longLearning = smallCase({ learn: 'compact { epochs 100000  batch 16 }' });
const second = 'case Other';

/** A run that is in the middle of a stage. */
const isWithin = (name: StageName, done = 0) => ({ state }: RunChanged): boolean => state.kind === 'running' && state.stage === name && state.done > done;

/** With more images solved than all threads have chunks of twenty, at least one chunk is kept. */
const keptChunk = 20 * availableParallelism();

function workplace(text: string): Workplace {
  const place = createWorkplace(text);
  onTestFinished(place.remove);
  return place;
}

/** The same case again under another name. */
const twoCases = (text: string): string => `${text}\n${text.slice(text.indexOf('case Stiffness')).replace('case Stiffness', second)}`;

const onlyRecord = (place: Workplace) => {
  const [found, ...others] = readRecords(place.runFolder);
  expect(others).toEqual([]);
  return found!;
};

describe('a run that is cancelled', () => {
  test('in solve ends, and goes on from what is solved when it is resumed', async () => {
    const place = workplace(longSolve);
    const client = await openClient(built, place);
    const run = await client.start('Stiffness', 'solve');
    await client.changed(run, isWithin('solve', keptChunk));
    expect(await client.request(requests.cancelRun, { uri: client.uri, run })).toEqual({ kind: 'done' });
    expect((await client.ended(run)).state).toEqual({ kind: 'cancelled' });
    expect(onlyRecord(place)).toMatchObject({ record: { run, state: 'cancelled' }, interrupted: false });
    expect(await client.request(requests.cancelRun, { uri: client.uri, run })).toMatchObject({ kind: 'refused', findings: [{ code: 'run-ended' }] });
    expect(await client.request(requests.resumeRun, { uri: client.uri, run })).toEqual({ kind: 'started', run });
    const end = await client.ended(run);
    expect(end.state).toMatchObject({ kind: 'finished', until: 'solve' });
    expect(end.stages.slice(0, 2)).toMatchObject([{ stage: 'generate', reused: 'everything' }, { stage: 'solve', reused: 'partly' }]);
  });

  test('in learn ends, and what it has learned so far is there to be seen', async () => {
    const place = workplace(longLearning);
    const client = await openClient(built, place);
    const run = await client.start('Stiffness');
    const epochs = async (): Promise<number> => (await client.content('training', {}, run)).networks[0]?.epochs.length ?? 0;
    await expect.poll(epochs, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(await client.request(requests.cancelRun, { uri: client.uri, run })).toEqual({ kind: 'done' });
    expect((await client.ended(run)).state).toEqual({ kind: 'cancelled' });
    const training = await client.content('training', {}, run);
    expect(training.networks[0]!.epochs.length).toBeGreaterThan(0);
    expect(training).not.toHaveProperty('outcome');
    expect(await client.view('result', {}, run)).toMatchObject({ kind: 'waiting', stage: 'learn' });
    expect(await client.request(requests.resumeRun, { uri: client.uri, run })).toEqual({ kind: 'started', run });
    await client.changed(run, (change) => isWithin('learn')(change) && change.stages[1]!.reused === 'everything');
    expect(await client.request(requests.cancelRun, { uri: client.uri, run })).toEqual({ kind: 'done' });
  });

  test("by the editor's own cancel button ends too", async () => {
    const place = workplace(longSolve);
    let token: unknown;
    const client = await openClient(built, place, {
      capabilities: { window: { workDoneProgress: true } },
      answers: { 'window/workDoneProgress/create': (params) => void (token = (params as { token: string }).token) as never, 'client/registerCapability': () => null },
    });
    const run = await client.start('Stiffness');
    const begin = await client.plain.notification('$/progress', (params) => (params as { value: { kind: string } }).value.kind === 'begin');
    expect(begin).toMatchObject({ token, value: { title: 'XDesign: Stiffness', cancellable: true } });
    expect(await client.plain.notification('$/progress', (params) => /^solve \d+ of 500/.test((params as { value: { message?: string } }).value.message ?? ''))).toBeDefined();
    client.plain.notify('window/workDoneProgress/cancel', { token });
    expect((await client.ended(run)).state).toEqual({ kind: 'cancelled' });
    await client.plain.notification('$/progress', (params) => (params as { value: { kind: string } }).value.kind === 'end');
  });
});

describe('one run at a time', () => {
  test('a second of the same case is refused, one of another case waits and then runs', async () => {
    const place = workplace(twoCases(longSolve));
    const client = await openClient(built, place);
    const first = await client.start('Stiffness');
    expect(await client.request(requests.startRun, { uri: client.uri, case: 'Stiffness' })).toMatchObject({ kind: 'refused', findings: [{ code: 'case-already-runs' }] });
    const other = await client.request(requests.startRun, { uri: client.uri, case: 'Other', until: 'generate' });
    if (other.kind !== 'queued') expect.fail(JSON.stringify(other));
    expect((await client.changed(other.run)).state).toEqual({ kind: 'queued', behind: 'case Stiffness' });
    expect(await client.request(requests.startRun, { uri: client.uri, case: 'Other' })).toMatchObject({ kind: 'refused' });
    const { cases } = await client.request(requests.list, { uri: client.uri });
    expect(cases.map(({ runs }) => runs.map(({ state }) => state.kind))).toEqual([['running'], ['queued']]);

    await client.changed(first, isWithin('solve'));
    expect(await client.request(requests.cancelRun, { uri: client.uri, run: first })).toEqual({ kind: 'done' });
    const end = await client.ended(other.run);
    expect(end.state).toMatchObject({ kind: 'finished', until: 'generate' });
    expect(end.stages[0]).toMatchObject({ stage: 'generate', reused: 'everything' });
  });

  test('one that waits is cancelled without ever running', async () => {
    const place = workplace(twoCases(longSolve));
    const client = await openClient(built, place);
    const first = await client.start('Stiffness');
    const other = await client.start('Other');
    expect(await client.request(requests.cancelRun, { uri: client.uri, run: other })).toEqual({ kind: 'done' });
    expect(readRecords(place.runFolder).find(({ record }) => record.run === other)!.record).toMatchObject({ state: 'cancelled', stages: [] });
    expect(await client.request(requests.cancelRun, { uri: client.uri, run: first })).toEqual({ kind: 'done' });
  });

  test('while a command has the folder, a run is refused with its process, or waits and starts by itself', async () => {
    const place = workplace(twoCases(smallCase()));
    const folder = acquireRunFolder(place.runFolder);
    if (!folder.ok) expect.fail();
    const client = await openClient(built, place);
    const refused = { kind: 'refused', findings: [{ code: 'run-folder-in-use', message: expect.stringContaining(String(process.pid)) as string }] };
    expect(await client.request(requests.startRun, { uri: client.uri, case: 'Stiffness' })).toMatchObject(refused);
    expect((await client.request(requests.list, { uri: client.uri })).cases[0]!.runs).toEqual([]);
    const response = await client.request(requests.startRun, { uri: client.uri, case: 'Stiffness', until: 'generate', wait: true });
    if (response.kind !== 'queued') expect.fail(JSON.stringify(response));
    const waiting = { kind: 'queued', behind: `process ${process.pid}` };
    expect((await client.changed(response.run)).state).toEqual(waiting);
    expect((await client.request(requests.list, { uri: client.uri })).cases[0]!.runs).toMatchObject([{ run: response.run, state: waiting }]);
    folder.value.release();
    expect((await client.ended(response.run)).state).toMatchObject({ kind: 'finished', until: 'generate' });
  });

  test('a run of a command cannot be cancelled here, and its response says where', async () => {
    const place = workplace(longSolve);
    const command = startProgram(join(built, 'xdesign.mjs'), 'run', place.file);
    await until(() => readRecords(place.runFolder).length === 1, 'the command runs');
    const client = await openClient(built, place);
    const { run } = onlyRecord(place).record;
    expect(await client.request(requests.cancelRun, { uri: client.uri, run })).toMatchObject({ kind: 'refused', findings: [{ code: 'run-not-of-this-editor', message: expect.stringContaining('the command line') as string }] });
    await command.kill();
  });
});

describe('a fall', () => {
  test('of the process of a run leaves the server standing, and says so', async () => {
    const place = workplace(longSolve);
    const client = await openClient(built, place);
    const run = await client.start('Stiffness');
    await client.changed(run, isWithin('solve'));
    process.kill(onlyRecord(place).record.process.processId, 'SIGKILL');
    expect((await client.ended(run)).state).toMatchObject({ kind: 'failed', findings: [{ code: 'run-crashed', message: expect.stringContaining('SIGKILL') as string }] });
    expect(onlyRecord(place).record).toMatchObject({ state: 'failed', findings: [{ code: 'run-crashed' }] });
    const again = await client.request(requests.startRun, { uri: client.uri, case: 'Stiffness', until: 'solve' });
    expect(again.kind).toBe('started');
  });

  test('of the server ends its run; the next server goes on with it under its name, and ends with the same bytes', async () => {
    const text = smallCase({ ...leastCase, size: 100, learn: 'compact { epochs 4  batch 32 }' });
    const place = workplace(text);
    const client = await openClient(built, place);
    const run = await client.start('Stiffness');
    await client.changed(run, (change) => change.stages[1]!.state === 'finished' || isWithin('solve', keptChunk)(change));
    const { process: runProcess } = onlyRecord(place).record;
    process.kill(client.plain.processId, 'SIGKILL');

    const next = await openClient(built, place);
    const running = await next.changed(run, isKind('running'));
    expect(running.case).toBe('Stiffness');
    await until(() => stateOf(runProcess) === 'gone', 'the orphan ends');
    const end = await next.ended(run);
    expect(end.state.kind).toBe('finished');
    expect(end.stages[1]).toMatchObject({ stage: 'solve', reused: expect.stringMatching(/partly|everything/) as string });
    expect(onlyRecord(place).record).toMatchObject({ run, state: 'finished' });

    const undisturbed = workplace(text);
    const other = await openClient(built, undisturbed);
    expect((await other.ended(await other.start('Stiffness'))).state.kind).toBe('finished');
    expect(resultBytes(place.runFolder)).toStrictEqual(resultBytes(undisturbed.runFolder));
  });

  test('of the server while the text changed leaves the run interrupted, until somebody resumes it', async () => {
    const place = workplace(longSolve);
    const client = await openClient(built, place);
    const run = await client.start('Stiffness');
    await client.changed(run, isWithin('solve'));
    process.kill(client.plain.processId, 'SIGKILL');
    await until(() => onlyRecord(place).interrupted, 'the orphan ends');

    place.write(smallCase(leastCase));
    const next = await openClient(built, place);
    // A server that reads a text decides then whether a run goes on.
    await next.plain.notification('textDocument/publishDiagnostics');
    expect((await next.request(requests.list, { uri: next.uri })).cases[0]!.runs).toMatchObject([{ run, state: { kind: 'interrupted' }, staleFrom: { stage: 'generate' } }]);
    expect(await next.request(requests.resumeRun, { uri: next.uri, run })).toEqual({ kind: 'started', run });
    await next.ended(run);
  });
});

test("a command's run shows in the list while it runs, and is told when it comes", async () => {
  const place = workplace(smallCase());
  const client = await openClient(built, place);
  // The folder of records is watched once there is one.
  await client.ended(await client.start('Stiffness', 'generate'));
  client.write(smallCase());
  await client.request(requests.list, { uri: client.uri });
  const command = startProgram(join(built, 'xdesign.mjs'), 'run', place.file, '--until', 'solve');
  const runsOfCommands = async () => (await client.request(requests.list, { uri: client.uri })).cases[0]!.runs.filter(({ startedBy }) => startedBy === 'command');
  for (;;) {
    await client.plain.notification('xdesign/runsChanged');
    const [run] = await runsOfCommands();
    if (run?.state.kind === 'finished') break;
  }
  expect(await command.ended()).toMatchObject({ code: 0 });
  const [ofCommand] = await runsOfCommands();
  expect(ofCommand).toMatchObject({ until: 'solve' });
  expect(ofCommand!.stages.slice(0, 3)).toMatchObject([{ stage: 'generate', reused: 'everything' }, { stage: 'solve', state: 'finished' }, { stage: 'select', state: 'queued' }]);
});

test('a run that is deleted is forgotten, its values stay; one that runs cannot be deleted', async () => {
  const place = workplace(smallCase());
  const client = await openClient(built, place);
  const run = await client.start('Stiffness', 'solve');
  expect(await client.request(requests.deleteRun, { uri: client.uri, run })).toMatchObject({ kind: 'refused', findings: [{ code: 'run-not-deletable' }] });
  await client.ended(run);
  expect(await client.request(requests.resumeRun, { uri: client.uri, run })).toMatchObject({ kind: 'refused', findings: [{ code: 'run-not-resumable' }] });
  expect(await client.request(requests.deleteRun, { uri: client.uri, run })).toEqual({ kind: 'done' });
  expect(await client.request(requests.deleteRun, { uri: client.uri, run })).toMatchObject({ kind: 'refused', findings: [{ code: 'unknown-run' }] });
  expect((await client.request(requests.list, { uri: client.uri })).cases[0]!.runs).toEqual([]);
  expect(await client.view('scatter', {}, run)).toMatchObject({ kind: 'refused', findings: [{ code: 'unknown-run' }] });
  // The text still leads to what is stored.
  const scatter = await client.view('scatter', {});
  expect(scatter.kind).toBe('view');
  expect(scatter).not.toHaveProperty('run');
});

test('what cannot run is refused in words: an unknown case, a text without errors that is on no disk, a file that is gone', async () => {
  const place = workplace(smallCase());
  const client = await openClient(built, place);
  const codeOf = async (uri: string, name: string): Promise<string | undefined> => {
    const response = await client.request(requests.startRun, { uri, case: name });
    return response.kind === 'refused' ? response.findings[0]!.code : response.kind;
  };
  expect(await codeOf(client.uri, 'Nobody')).toBe('unknown-case');
  expect(await codeOf(`${client.uri}-gone.xdesign`, 'Stiffness')).toBe('file-not-found');
  expect(await codeOf('untitled:one.xdesign', 'Stiffness')).toBe('not-on-disk');
  expect(readdirSync(place.folder)).toEqual(['small.xdesign']);
});

describe('a workspace without trust', () => {
  test('gets language features and diagnostics, but nothing runs and no run folder is read, until it is trusted', async () => {
    const place = workplace(smallCase());
    // A run that a server would go on with, if it trusted the folder.
    mkdirSync(join(place.runFolder, 'runs'), { recursive: true });
    writeFileSync(join(place.runFolder, 'store.sqlite'), 'not a store');
    const client = await openClient(built, place, { initializationOptions: { trusted: false }, text: smallCase().replace('poisson 0.3 }', 'poison 0.3 }') });
    expect(await client.plain.notification('textDocument/publishDiagnostics')).toMatchObject({ uri: client.uri });
    client.write(smallCase());
    const { uri } = client;
    const refused = { kind: 'refused', findings: [{ code: 'workspace-not-trusted' }] };
    expect(await client.request(requests.startRun, { uri, case: 'Stiffness' })).toMatchObject(refused);
    expect(await client.request(requests.resumeRun, { uri, run: 'any' })).toMatchObject(refused);
    expect(await client.view('result', {})).toMatchObject(refused);
    expect(await client.request(requests.preview, { uri, case: 'Stiffness', version: 2 })).toMatchObject(refused);
    expect(await client.request(requests.simulate, { uri, case: 'Stiffness', image: uri })).toMatchObject(refused);
    expect(await client.request(requests.list, {})).toMatchObject({ cases: [], others: [] });
    expect(readdirSync(place.runFolder).sort()).toEqual(['runs', 'store.sqlite']);

    client.plain.notify('xdesign/trust', { trusted: true });
    const run = await client.start('Stiffness', 'generate');
    expect((await client.ended(run)).state).toMatchObject({ kind: 'finished', findings: [{ code: 'store-damaged' }] });
  });

  test('that loses its trust loses its run', async () => {
    const place = workplace(longSolve);
    const client = await openClient(built, place);
    const run = await client.start('Stiffness');
    await client.changed(run, isKind('running'));
    client.plain.notify('xdesign/trust', { trusted: false });
    expect((await client.ended(run)).state).toEqual({ kind: 'cancelled' });
    expect(await client.view('scatter', {})).toMatchObject({ kind: 'refused', findings: [{ code: 'workspace-not-trusted' }] });
  });
});
