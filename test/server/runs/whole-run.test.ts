/* A run of the editor from its start to its views, by a plain client; numbers against the files of the run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stagePlaces } from '#domain/stages';
import { requests } from '#protocol/methods';
import { unpackColumn, unpackImages } from '#protocol/packed';
import type { RunChanged } from '#protocol/runs';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import { createWorkplace, heatingCase, smallCase, type SmallCase, type Workplace } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { drawPng } from '#test/support/draw-png';
import { openClient, type ClientOptions, type RunClient } from './support';
import { fromPatch } from '#test/support/from-patch';

/** The text of the run, and others: a few exceptional images, and several designs of each arm. */
function text(change: SmallCase = {}): string {
  return smallCase({ outliers: '24%', layers: 'stage-2', ...change });
}

let built: string;
let place: Workplace;
beforeAll(async () => {
  built = await buildForTest();
  place = createWorkplace(text());
});
afterAll(() => {
  endShared?.();
  place.remove();
});

/** A busy machine is slow, not wrong. */
const patience = { timeout: 30_000 };

/** The run that all tests look at; the first that asks starts it. */
const firstRun = (): Promise<RunSeen> => (running ??= runOnce());
let running: Promise<RunSeen> | undefined;
interface RunSeen {
  readonly run: string;
  readonly changes: readonly RunChanged[];
}
async function runOnce(): Promise<RunSeen> {
  const client = await openClient(built, place);
  const run = await client.start('Stiffness');
  const changes: RunChanged[] = [];
  for (let last = await client.changed(run); ; last = await client.changed(run)) {
    changes.push(last);
    if (last.state.kind !== 'running') break;
  }
  expect(await client.plain.close()).toBe(0);
  expect(client.plain.errors()).toBe('');
  return { run, changes };
}

type ClientAfterRun = RunClient & { readonly run: string };

/** A client after the run, whose document has the text of the run. Tests share its server, which was not there during the run. */
async function afterRun(): Promise<ClientAfterRun> {
  const client = await (shared ??= openShared());
  if (sharedText !== text()) client.write(text());
  return client;
}
let shared: Promise<ClientAfterRun> | undefined;
let endShared: (() => void) | undefined;
let sharedText = text();
async function openShared(): Promise<ClientAfterRun> {
  const client = await openAfterRun({ atEnd: (end) => (endShared = end) });
  return {
    ...client,
    write(next) {
      sharedText = next;
      return client.write(next);
    },
  };
}

/** A client with a server of its own, after the run. */
async function openAfterRun(options: ClientOptions = {}): Promise<ClientAfterRun> {
  const { run } = await firstRun();
  return { ...(await openClient(built, place, options)), run };
}

/** `designs.csv` as rows by column name. */
function designRows(): Record<string, string>[] {
  const [head, ...rows] = readFileSync(join(place.runFolder, 'results/Stiffness/designs.csv'), 'utf8').trim().split('\r\n').map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(head!.map((name, i) => [name, cells[i]!])));
}

const pngPixels = async (name: string): Promise<number[]> => {
  const image = await readTwoPhasePng(join(place.runFolder, 'results/Stiffness', name));
  if (!image.ok) throw new Error(image.findings[0]!.message);
  return [...image.value.image.data];
};

test('a run tells its way with growing revisions and ends with everything done', async () => {
  const { changes } = await firstRun();
  expect(changes.at(-1)).toMatchObject({ case: 'Stiffness', state: { kind: 'finished', until: 'validate' } });
  const revisions = changes.map(({ revision }) => revision);
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
  expect(changes.at(-1)!.stages.map(({ seconds: _seconds, ...stage }) => stage)).toEqual(stagePlaces([{ name: 'explained' }, { name: 'control' }]).map((each) => ({ ...each, state: 'finished', reused: 'nothing' })));
  expect(changes.some(({ state }) => state.kind === 'running' && state.stage === 'learn' && state.done > 0 && state.total > 0)).toBe(true);
});

test('the list has the run with its best design and its files, for a server that was not there', async () => {
  const client = await afterRun();
  const { cases, others } = await client.request(requests.list, { uri: client.uri });
  const [best] = designRows();
  expect(others).toEqual([]);
  expect(cases).toMatchObject([
    {
      case: 'Stiffness', database: 'Small',
      runs: [{ run: client.run, startedBy: 'editor', state: { kind: 'finished' }, best: { property: 'youngs-modulus', objectiveValue: Number(best!['objective_SI']), percentOfLimit: Number(best!['percent_of_limit']) } }],
    },
  ]);
  const [run] = cases[0]!.runs;
  expect(run!.staleFrom).toBeUndefined();
  for (const file of Object.values(run!.files!)) expect(existsSync(fileURLToPath(file))).toBe(true);
});

test('data are exported: the tables that are asked for, by the name that is asked for', async () => {
  const client = await afterRun();
  const folder = join(place.folder, 'exported');
  const ask = (more: object) => client.request(requests.exportData, { uri: client.uri, case: 'Stiffness', run: client.run, format: 'csv', parts: ['designs'], folder: pathToFileURL(folder).href, name: 'mine', ...more });
  const fileOf = (arm: string): string => join(folder, `mine-designs-${arm}.csv`);
  expect(await ask({})).toEqual({ kind: 'exported', files: ['explained', 'control'].map((arm) => ({ uri: pathToFileURL(fileOf(arm)).href, tables: [`designs/${arm}`] })) });
  const [, ...rows] = readFileSync(fileOf('explained'), 'utf8').trim().split('\n');
  expect(rows).toHaveLength(designRows().filter(({ arm }) => arm === 'explained').length);
  expect(await ask({ run: undefined, format: 'npz', parts: ['database', 'maps'] })).toMatchObject({ kind: 'exported', files: [{ uri: pathToFileURL(join(folder, 'mine.npz')).href, tables: ['database', 'maps'] }] });
  expect(await ask({ run: 'none' })).toMatchObject({ kind: 'refused', findings: [{ code: 'unknown-run' }] });
});

describe('the view', () => {
  test('result has the designs of designs.csv', async () => {
    const client = await afterRun();
    const { objective, arms, comparisons, database, displays } = await client.content('result', {});
    expect(objective).toMatchObject({ property: 'youngs-modulus', symbol: 'E', unit: 'GPa', sense: 'maximize', directions: ['x', 'y'], test: 'compression' });
    expect(displays.map(({ property }) => property)).toEqual(['youngs-modulus', 'poisson-ratio']);
    expect(database).toMatchObject({ count: 72, resolution: 32 });
    const rows = designRows();
    expect(arms.map(({ name, role }) => [name, role])).toEqual([['explained', 'own'], ['control', 'compared']]);
    expect(comparisons).toMatchObject([{ arms: ['explained', 'control'], byImage: { method: expect.any(String) } }]);
    expect(arms.flatMap(({ designs }) => designs).map(({ arm, rank, name, volumeFraction, measured, limit, feasible, beatsDatabase, origin: from }) => {
      const origin = fromPatch(from);
      return [
      arm, rank, `${name}.png`, volumeFraction, measured.youngsModulus!.x, measured.youngsModulus!.y, measured.poissonRatio!.x, limit!.percent, feasible, beatsDatabase,
      origin.image, origin.family, origin.layer, origin.threshold, origin.patch.row, origin.patch.edge,
      ];
    })).toEqual(rows.map((row) => [
      row['arm'], Number(row['rank']), row['file'], Number(row['volume_fraction']), Number(row['Ex_Pa']), Number(row['Ey_Pa']), Number(row['nuxy']), Number(row['percent_of_limit']),
      row['feasible'] === 'true', row['beats_database'] === 'true', Number(row['source_image']), row['family'], row['layer'], Number(row['threshold']), Number(row['patch_row_px']), Number(row['patch_edge_px']),
    ]));
    expect(arms[0].designs[0]!.constraints.map(({ name }) => name).length).toBe(2);
  });

  test('gallery has the pictures of the designs by rank', async () => {
    const client = await afterRun();
    const rows = designRows().filter(({ arm }) => arm === 'control');
    const { count, from, images } = await client.content('gallery', { arm: 'control', from: 2, to: 3 });
    expect({ count, from, drawn: images.count }).toEqual({ count: rows.length, from: 2, drawn: 2 });
    expect([...unpackImages(images)]).toEqual([...(await pngPixels(rows[1]!['file']!)), ...(await pngPixels(rows[2]!['file']!))]);
    expect((await client.content('gallery', { arm: 'explained', from: 1000, to: 2000 })).images.count).toBe(0);
  });

  test('design has one cell with its moduli in every direction, and fields when they are asked for', async () => {
    const client = await afterRun();
    const plain = await client.content('design', { arm: 'explained', rank: 1 });
    expect([...unpackImages(plain.image)]).toEqual(await pngPixels('design-001.png'));
    expect(plain).not.toHaveProperty('fields');
    expect(plain.loadCases).toEqual(['compression x', 'compression y']);
    // Along the axes, periodicity and compression differ little on a mirrored cell.
    const polar = unpackColumn(plain.polar.youngsModulus);
    const { x, y } = plain.design.measured.youngsModulus!;
    expect(polar[0]! / x).toBeCloseTo(1, 1);
    expect(polar[polar.length / 2]! / y).toBeCloseTo(1, 1);

    const { fields } = await client.content('design', { arm: 'explained', rank: 1, fields: 'compression x' });
    const energy = unpackColumn(fields!.energyDensity);
    // The mean energy density of a unit strain is half of E.
    expect(energy.reduce((sum, value) => sum + value, 0) / energy.length / (x / 2)).toBeCloseTo(1, 4);
    expect(fields!.displacement.length).toBe(2 * 33 * 33);
  });

  test('design refuses a rank that is not there', async () => {
    const client = await afterRun();
    expect(await client.view('design', { arm: 'explained', rank: 9999 })).toMatchObject({ kind: 'refused', findings: [{ code: 'no-such-design' }] });
  });

  test('file has the table of the run, and a design with its test for other programs', async () => {
    const client = await afterRun();
    const table = await client.content('file', { arm: 'explained', rank: 1, format: 'csv' });
    expect(table.fileName).toBe('designs.csv');
    expect(table.text).toBe(readFileSync(join(place.runFolder, 'results/Stiffness/designs.csv'), 'utf8'));

    const abaqus = await client.content('file', { arm: 'control', rank: 2, format: 'abaqus' });
    expect(abaqus.fileName).toBe('control-002-compression.inp');
    expect(abaqus.text).toContain('control-002');
    expect(abaqus.text.match(/^\*STEP/gm)).toHaveLength(2);
    const vti = await client.content('file', { arm: 'explained', rank: 1, format: 'vti' });
    expect(vti.fileName).toBe('design-001-compression.vti');
    expect(vti.text).toContain('<ImageData WholeExtent="0 32 0 32 0 0"');
    expect(await client.view('file', { arm: 'explained', rank: 9999, format: 'vti' })).toMatchObject({ kind: 'refused', findings: [{ code: 'no-such-design' }] });
  });

  test('heatMap has what the maps agree on, from the store for exceptional images and computed for others', async () => {
    const client = await afterRun();
    const { arms: [own] } = await client.content('result', {});
    const origin = fromPatch(own.designs[0]!.origin);
    const stored = await client.content('heatMap', { image: origin.image, layer: origin.layer, thresholds: [origin.threshold!] });
    expect(stored).toMatchObject({ index: origin.image, outlier: true, layer: origin.layer, method: 'grad-ram', intersection: 'binarized', regions: [{ threshold: origin.threshold, kind: 'found', patch: origin.patch }] });
    expect(stored.maps.map(({ direction }) => direction)).toEqual(['x', 'y']);
    const { faithfulness } = JSON.parse(readFileSync(join(place.runFolder, 'results/Stiffness/manifest.json'), 'utf8')) as { faithfulness: { images: Record<string, number> } };
    expect(stored.maps[0]!.faithfulness !== undefined).toBe(Object.values(faithfulness.images).includes(origin.image));
    const region = stored.regions[0]!;
    const reached = [...unpackColumn(stored.agreement)].map((value) => (value >= region.threshold! ? 1 : 0));
    const mask = region.kind === 'found' ? [...unpackImages(region.mask)] : [];
    expect(mask.filter((pixel, p) => pixel === 1 && reached[p] === 0)).toEqual([]);
    expect(mask.reduce((sum, pixel) => sum + pixel, 0)).toBeGreaterThan(0);

    const other = await client.content('heatMap', { image: origin.image, layer: origin.layer, method: 'layer-cam' });
    expect(other.maps[0]).not.toHaveProperty('faithfulness');
    expect(other.maps[0]!.predicted! / other.measured.x).toBeCloseTo(1, 0);
    expect(other.maps[0]!.native).not.toEqual(stored.maps[0]!.native);
    expect(await client.view('heatMap', { image: 72 })).toMatchObject({ kind: 'refused', findings: [{ code: 'no-such-image' }] });
  });

  test('heatMap has the regions of the text as it is now, whoever changed it', async () => {
    const client = await afterRun();
    const thresholds = async (): Promise<readonly (number | undefined)[]> => (await client.content('heatMap', { image: 0 })).regions.map(({ threshold }) => threshold);
    const before = await thresholds();
    client.write(text({ thresholds: '70%, 0.45' }));
    expect(await thresholds()).toEqual([0.45, 0.7]);
    // Also while there is an error elsewhere.
    client.write(text({ thresholds: '0.45' }).replace('maximize', 'maximise'));
    expect(await thresholds()).toEqual([0.45]);
    client.write(text());
    expect(await thresholds()).toEqual(before);
  });

  test('heatMap computes the very maps that the run stored', async () => {
    const client = await afterRun();
    const { arms: [own] } = await client.content('result', {});
    const { image, layer } = fromPatch(own.designs[0]!.origin);
    const stored = await client.content('heatMap', { image, layer });
    // The text asks for fewer layers: its maps are of no run, so they are computed.
    client.write(text({ layers: layer === 'last' ? 'stage-1' : 'last' }));
    const { run } = client;
    const computed = await client.content('heatMap', { image, layer, method: 'hires-cam' }, run);
    const again = await client.content('heatMap', { image, layer, method: 'grad-ram' }, run);
    expect(again.maps).toEqual(stored.maps);
    expect(computed.maps).not.toEqual(stored.maps);
  });

  test('skeleton leads from the image to the cell: the distances below the reach are the cell', async () => {
    const client = await afterRun();
    const view = await client.content('skeleton', { arm: 'explained', rank: 1 });
    const cell = unpackImages(view.cell);
    expect([...cell]).toEqual(await pngPixels('design-001.png'));
    const distance = unpackColumn(view.distance);
    expect([...cell].filter((pixel, p) => pixel === 1 && distance[p]! > Math.fround(view.halfWidth))).toEqual([]);
    const white = cell.reduce((sum, pixel) => sum + pixel, 0);
    expect([...distance].filter((value) => value < Math.fround(view.halfWidth)).length).toBeLessThanOrEqual(white);
    const [image, skeleton, spurs, motif] = [view.image, view.skeleton, view.spurs, view.motif].map((packed) => [...unpackImages(packed)]);
    expect(skeleton!.filter((pixel, p) => pixel === 1 && image![p] === 0)).toEqual([]);
    expect(skeleton!.filter((pixel, p) => pixel === 1 && spurs![p] === 1)).toEqual([]);
    const { row, column, edge } = view.patch;
    expect(motif).toEqual(Array.from({ length: edge * edge }, (_, p) => skeleton![((row + Math.floor(p / edge)) % 32) * 32 + ((column + (p % edge)) % 32)]));
    expect(view.region).toBeDefined();
    expect((await client.content('skeleton', { arm: 'control', rank: 1 })).region).toBeUndefined();
  });

  test('scatter has every image and design', async () => {
    const client = await afterRun();
    const view = await client.content('scatter', {});
    const rows = designRows();
    const float = (name: string, arm: string): number[] => rows.filter((row) => row['arm'] === arm).map((row) => Math.fround(Number(row[name])));
    expect(view.arms.map(({ name }) => name)).toEqual(['explained', 'control']);
    for (const { name, points } of view.arms) {
      expect([...unpackColumn(points.x)]).toEqual(float('Ex_Pa', name));
      expect([...unpackColumn(points.y)]).toEqual(float('Ey_Pa', name));
    }
    expect(view.images.x.length).toBe(72);
    const flags = unpackColumn(view.outliers!);
    const sources = new Set(rows.filter(({ arm }) => arm === 'explained').map((row) => Number(row['source_image'])));
    for (const image of sources) expect(flags[image]).toBe(1);
    const [x, y] = [unpackColumn(view.images.x), unpackColumn(view.images.y)];
    const worst = [...x].map((value, i) => Math.min(value, y[i]!));
    expect(view.best).toBe(worst.indexOf(Math.max(...worst)));
  });

  test('database has the pictures and numbers that are asked for', async () => {
    const client = await afterRun();
    const scatter = await client.content('scatter', {});
    const page = await client.content('database', { indices: [5, 99, 0] });
    expect({ count: page.count, indices: page.indices, drawn: page.images.count }).toEqual({ count: 72, indices: [5, 0], drawn: 2 });
    expect([...unpackColumn(page.measured!.x)]).toEqual([5, 0].map((i) => unpackColumn(scatter.images.x)[i]));
    const pixels = unpackImages(page.images);
    const whites = [0, 1].map((i) => pixels.subarray(1024 * i, 1024 * (i + 1)).reduce((sum, pixel) => sum + pixel, 0) / 1024);
    expect([...unpackColumn(page.volumeFraction)]).toEqual(whites.map(Math.fround));
  });

  test('training has the curve and the hold-out', async () => {
    const client = await afterRun();
    const { networks, outcome, epochs, network } = await client.content('training', {});
    expect({ epochs, network }).toEqual({ epochs: 2, network: 'compact' });
    expect(networks.map(({ serves, epochs: curve }) => ({ serves, epochs: curve.map(({ epoch }) => epoch) }))).toEqual([{ serves: ['x', 'y'], epochs: [1, 2] }]);
    const { learning } = JSON.parse(readFileSync(join(place.runFolder, 'results/Stiffness/manifest.json'), 'utf8')) as { learning: { quality: { r2: number }[]; holdOutCount: number } };
    expect(outcome!.quality.map(({ r2 }) => r2)).toEqual(learning.quality.map(({ r2 }) => r2));
    expect(outcome!.quality[0]!.images.length).toBe(learning.holdOutCount);
  });
});

test('results stay while the text changes, marked with the stage from which they are stale, and while it is broken', async () => {
  const client = await afterRun();
  expect(await client.view('result', {})).not.toHaveProperty('staleFrom');
  client.write(text({ thresholds: '0.4' }));
  expect(await client.view('result', {})).toMatchObject({ kind: 'view', run: client.run, staleFrom: { stage: 'explain' } });
  client.write(text({ size: 73 }));
  expect(await client.view('result', {})).toMatchObject({ kind: 'view', run: client.run, staleFrom: { stage: 'generate' } });
  client.write(text().replace('maximize', 'maximise'));
  expect(await client.view('result', {})).toMatchObject({ kind: 'view', run: client.run, broken: true });
  expect(await client.request(requests.startRun, { uri: client.uri, case: 'Stiffness' })).toMatchObject({ kind: 'refused', findings: [{ code: 'syntax' }] });
  expect((await client.request(requests.list, { uri: client.uri })).cases).toMatchObject([{ case: 'Stiffness', runs: [{ run: client.run }] }]);
  client.write(text());
  expect(await client.view('result', {})).not.toHaveProperty('staleFrom');
});

test('the text shows what the last run found: at the case, at its objective, at a constraint that no image meets', async () => {
  const client = await afterRun();
  const { arms: [own] } = await client.content('result', {});
  const all = own.designs.length;
  const feasible = own.designs.filter((design) => design.feasible).length;
  const textDocument = { uri: client.uri };
  const lenses = async (): Promise<string[]> => ((await client.plain.request('textDocument/codeLens', { textDocument })) as unknown as { command: { title: string } }[]).map(({ command }) => command.title);
  await expect.poll(lenses, patience).toEqual(expect.arrayContaining([`finished: ${feasible} of ${all} designs feasible`, 'Open report']));
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = (await client.plain.request('textDocument/inlayHint', { textDocument, range })) as unknown as { label: string }[];
  expect(hints.map(({ label }) => label)).toContainEqual(expect.stringMatching(/^\S+ GPa, \S+% of the limit$/));
  expect(hints.map(({ label }) => label)).not.toContainEqual(expect.stringMatching(/^about /));

  client.write(text({ difference: '0.0001%' }));
  await client.plain.notification('textDocument/publishDiagnostics', (params) => JSON.stringify(params).includes('constraint-met-by-no-image'));
  client.write(text({ thresholds: '0.41' }));
  await expect.poll(lenses, patience).toContain(`finished: ${feasible} of ${all} designs feasible (stale: the file has changed)`);
});

test.each([
  ['other thresholds', text({ thresholds: '0.4' })],
  ['another method, whose maps no run has made', text().replace('gradram', 'hirescam')],
])('a preview of %s has the designs that a run of them has', async (_, edited) => {
  const client = await afterRun();
  const version = client.write(edited);
  const preview = await client.request(requests.preview, { uri: client.uri, case: 'Stiffness', version });
  if (preview.kind !== 'designs') expect.fail(JSON.stringify(preview));
  expect(preview.version).toBe(version);
  expect(preview.designs.length).toBeGreaterThan(0);

  const run = await client.start('Stiffness');
  expect((await client.ended(run)).state.kind).toBe('finished');
  const { arms: [own] } = await client.content('result', {}, run);
  const gallery = await client.content('gallery', { arm: 'explained', from: 1, to: own.designs.length }, run);
  const pixels = unpackImages(gallery.images);
  const previewed = unpackImages(preview.images);
  preview.designs.forEach(({ origin, measured, objectiveValue, constraints }, i) => {
    const cell = previewed.subarray(1024 * i, 1024 * (i + 1)).join('');
    const same = own.designs.findIndex((_, d) => pixels.subarray(1024 * d, 1024 * (d + 1)).join('') === cell);
    expect(own.designs[same]).toMatchObject({ measured, objectiveValue, constraints });
    expect(fromPatch(origin).image).toBe(preview.image);
  });
});

test('a preview names the stage that has to run, refuses a broken text, and is superseded by a newer text', async () => {
  const client = await afterRun();
  const request = (version: number) => client.request(requests.preview, { uri: client.uri, case: 'Stiffness', version });
  expect(await request(client.write(text({ learn: 'compact { epochs 3  batch 16 }' })))).toEqual({ kind: 'needs-run', stage: 'learn' });
  expect(await request(client.write(text({ seed: 8 })))).toEqual({ kind: 'needs-run', stage: 'generate' });
  expect(await request(client.write(text().replace('maximize', 'maximise')))).toMatchObject({ kind: 'refused', findings: [{ code: 'syntax' }] });
  const old = client.write(text());
  client.write(text({ thresholds: '0.45' }));
  expect(await request(old)).toEqual({ kind: 'superseded' });
  const version = client.write(text({ thresholds: '0.35' }));
  // Panels that ask the same get the same.
  const answers = await Promise.all([request(version), request(version), request(version)]);
  expect(answers.map(({ kind }) => kind)).toEqual(['designs', 'designs', 'designs']);
});

test('what was typed and closed without saving is no part of the text: panels show no errors of it', async () => {
  const client = await openAfterRun();
  const response = async () => {
    const view = await client.view('scatter', {});
    return view.kind === 'view' ? { broken: view.broken } : view;
  };
  expect(await response()).toEqual({});
  client.write(text().replace('maximize', 'maximise'));
  expect(await response()).toEqual({ broken: true });
  client.plain.notify('textDocument/didClose', { textDocument: { uri: client.uri } });
  await expect.poll(response, patience).toEqual({});
});

test('a preview is of the image that is asked for, if that is exceptional', async () => {
  const client = await afterRun();
  const flags = unpackColumn((await client.content('scatter', {})).outliers!);
  const exceptional = [...flags.keys()].filter((image) => flags[image] === 1);
  const request = (version: number, image: number) => client.request(requests.preview, { uri: client.uri, case: 'Stiffness', version, image });
  const version = client.write(text({ thresholds: '0.35' }));
  // Questions about different images do not end one another.
  const answers = await Promise.all(exceptional.slice(0, 3).map((image) => request(version, image)));
  expect(answers).toMatchObject(exceptional.slice(0, 3).map((image) => ({ kind: 'designs', image })));
  expect(await request(version, flags.indexOf(0))).toMatchObject({ kind: 'refused', findings: [{ code: 'image-not-exceptional' }] });
  // One that is no longer exceptional in the text as it is now.
  const fewer = client.write(text({ outliers: '20%' }));
  const kinds = await Promise.all(exceptional.map(async (image) => (await request(fewer, image)).kind));
  expect(new Set(kinds)).toEqual(new Set(['designs', 'refused']));
});

test('a picture from disk is tested as a design of the run is', async () => {
  const client = await afterRun();
  const { arms: [own] } = await client.content('result', {});
  const { files } = (await client.request(requests.list, { uri: client.uri })).cases[0]!.runs.find((run) => run.files)!;
  const image = `${files!.folder}/design-001.png`;
  const response = await client.request(requests.simulate, { uri: client.uri, case: 'Stiffness', image });
  expect(response).toMatchObject({ kind: 'tested', numbers: { test: 'compression' } });
  if (response.kind === 'tested') expect(response.numbers.youngsModulus!.x).toBeGreaterThan(own.designs[0]!.measured.youngsModulus!.x / 2);
  expect(await client.request(requests.simulate, { uri: client.uri, case: 'Stiffness', image: `${files!.folder}/none.png` })).toMatchObject({ kind: 'refused', findings: [{ code: 'image-unreadable' }] });

  // Of three levels it is the same image with the brightness above which pixels are white, and not without.
  const pixels = await pngPixels('design-001.png');
  const levels = join(place.folder, 'levels.png');
  writeFileSync(levels, drawPng({ width: 32, height: 32, bitDepth: 8, colorType: 0, pixel: (row, column) => [pixels[32 * row + column]! * 200 || (row === 3 ? 1 : 0)] }));
  const params = { uri: client.uri, case: 'Stiffness', image: pathToFileURL(levels).href };
  expect(await client.request(requests.simulate, params)).toMatchObject({ kind: 'refused', findings: [{ code: 'image-many-levels' }] });
  expect(await client.request(requests.simulate, { ...params, whiteAbove: 1 })).toEqual(response);
});

test('a case that is heated has fields of heating and a periodic test for comparison', async () => {
  const heated = createWorkplace(heatingCase());
  try {
    const client = await openClient(built, heated, { caseName: 'Expansion' });
    const run = await client.start('Expansion');
    expect((await client.ended(run)).state.kind).toBe('finished');
    const { design, fields, loadCases } = await client.content('design', { arm: 'explained', rank: 1, fields: 'heating' });
    expect(loadCases).toEqual(['compression x', 'compression y', 'heating']);
    expect(design.periodic).toMatchObject({ test: 'periodic' });
    expect(design.measured.thermalExpansion!.x).toBeGreaterThan(0);
    expect(fields!.name).toBe('heating');
    await client.plain.close();
  } finally {
    heated.remove();
  }
});
