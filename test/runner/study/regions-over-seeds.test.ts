/* Whether the networks of other seeds find the same regions, with a network that is trained a little. */
import { beforeAll, expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import type { CaseValues } from '#engine/api';
import { packImages } from '#engine/grid/microstructure-batch';
import { foldRegressor } from '#engine/learning/training/predict';
import { regressorFor, type TrainedNetworks } from '#engine/learning/training/regressor';
import { trainRegressor } from '#engine/learning/training/train-regressor';
import type { CriticalRegions } from '#engine/pipeline/arms/regions';
import { joinMaps, networkMaps } from '#engine/pipeline/jobs/map-source';
import { mapsJob } from '#engine/pipeline/jobs/maps-job';
import { compareRegions } from '#runner/study/regions-over-seeds';
import { learningContext } from '#test/support/learning-context';
import { loneJob } from '#test/support/lone-job';
import { spottedImage } from '#test/support/spotted-image';
import { stripedDataset, stripedSettings } from '#test/support/striped-dataset';

const objective = { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] } as const;
const explain = { method: 'grad-ram', layers: ['layer1.0'], intersection: 'binarized', thresholds: [0.5] } as const;
const problem = { objective, explain, learning: { backend: 'wasm' }, database: { resolution: 32 } } as unknown as DesignCase;
const images = packImages([1, 2, 3].map((seed) => spottedImage(32, seed)), 32);
type Executor = Parameters<typeof compareRegions>[0];
const executor = { sharesMemory: false, run: (_job: string, input: Parameters<typeof mapsJob>[1]) => mapsJob(loneJob(), input) } as unknown as Executor;
let values: CaseValues;

beforeAll(async () => {
  const trained = await trainRegressor(await learningContext(1), stripedDataset(60), { ...stripedSettings, epochs: 1 }, { member: 0, members: 1 }, {});
  if (!trained.ok) throw new Error(trained.findings[0]!.message);
  const networks: TrainedNetworks = trained.value;
  const maps = await networkMaps(await learningContext(1), foldRegressor(regressorFor(networks, 'youngs-modulus')), images, objective, explain);
  if (!maps.ok) throw new Error(maps.findings[0]!.message);
  const [first] = maps.value;
  const regions = { images: Int32Array.of(0, 1, 2), layers: [{ layer: 'layer1.0', nativeEdge: 8, maps: joinMaps(first!) }] } as unknown as CriticalRegions;
  values = { images: { images }, regions, learned: { trained: networks }, arms: {} } as unknown as CaseValues;
});

test('the network of the first seed is the reference of its group; the same network finds the same regions', async () => {
  const compare = compareRegions(executor);
  expect(await compare({ seed: '1', threshold: '0.5' }, problem, values)).toEqual([]);
  // Another group has a first seed of its own.
  expect(await compare({ seed: '1', threshold: '0.7' }, problem, values)).toEqual([]);
  const [again] = await compare({ seed: '2', threshold: '0.5' }, problem, values);
  expect(again).toMatchObject({ seed: '1', layer: 'layer1.0', overlap: { count: 3 } });
  expect(again!.overlap.mean).toBeGreaterThan(0.99);
  expect(again!.elsewhere.mean).toBeLessThan(again!.overlap.mean);
});

test('nothing is compared where the seed is not varied, or where there is no network', async () => {
  const compare = compareRegions(executor);
  expect([await compare({ threshold: '0.5' }, problem, values), await compare({ threshold: '0.7' }, problem, values)]).toEqual([[], []]);
  const { learned: _, ...without } = values;
  expect([await compare({ seed: '1' }, problem, without), await compare({ seed: '2' }, problem, without)]).toEqual([[], []]);
});
