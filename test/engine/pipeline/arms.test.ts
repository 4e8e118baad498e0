/* Arms of a case: where their candidates come from, how they are stored, and in which order stages serve them. */
import { describe, expect, test } from 'vitest';
import { comparedArms, type ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { failure, success, type Result } from '#domain/finding';
import { armStageNames, placeText, stageNames, stagePlaces } from '#domain/stages';
import { rejectionReasons, type Rejection } from '#engine/construction/attempt';
import { createRng } from '#engine/core/rng';
import { neverAborted } from '#engine/core/run-context';
import { crop, type Square } from '#engine/grid/image-2d';
import { packImages, unpackImage } from '#engine/grid/microstructure-batch';
import type { Artifact } from '#engine/core/artifact';
import { decodeOrigins, encodeOrigins, type CandidateOrigin, type DesignCandidates, type PatchOrigin } from '#engine/pipeline/arms/candidate';
import { proposalSources } from '#engine/pipeline/arms/proposal-sources';
import { regionOrder, type CriticalRegions, type RegionPlace } from '#engine/pipeline/arms/regions';
import { collectValues, completeValues, planOf } from '#engine/pipeline/case-plan';
import type { Executor } from '#engine/pipeline/ports';
import { constructJob, type ConstructInput } from '#engine/pipeline/jobs/construct-job';
import { describeStage, noFiles, noSlots, type StageContext } from '#engine/pipeline/stage';
import { construct as constructStage, propose, readCellTests, testCells, testsOf } from '#engine/pipeline/stages/designs';
import { examine as examineStage } from '#engine/pipeline/stages/examine';
import { explain as explainStage } from '#engine/pipeline/stages/explain';
import { controlSpec, explainedSpec } from '#test/runner/report/synthetic-case';
import { spottedImage } from '#test/support/spotted-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';
import { smallDatabase } from '#test/support/database-settings';
import { loneJob } from '#test/support/lone-job';

const resolution = 32;
const bytes = (resolution * resolution) / 8;
const images = packImages(Array.from({ length: 5 }, (_, seed) => spottedImage(resolution, seed)), resolution);
/** Mask m is image m: tests see which one arrives. Region r lies at row r + 1, column r + 2. */
const regions: CriticalRegions = {
  images: Int32Array.of(0, 1, 2, 3, 4),
  layers: [],
  backends: [],
  masks: images,
  places: Array.from({ length: 5 }, (_, region): RegionPlace => ({ image: region, layer: 'last', threshold: 0.5, patch: { row: region + 1, column: region + 2, edge: 12 } })),
};

const problem = {
  phases: boronInAluminum,
  plane: 'plane-stress',
  test: 'compression',
  objective: { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] },
  explain: { method: 'grad-ram', layers: ['last'] },
  construct: { mask: 'square', prune: 2, smallestPatch: 6, thinning: 'zhang-suen', fraction: { lower: 0.39, upper: 0.4 } },
  database: smallDatabase,
} as unknown as DesignCase;

type Construct = (input: ConstructInput) => Promise<Awaited<ReturnType<typeof constructJob>>>;

function contextOf(construct: Construct): StageContext {
  const executor = { concurrency: 2, run: (_name: string, input: ConstructInput) => construct(input) } as unknown as Executor;
  return { executor, signal: neverAborted, slots: noSlots, files: noFiles, rng: createRng(1), progress() {} };
}

/** A construction whose cell is all bytes of the patch's row; patches of a column > 0 are refused for that reason. */
const byPlace: Construct = async ({ patches }) => {
  const made = patches.filter(({ patch }) => patch.column === 0);
  const fill = (shift: number): Uint8Array => Uint8Array.from(made.flatMap(({ patch }) => new Array<number>(bytes).fill(patch.row + shift)));
  return success({
    header: {},
    arrays: { refusals: Int32Array.from(patches, ({ patch }) => patch.column), cells: fill(0), skeletons: fill(100) },
  });
};

/** Patch `row` with the refusal of that reason, or with a cell. */
function patchOf(row: number, reason?: Rejection): PatchOrigin {
  const patch = { row, column: reason === undefined ? 0 : 1 + rejectionReasons.indexOf(reason), edge: 12 };
  return { kind: 'patch', image: row % 5, patch, threshold: row / 64, layer: row % 2 === 0 ? 'last' : 'stage-1', region: (row + 1) % 5, borrowed: row % 2 === 1 };
}

const stage = constructStage(explainedSpec);
const runStage = (construct: Construct, origins: readonly CandidateOrigin[], refusals: readonly Rejection[] = [], of = problem): Promise<Result<Artifact>> =>
  stage.run(contextOf(construct), of, { images: { images, families: new Uint8Array(5), volumeFractions: new Float64Array(5) }, regions, proposals: { origins, refusals } });

async function build(construct: Construct, origins: readonly CandidateOrigin[], refusals: readonly Rejection[] = []): Promise<DesignCandidates> {
  const built = await runStage(construct, origins, refusals);
  if (!built.ok) return expect.fail(built.findings[0]!.message);
  return stage.read(structuredClone(built.value));
}

describe('the candidates of an arm', () => {
  test('are the cells in the order of their patches, with where each came from', async () => {
    const patches = [patchOf(3), patchOf(1, 'no-branch'), patchOf(2)];
    const { candidates, cells, skeletons } = await build(byPlace, patches);
    expect(candidates).toStrictEqual([{ id: 0, origin: patches[0], cell: 0 }, { id: 2, origin: patches[2], cell: 1 }]);
    expect(cells).toMatchObject({ count: 2, resolution });
    expect([...cells.packed]).toEqual([...new Array<number>(bytes).fill(3), ...new Array<number>(bytes).fill(2)]);
    expect([...skeletons!.packed]).toEqual([...new Array<number>(bytes).fill(103), ...new Array<number>(bytes).fill(102)]);
  });

  test('count every patch once: as a cell, as a refusal, or as one that gave the same cell as another', async () => {
    // 48 patches are a chunk, so the second patch of row 4 meets the first one from another chunk.
    const patches = [patchOf(4), ...Array.from({ length: 50 }, (_, i) => patchOf(10 + i)), patchOf(4), patchOf(4), patchOf(5, 'no-branch'), patchOf(6, 'struts-too-thin'), patchOf(7, 'no-branch')];
    const { candidates, attempts, refusals } = await build(byPlace, patches, ['no-overlap', 'patch-too-small', 'no-overlap']);
    expect(attempts).toBe(patches.length + 3);
    expect(refusals).toEqual([
      { reason: 'no-branch', count: 2 },
      { reason: 'no-overlap', count: 2 },
      { reason: 'patch-too-small', count: 1 },
      { reason: 'same-cell', count: 2 },
      { reason: 'struts-too-thin', count: 1 },
    ]);
    expect(candidates).toHaveLength(51);
    expect(candidates[0]!.origin).toStrictEqual(patches[0]);
    const refused = refusals.reduce((sum, { count }) => sum + count, 0);
    expect(candidates.length + refused).toBe(attempts);
  });

  test('are none when there is no patch, with the refusals that came before', async () => {
    expect(await build(() => expect.fail('there is nothing to construct'), [], ['no-overlap'])).toStrictEqual({
      cells: { count: 0, resolution, packed: new Uint8Array() },
      skeletons: { count: 0, resolution, packed: new Uint8Array() },
      candidates: [],
      attempts: 1,
      refusals: [{ reason: 'no-overlap', count: 1 }],
    });
  });

  test('are built from their own images and masks, each image sent once', async () => {
    const inputs: ConstructInput[] = [];
    const patches = [patchOf(3), patchOf(8), patchOf(4), patchOf(13)];
    await build((input) => (inputs.push(input), byPlace(input)), patches);
    const [input] = inputs;
    expect(inputs).toHaveLength(1);
    expect(input!.images.count).toBe(2);
    for (const [i, { image, patch, region, regionPatch }] of input!.patches.entries()) {
      const lent = patches[i]!.region;
      expect({ patch, regionPatch }).toEqual({ patch: patches[i]!.patch, regionPatch: { row: lent + 1, column: lent + 2, edge: 12 } });
      expect(unpackImage(input!.images, image)).toEqual(unpackImage(images, patches[i]!.image));
      expect(unpackImage(input!.regions, region)).toEqual(unpackImage(images, patches[i]!.region));
    }
  });

  test('aim at the end of the window where the limit is better', async () => {
    const aims: string[] = [];
    const aimOf = async (objective: Partial<DesignCase['objective']>): Promise<void> => {
      await runStage((input) => (aims.push(input.aim), byPlace(input)), [patchOf(1)], [], { ...problem, objective: { ...problem.objective, ...objective } });
    };
    await aimOf({});
    await aimOf({ sense: 'minimize' });
    expect(aims).toEqual(['upper-end', 'lower-end']);
  });

  test('know whether the images of the database are periodic', async () => {
    const boundaries: string[] = [];
    const files = { kind: 'files', resolution, fraction: problem.database.fraction, seed: 1, images: [{ file: 'a.png', sha256: 'ab' }], stride: resolution } as const;
    for (const database of [problem.database, { ...files, periodic: true }, { ...files, periodic: false }]) {
      await runStage((input) => (boundaries.push(input.boundary), byPlace(input)), [patchOf(1)], [], { ...problem, database });
    }
    expect(boundaries).toEqual(['periodic', 'periodic', 'open']);
  });

  test('pass on what a construction refuses', async () => {
    expect(await runStage(async () => failure('no', 'refused'), [patchOf(1)])).toEqual(failure('no', 'refused'));
  });

  test('from equal patches of real images are one cell', async () => {
    const square = { row: 3, column: 5, edge: 16 };
    const real: PatchOrigin = { kind: 'patch', image: 2, patch: square, threshold: 0.5, layer: 'last', region: 2, borrowed: false };
    const job: Construct = (input) => constructJob(loneJob(), input);
    const { candidates, cells, refusals } = await build(job, [real, { ...real, threshold: 0.7 }, { ...real, image: 3 }]);
    expect(candidates.map(({ id, origin }) => [id, origin.kind === 'patch' && origin.image])).toEqual([[0, 2], [2, 3]]);
    expect(refusals).toEqual([{ reason: 'same-cell', count: 1 }]);
    for (const i of [0, 1]) {
      const { data } = unpackImage(cells, i);
      const fraction = data.reduce((sum, pixel) => sum + pixel, 0) / data.length;
      expect(fraction >= 0.39 && fraction <= 0.4, `white ${fraction}`).toBe(true);
    }
  });
});

test('origins of all kinds come back as they were stored, by named columns', () => {
  const origins: CandidateOrigin[] = [patchOf(3), { kind: 'parent', arm: 'explained', candidate: 17 }, patchOf(8), { kind: 'parent', arm: 'other', candidate: 0 }, { kind: 'image', image: 5 }, { kind: 'start', family: 'frame', number: 0 }, { kind: 'start', family: 'noise', number: 12 }, { kind: 'picture', number: 2 }];
  const stored = structuredClone(encodeOrigins(origins));
  expect(decodeOrigins(stored)).toStrictEqual(origins);
  expect(stored.header).toEqual({ origins: { kinds: ['patch', 'parent', 'image', 'start', 'picture'], layers: ['stage-1', 'last'], arms: ['explained', 'other'] } });
  expect([...stored.arrays['origin/candidate']!]).toEqual([-1, 17, -1, 0, -1, -1, -1, -1]);
  expect([...stored.arrays['origin/row']!]).toEqual([3, -1, 8, -1, -1, -1, -1, -1]);
  expect(decodeOrigins(encodeOrigins([]))).toEqual([]);
});

test('regions come image by image, then layer by layer, then by threshold', () => {
  const cuts = [0.3, 0.5].map((threshold) => ({ threshold }));
  expect(regionOrder(2, 1, cuts).map(({ explained, layer, cut }) => [explained, layer, cut])).toEqual([[0, 0, cuts[0]], [0, 0, cuts[1]], [1, 0, cuts[0]], [1, 0, cuts[1]]]);
  expect(regionOrder(1, 2, [{ rank: 0 }]).map(({ layer }) => layer)).toEqual([0, 1]);
  expect(regionOrder(3, 2, cuts)).toHaveLength(12);
});

describe('what arms propose', () => {
  const some: CriticalRegions = { ...regions, places: regions.places.map((place, r) => (r === 2 ? { image: 2, layer: 'last', threshold: 0.5, refusal: 'no-overlap' } : place)) };

  test('the squares of regions, and why there is none', () => {
    const { origins, refusals } = proposalSources.regions.propose(createRng(1), { regions: some }, explainedSpec, problem);
    expect(refusals).toEqual(['no-overlap']);
    expect(origins.map((origin) => origin.kind === 'patch' && [origin.region, origin.image, origin.patch.row, origin.borrowed])).toEqual([0, 1, 3, 4].map((r) => [r, r, r + 1, false]));
  });

  test('the first squares of regions, as many as the exceptional images have, with the refusals before the last one', () => {
    const limited = (outliers: CriticalRegions) => proposalSources['limited-regions'].propose(createRng(1), { regions: some, outlierRegions: outliers }, explainedSpec, problem);
    const withSquares = (count: number): CriticalRegions => ({ ...regions, places: regions.places.slice(0, count) });
    expect(limited(withSquares(2))).toMatchObject({ origins: [{ region: 0 }, { region: 1 }], refusals: [] });
    expect(limited(withSquares(3))).toMatchObject({ origins: [{ region: 0 }, { region: 1 }, { region: 3 }], refusals: ['no-overlap'] });
    expect(limited(regions)).toEqual(proposalSources.regions.propose(createRng(1), { regions: some }, explainedSpec, problem));
    expect(limited(withSquares(0))).toEqual({ origins: [], refusals: [] });
  });

  test('at random as many squares of the same sizes, each with the region that it is matched to', () => {
    const { origins, refusals } = proposalSources.random.propose(createRng(1), { regions: some }, controlSpec, problem);
    expect(refusals).toEqual([]);
    expect(origins.map((origin) => origin.kind === 'patch' && [origin.region, origin.patch.edge, origin.borrowed])).toEqual([0, 1, 3, 4].map((r) => [r, 12, true]));
  });

  test.each([['most-white', 1], ['least-white', -1]] as const)('%s: the first such square of the size of each region in its image', (proposals, sign) => {
    // The exceptional images are others than the first ones of the database.
    const moved: CriticalRegions = { ...some, images: Int32Array.of(4, 3, 2, 1, 0), places: some.places.map((place) => ({ ...place, image: 4 - place.image })) };
    const { origins, refusals } = proposalSources[proposals].propose(createRng(1), { regions: moved, images: { images } }, explainedSpec, problem);
    expect(refusals).toEqual([]);
    expect(origins.map((origin) => origin.kind === 'patch' && [origin.region, origin.image, origin.patch.edge, origin.borrowed])).toEqual([0, 1, 3, 4].map((r) => [r, 4 - r, 12, true]));
    for (const origin of origins) {
      if (origin.kind !== 'patch') return expect.fail('squares are proposed');
      const whiteOf = (square: Square): number => crop(unpackImage(images, origin.image), square).data.reduce((sum, pixel) => sum + pixel, 0);
      const corners = Array.from({ length: resolution - 11 }, (_, at) => at);
      const all = corners.flatMap((row) => corners.map((column) => sign * whiteOf({ row, column, edge: 12 })));
      expect(sign * whiteOf(origin.patch)).toBe(Math.max(...all));
      expect(all.indexOf(Math.max(...all))).toBe(origin.patch.row * corners.length + origin.patch.column);
    }
  });

  test('comes back as it was stored', async () => {
    const stage = propose(controlSpec);
    const made = await stage.run(contextOf(byPlace), problem, { regions: some });
    expect(made.ok && stage.read(structuredClone(made.value))).toStrictEqual(proposalSources.random.propose(createRng(1), { regions: some }, controlSpec, problem));
  });
});

describe('the plan of a case', () => {
  const placesOf = (...arms: [ArmSpec, ...ArmSpec[]]): string[] => planOf({ arms, explain: problem.explain }).map(({ stage }) => placeText(stage));

  test('goes stage by stage, in the order of the stages', () => {
    expect(placesOf(explainedSpec, controlSpec)).toEqual(stagePlaces([{ name: 'explained' }, { name: 'control' }]).map(placeText));
    expect(placesOf(explainedSpec)).toHaveLength(stageNames.length);
  });

  test('selects and explains images for an arm that does not take the exceptional ones', () => {
    const moderate: ArmSpec = { ...comparedArms.moderate, construct: 'mirror' };
    expect(placesOf(explainedSpec, moderate)).toEqual(stagePlaces([explainedSpec, moderate]).map(placeText));
    expect(placesOf(explainedSpec, moderate).filter((place) => !placesOf(explainedSpec).includes(place))).toEqual(['select', 'explain', 'propose', 'construct', 'validate'].map((stage) => `${stage} moderate`));
    const inputs = planOf({ arms: [explainedSpec, moderate], explain: problem.explain }).filter(({ stage }) => stage.arm === 'moderate').map(({ takes }) => takes);
    expect(inputs).toMatchObject([{ outliers: 'outliers' }, { outliers: 'moderate/selected' }, { regions: 'moderate/regions', outlierRegions: 'regions' }, { regions: 'moderate/regions' }, {}]);
  });

  test('has no training where the finite elements explain', () => {
    const exact = { ...problem.explain, method: 'exact' } as const;
    const moderate: ArmSpec = { ...comparedArms.moderate, construct: 'mirror' };
    const steps = planOf({ arms: [explainedSpec, moderate], explain: exact });
    expect(steps.map(({ stage }) => placeText(stage))).toEqual(stagePlaces([explainedSpec, moderate], false).map(placeText));
    expect(steps.filter(({ stage }) => ['explain', 'examine'].includes(stage.stage)).map(({ takes }) => takes)).toEqual([
      { images: 'images', outliers: 'outliers' }, { images: 'images', outliers: 'moderate/selected' }, { images: 'images', outliers: 'outliers' },
    ]);
  });

  test('puts an arm that begins with designs of another one after the tests of those', () => {
    const child: ArmSpec = { name: 'child', proposals: 'designs', construct: 'optimize', startFrom: 'explained' };
    const places = placesOf(child, explainedSpec);
    expect(places.indexOf('propose child')).toBeGreaterThan(places.indexOf('validate explained'));
    expect(() => placesOf({ ...child, startFrom: 'child' })).toThrow(/no arm begins with its own designs/);
    expect(() => placesOf(explainedSpec, explainedSpec)).toThrow(/different names/);
  });

  test('says when the values of a case are complete: each stage of each arm has given its own', () => {
    const arms = [explainedSpec, controlSpec] as const;
    const whole = { ...problem, arms };
    const places = planOf({ arms, explain: problem.explain }).map(({ gives }) => gives);
    const values = (missing?: string) => collectValues(whole, (place) => (place === missing ? undefined : place));
    expect(completeValues(whole, values())).toEqual({
      ...Object.fromEntries(places.slice(0, stageNames.length - armStageNames.length).map((name) => [name, name])),
      arms: Object.fromEntries(arms.map(({ name }) => [name, Object.fromEntries(['proposals', 'candidates', 'cellTests'].map((value) => [value, `${name}/${value}`]))])),
    });
    for (const missing of places) expect(completeValues(whole, values(missing)), missing).toBeUndefined();
  });

  test('maps of a network have the keys that they had before there were others', () => {
    const explain = { method: 'grad-ram', layers: ['last'], outlierShare: 0.1, thresholds: [0.5], intersection: 'binarized' } as const;
    const network = { ...problem, explain, database: { seed: 7 } } as unknown as DesignCase;
    const { objective } = problem;
    const maps = { method: 'grad-ram', layers: ['last'], intersection: 'binarized' };
    expect(explainStage.describe(network)).toEqual({ settings: { ...maps, thresholds: [0.5], outlierShare: null }, objective, smallestPatch: 6 });
    expect(Object.keys(examineStage.describe(network) as object).toSorted()).toEqual(['intersection', 'layers', 'method', 'objective', 'phases', 'plane', 'seed', 'test']);
    // Of exact contributions the test is a part: no network stands for it.
    const exact = { ...network, explain: { method: 'exact', edges: [8, 16], contribution: 'total', outlierShare: 0.1, squares: 1 } } as DesignCase;
    for (const stage of [explainStage, examineStage]) for (const change of [{ test: 'periodic' }, { plane: 'plane-strain' }, { phases: { white: boronInAluminum.black, black: boronInAluminum.white } }, { explain: { ...exact.explain, edges: [4] } }, { explain: { ...exact.explain, contribution: 'efficiency' } }]) {
      expect(stage.describe({ ...exact, ...change } as DesignCase)).not.toEqual(stage.describe(exact));
    }
  });

  test('keys know what an arm does, not how it is called', () => {
    const described = (arm: ArmSpec) => describeStage(constructStage(arm), problem, {});
    expect(described({ ...explainedSpec, name: 'other' })).toEqual(described(explainedSpec));
    const { database } = { database: { seed: 3 } };
    const proposed = (arm: ArmSpec) => describeStage(propose(arm), { ...problem, database } as DesignCase, {});
    expect(proposed(controlSpec)).not.toEqual(proposed(explainedSpec));
  });
});

test('an arm without cells is tested without a job, to no tests', async () => {
  const none = { count: 0, resolution, packed: new Uint8Array() };
  const tested = await testCells(contextOf(() => expect.fail('there is nothing to test')), problem, testsOf('heating', explainedSpec), none, 20);
  expect(tested.ok && readCellTests(tested.value)).toEqual({ measured: [], periodic: [] });
});
