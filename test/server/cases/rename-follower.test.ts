/* Runs follow their case and their file, whoever renames them; those of a case that is gone stay in the list. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { notifications, requests } from '#protocol/methods';
import type { CaseRenamed, ChangeResponse, ListResponse, StartRunResponse } from '#protocol/runs';
import { readRecords, writeRecord } from '#runner/history/record-files';
import { newRecord } from '#runner/history/run-record';
import { ownIdentity } from '#runner/run-folder/process-identity';
import { listRuns } from '#server/views/recorded-runs';
import type { ViewsRequest } from '#server/views/views-process';
import { smallCase } from '#test/e2e/workplace';
import { temporaryFolder } from '#test/support/temporary-folder';
import { openWire, type Wire } from '#test/server/runs/wire';

interface House extends Wire {
  /** Renames a file as a shell does; its client sees it a moment later. */
  move(from: string, to: string): Promise<void>;
  open(file: string): Promise<void>;
  type(file: string, text: string): Promise<void>;
  start(file: string, name?: string): Promise<string>;
  /** `small.xdesign Stiffness: running`, and of those that are gone `(file)` or `(case)` behind it. */
  list(): Promise<readonly string[]>;
  readonly renamed: readonly CaseRenamed[];
}

const uriIn = (folder: string, file: string): string => pathToFileURL(join(folder, file)).href;
const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
const another = (text: string, name: string): string => `${text}\n${text.slice(text.indexOf('case Stiffness')).replace('case Stiffness', `case ${name}`)}`;

/** A workspace folder with these files; runs are told by the test, and keep records as their processes do. */
async function house(files: Readonly<Record<string, string>>): Promise<House> {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const wire = await openWire((name, request) => Promise.resolve(name === 'runs' ? listRuns(request as ViewsRequest<'runs'>) : {}), folder);
  const { client } = wire;
  const renamed: CaseRenamed[] = [];
  client.onNotification(notifications.caseRenamed.method, (rename: CaseRenamed) => void renamed.push(rename));
  let version = 1;
  return {
    ...wire,
    renamed,
    async move(from, to) {
      renameSync(join(folder, from), join(folder, to));
      await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriIn(folder, from), type: 3 }, { uri: uriIn(folder, to), type: 1 }] });
    },
    open: (file) => client.sendNotification('textDocument/didOpen', { textDocument: { uri: uriIn(folder, file), languageId: 'xdesign', version: 1, text: files[file]! } }),
    type: (file, text) => client.sendNotification('textDocument/didChange', { textDocument: { uri: uriIn(folder, file), version: ++version }, contentChanges: [{ text }] }),
    async start(file, name = 'Stiffness') {
      const response = await client.sendRequest<StartRunResponse>(requests.startRun.method, { uri: uriIn(folder, file), case: name });
      if (response.kind === 'refused') throw new Error(JSON.stringify(response.findings));
      const { specification } = wire.runs.at(-1)!.order.cases[0]!;
      writeRecord(join(folder, dirname(file), '.xdesign'), { ...newRecord(response.run, 'editor', specification, {}, 'validate', ownIdentity()), state: 'running' });
      return response.run;
    },
    async list() {
      const { cases, others } = await client.sendRequest<ListResponse>(requests.list.method, {});
      const rows = [...cases.map((each) => ({ ...each, gone: undefined })), ...others];
      return rows.map(({ uri, case: name, runs, gone }) => `${nameOf(uri)} ${name}: ${runs.map(({ state }) => state.kind).join() || 'never run'}${gone === undefined ? '' : ` (${gone})`}`).sort();
    },
  };
}

/** Ends the last run, also in its record. */
function finish({ runs, folder }: House, below = ''): void {
  const { order, onEnd } = runs.at(-1)!;
  const runFolder = join(folder, below, '.xdesign');
  const found = readRecords(runFolder).find(({ record }) => record.run === order.cases[0]!.run)!;
  writeRecord(runFolder, { ...found.record, state: 'finished', ended: new Date().toISOString() });
  onEnd({ kind: 'finished' });
}

describe('a file that another program renames', () => {
  test.each(['while nobody looks', 'while it is open'])('keeps its finished and its running runs, %s', async (when) => {
    const seen = await house({ 'small.xdesign': another(smallCase(), 'Other') });
    if (when === 'while it is open') await seen.open('small.xdesign');
    await seen.list();
    await seen.start('small.xdesign');
    finish(seen);
    const run = await seen.start('small.xdesign', 'Other');
    await seen.move('small.xdesign', 'plate.xdesign');
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['plate.xdesign Other: running', 'plate.xdesign Stiffness: finished']);
    await expect.poll(() => seen.changes.at(-1), { timeout: 30_000 }).toMatchObject({ run, uri: uriIn(seen.folder, 'plate.xdesign'), case: 'Other', state: { kind: 'running' } });
    expect(seen.renamed).toContainEqual(expect.objectContaining({ from: { uri: uriIn(seen.folder, 'small.xdesign'), case: 'Other' }, to: { uri: uriIn(seen.folder, 'plate.xdesign'), case: 'Other' } }));
    // The run goes on, writes its record under the old name, and is cancelled by its id.
    expect(await seen.client.sendRequest(requests.startRun.method, { uri: uriIn(seen.folder, 'plate.xdesign'), case: 'Other' })).toMatchObject({ kind: 'refused', findings: [{ code: 'case-already-runs' }] });
    expect(await seen.client.sendRequest(requests.cancelRun.method, { uri: uriIn(seen.folder, 'plate.xdesign'), run })).toEqual({ kind: 'done' });
    expect(await seen.list()).toEqual(['plate.xdesign Other: cancelled', 'plate.xdesign Stiffness: finished']);
  });

  test('keeps them when the server was not there, and back again', async () => {
    const seen = await house({ 'small.xdesign': smallCase() });
    await seen.start('small.xdesign');
    finish(seen);
    renameSync(join(seen.folder, 'small.xdesign'), join(seen.folder, 'plate.xdesign'));
    const later = await openWire((name, request) => Promise.resolve(name === 'runs' ? listRuns(request as ViewsRequest<'runs'>) : {}), seen.folder);
    const names = async () => (await later.client.sendRequest<ListResponse>(requests.list.method, {})).cases.map(({ uri, runs }) => `${nameOf(uri)} ${runs.length}`);
    expect(await names()).toEqual(['plate.xdesign 1']);
    renameSync(join(seen.folder, 'plate.xdesign'), join(seen.folder, 'small.xdesign'));
    await later.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriIn(seen.folder, 'small.xdesign'), type: 1 }, { uri: uriIn(seen.folder, 'plate.xdesign'), type: 3 }] });
    await expect.poll(names, { timeout: 30_000 }).toEqual(['small.xdesign 1']);
  });

  test('after its text was changed since the run keeps them too', async () => {
    const seen = await house({ 'small.xdesign': smallCase() });
    await seen.start('small.xdesign');
    finish(seen);
    writeFileSync(join(seen.folder, 'small.xdesign'), smallCase({ seed: 11 }));
    await seen.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriIn(seen.folder, 'small.xdesign'), type: 2 }] });
    await expect.poll(async () => (await seen.client.sendRequest<ListResponse>(requests.list.method, {})).cases[0]?.runs[0]?.staleFrom, { timeout: 30_000 }).toEqual({ stage: 'generate' });
    await seen.move('small.xdesign', 'plate.xdesign');
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['plate.xdesign Stiffness: finished']);
  });
});

test('a file with errors that the editor renames keeps its runs, because the editor says so', async () => {
  const seen = await house({ 'small.xdesign': smallCase() });
  await seen.start('small.xdesign');
  finish(seen);
  writeFileSync(join(seen.folder, 'small.xdesign'), smallCase().replace('poisson 0.3 }', 'poison 0.3 }'));
  renameSync(join(seen.folder, 'small.xdesign'), join(seen.folder, 'plate.xdesign'));
  await seen.client.sendNotification('workspace/didRenameFiles', { files: [{ oldUri: uriIn(seen.folder, 'small.xdesign'), newUri: uriIn(seen.folder, 'plate.xdesign') }] });
  await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['plate.xdesign Stiffness: finished']);
});

describe('a case that gets another name in its text', () => {
  test('by Rename keeps its runs, also one that goes on and one that waits', async () => {
    const seen = await house({ 'small.xdesign': another(smallCase(), 'Other') });
    await seen.open('small.xdesign');
    await seen.list();
    await seen.start('small.xdesign');
    const waiting = await seen.client.sendRequest<{ kind: string }>(requests.startRun.method, { uri: uriIn(seen.folder, 'small.xdesign'), case: 'Other' });
    expect(waiting.kind).toBe('queued');
    const lines = another(smallCase(), 'Other').split('\n');
    const line = lines.findIndex((each) => each.startsWith('case Stiffness'));
    const textDocument = { uri: uriIn(seen.folder, 'small.xdesign') };
    const edit = await seen.client.sendRequest<{ changes: Record<string, unknown[]> }>('textDocument/rename', { textDocument, position: { line, character: 7 }, newName: 'Plate' });
    expect(edit.changes[textDocument.uri]).toHaveLength(1);
    await seen.type('small.xdesign', another(smallCase(), 'Other').replace('case Stiffness', 'case Plate'));
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['small.xdesign Other: queued', 'small.xdesign Plate: running']);
    await seen.type('small.xdesign', another(smallCase(), 'Other2').replace('case Stiffness', 'case Plate'));
    // Two cases say the same: each name that came takes the runs of the one that went.
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['small.xdesign Other2: queued', 'small.xdesign Plate: running']);
    seen.runs[0]!.onEnd({ kind: 'finished' });
    expect(seen.runs[1]!.order.cases[0]!.specification.case.name).toBe('Other2');
  });

  test('to and fro keeps them, and a case that is younger than a rename has the old name for itself', async () => {
    const seen = await house({ 'small.xdesign': smallCase() });
    await seen.open('small.xdesign');
    await seen.start('small.xdesign');
    finish(seen);
    await seen.type('small.xdesign', smallCase().replace('case Stiffness', 'case Plate'));
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['small.xdesign Plate: finished']);
    await seen.type('small.xdesign', smallCase());
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['small.xdesign Stiffness: finished']);
    await seen.type('small.xdesign', smallCase().replace('case Stiffness', 'case Plate'));
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['small.xdesign Plate: finished']);
    await seen.type('small.xdesign', another(smallCase(), 'Plate'));
    await seen.start('small.xdesign');
    expect(await seen.list()).toEqual(['small.xdesign Plate: finished', 'small.xdesign Stiffness: running']);
  });

  test('with errors in between keeps them', async () => {
    const seen = await house({ 'small.xdesign': smallCase() });
    await seen.open('small.xdesign');
    await seen.start('small.xdesign');
    finish(seen);
    for (const name of ['', 'P', 'Plate {']) {
      await seen.type('small.xdesign', smallCase().replace('case Stiffness', `case ${name}`));
      await seen.list();
    }
    await seen.type('small.xdesign', smallCase().replace('case Stiffness', 'case Plate'));
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['small.xdesign Plate: finished']);
  });
});

test('a copy does not take the runs of a case that goes', async () => {
  const seen = await house({ 'small.xdesign': smallCase(), 'copy.xdesign': smallCase() });
  await seen.start('small.xdesign');
  finish(seen);
  await seen.list();
  rmSync(join(seen.folder, 'small.xdesign'));
  await seen.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriIn(seen.folder, 'small.xdesign'), type: 3 }] });
  await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['copy.xdesign Stiffness: never run', 'small.xdesign Stiffness: finished (file)']);
});

describe('a case that is gone', () => {
  test('stays in the list with its runs, also where no file is left; they are cancelled, resumed as they were, and deleted', async () => {
    const seen = await house({ 'below/small.xdesign': smallCase() });
    await seen.list();
    const run = await seen.start('below/small.xdesign');
    const uri = uriIn(seen.folder, 'below/small.xdesign');
    rmSync(join(seen.folder, 'below/small.xdesign'));
    await seen.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
    await expect.poll(seen.list, { timeout: 30_000 }).toEqual(['small.xdesign Stiffness: running (file)']);
    expect(await seen.client.sendRequest(requests.cancelRun.method, { uri, run })).toEqual({ kind: 'done' });
    expect(await seen.list()).toEqual(['small.xdesign Stiffness: cancelled (file)']);
    // Another server finds the folder though no file is there.
    const later = await openWire((name, request) => Promise.resolve(name === 'runs' ? listRuns(request as ViewsRequest<'runs'>) : {}), seen.folder);
    expect(await later.client.sendRequest(requests.list.method, {})).toMatchObject({ cases: [], others: [{ uri, case: 'Stiffness', gone: 'file', runs: [{ run }] }] });

    expect(await seen.client.sendRequest(requests.resumeRun.method, { uri, run })).toEqual({ kind: 'started', run });
    expect(seen.runs.at(-1)!.order).toMatchObject({ cases: [{ run, specification: { case: { name: 'Stiffness', database: { seed: 7 } } } }] });
    await seen.client.sendRequest(requests.cancelRun.method, { uri, run });
    expect(await seen.client.sendRequest(requests.deleteRun.method, { uri, run })).toEqual({ kind: 'done' });
    expect(await seen.list()).toEqual([]);
  });

  test('gives its runs to the case that its user chooses, in a file of the same folder', async () => {
    const seen = await house({ 'small.xdesign': smallCase(), 'other.xdesign': smallCase({ seed: 9 }), 'below/far.xdesign': smallCase({ seed: 10 }) });
    await seen.start('small.xdesign');
    finish(seen);
    rmSync(join(seen.folder, 'small.xdesign'));
    await seen.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriIn(seen.folder, 'small.xdesign'), type: 3 }] });
    await expect.poll(seen.list, { timeout: 30_000 }).toContain('small.xdesign Stiffness: finished (file)');
    const from = { uri: uriIn(seen.folder, 'small.xdesign'), case: 'Stiffness' };
    const adopt = (file: string, name = 'Stiffness') => seen.client.sendRequest<ChangeResponse>(requests.adoptRuns.method, { from, to: { uri: uriIn(seen.folder, file), case: name } });
    expect(await adopt('below/far.xdesign')).toMatchObject({ kind: 'refused', findings: [{ code: 'other-run-folder' }] });
    expect(await adopt('other.xdesign', 'Nobody')).toMatchObject({ kind: 'refused', findings: [{ code: 'unknown-case' }] });
    expect(await adopt('other.xdesign')).toEqual({ kind: 'done' });
    expect(await seen.list()).toEqual(['far.xdesign Stiffness: never run', 'other.xdesign Stiffness: finished']);
  });

  test('of a text with errors that still names it is not gone', async () => {
    const seen = await house({ 'small.xdesign': smallCase() });
    await seen.open('small.xdesign');
    await seen.start('small.xdesign');
    finish(seen);
    await seen.type('small.xdesign', smallCase().replace('poisson 0.3 }', 'poison 0.3 }'));
    expect(await seen.list()).toEqual(['small.xdesign Stiffness: finished']);
    expect(existsSync(join(seen.folder, '.xdesign/runs/renames.jsonl'))).toBe(false);
  });
});
