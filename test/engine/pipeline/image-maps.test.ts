import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { FoldedRegressor } from '#engine/learning/training/predict';
import { encodeNetworks } from '#engine/learning/training/training-artifacts';
import type { TrainedNetworks } from '#engine/learning/training/regressor';
import { trainRegressor } from '#engine/learning/training/train-regressor';
import type { Executor } from '#engine/pipeline/ports';
import { mapsOfImages, type ImageMaps } from '#engine/pipeline/image-maps';
import { sliceImages } from '#engine/pipeline/gather-images';
import { explainJob } from '#engine/pipeline/jobs/explain-job';
import { mapsJob, type MapsInput } from '#engine/pipeline/jobs/maps-job';
import type { NetworkSource } from '#engine/pipeline/jobs/map-source';
import { learningContext } from '#test/support/learning-context';
import { contributionMaps, derivativesOf } from '#engine/fem/virtual-tests/contribution-maps';
import { createFieldSolver } from '#engine/fem/virtual-tests/solve-fields';
import { unpackImage } from '#engine/grid/microstructure-batch';
import { smallDatabase } from '#test/support/database-settings';
import { loneExecutor } from '#test/support/lone-executor';
import { loneJob } from '#test/support/lone-job';
import { boronInAluminum } from '#test/support/virtual-test-phases';
import { stripedDataset, stripedSettings } from '#test/support/striped-dataset';

const dataset = stripedDataset(60);
const images = sliceImages(dataset.images, 3, 5);
const explained = { method: 'layer-cam', layers: ['stage-1', 'last'] } as const;
const objective = { sense: 'minimize', property: 'youngs-modulus', directions: ['x', 'y'] } as const;
const learned: { [D in 'shared' | 'separate']?: TrainedNetworks } = {};

beforeAll(async () => {
  for (const directions of ['shared', 'separate'] as const) {
    const settings = { ...stripedSettings, epochs: 1, directions, properties: ['youngs-modulus', 'poisson-ratio'] } as const;
    const trained = await trainRegressor(await learningContext(1), dataset, settings, { member: 0, members: 1 }, {});
    if (!trained.ok) throw new Error(trained.findings[0]!.message);
    learned[directions] = trained.value;
  }
});

/** The maps, and the networks that the jobs were given. */
async function asked(trained: TrainedNetworks, property: 'youngs-modulus' | 'poisson-ratio' = 'youngs-modulus'): Promise<{ readonly maps: ImageMaps; readonly given: readonly FoldedRegressor[] }> {
  const given: FoldedRegressor[] = [];
  const executor = {
    concurrency: 2,
    sharesMemory: true,
    run: (_: string, input: MapsInput) => {
      given.push((input.source as NetworkSource<FoldedRegressor>).regressor);
      return mapsJob(loneJob(), structuredClone(input));
    },
  } as unknown as Executor;
  const problem = { objective: { ...objective, property }, learning: { backend: 'wasm' } } as unknown as Parameters<typeof mapsOfImages>[3];
  const maps = await mapsOfImages(executor, images, { trained }, problem, explained);
  if (!maps.ok) throw new Error(maps.findings[0]!.code);
  return { maps: maps.value, given };
}

test.each(['shared', 'separate'] as const)('maps that are asked for are to the last bit those that a run stores, directions %s', async (directions) => {
  const trained = learned[directions]!;
  const before = tf.memory().numTensors;
  const { maps } = await asked(trained);
  expect(tf.memory().numTensors).toBe(before);
  const settings = { ...explained, outlierShare: 0.1, thresholds: [0.5], intersection: 'binarized' } as const;
  const run = await explainJob(loneJob(), { images, source: { ...explained, regressor: encodeNetworks(trained), backend: 'wasm' }, objective, settings, smallestPatch: 4 });
  if (!run.ok) throw new Error(run.findings[0]!.code);
  for (const { layer, nativeEdge, maps: ofLayer } of maps.layers) {
    expect(ofLayer.length).toBe(2 * 2 * nativeEdge ** 2);
    expect(ofLayer.some((value) => value !== 0)).toBe(true);
    expect(ofLayer).toEqual(run.value.arrays[`maps/${layer}`]);
  }
});

test('a network is folded once for all questions, into memory that threads share', async () => {
  const { given } = await asked(learned.separate!);
  const { given: again } = await asked(learned.separate!);
  const buffers = [...given, ...again].map(({ networks }) => networks.map(({ parameters }) => parameters.buffer));
  expect(buffers.length).toBe(4);
  for (const ofJob of buffers) {
    expect(ofJob.length).toBe(2);
    ofJob.forEach((buffer, n) => {
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(buffer).toBe(buffers[0]![n]);
    });
  }
});

test('each property of a network has maps of its own, also after those of another', async () => {
  const first = await asked(learned.shared!, 'poisson-ratio');
  const second = await asked(learned.shared!);
  expect(second.maps.layers[1]!.maps).not.toEqual(first.maps.layers[1]!.maps);
  expect((await asked(learned.shared!, 'poisson-ratio')).maps).toEqual(first.maps);
});

test('exact contributions of any image take no network: one job for both directions, the bytes that a run stores', async () => {
  const wanted = { method: 'exact', edges: [8, 16], contribution: 'arrangement' } as const;
  const executor = loneExecutor();
  const problem = { objective, phases: boronInAluminum, plane: 'plane-stress', test: 'compression', database: smallDatabase } as unknown as Parameters<typeof mapsOfImages>[3];
  const found = await mapsOfImages(executor, images, undefined, problem, wanted);
  if (!found.ok) return expect.fail(found.findings[0]!.code);
  expect(executor.counts.get('maps')).toBe(1);
  expect(found.value.predictions).toBeUndefined();
  expect(found.value.layers.map(({ layer, nativeEdge }) => [layer, nativeEdge])).toEqual([['edge-8', 32], ['edge-16', 16]]);
  const settings = { ...wanted, outlierShare: 0.1, squares: 2 } as const;
  const source = { ...wanted, phases: boronInAluminum, test: { kind: 'compression', plane: 'plane-stress' }, boundary: 'periodic' } as const;
  const run = await explainJob(loneJob(), { images, source, objective, settings, smallestPatch: 4 });
  if (!run.ok) return expect.fail(run.findings[0]!.code);
  expect(run.value.header).toEqual({ nativeEdges: [32, 16] });
  for (const { layer, maps } of found.value.layers) expect(maps).toEqual(run.value.arrays[`maps/${layer}`]);
  // Image-major, then directions.
  const solved = derivativesOf(createFieldSolver(32, boronInAluminum, source.test).solve(unpackImage(images, 1)), 'youngs-modulus');
  expect(found.value.layers[1]!.maps.subarray(3 * 16 * 16)).toEqual(contributionMaps(unpackImage(images, 1), solved.y, -1, wanted, 'periodic')[1]!.signed);
});
