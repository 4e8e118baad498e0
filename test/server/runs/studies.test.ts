/* Studies in the server: a test drives the process that runs the variants; lists and records are the real ones. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { requests } from '#protocol/methods';
import type { ChangeResponse, ListResponse, StartRunResponse } from '#protocol/runs';
import type { SetThresholdResponse } from '#protocol/views';
import { readRecords, writeRecord } from '#runner/history/record-files';
import { newRecord, type RecordedBest, type RunRecord } from '#runner/history/run-record';
import { acquireRunFolder } from '#runner/run-folder/run-folder';
import { ownIdentity, type ProcessIdentity } from '#runner/run-folder/process-identity';
import { listRuns } from '#server/views/recorded-runs';
import type { ViewsRequest } from '#server/views/views-process';
import { createWorkplace, smallCase } from '#test/e2e/workplace';
import { openWire, type Wire } from './wire';

const study = 'study Thresholds of Stiffness { threshold 0.3 .. 0.6 by 0.1 }\n';
const names = ['0.3', '0.4', '0.5', '0.6'].map((threshold) => `Thresholds/threshold-${threshold}`);
const gone: ProcessIdentity = { ...ownIdentity(), processId: 2 ** 22 + 1, startTime: 'never' };

interface Place extends Wire {
  readonly runFolder: string;
  request<R>(of: { readonly method: string }, params: object): Promise<R>;
  start(): Promise<StartRunResponse>;
  list(): Promise<ListResponse>;
  /** State of the newest run of each variant. */
  states(): Promise<Record<string, string>>;
  write(text: string): Promise<void>;
}

/** A server with a folder whose file has a study, and with these records in it. */
async function place(text = smallCase() + study, before: (runFolder: string) => void = () => {}): Promise<Place> {
  const { folder, file, runFolder, remove } = createWorkplace(text);
  onTestFinished(remove);
  before(runFolder);
  const wire = await openWire((name, request) => Promise.resolve(name === 'runs' ? listRuns(request as ViewsRequest<'runs'>) : name === 'view' ? { kind: 'waiting', stage: 'generate' } : {}), folder);
  const uri = pathToFileURL(file).href;
  await wire.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text } });
  let version = 1;
  const request: Place['request'] = ({ method }, params) => wire.client.sendRequest(method, params);
  const list = (): Promise<ListResponse> => request(requests.list, {});
  return {
    ...wire, uri, runFolder, request, list,
    start: () => request(requests.startStudy, { uri, study: 'Thresholds' }),
    states: async () => Object.fromEntries((await list()).studies.flatMap(({ variants }) => variants.map(({ case: name, runs: [newest] }) => [name, newest?.state.kind ?? 'never run']))),
    async write(next) {
      writeFileSync(file, next);
      await wire.client.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ text: next }] });
    },
  };
}

/** A busy machine is slow, not wrong. */
const patience = { timeout: 30_000 };

const orderOf = ({ runs }: Wire, i = -1) => runs.at(i)!.order;
const codes = (response: StartRunResponse | ChangeResponse): string[] => (response.kind === 'refused' ? response.findings.map(({ code }) => code) : []);

/** What the process of a run writes into the record of its run. */
function recorded({ runFolder, runs }: Pick<Place, 'runFolder' | 'runs'>, index: number, changes: Partial<RunRecord>): void {
  const { run, specification } = runs.at(-1)!.order.cases[index]!;
  writeRecord(runFolder, { ...newRecord(run!, 'editor', specification, {}, 'validate', ownIdentity()), ...changes });
}

/** All variants of the study that runs finish. */
function finishAll(seen: Place): void {
  for (const index of [0, 1, 2, 3]) {
    recorded(seen, index, { state: 'finished', ended: new Date().toISOString() });
    seen.runs.at(-1)!.onCaseEnd('finished');
  }
  seen.runs.at(-1)!.onEnd({ kind: 'finished' });
}

const best = (objectiveValue: number, feasible = true): RecordedBest => ({ property: 'youngs-modulus', measured: { x: objectiveValue, y: objectiveValue }, objectiveValue, feasible, beatsDatabase: true });

test('a study is one process; its variants are listed with their states, and the best of them', async () => {
  const seen = await place();
  const before = await seen.list();
  expect(before.cases.map((each) => each.case)).toEqual(['Stiffness']);
  expect(before.studies).toMatchObject([{ study: 'Thresholds', case: 'Stiffness', variants: names.map((name) => ({ case: name, database: 'Small', runs: [] })) }]);
  expect(before.studies[0]!.variants[1]!.settings).toEqual({ threshold: '0.4' });
  expect((await seen.start()).kind).toBe('started');
  expect(seen.runs).toHaveLength(1);
  expect(orderOf(seen)).toMatchObject({ study: { name: 'Thresholds', case: 'Stiffness', settings: [{ name: 'threshold' }] }, until: 'validate' });
  expect(orderOf(seen).cases.map(({ specification }) => [specification.case.name, specification.case.explain])).toMatchObject([[names[0], { thresholds: [0.3] }], [names[1], { thresholds: [0.4] }], [names[2], { thresholds: [0.5] }], [names[3], { thresholds: [0.6] }]]);
  expect(await seen.states()).toEqual({ [names[0]!]: 'running', [names[1]!]: 'queued', [names[2]!]: 'queued', [names[3]!]: 'queued' });
  const end = (index: number, value: number, feasible = true): void => {
    recorded(seen, index, { state: 'finished', best: best(value, feasible), ended: new Date().toISOString() });
    if (index < 3) seen.runs[0]!.onCaseEnd('finished');
    else seen.runs[0]!.onEnd({ kind: 'finished' });
  };
  end(0, 1e11);
  expect(await seen.states()).toMatchObject({ [names[0]!]: 'finished', [names[1]!]: 'running' });
  end(1, 3e11);
  end(2, 2e11);
  end(3, 9e11, false);
  const { studies: [done], cases, others } = await seen.list();
  expect(done!.best).toMatchObject({ variant: names[1] });
  expect(done!.variants.map(({ runs }) => runs.map(({ state }) => state.kind))).toEqual([['finished'], ['finished'], ['finished'], ['finished']]);
  // The case has no run of its own.
  expect(cases[0]!.runs).toEqual([]);
  expect(others).toEqual([]);
});

test('cancelling ends the study; continuing it keeps what has finished', async () => {
  const seen = await place();
  await seen.start();
  const order = orderOf(seen);
  recorded(seen, 0, { state: 'finished', best: best(1e11), ended: new Date().toISOString() });
  seen.runs[0]!.onCaseEnd('finished');
  expect(await seen.request(requests.cancelRun, { uri: seen.uri, run: order.cases[1]!.run! })).toEqual({ kind: 'done' });
  expect(await seen.states()).toEqual({ [names[0]!]: 'finished', [names[1]!]: 'cancelled', [names[2]!]: 'cancelled', [names[3]!]: 'cancelled' });
  await seen.start();
  expect(orderOf(seen).cases.map(({ run }) => run)).toEqual([undefined, ...order.cases.slice(1).map(({ run }) => run)]);
  expect(await seen.states()).toMatchObject({ [names[0]!]: 'finished', [names[1]!]: 'running', [names[2]!]: 'queued' });
});

test('a study that has finished runs again as a whole, and one whose case has changed does', async () => {
  const seen = await place();
  await seen.start();
  finishAll(seen);
  const runsOf = (i: number) => orderOf(seen, i).cases.map(({ run }) => run);
  await seen.start();
  expect(new Set([...runsOf(0), ...runsOf(1)]).size).toBe(8);
  seen.runs[1]!.onEnd({ kind: 'cancelled' });
  await seen.write(smallCase({ seed: 8 }) + study);
  await seen.start();
  expect(new Set([...runsOf(0), ...runsOf(1), ...runsOf(2)]).size).toBe(12);
});

test('a study whose server ended is resumed as a whole; a variant that ran alone is resumed alone', async () => {
  const first = await place();
  await first.start();
  const specifications = orderOf(first).cases.map(({ specification }) => specification);
  const records = (states: readonly (RunRecord['state'] | undefined)[]) => (runFolder: string): void => {
    states.forEach((state, i) => {
      if (state !== undefined) writeRecord(runFolder, { ...newRecord(`run-${i}`, 'editor', specifications[i]!, {}, 'validate', gone), state });
    });
  };
  const whole = await place(undefined, records(['finished', 'running', 'queued', 'queued']));
  await expect.poll(() => whole.runs.length, patience).toBe(1);
  expect(orderOf(whole).cases.map(({ run }) => run)).toEqual([undefined, 'run-1', 'run-2', 'run-3']);
  expect(orderOf(whole)).toMatchObject({ study: { name: 'Thresholds' }, before: { processId: gone.processId } });
  const alone = await place(undefined, records([undefined, 'running', undefined, undefined]));
  await expect.poll(() => alone.runs.length, patience).toBe(1);
  expect(orderOf(alone).cases.map(({ run }) => run)).toEqual(['run-1']);
  expect(orderOf(alone).study).toBeUndefined();
});

test('a study on a cluster is resumed there, by its user with the request and by the next server on its own', async () => {
  const first = await place();
  await first.request(requests.startStudy, { uri: first.uri, study: 'Thresholds', executor: 'slurm' });
  expect(orderOf(first).executor).toBe('slurm');
  // Variants that wait have a record, the first one that of its process.
  expect(readRecords(first.runFolder).map(({ record: { executor } }) => executor)).toEqual(['slurm', 'slurm', 'slurm']);
  expect((await first.list()).studies[0]!.variants.map(({ runs: [newest] }) => newest!.executor)).toContain('slurm');
  const specifications = orderOf(first).cases.map(({ specification }) => specification);
  const again = await place(undefined, (runFolder) => {
    specifications.forEach((specification, i) => writeRecord(runFolder, { ...newRecord(`run-${i}`, 'editor', specification, {}, 'validate', gone), state: i === 0 ? 'running' : 'queued', executor: 'slurm' }));
  });
  await expect.poll(() => again.runs.length, patience).toBe(1);
  expect(orderOf(again)).toMatchObject({ executor: 'slurm', study: { name: 'Thresholds' } });
  // The user's next choice counts, not where it was computed before.
  first.runs[0]!.onEnd({ kind: 'cancelled' });
  await first.start();
  expect(orderOf(first).executor).toBeUndefined();
  expect(readRecords(first.runFolder).filter(({ record: { state } }) => state === 'queued').map(({ record: { executor } }) => executor)).toEqual([undefined, undefined, undefined]);
});

test('a crash of the process ends every run of the study with the reason', async () => {
  const seen = await place();
  await seen.start();
  seen.runs[0]!.onCaseEnd('finished');
  seen.runs[0]!.onEnd({ kind: 'crashed', message: 'heap out of memory' });
  expect(Object.values(await seen.states())).toEqual(['finished', 'failed', 'failed', 'failed']);
  expect(readRecords(seen.runFolder).filter(({ record }) => record.state === 'failed').map(({ record }) => record.findings[0]!.code)).toEqual(['run-crashed', 'run-crashed', 'run-crashed']);
});

test('a study is refused with the reason', async () => {
  const seen = await place();
  expect(codes(await seen.request(requests.startStudy, { uri: seen.uri, study: 'Nothing' }))).toEqual(['unknown-study']);
  const folder = acquireRunFolder(seen.runFolder);
  if (!folder.ok) expect.fail();
  // This process has the folder; as another one of its own would.
  expect(codes(await seen.start())).toEqual(['run-folder-in-use']);
  expect(await seen.request(requests.startStudy, { uri: seen.uri, study: 'Thresholds', wait: true })).toMatchObject({ kind: 'queued' });
  expect(codes(await seen.start())).toEqual(['case-already-runs']);
  folder.value.release();
  await expect.poll(() => seen.runs.length, patience).toBe(1);
  await seen.write(smallCase().replace('379.3 GPa', '379.3 GP') + study);
  expect(codes(await seen.start())).toContain('unknown-unit');
});

test('requests know a variant by its name, with the settings of its study; its threshold cannot be moved', async () => {
  const seen = await place();
  const variant = { uri: seen.uri, case: names[2]! };
  const asked = (name: string) => seen.requested.filter((each) => each.name === name).map(({ request }) => request);
  await seen.request(requests.view, { ...variant, view: 'heatMap', query: { image: 3 } });
  expect(asked('view')).toMatchObject([{ caseName: names[2], current: { case: { name: names[2] }, variant: { study: 'Thresholds' } }, wanted: { query: { image: 3, thresholds: [0.5] } } }]);
  await seen.request(requests.preview, { ...variant, version: 1 });
  expect(asked('preview')).toMatchObject([{ current: { case: { name: names[2], explain: { thresholds: [0.5] } } } }]);
  await seen.request(requests.simulate, { ...variant, image: '/a.png' });
  expect(asked('simulate')).toMatchObject([{ current: { case: { name: names[2] } } }]);
  const { findings } = await seen.request<SetThresholdResponse>(requests.setThreshold, { ...variant, from: 0.5, to: 0.7, query: { image: 3 } });
  expect(findings).toMatchObject([{ code: 'threshold-not-written', message: expect.stringContaining('a variant of study Thresholds') as string }]);
  expect(readFileSync(join(seen.folder, 'small.xdesign'), 'utf8')).toBe(smallCase() + study);
  expect(await seen.request(requests.startRun, variant)).toMatchObject({ kind: 'started' });
  expect(orderOf(seen)).toMatchObject({ cases: [{ specification: { case: { name: names[2] } } }] });
  expect(orderOf(seen).study).toBeUndefined();
});

test('runs follow a study that is renamed, and variants whose values are written in another way; those that it no longer has stay', async () => {
  const seen = await place();
  await seen.start();
  finishAll(seen);
  await seen.list();
  await seen.write(smallCase() + study.replace('Thresholds', 'Levels'));
  const levels = names.map((name) => name.replace('Thresholds', 'Levels'));
  await expect.poll(() => seen.states(), patience).toEqual(Object.fromEntries(levels.map((name) => [name, 'finished'])));
  expect((await seen.list()).others).toEqual([]);
  // With errors in between nothing is gone.
  await seen.write(smallCase() + study.replace('Thresholds', 'Levels').replace('0.1', '0.1 GP'));
  await expect.poll(async () => (await seen.list()).studies.map(({ variants }) => variants.map(({ case: name, database }) => [name, database])), patience).toEqual([levels.map((name) => [name, ''])]);
  await seen.write(`${smallCase()}study Levels of Stiffness { threshold 0.3, 0.4  seed 7, 8 }\n`);
  await expect.poll(() => seen.states(), patience).toEqual({ 'Levels/threshold-0.3,seed-7': 'finished', 'Levels/threshold-0.3,seed-8': 'never run', 'Levels/threshold-0.4,seed-7': 'finished', 'Levels/threshold-0.4,seed-8': 'never run' });
  const { others } = await seen.list();
  expect(others.map(({ case: name, gone: what, variant }) => [name, what, variant] as const).sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
    ['Levels/threshold-0.5', 'case', { study: 'Levels', settings: { threshold: '0.5' } }],
    ['Levels/threshold-0.6', 'case', { study: 'Levels', settings: { threshold: '0.6' } }],
  ]);
});

test('a case does not take the runs of a variant that equals it', async () => {
  const seen = await place(smallCase({ thresholds: '0.3' }) + study);
  await seen.start();
  finishAll(seen);
  await seen.list();
  const other = smallCase({ thresholds: '0.3' }).replace('case Stiffness', 'case Other');
  await seen.write(other);
  await expect.poll(async () => (await seen.list()).cases.map(({ case: name, runs }) => [name, runs.length]), patience).toEqual([['Other', 0]]);
  expect((await seen.list()).others.map((each) => each.case).sort()).toEqual(names);
});

test('lenses are requested again when a study gets errors', async () => {
  const seen = await place();
  const lenses = async (): Promise<string[]> => {
    const found = await seen.client.sendRequest<{ command: { title: string } }[]>('textDocument/codeLens', { textDocument: { uri: seen.uri } });
    return found.map(({ command }) => command.title).filter((title) => title.startsWith('Run study'));
  };
  expect(await lenses()).toHaveLength(1);
  const refreshed = (): number => seen.refreshed.filter((method) => method === 'workspace/codeLens/refresh').length;
  const before = refreshed();
  await seen.write(smallCase() + study.replace('0.6', '6'));
  // This request may be answered before the check.
  await lenses();
  await expect.poll(refreshed, patience).toBeGreaterThan(before);
  expect(await lenses()).toEqual([]);
  await seen.write(smallCase() + study);
  await expect.poll(lenses, patience).toHaveLength(1);
});
