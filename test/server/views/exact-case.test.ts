/* A case that explains without a network, from the heat map before any run to its results. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import { placeText, stagePlaces } from '#domain/stages';
import { runSummary, summaryText } from '#cli/run-summary';
import { unpackImage } from '#engine/api';
import { neverAborted } from '#engine/core/run-context';
import { readSpecification } from '#language/read-specification';
import { unpackColumn } from '#protocol/packed';
import type { ViewContent, ViewQuery } from '#protocol/views';
import { estimateRun } from '#runner/estimate/estimate-run';
import { readRecords } from '#runner/history/record-files';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import { run, type RunOutcome } from '#runner/run';
import { machineFiles } from '#runner/weights/pretrained-file';
import { buildView } from '#server/views/build-view';
import { createOpenFolders } from '#server/views/open-folders';
import { createPreviews } from '#server/views/previews';
import type { ViewsResponse } from '#server/views/views-process';
import { smallCase } from '#test/e2e/workplace';
import { loneExecutor } from '#test/support/lone-executor';

const text = smallCase({ size: 40, outliers: '40%' }).replace(/learn .*\n\s*explain.*\n/, 'explain exact { outliers top 40%  edge 12, 16  squares 2  contribution total }\n');
const { specification, findings } = readSpecification('small.xdesign', { read: () => text, resolve: (_, target) => target });
const current = specification!.cases[0]!;

const lone = loneExecutor();
const executor: RunExecutor = { ...lone, memory: 8e9, signal: neverAborted, cancel() {}, release: async () => {}, close: async () => {} } as never;
const folders = createOpenFolders();
const above = mkdtempSync(join(tmpdir(), 'xdesign-exact-'));
const path = join(above, '.xdesign');
const results = join(path, 'results', 'Stiffness');
const stages: string[] = [];
const found: Finding[] = [];
const image = 7;

const seen = (wanted: ViewQuery): Promise<ViewsResponse<'view'>> =>
  buildView(folders.open(path), { folder: path, file: join(above, 'small.xdesign'), caseName: current.case.name, current, broken: false, wanted }, executor);
const heatMap = async (query: object): Promise<ViewContent<'heatMap'>> => {
  const response = await seen({ view: 'heatMap', query: { image, ...query } } as ViewQuery);
  if (response.kind !== 'view') throw new Error(JSON.stringify(response));
  return response.content as ViewContent<'heatMap'>;
};

let before: { readonly maps: ViewContent<'heatMap'>; readonly training: ViewsResponse<'view'>; readonly result: ViewsResponse<'view'> };
let outcome: RunOutcome;

beforeAll(async () => {
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  before = { maps: await heatMap({ layer: 'edge-16' }), training: await seen({ view: 'training', query: {} }), result: await seen({ view: 'result', query: {} }) };
  mkdirSync(results, { recursive: true });
  // What an earlier run left, when the case still had a network.
  for (const name of ['network.safetensors', 'network.json', 'training.csv', 'parity.csv']) writeFileSync(join(results, name), '');
  outcome = await run(
    {
      cases: specification!.cases, overrides: {}, startedBy: 'command', folder: path, createExecutor: () => executor, files: machineFiles(),
      provenance: { specification: 'small.xdesign', overrides: {}, versions: {}, machine: '' },
    },
    { onCase() {}, onStage: (event) => event.state === 'finished' && stages.push(placeText(event)), onFinding: (finding) => found.push(finding) },
    new AbortController().signal,
  );
}, 240_000);

afterAll(() => {
  folders.open(path)?.store.close();
  rmSync(above, { recursive: true, force: true });
});

describe('before a run', () => {
  test('the heat map shows the exact contributions of any image', () => {
    const { maps } = before;
    expect(maps).toMatchObject({ index: image, count: 40, method: 'exact', hasNetwork: false, layer: 'edge-16', nativeEdge: 16, contribution: 'total', objective: { property: 'youngs-modulus' } });
    expect(maps.outlier).toBeUndefined();
    expect(maps.maps.map(({ direction, predicted, faithfulness }) => [direction, predicted, faithfulness])).toEqual([['x', undefined, undefined], ['y', undefined, undefined]]);
    expect(maps).not.toHaveProperty('intersection');
    expect(maps.regions).toMatchObject([{ kind: 'found', patch: { edge: 16 } }, { kind: 'found', patch: { edge: 16 } }]);
    expect(maps.regions[1]).not.toEqual(maps.regions[0]);
    expect(maps.regions[0]).not.toHaveProperty('threshold');
    expect(lone.counts.has('train')).toBe(false);
  });

  test('other views wait for a run, and the training says that there is none', () => {
    expect(before.result).toMatchObject({ kind: 'waiting', stage: 'generate' });
    expect(before.training).toMatchObject({ kind: 'waiting' });
  });
});

describe('a run', () => {
  test('goes through all stages but the training', () => {
    expect(outcome.status).toBe('finished');
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(stages).toEqual(stagePlaces(current.case.arms, false).map(placeText));
    expect(readRecords(path)[0]!.record.stages.map(placeText)).toEqual(stages);
    expect([...lone.counts.keys()]).not.toContain('train');
  });

  test('has designs from the squares that contribute most', () => {
    const { result } = outcome.cases[0]!;
    expect(result!.learning).toBeUndefined();
    expect(result!.explainedOn).toEqual([]);
    const [{ designs }] = result!.arms;
    expect(designs.length).toBeGreaterThan(3);
    expect(new Set(designs.flatMap(({ source }) => (source.kind === 'patch' ? [source.layer] : [])))).toEqual(new Set(['edge-12', 'edge-16']));
    expect(readFileSync(join(results, 'designs.csv'), 'utf8')).toMatch(/,edge-12,,\d+,\d+,12,/);
    for (const { source } of designs) expect(source).toMatchObject({ kind: 'patch', patch: { edge: Number((source as { layer: string }).layer.slice('edge-'.length)) } });
    // The maps of the smallest squares are examined.
    expect(result!.faithfulness.perturbation.map(({ ranking }) => ranking)).toEqual(['edge-12', 'exact']);
    expect(result!.faithfulness.perturbation[0]).not.toHaveProperty('network');
    expect(result!.faithfulness.maps.every(({ correlation: { count }, randomized }) => count === 0 && randomized.length === 0)).toBe(true);
  });

  test('writes a manifest without a training, and deletes what an earlier training left', () => {
    expect(readdirSync(results).filter((name) => /network|training|parity/.test(name))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8')) as Record<string, object>;
    expect(manifest).not.toHaveProperty('learning');
    expect(manifest['settings']).toMatchObject({ explain: { method: 'exact', edges: [12, 16], contribution: 'total' } });
    const [summary] = (runSummary(outcome) as { readonly cases: readonly object[] }).cases;
    expect(summary).not.toHaveProperty('learning');
    expect(summary).toHaveProperty('faithfulness');
    expect(summaryText(outcome)[0]).toMatch(/^Stiffness: \d+ of \d+ designs/);
  });

  test('has a report that says what the maps are, and what does not apply', () => {
    const page = readFileSync(join(results, 'report.html'), 'utf8').replace(/[\u00a0\u202f]/g, ' ');
    expect(page).toContain('exact contributions by finite elements');
    expect(page).toContain('the region that contributes most by the finite elements');
    expect(page).toContain('a correlation with the exact contributions does not apply');
    expect(page).toContain('<h4>Squares of 12 pixels: ');
    for (const absent of ['hold-out R²', 'The network</h3>', 'with random weights', 'as the network sees it', 'network’s prediction', 'NaN', 'undefined']) expect(page, absent).not.toContain(absent);
  });

  test('takes no time and no space for a training', () => {
    const larger = (entries: string) => readSpecification('small.xdesign', { read: () => entries, resolve: (_, target) => target }).specification!.cases[0]!.case;
    const estimate = estimateRun(larger(text.replace('size 40', 'size 72')), 2);
    expect([...estimate.stages.keys()]).not.toContain('learn');
    const trained = larger(smallCase({ outliers: '40%' }));
    expect(estimate.seconds).toBeLessThan(estimateRun(trained, 2).seconds);
    expect(estimate.diskBytes).toBeLessThan(estimateRun(trained, 2).diskBytes - 2e6);
  });
});

describe('after a run', () => {
  test('the heat map is the one from before it, and now of an exceptional image or not', async () => {
    const maps = await heatMap({ layer: 'edge-16' });
    const { outlier, objective, trust, ...same } = maps;
    const { objective: _objective, ...earlier } = before.maps;
    expect(same).toEqual(earlier);
    expect(outlier).toBeTypeOf('boolean');
    // Only a run examines the maps.
    // The maps of the smallest squares are examined.
    expect([before.maps.trust, trust]).toEqual([undefined, undefined]);
    expect((await heatMap({ layer: 'edge-12' })).trust).toMatch(/the maps of squares of 12 pixels are .*to be trusted/i);
    expect(objective).toMatchObject({ property: 'youngs-modulus' });
    const stored = outcome.cases[0]!.values.regions!;
    const [first] = stored.images;
    const exceptional = await heatMap({ image: first, layer: 'edge-12' });
    expect(exceptional.outlier).toBe(true);
    expect(Float32Array.from(unpackColumn(exceptional.maps[0]!.native))).toEqual(stored.layers[0]!.maps.slice(0, 32 * 32));
    // An edge that the case does not have is computed.
    expect(await heatMap({ layer: 'edge-20' })).toMatchObject({ layer: 'edge-20', nativeEdge: 16, regions: [{ patch: { edge: 20 } }, {}] });
  });

  test('an edited file is previewed without a network', async () => {
    const preview = createPreviews(executor);
    const edited = { ...current, case: { ...current.case, explain: { ...current.case.explain, edges: [16] } } } as typeof current;
    const response = await preview(folders.open(path), { folder: path, file: join(above, 'small.xdesign'), current: edited });
    if (response.kind !== 'designs') return expect.fail(JSON.stringify(response));
    expect(response.designs.length + response.refusals.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    const other = { ...current, case: { ...current.case, explain: { ...current.case.explain, edges: [14], contribution: 'efficiency' } } } as typeof current;
    expect(await preview(folders.open(path), { folder: path, file: join(above, 'small.xdesign'), current: other })).toMatchObject({ kind: 'designs' });
  });

  test('its training is refused in words', async () => {
    expect(await seen({ view: 'training', query: {} })).toMatchObject({ kind: 'refused', findings: [{ code: 'no-network' }] });
    expect(existsSync(join(results, 'report.html'))).toBe(true);
    expect(unpackImage(outcome.cases[0]!.values.images!.images, 0).width).toBe(32);
  });
});
