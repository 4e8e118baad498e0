/*
 * Runs the cases of media/mock/recorded/stiffness.xdesign with the language server and writes its responses to the queries
 * of the panels into views.json in the same folder, and some of the second case into redrawn.json, one per line: `node scripts/media/record-views.mjs`, after a build. One to two
 * minutes.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const recorded = new URL('../../media/mock/recorded/', import.meta.url);
const { values } = parseArgs({ options: { server: { type: 'string', default: fileURLToPath(new URL('../../dist/server.mjs', import.meta.url)) } } });

/** Numbers of designs of the explained arm that are recorded completely, and of images with their maps. */
const designs = 12;
const mapped = 6;
/** Number of images of the database, in addition to the exceptional ones. */
const pictures = 100;

/** The last state of each run. */
const states = new Map();

const folder = mkdtempSync(join(tmpdir(), 'xdesign-record-'));
const file = join(folder, 'stiffness.xdesign');
copyFileSync(new URL('stiffness.xdesign', recorded), file);
const uri = pathToFileURL(file).href;
const child = spawn(process.execPath, [values.server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
try {
  await connect();
  write('redrawn.json', await recordRedrawn(await runCase('Redrawn')));
  write('views.json', await recordViews(await runCase('Stiffness')));
} finally {
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  rmSync(folder, { recursive: true, force: true });
}

function write(name, views) {
  writeFileSync(new URL(name, recorded), `[\n${views.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`);
}

async function connect() {
  connection.onNotification('xdesign/runChanged', ({ run, state }) => states.set(run, state));
  connection.listen();
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'record' }];
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: workspaceFolders[0].uri, workspaceFolders, capabilities: {} });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text: readFileSync(file, 'utf8') } });
}

/** The finished run. */
async function runCase(name) {
  const started = await connection.sendRequest('xdesign/startRun', { uri, case: name });
  if (started.kind === 'refused') throw new Error(JSON.stringify(started.findings));
  const { run } = started;
  for (;;) {
    const { kind, ...more } = states.get(run) ?? {};
    if (kind === 'finished') break;
    if (['failed', 'cancelled', 'interrupted'].includes(kind)) throw new Error(JSON.stringify({ kind, ...more }));
    await setTimeout(200);
  }
  return { uri, case: name, run };
}

/** Requests views and keeps the responses, without values that differ between recordings. */
function recorder(target) {
  const views = [];
  const request = async (view, query) => {
    const { revision: _revision, run: _run, ...response } = await connection.sendRequest('xdesign/view', { ...target, view, query });
    if (response.kind !== 'view') throw new Error(`${view} ${JSON.stringify(query)}: ${JSON.stringify(response)}`);
    views.push({ query: { view, query }, response: { kind: 'view', revision: 1, ...response } });
    return response.content;
  };
  return { views, request };
}

/** The result without the files that it left. */
async function requestResult({ views, request }) {
  const { files: _files, ...result } = await request('result', {});
  views[0].response.content = result;
  return result;
}

/** What the panels of designs and skeletons show of the other construction. */
async function recordRedrawn(target) {
  const recording = recorder(target);
  const { arms: [own, ...others] } = await requestResult(recording);
  const { views, request } = recording;
  for (const { name } of [own, ...others]) await request('gallery', { arm: name, from: 1, to: 200 });
  await request('design', { arm: own.name, rank: 1 });
  for (let rank = 1; rank <= Math.min(3, own.designs.length); rank++) await request('skeleton', { arm: own.name, rank });
  return views;
}

async function recordViews(target) {
  const recording = recorder(target);
  const result = await requestResult(recording);
  const { views, request } = recording;
  const [own, ...others] = result.arms;
  for (const { name } of result.arms) await request('gallery', { arm: name, from: 1, to: 200 });
  const scatter = await request('scatter', {});
  await request('training', {});
  const { runs } = await request('optimization', {});
  for (const { arm, candidate } of runs) await request('optimizationStart', { arm, candidate });
  const flags = Buffer.from(scatter.outliers.bytes, 'base64');
  await request('database', { indices: [...flags.keys()].filter((image) => flags[image] === 1 || image < pictures) });
  for (let rank = 1; rank <= designs; rank++) {
    const { loadCases } = await request('design', { arm: own.name, rank });
    if (rank === 1) for (const fields of loadCases) await request('design', { arm: own.name, rank, fields });
    if (rank <= 3) await request('skeleton', { arm: own.name, rank });
  }
  for (const { name, designs: [best] } of others) {
    await request('design', { arm: name, rank: 1 });
    if (best.origin.kind === 'patch' && !best.origin.parent) await request('skeleton', { arm: name, rank: 1 });
  }
  const images = [...new Set(own.designs.map(({ origin }) => origin.image))];
  const best = images[0];
  for (const image of [...images.slice(0, mapped - 1), 0]) await request('heatMap', { image });
  await request('heatMap', { image: best, layer: 'stage-1' });
  await request('heatMap', { image: best, method: 'layer-cam' });
  await request('heatMap', { image: best, method: 'exact' });
  return views;
}
