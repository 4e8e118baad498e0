/* `compare moderate`: designs from images that are not exceptional, with regions, maps and steps of their own. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { assembleCaseResult, openStoredCase, runCase, unpackImage, type CaseResult, type StoredCase } from '#engine/api';
import { createRng } from '#engine/core/rng';
import { neverAborted } from '#engine/core/run-context';
import { crop } from '#engine/grid/image-2d';
import type { RunPorts } from '#engine/pipeline/ports';
import { noFiles, noSlots, type StageContext } from '#engine/pipeline/stage';
import { propose } from '#engine/pipeline/stages/designs';
import { explainFor } from '#engine/pipeline/stages/explain';
import { readSpecification } from '#language/read-specification';
import { unpackImages } from '#protocol/packed';
import { reportPage } from '#runner/report/report-page';
import { trustInMaps } from '#runner/report/faithfulness/trust';
import { resolveCase } from '#runner/weights/pretrained-file';
import { skeletonView } from '#server/views/design-views';
import { heatMapView } from '#server/views/network-views';
import type { ViewTools } from '#server/views/view';
import { smallCase } from '#test/e2e/workplace';
import { fromPatch } from '#test/support/from-patch';
import { loneExecutor } from '#test/support/lone-executor';
import { createMemoryStore } from '#test/support/memory-store';

const store = createMemoryStore();
const executor = loneExecutor();
const events: string[] = [];
let problem: DesignCase;
let stored: StoredCase;
let result: CaseResult;
let tools: ViewTools;

const portsOf = (change: Partial<RunPorts> = {}): RunPorts => ({ store, files: noFiles, executor, signal: neverAborted, onStage() {}, ...change });

beforeAll(async () => {
  const { specification } = readSpecification('small.xdesign', { read: () => smallCase({ layers: 'stage-1, stage-2', more: 'compare moderate' }), resolve: (_, target) => target });
  problem = resolveCase(specification!.cases[0]!.case);
  const values = await runCase(problem, portsOf({ onStage: ({ stage, arm, state }) => state === 'finished' && events.push([stage, ...(arm === undefined ? [] : [arm])].join(' ')) }));
  if (!values.ok) throw new Error(values.findings[0]!.message);
  result = assembleCaseResult(problem, values.value, { stages: [], secondsOf: () => 1 })!;
  stored = openStoredCase(problem, store);
  tools = { stored, store: { ...store, close() {} }, executor: executor as never };
}, 120_000);

const armOf = (name: string) => result.arms.find((arm) => arm.name === name)!;
const regionsOf = (name: string) => stored.readRegions(problem.arms.find((arm) => arm.name === name)!)!;

test('stages select and explain them besides the exceptional ones, in the order of the stages', () => {
  expect(events.slice(0, 8)).toEqual(['generate', 'solve', 'select', 'select moderate', 'learn', 'explain', 'explain moderate', 'examine']);
  expect(events.filter((event) => event.endsWith(' moderate'))).toEqual(['select moderate', 'explain moderate', 'propose moderate', 'construct moderate', 'validate moderate']);
});

test('they are as many as the exceptional ones, and none of those', () => {
  const [outliers, moderate] = [stored.read('outliers')!, stored.readArm('moderate', 'selected')!];
  expect(moderate.length).toBe(outliers.length);
  expect(moderate.filter((image) => outliers.includes(image))).toHaveLength(0);
  for (const { source } of armOf('moderate').designs) expect([...moderate]).toContain(fromPatch(source).image);
  expect(regionsOf('moderate').images).toEqual(moderate);
  expect(regionsOf('control')).toBe(regionsOf('explained'));
});

test('the arm tries as many patches as the case’s own, the first ones, or all that there are', () => {
  const squares = regionsOf('moderate').places.filter((place) => 'patch' in place);
  const originsOf = (arm: string) => stored.readArm(arm, 'proposals')!.origins.map(fromPatch);
  const [own, mine] = [originsOf('explained'), originsOf('moderate')];
  expect(mine.length).toBe(Math.min(own.length, squares.length));
  expect(mine.map(({ image }) => image)).toEqual(squares.slice(0, mine.length).map(({ image }) => image));
  expect(armOf('moderate').designs.length).toBeGreaterThan(2);
});

test('its regions are of its own images in the steps of a design, and in the strips of the report', async () => {
  const { designs } = armOf('moderate');
  let different = 0;
  for (const [index, { source, strip }] of designs.slice(0, 4).entries()) {
    const { image, patch, region, layer } = fromPatch(source);
    const picture = unpackImage(stored.read('images')!.images, image);
    const mask = unpackImage(regionsOf('moderate').masks, region);
    if (mask.data.join() !== unpackImage(regionsOf('explained').masks, region).data.join()) different++;
    expect(regionsOf('moderate').places[region]).toMatchObject({ image, patch, layer });
    const steps = await skeletonView.make({ arm: 'moderate', rank: index + 1 }, tools);
    if (!steps.ok) return expect.fail(steps.findings[0]!.message);
    expect([steps.value.image, steps.value.region!].map((packed) => unpackImages(packed))).toEqual([picture.data, mask.data]);
    expect(steps.value.patch).toEqual(patch);
    expect(crop(mask, patch).data).toContain(1);
    expect(strip!.image).toEqual(picture);
    expect(strip!.explanation!.criticalRegion).toEqual(mask);
  }
  // Regions of the same numbers belong to exceptional images: they must not be mistaken for these.
  expect(different).toBeGreaterThan(0);
});

test('its maps come from the store, of its own image', async () => {
  const { image, layer, threshold, patch } = fromPatch(armOf('moderate').designs[0]!.source);
  const before = executor.counts.get('maps') ?? 0;
  const view = await heatMapView.make({ image, layer }, tools);
  if (!view.ok) return expect.fail(view.findings[0]!.message);
  expect(executor.counts.get('maps') ?? 0).toBe(before);
  expect(view.value).toMatchObject({ index: image, outlier: false });
  expect(view.value.regions.find((each) => each.threshold === threshold)).toMatchObject({ kind: 'found', patch });
});

test('the heat map says what the report does of all maps of its layer, and of other maps nothing', async () => {
  const view = await heatMapView.make({ image: 3, layer: 'stage-2' }, tools);
  if (!view.ok) return expect.fail(view.findings[0]!.message);
  const trust = trustInMaps(result).find(({ layer }) => layer === 'stage-2');
  expect(view.value.trust).toBe(trust!.sentence);
  const page = reportPage([result], { specification: 'small.xdesign', overrides: {}, versions: {}, machine: 'none' }, 'in-case-folder');
  expect(page).toContain(trust!.sentence);
  const exact = await heatMapView.make({ image: 3, method: 'exact' }, tools);
  expect(exact.ok && exact.value).not.toHaveProperty('trust');
});

test('its own selection and maps do not depend on workers or on the order of their jobs', async () => {
  const copy = createMemoryStore();
  for (const { stage, arm, key } of stored.keys.values()) if (arm !== 'moderate') copy.put(key, store.get(key)!, { stage, stageVersion: 0, description: null });
  let running = 0;
  let most = 0;
  const many = { ...executor, concurrency: 3, run: (async (...[name, input, listener]) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => { setTimeout(resolve, 8 - 2 * running); });
    return executor.run(name, input, listener).finally(() => running--);
  }) as typeof executor.run };
  const again = await runCase(problem, portsOf({ store: copy, executor: many }));
  expect(again.ok).toBe(true);
  expect(most).toBeGreaterThan(1);
  for (const { arm, key } of stored.keys.values()) if (arm === 'moderate') expect(copy.get(key)).toEqual(store.get(key));
});

test('a case with fewer other images or patches than exceptional ones says so, and without random patches that it has no control', () => {
  const pageWith = (change: Partial<CaseResult>): string => reportPage([{ ...result, ...change }], { specification: 'small.xdesign', overrides: {}, versions: {}, machine: 'none' }, 'in-case-folder');
  const withImages = (images: number, patches: number): Partial<CaseResult> => ({ arms: [result.arms[0], { ...armOf('moderate'), ownImages: { images, patches, patchesOfOutliers: 40 } }] });
  expect(pageWith(withImages(result.outliers.length, 40))).toContain(`It took ${result.outliers.length} of the ${72 - result.outliers.length} images that are not exceptional; they gave 40 patches, as many as those of the exceptional images.`);
  expect(pageWith(withImages(result.outliers.length, 12))).toContain('they gave 12 patches, fewer than the 40 of the exceptional images.');
  const most = { outliers: Int32Array.from({ length: 70 }, (_, i) => i), ...withImages(2, 3) };
  expect(pageWith(most)).toContain('Only 2 images are not exceptional, so it took all of them; they gave 3 patches, fewer than');
  expect(pageWith(withImages(1, 1))).toContain('no control arm');
  expect(pageWith({})).not.toContain('no control arm');
  const { patches, patchesOfOutliers } = armOf('moderate').ownImages!;
  expect([patches, patchesOfOutliers]).toEqual(['moderate', 'explained'].map((arm) => stored.readArm(arm, 'proposals')!.origins.length));
});

test('the report calls it by its words and compares it with the case’s own', () => {
  const page = reportPage([result], { specification: 'small.xdesign', overrides: {}, versions: {}, machine: 'none' }, 'in-case-folder');
  for (const text of ['<th scope="row">critical regions of moderate images</th>', 'A design from a critical region beats one from a critical region of a moderate image in', 'moderate-001']) expect(page).toContain(text);
  expect(page).not.toMatch(/undefined|NaN/);
});

describe('where every image is exceptional', () => {
  test('nothing is explained, and nothing is proposed', async () => {
    const context: StageContext = { executor, signal: neverAborted, slots: noSlots, files: noFiles, rng: createRng(1), progress() {} };
    const arm = problem.arms.find(({ name }) => name === 'moderate')!;
    const stage = explainFor(arm);
    const explained = await stage.run(context, problem, { images: stored.read('images')!, outliers: Int32Array.of(), learned: stored.read('learned')! });
    if (!explained.ok) return expect.fail('there is nothing to refuse');
    const regions = stage.read(structuredClone(explained.value));
    expect(regions).toMatchObject({ images: Int32Array.of(), places: [], masks: { count: 0 } });
    const proposed = await propose(arm).run(context, problem, { regions, outlierRegions: regionsOf('explained') });
    expect(proposed.ok && propose(arm).read(proposed.value)).toMatchObject({ origins: [], refusals: [] });
  });
});

test('the heat map also shows the exact contributions of an image where a network explains', async () => {
  const view = await heatMapView.make({ image: 3, method: 'exact' }, tools);
  if (!view.ok) return expect.fail(view.findings[0]!.message);
  expect(view.value).toMatchObject({ index: 3, layer: 'edge-12', method: 'exact', contribution: 'efficiency', hasNetwork: true, nativeEdge: 32 });
});
