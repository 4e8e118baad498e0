/*
 * An arm more, as docs/recipes/add-an-arm.md adds it: rows in the tables of the engine, and nothing else. It appears
 * in results, report, tables and views by itself. So does the other construction, whose rows are there.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noFiles } from '#engine/pipeline/stage';
import type { RunPorts } from '#engine/pipeline/ports';
import { comparedArm, ownArm, type ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { mapNames } from '#domain/explanation';
import { assembleCaseResult, openStoredCase, previewCase, runCase, storedNativeMaps, unpackImage, type CaseResult, type StoredCase } from '#engine/api';
import { success } from '#domain/finding';
import { neverAborted } from '#engine/core/run-context';
import { imageOf } from '#engine/grid/image-2d';
import { packImages } from '#engine/grid/microstructure-batch';
import type { Construction } from '#engine/pipeline/arms/construction';
import { constructions } from '#engine/pipeline/arms/constructions';
import { matchedPatches, proposalSources, type ProposalSource } from '#engine/pipeline/arms/proposal-sources';
import { readSpecification } from '#language/read-specification';
import { looksOf } from '#display/arms';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import { reportPage } from '#runner/report/report-page';
import { designsCsv } from '#runner/report/tables';
import { writeReport } from '#runner/report/write-report';
import { resolveCase } from '#runner/weights/pretrained-file';
import { scatterView } from '#server/views/database-views';
import { designView, galleryView, resultView, skeletonView } from '#server/views/design-views';
import type { ViewTools } from '#server/views/view';
import { smallCase } from '#test/e2e/workplace';
import { loneExecutor } from '#test/support/lone-executor';
import { createMemoryStore } from '#test/support/memory-store';
import { temporaryFolder } from '#test/support/temporary-folder';
import { fromPatch } from '#test/support/from-patch';

/** Squares in the middle of exceptional images, one per region and as large. */
const center: ProposalSource = {
  takes: ['regions'],
  describe: () => null,
  propose: (_rng, { regions }) =>
    matchedPatches(regions!, (edges) =>
      edges.map((edge, i) => {
        const corner = (regions!.masks.resolution - edge) >> 1;
        return { image: i % regions!.images.length, patch: { row: corner, column: corner, edge } };
      }),
    ),
};

/** The first designs of another arm. */
const parents: ProposalSource = {
  takes: ['parent'],
  describe: () => null,
  propose: (_rng, { parent }, { startFrom }) => ({
    origins: parent!.candidates.slice(0, 5).map(({ id }) => ({ kind: 'parent', arm: startFrom!, candidate: id })),
    refusals: [],
  }),
};

/** Their phases exchanged: what an optimization would do better. */
const inverted: Construction = {
  describe: () => null,
  async build(_context, _problem, origins, { images: { resolution }, parent }) {
    const cells = origins.map((origin) => {
      const found = parent!.candidates.find(({ id }) => origin.kind === 'parent' && id === origin.candidate)!;
      const { data } = unpackImage(parent!.cells, found.cell);
      return imageOf('binary', resolution, resolution, data.map((pixel) => 1 - pixel));
    });
    return success({ refusals: origins.map(() => undefined), cells: packImages(cells, resolution) });
  },
};

const rows = { center, parents } as const;
const newArms = [
  { name: 'center', images: 'outliers', proposals: 'center', construct: 'mirror' },
  { name: 'inverted', images: 'outliers', proposals: 'parents', construct: 'inverted', startFrom: 'explained' },
  comparedArm('graph', 'mirror'),
] as unknown as readonly ArmSpec[];
const names = ['explained', 'control', 'center', 'inverted', 'graph'];

const provenance = { specification: 'small.xdesign', overrides: {}, versions: {}, machine: 'none' };
const store = createMemoryStore();
const executor = loneExecutor();
const jobs = (): Record<string, number> => Object.fromEntries(executor.counts);
let problem: DesignCase;
let stored: StoredCase;
let result: CaseResult;
let tools: ViewTools;

beforeAll(async () => {
  Object.assign(proposalSources, rows);
  Object.assign(constructions, { inverted });
  const { specification } = readSpecification('small.xdesign', { read: () => smallCase({ layers: 'stage-2' }), resolve: (_, target) => target });
  const two = resolveCase(specification!.cases[0]!.case);
  const ports: RunPorts = { store, files: noFiles, executor, signal: neverAborted, onStage() {} };
  const before = await runCase(two, ports);
  if (!before.ok) throw new Error(before.findings[0]!.message);
  const counted = jobs();

  problem = { ...two, arms: [...two.arms, ...newArms] };
  const stages: string[] = [];
  const values = await runCase(problem, { ...ports, onStage: (event) => event.state === 'finished' && event.reused !== 'everything' && stages.push(`${event.stage} ${event.arm}`) });
  if (!values.ok) throw new Error(values.findings[0]!.message);
  // An arm more computes that arm alone; the patches of the other construction are those of the case's own.
  expect(stages).toEqual(['propose center', 'construct center', 'validate center', 'propose inverted', 'construct inverted', 'validate inverted', 'construct graph', 'validate graph'].toSorted((a, b) => stages.indexOf(a) - stages.indexOf(b)));
  expect({ ...jobs(), construct: 0, solve: 0 }).toEqual({ ...counted, construct: 0, solve: 0 });

  result = assembleCaseResult(problem, values.value, { stages: [], secondsOf: () => 1 })!;
  stored = openStoredCase(problem, store);
  tools = { stored, store: { ...store, close() {} }, executor: executor as never };
}, 120_000);
afterAll(() => {
  for (const name of Object.keys(rows)) Reflect.deleteProperty(proposalSources, name);
  Reflect.deleteProperty(constructions, 'inverted');
});

test('an arm more is a result, compared with the case’s own', () => {
  expect(result.arms.map(({ name, role }) => [name, role])).toEqual([['explained', 'own'], ['control', 'compared'], ['center', 'compared'], ['inverted', 'compared'], ['graph', 'compared']]);
  expect(result.comparisons.map(({ arms }) => arms)).toEqual(names.slice(1).map((name) => ['explained', name]));
  for (const { designs, attempts } of result.arms) {
    expect(designs.length).toBeGreaterThan(2);
    expect(designs.length).toBeLessThanOrEqual(attempts);
  }
  const [own, , middle, child] = result.arms;
  for (const { source } of middle!.designs) expect(source).toMatchObject({ borrowed: true, patch: { row: (32 - fromPatch(source).patch.edge) >> 1, column: (32 - fromPatch(source).patch.edge) >> 1 } });
  // A design of a design knows both: its parent, and the patch that this was made of.
  for (const { parent, source } of child!.designs) {
    const found = own.designs.find(({ candidate }) => candidate === parent!.candidate)!;
    expect(parent!.arm).toBe('explained');
    expect(source).toEqual(found.source);
  }
});

test('its looks come by themselves and are no other arm’s', () => {
  const looks = [...looksOf(problem.arms).values()];
  expect(new Set(looks.map(({ color }) => color)).size).toBe(5);
  expect(new Set(looks.map(({ shape }) => JSON.stringify(shape))).size).toBe(5);
  expect(looks.map(({ file }) => file)).toEqual(['design', 'control', 'center', 'inverted', 'graph']);
});

describe('it appears', () => {
  test('in the report: in words, tables, legends, strips and charts', () => {
    const page = reportPage([result], provenance, 'in-case-folder');
    const [, , middle, child] = result.arms;
    for (const text of [
      '<th scope="row">center patches</th>', 'A design from a critical region beats one from a center patch in', 'designs from center patches', 'The best of the arm “center”, from center patches',
      'center-001', 'inverted-001', `${middle!.designs.length} designs from center patches`, `${child!.designs.length} designs from inverted patches`, 'better than an inverted patch',
    ]) expect(page).toContain(text);
    expect(page).toContain('fill="var(--series-3)"');
    expect(page).not.toMatch(/undefined|NaN/);
  });

  test('in designs.csv, as pictures and in the manifest; a later run without it takes them away', async () => {
    const folder = temporaryFolder();
    const [written] = writeReport(folder, [result], provenance).cases;
    expect(written!.arms.map(({ name }) => name)).toEqual(names);
    expect(await readTwoPhasePng(written!.arms[2]!.designs[1]!)).toMatchObject({ ok: true, value: { image: unpackImage(result.arms[2]!.cells, 1) } });
    const lines = designsCsv(result).split('\r\n');
    expect(lines.filter((line) => line.startsWith('center,'))).toHaveLength(result.arms[2]!.designs.length);
    expect(lines.find((line) => line.startsWith('inverted,1,'))).toMatch(/^inverted,1,inverted-001\.png,cells\.npz,0,\d+,explained,\d+,/);
    const manifest = JSON.parse(readFileSync(`${written!.folder}/manifest.json`, 'utf8')) as { arms: { name: string; designs: number }[]; comparisons: { arms: string[] }[] };
    expect(manifest.arms.map(({ name, designs }) => [name, designs])).toEqual(result.arms.map(({ name, designs }) => [name, designs.length]));

    const two: CaseResult = { ...result, problem: { ...problem, arms: [problem.arms[0]] }, arms: [result.arms[0]], comparisons: [] };
    const [later] = writeReport(folder, [two], provenance).cases;
    expect(dirname(later!.report)).toBe(written!.folder);
    for (const path of written!.arms.slice(1).flatMap(({ designs }) => designs)) expect(() => readFileSync(path)).toThrow(/ENOENT/);
    for (const path of later!.arms[0]!.designs) expect(readFileSync(path).length).toBeGreaterThan(0);
  });

  test('on the wire: result, gallery, design, scatter, skeleton', async () => {
    const view = await resultView.make({}, tools);
    const scatter = await scatterView.make({}, tools);
    if (!view.ok || !scatter.ok) return expect.fail('there is a result');
    expect(view.value.arms.map(({ name, look }) => [name, look.sources])).toEqual([['explained', 'critical regions'], ['control', 'random patches'], ['center', 'center patches'], ['inverted', 'inverted patches'], ['graph', 'redrawn critical regions']]);
    expect(view.value.comparisons).toHaveLength(4);
    expect(scatter.value.arms.map(({ name, points }) => [name, points.x.length])).toEqual(result.arms.map(({ name, designs }) => [name, designs.length]));
    const gallery = await galleryView.make({ arm: 'center', from: 1, to: 2 }, tools);
    expect(gallery).toMatchObject({ ok: true, value: { count: result.arms[2]!.designs.length, images: { count: 2 } } });
    expect(await designView.make({ arm: 'inverted', rank: 1 }, tools)).toMatchObject({ ok: true, value: { design: { name: 'inverted-001', arm: 'inverted', origin: { parent: { arm: 'explained' } } } } });
    const steps = await skeletonView.make({ arm: 'center', rank: 1 }, tools);
    expect(steps.ok && steps.value.region).toBeUndefined();
    expect(await skeletonView.make({ arm: 'inverted', rank: 1 }, tools)).toMatchObject({ ok: false, findings: [{ code: 'no-such-design' }] });
    expect(await designView.make({ arm: 'nowhere', rank: 1 }, tools)).toMatchObject({ ok: false, findings: [{ code: 'no-such-design' }] });
  });
});

describe('the other construction', () => {
  const compared = () => result.comparisons.find(({ arms: [, name] }) => name === 'graph')!;

  test('is compared on the patches of the case’s own arm, design by design', () => {
    const { paired } = compared();
    const [own, , , , graph] = result.arms;
    const patches = stored.readArm('explained', 'proposals')!.origins;
    expect(stored.readArm('graph', 'proposals')!.origins).toEqual(patches);
    expect(paired!.patches).toBe(patches.length);
    expect(paired!.arms.map(({ cells }) => cells)).toEqual([own.designs.length, graph!.designs.length]);
    // The same patch has the same number in both arms.
    const sources = new Map(own.designs.map(({ candidate, source }) => [candidate, source]));
    const pairs = graph!.designs.filter(({ candidate }) => sources.has(candidate));
    expect(pairs.length).toBeGreaterThan(0);
    for (const { candidate, source } of pairs) expect(source).toEqual(sources.get(candidate));
    expect(result.comparisons.filter((each) => each.paired)).toEqual([compared()]);
  });

  test('is judged in the report, and on the wire in one sentence', async () => {
    const view = await resultView.make({}, tools);
    const verdicts = view.ok ? view.value.comparisons.map(({ verdict }) => verdict) : [];
    // Arms that make cells of patches are judged.
    const isPatch = result.comparisons.map(({ arms: [, name] }) => ['mirror', 'graph'].includes(result.arms.find((arm) => arm.name === name)!.spec.construct));
    expect(verdicts.map((verdict) => verdict !== undefined)).toEqual(isPatch);
    expect(verdicts[3]).toMatch(/construction .* on the same \d+ patches: /);
    expect(reportPage([result], provenance, 'in-case-folder').replace(/[\u00a0\u202f]/g, ' ').replaceAll('&gt;', '>').replaceAll('&lt;', '<')).toContain(verdicts[3]);
  });

  test('shows how the skeleton of the patch was redrawn', async () => {
    const steps = await skeletonView.make({ arm: 'graph', rank: 1 }, tools);
    if (!steps.ok) return expect.fail(steps.findings[0]!.message);
    const { redrawing, construct, cell, patch } = steps.value;
    expect(construct).toBe('graph');
    const { curves, patchCurves, moved, meanShift, largestShift } = redrawing!;
    expect([curves.length, patchCurves.length, moved.length].every((count) => count > 0)).toBe(true);
    expect(largestShift).toBeCloseTo(0.1 * cell.width, 12);
    expect(meanShift).toBeLessThanOrEqual(largestShift);
    expect(patch.edge).toBeLessThanOrEqual(32);
    expect(JSON.parse(JSON.stringify(steps.value))).toEqual(steps.value);
    const mirrored = await skeletonView.make({ arm: 'explained', rank: 1 }, tools);
    expect(mirrored.ok && mirrored.value.redrawing).toBeUndefined();
  });

  test('is previewed with the same cells, and with the reason of each patch that was refused', async () => {
    const graph = result.arms[4]!;
    const reasons = new Set<string>();
    for (const image of result.outliers) {
      const layers = storedNativeMaps(stored, image, mapNames(problem.explain), problem.objective.directions.length)!;
      const given = { images: stored.read('images')!, tests: stored.read('tests')!, image, layers };
      const preview = await previewCase({ ...problem, arms: [ownArm('graph')] }, given, { executor: executor as never, signal: neverAborted });
      if (!preview.ok) return expect.fail(preview.findings[0]!.message);
      const values = graph.designs.filter(({ source }) => fromPatch(source).image === image).map(({ objectiveValue }) => objectiveValue);
      expect(preview.value.designs.map(({ objectiveValue }) => objectiveValue)).toEqual(values);
      for (const { reason, message } of preview.value.failures) {
        reasons.add(reason);
        expect(message).toMatch(/^[A-Z].*\.$/);
      }
    }
    expect([...reasons]).toEqual(expect.arrayContaining(['edges-do-not-match', 'shift-too-large']));
  });
});
