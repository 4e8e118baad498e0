/* A database of files in a built server: its files are read by the views process, for diagnostics, hover, completion and the panel. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { requests } from '#protocol/methods';
import { createWorkplace } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { writeFiles } from '#test/support/image-folder';
import type { Json } from '#test/support/plain-client';
import { spottedImage } from '#test/support/spotted-image';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { openClient } from './support';

const text = `material Boron { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa  poisson 0.3 }
database Mine {
    images "scans/*.png"  resolution 32
    labels "set.csv" { test compression  E "Ex", "Ey" GPa }
}
case Stiffness {
    white Boron  black Aluminum  from Mine
    maximize E along x, y
    explain exact { outliers top 40% }
}
`;

const pngOf = (seed: number): Buffer => encodeBinaryPng(spottedImage(32, seed));
const inText = (part: string, within: number): { readonly line: number; readonly character: number } => {
  const before = text.slice(0, text.indexOf(part) + within).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
};

interface Published {
  readonly diagnostics: readonly { readonly code: string; readonly severity: number; readonly range: object }[];
}

test('files are checked at opening and saving, drawn in a hover and in the panel, and their columns are completed', async () => {
  const place = createWorkplace(text);
  onTestFinished(place.remove);
  const damaged = join(place.folder, 'scans/02.png');
  writeFiles(place.folder, { 'scans/00.png': pngOf(1), 'scans/01.png': pngOf(2), 'scans/02.png': pngOf(3).subarray(0, 60), 'set.csv': 'Ex,Ey\n3,3\n4,4\n5,5\n' });
  const client = await openClient(await buildForTest(), place);
  const codesOf = (params: Json): readonly string[] => (params as unknown as Published).diagnostics.map(({ code }) => code);

  const opened = (await client.plain.notification('textDocument/publishDiagnostics', (params) => codesOf(params).includes('picture-damaged'))) as unknown as Published;
  // Files may be repaired at any time, so they make no specification invalid.
  expect(opened.diagnostics.find(({ code }) => code === 'picture-damaged')).toMatchObject({ severity: 2, range: { start: inText('"scans', 0), end: inText('*.png"', 6) } });
  expect(await client.view('fileImages', { count: 8 })).toMatchObject({ kind: 'view', content: { preview: { files: 3, findings: [{ code: 'picture-damaged' }] } } });

  writeFileSync(damaged, pngOf(3));
  client.plain.notify('textDocument/didSave', { textDocument: { uri: client.uri } });
  await client.plain.notification('textDocument/publishDiagnostics', (params) => !codesOf(params).includes('picture-damaged'));
  const hover = (await client.plain.request('textDocument/hover', { textDocument: { uri: client.uri }, position: inText('scans', 2) })) as { readonly contents: { readonly value: string } };
  expect(hover.contents.value).toMatch(/3 images from 3 files: pictures of 32 × 32 pixels, .*data:image\/png;base64/s);
  expect(await client.content('fileImages', { count: 2 })).toMatchObject({ preview: { files: 3, first: { count: 2, images: { count: 2, width: 32 } } } });

  const completed = (await client.plain.request('textDocument/completion', { textDocument: { uri: client.uri }, position: inText('"Ey"', 1) })) as { readonly items: readonly { readonly label: string }[] };
  expect(completed.items.map(({ label }) => label)).toEqual(['Ex', 'Ey']);

  writeFileSync(damaged, pngOf(3).subarray(0, 60));
  client.plain.notify('textDocument/didSave', { textDocument: { uri: client.uri } });
  await client.plain.notification('textDocument/publishDiagnostics', (params) => codesOf(params).includes('picture-damaged'));
  client.plain.notify('textDocument/didClose', { textDocument: { uri: client.uri } });
  await client.plain.notification('textDocument/publishDiagnostics', (params) => !codesOf(params).includes('picture-damaged'));
});

test('a run reports how many images it has read, and is cancelled meanwhile', async () => {
  const place = createWorkplace(text.replace(/    labels .*\n/, ''));
  onTestFinished(place.remove);
  writeFiles(place.folder, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`scans/${String(i).padStart(3, '0')}.png`, pngOf(i)])));
  const client = await openClient(await buildForTest(), place);
  const run = await client.start('Stiffness');
  const reading = await client.changed(run, ({ state }) => state.kind === 'running' && state.total > 0);
  expect(reading).toMatchObject({ state: { kind: 'running', total: 300 }, stages: expect.arrayContaining([{ stage: 'generate', state: 'queued' }]) });
  expect(reading.state).not.toHaveProperty('stage');
  expect(await client.request(requests.cancelRun, { uri: client.uri, run })).toEqual({ kind: 'done' });
  expect((await client.ended(run)).state).toEqual({ kind: 'cancelled' });
});
