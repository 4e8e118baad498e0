/*
 * `npm run bench -- language`: the language server as editors start it, a process over stdio, on a file
 * of 200 cases and 100 materials; each figure beside its ceiling. A keystroke is one typed character; its
 * time ends with the diagnostics that answer it.
 *
 * Arguments: root of the project, folder of the bundles (both from scripts/bench.mjs).
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { startPlainClient, type PlainClient } from '#test/support/plain-client';
import { keepCoresBusy } from './busy-cores';
import { largeSpecification } from './large-specification';
import { median } from './outcome';

const folder = process.argv[3]!;
const uri = 'file:///bench/large.xdesign';
const rounds = 120;
const text = largeSpecification();
const lines = text.split('\n');

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | '×';
  readonly ceiling: number;
}

/** An open server with the large file. */
interface Session {
  readonly client: PlainClient;
  version: number;
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!;
}

async function start(content: string): Promise<{ readonly session: Session; readonly milliseconds: number }> {
  let client!: PlainClient;
  const milliseconds = await timed(async () => {
    client = startPlainClient(`${folder}/server.mjs`);
    await client.request('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    client.notify('initialized', {});
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text: content } });
    await client.notification('textDocument/publishDiagnostics');
  });
  return { session: { client, version: 1 }, milliseconds };
}

/** Sends one change and waits for the diagnostics of the changed text. */
function change(session: Session, contentChange: object): Promise<number> {
  return timed(async () => {
    session.client.notify('textDocument/didChange', { textDocument: { uri, version: ++session.version }, contentChanges: [contentChange] });
    await session.client.notification('textDocument/publishDiagnostics');
  });
}

/** Types a digit behind a threshold of some case, or takes it away again. */
function keystroke(session: Session, index: number): Promise<number> {
  const cases = lines.flatMap((line, number) => (line.includes('threshold 0.4, 0.5, 0.6') ? [number] : []));
  const line = cases[(index >> 1) % cases.length]!;
  const character = lines[line]!.indexOf('0.6') + 3;
  const typed = index % 2 === 0;
  return change(session, { range: { start: { line, character }, end: { line, character: character + (typed ? 0 : 1) } }, text: typed ? '5' : '' });
}

const places = lines.flatMap((line, number) => [...line.matchAll(/[\w.]+/g)].map((word) => ({ line: number, character: word.index + word[0].length })));

async function requests(session: Session, method: string): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < rounds; index++) {
    const position = places[(index * 7919) % places.length]!;
    times.push(await timed(() => session.client.request(method, { textDocument: { uri }, position })));
  }
  return times;
}

async function interactive(session: Session): Promise<{ readonly edit: number; readonly completion: number; readonly hover: number }> {
  const edits: number[] = [];
  for (let index = 0; index < rounds; index++) edits.push(await keystroke(session, index));
  const [completions, hovers] = [await requests(session, 'textDocument/completion'), await requests(session, 'textDocument/hover')];
  console.log(`keystroke median ${median(edits).toFixed(1)} ms, completion ${median(completions).toFixed(1)} ms, hover ${median(hovers).toFixed(1)} ms`);
  return { edit: percentile(edits, 0.95), completion: percentile(completions, 0.95), hover: percentile(hovers, 0.95) };
}

function residentMegabytes(processId: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))![1]) / 1000;
}

async function measure(): Promise<Figure[]> {
  const starts: number[] = [];
  for (let round = 0; round < 5; round++) {
    const { session, milliseconds } = await start('material Steel { young 200 Gpa  poisson 0.3 }\n');
    starts.push(milliseconds);
    await session.client.close();
  }
  const { session } = await start(text);
  // The engine compiles what runs often: the first edits of a session are slower, and not counted.
  for (let index = 0; index < 40; index++) await keystroke(session, index);
  const wholes: number[] = [];
  for (let round = 0; round < 20; round++) wholes.push(await change(session, { text: `${text}// ${round}\n` }));
  await change(session, { text });

  const quiet = await interactive(session);
  const formats: number[] = [];
  const options = { tabSize: 4, insertSpaces: true };
  for (let round = 0; round < 15; round++) formats.push(await timed(() => session.client.request('textDocument/formatting', { textDocument: { uri }, options })));

  const stop = keepCoresBusy(availableParallelism());
  const busy = await interactive(session);
  stop();
  for (let index = 0; index < 1000; index++) await keystroke(session, index);
  const memory = residentMegabytes(session.client.processId);
  await session.client.close();
  return [
    { what: 'server start to first diagnostic, median of 5', value: median(starts), unit: 'ms', ceiling: 800 },
    { what: 'full validation, median', value: median(wholes), unit: 'ms', ceiling: 150 },
    { what: 'keystroke to diagnostics, p95', value: quiet.edit, unit: 'ms', ceiling: 40 },
    { what: 'completion, p95', value: quiet.completion, unit: 'ms', ceiling: 30 },
    { what: 'hover, p95', value: quiet.hover, unit: 'ms', ceiling: 15 },
    { what: 'formatter, median', value: median(formats), unit: 'ms', ceiling: 100 },
    { what: 'keystroke while all cores compute, p95 over the same', value: busy.edit / quiet.edit, unit: '×', ceiling: 2 },
    { what: 'completion while all cores compute, p95 over the same', value: busy.completion / quiet.completion, unit: '×', ceiling: 2 },
    { what: 'hover while all cores compute, p95 over the same', value: busy.hover / quiet.hover, unit: '×', ceiling: 2 },
    { what: 'memory after 1 000 more edits', value: memory, unit: 'MB', ceiling: 250 },
  ];
}

const figures = await measure();
console.log(`${lines.length} lines\n\n| figure | measured | ceiling | met |\n|---|---|---|---|`);
for (const { what, value, unit, ceiling } of figures) {
  console.log(`| ${what} | ${value.toFixed(value < 10 ? 2 : 0)} ${unit} | ${ceiling} ${unit} | ${value <= ceiling ? 'yes' : 'no'} |`);
}
