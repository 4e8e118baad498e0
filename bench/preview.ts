/*
 * How soon views and changed designs are there, over stdio: a plain client asks the built server for each
 * view of a case of 128 × 128 whose network is trained, then types into the open document and asks for
 * previews, from the change to the answer.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { PreviewResponse } from '#protocol/preview';
import type { ViewResponse } from '#protocol/views';
import type { RunChanged, StartRunResponse } from '#protocol/runs';
import { startPlainClient, type Json } from '#test/support/plain-client';
import { keepCoresBusy } from './busy-cores';
import { copyDatabase } from './copy-database';

const [, , , programs] = process.argv as [string, string, string, string];
const { values: options } = parseArgs({
  args: process.argv.slice(4),
  options: {
    images: { type: 'string', default: '300' },
    edits: { type: 'string', default: '12' },
    network: { type: 'string', default: 'compact' },
    /** Previews from a store whose database has each image so many times. */
    copies: { type: 'string', default: '1' },
    /** Previews while all cores compute at the priority of runs. */
    busy: { type: 'boolean', default: false },
  },
});
const name = 'Stiffness';
const learning: Readonly<Record<string, string>> = { compact: 'compact { epochs 4  batch 16  rate 0.003 }', resnet18: 'resnet18 { epochs 1  batch 8 }' };

interface Text {
  readonly size?: number;
  readonly threshold?: string;
  readonly layer?: string;
  readonly method?: string;
  readonly fraction?: string;
  readonly construct?: string;
}

const textOf = ({ size = Number(options.images), threshold = '0.3, 0.5', layer = 'stage-1, stage-2, last', method = 'gradram', fraction = '0.39 .. 0.40', construct = 'patch 8  prune 4' }: Text = {}): string => `
material Boron    { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa   poisson 0.3 }
database Plates {
    size ${size}  resolution 128  fraction 0.38 .. 0.41  seed 1
    particles 25%  fibers 25%  cells 25%  spinodal 25%
}
case ${name} {
    white Boron  black Aluminum  from Plates
    maximize E along x, y
    subject to fraction in ${fraction}
    learn ${learning[options.network]!}
    explain ${method} { outliers top 20%  threshold ${threshold}  layer ${layer} }
    construct mirror { ${construct} }
    compare control
}
`;

/** Kinds of edits; the number of the edit makes each text another one. */
const edits: Readonly<Record<string, (edit: number) => Text>> = {
  'a threshold': (i) => ({ threshold: `0.3, ${(0.5 + 0.005 * i).toFixed(3)}` }),
  'the fraction': (i) => ({ fraction: `0.39 .. ${(0.4 + 0.0005 * i).toFixed(4)}` }),
  'the construction': (i) => ({ construct: `patch 8  prune ${4 + (i % 5)}` }),
  'the method, maps computed': (i) => ({ method: ['hirescam', 'layercam'][i % 2]!, layer: ['stage-1, stage-2', 'stage-2, last', 'last'][i % 3]! }),
};

/** In this order: each meets what those before it have read. */
const views = [
  ['result', {}],
  ['gallery', { arm: 'explained', from: 1, to: 200 }],
  ['scatter', {}],
  ['design', { arm: 'explained', rank: 1, fields: 'compression x' }],
  ['skeleton', { arm: 'explained', rank: 1 }],
  ['heatMap', { image: 0 }],
  ['database', { indices: Array.from({ length: 200 }, (_, i) => i) }],
  ['training', {}],
] as const;

const place = mkdtempSync(join(tmpdir(), 'xdesign-bench-preview-'));
const file = join(place, 'plates.xdesign');
writeFileSync(file, textOf());
const uri = pathToFileURL(file).href;
const client = startPlainClient(join(programs, 'server.mjs'));
try {
  await client.request('initialize', { processId: process.pid, rootUri: pathToFileURL(place).href, capabilities: {} });
  client.notify('initialized', {});
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text: readFileSync(file, 'utf8') } });
  await trainOnce();
  console.log('view              first     again    size   (ms; first with reading the store; kB of JSON)');
  for (const [view, query] of views) {
    const ask = (): Promise<Json> => client.request('xdesign/view', { uri, case: name, view, query });
    const times: number[] = [];
    let answer: Json;
    for (let i = 0; i < 4; i++) {
      const start = performance.now();
      answer = await ask();
      times.push(performance.now() - start);
    }
    const { kind } = answer as unknown as ViewResponse;
    if (kind !== 'view') throw new Error(`${view}: ${JSON.stringify(answer)}`);
    const [first, ...again] = times as [number, ...number[]];
    console.log(`${view.padEnd(14)}${first.toFixed(0).padStart(9)} ${again.sort((a, b) => a - b)[1]!.toFixed(0).padStart(9)} ${(JSON.stringify(answer).length / 1000).toFixed(0).padStart(7)}`);
  }
  const size = Number(options.images) * Number(options.copies);
  if (options.copies !== '1') copyDatabase(place, textOf(), textOf({ size }), Number(options.copies));
  const release = options.busy ? keepCoresBusy(availableParallelism()) : () => {};
  let version = 1;
  console.log(`previews, ${size} images, ${options.network}${options.busy ? ', all cores compute' : ''}`);
  console.log('edit                          designs    first   median      p95  largest   (ms, from the change to the answer; the first is not among the others)');
  try {
    for (const [kind, text] of Object.entries(edits)) {
      let first = 0;
      const times: number[] = [];
      let designs = 0;
      for (let edit = 0; edit <= Number(options.edits); edit++) {
        const start = performance.now();
        client.notify('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ text: textOf({ size, ...text(edit) }) }] });
        const answer = (await client.request('xdesign/preview', { uri, case: name, version })) as unknown as PreviewResponse;
        if (answer.kind !== 'designs') throw new Error(`${kind}: ${JSON.stringify(answer)}`);
        // The first warms up: threads, backend, test set-up, values of the store.
        if (edit > 0) times.push(performance.now() - start);
        else first = performance.now() - start;
        designs = Math.max(designs, answer.designs.length);
      }
      times.sort((a, b) => a - b);
      const shown = (milliseconds: number): string => milliseconds.toFixed(0).padStart(8);
      const at = (share: number): string => shown(times[Math.min(times.length - 1, Math.floor(share * times.length))]!);
      console.log(`${kind.padEnd(30)}${String(designs).padStart(7)} ${shown(first)} ${at(0.5)} ${at(0.95)} ${at(1)}`);
    }
  } finally {
    release();
  }
} finally {
  client.kill();
  rmSync(place, { recursive: true, force: true });
}

async function trainOnce(): Promise<void> {
  const started = performance.now();
  const answer = (await client.request('xdesign/startRun', { uri, case: name })) as unknown as StartRunResponse;
  if (answer.kind !== 'started') throw new Error(JSON.stringify(answer));
  const over = (params: Json): boolean => !['queued', 'running'].includes((params as unknown as RunChanged).state.kind);
  const end = (await client.notification('xdesign/runChanged', over)) as unknown as RunChanged;
  if (end.state.kind !== 'finished') throw new Error(JSON.stringify(end.state));
  console.log(`run of ${options.images} images, trained: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
