import { beforeAll, expect, test } from 'vitest';
import type { Artifact } from '#engine/core/artifact';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { volumeFraction } from '#engine/grid/image-2d';
import { createRng } from '#engine/core/rng';
import { packImages, unpackImage } from '#engine/grid/microstructure-batch';
import { regressorFor, type TrainedNetworks, type TrainedRegressor } from '#engine/learning/training/regressor';
import { encodeNetworks } from '#engine/learning/training/training-artifacts';
import { foldRegressor, predict } from '#engine/learning/training/predict';
import { trainRegressor } from '#engine/learning/training/train-regressor';
import { examineJob, type ExamineInput } from '#engine/pipeline/jobs/examine-job';
import { networkMaps, type NetworkSource } from '#engine/pipeline/jobs/map-source';
import { gatherImages } from '#engine/pipeline/gather-images';
import { mapStability, withNoise, type MapsOf } from '#engine/pipeline/jobs/map-stability';
import { perturbationCount } from '#engine/pipeline/jobs/examined-perturbations';
import { examine, faithfulnessAt } from '#engine/pipeline/stages/examine';
import { faithfulnessMeasures } from '#engine/validation/faithfulness';
import { stabilityMeasures } from '#engine/validation/map-measures';
import { learningContext } from '#test/support/learning-context';
import { spottedImage } from '#test/support/spotted-image';
import { stripedDataset, stripedSettings } from '#test/support/striped-dataset';
import { boronInAluminum } from '#test/support/virtual-test-phases';
import { loneJob } from '#test/support/lone-job';

const images = packImages([1, 2].map((seed) => spottedImage(32, seed)), 32);
const donors = packImages([3, 4].map((seed) => spottedImage(32, seed)), 32);
let networks: TrainedNetworks;
let regressor: TrainedRegressor;
let input: ExamineInput;
let both: Artifact;

const networkSource = () => input.source as NetworkSource<Artifact>;

async function examined(part: Partial<ExamineInput> = {}): Promise<Artifact> {
  const result = await examineJob(loneJob(), { ...input, ...part });
  if (!result.ok) throw new Error(result.findings[0]!.code);
  return result.value;
}

beforeAll(async () => {
  const trained = await trainRegressor(await learningContext(1), stripedDataset(60), { ...stripedSettings, epochs: 4 }, { member: 0, members: 1 }, {});
  if (!trained.ok) throw new Error(trained.findings[0]!.message);
  networks = trained.value;
  regressor = regressorFor(networks, 'youngs-modulus');
  input = {
    images,
    donors,
    indices: [17, 40],
    source: { method: 'grad-ram', layers: ['last', 'layer1.0'], regressor: encodeNetworks(networks), backend: 'wasm' },
    objective: { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] },
    intersection: 'binarized',
    phases: boronInAluminum,
    test: { kind: 'compression', plane: 'plane-stress' },
    seed: 7,
    mirrorInvariance: { along: true, across: true },
    boundary: 'periodic',
    thorough: [true, true],
  };
  both = await examined();
});

test('an image is examined the same alone as beside others', async () => {
  const second = await examined({ images: gatherImages(images, [1]), donors: gatherImages(donors, [1]), indices: [40], thorough: [true] });
  expect(second.header).toEqual(both.header);
  for (const [name, array] of Object.entries(second.arrays)) {
    const half = both.arrays[name]!.length / 2;
    expect(array).toEqual(both.arrays[name]!.subarray(half));
  }
  const otherwise = await examined({ seed: 8, source: { ...networkSource(), layers: ['last'] } });
  expect(otherwise.arrays['randomized/last']).not.toEqual(both.arrays['randomized/last']);
  // The first five numbers are those of the map itself.
  expect(otherwise.arrays['faithfulness/last']!.subarray(0, 5)).toEqual(both.arrays['faithfulness/last']!.subarray(0, 5));
});

test('the image and its replaced self are measured by both', async () => {
  const value = examine.read({ header: { ...both.header, layers: networkSource().layers }, arrays: { ...both.arrays, images: Int32Array.of(17, 40) } });
  const tester = createVirtualTester(32, boronInAluminum, input.test);
  const { x, y } = tester.run(unpackImage(images, 1)).youngsModulus!;
  // The layers' rankings, and that of the finite elements.
  expect(value.perturbation['finite-elements'].donor).toHaveLength(3);
  const exact = value.perturbation['finite-elements'].donor[2]![1]!;
  expect(exact.whole).toBe(Math.min(x, y));
  expect(exact.shifted).toHaveLength(2);
  expect(Array.from(exact.own)).not.toEqual(Array.from(exact.shifted[0]!));
  const predicted = await predict(await learningContext(1), regressor, images);
  expect(value.perturbation.network.donor[2]![0]!.whole / Math.min(predicted.x[0]!, predicted.y[0]!)).toBeCloseTo(1, 5);
  expect(value.layers.map(({ nativeEdge }) => nativeEdge)).toEqual([2, 8]);
  expect(value.parts).toEqual(['fc', 'layer3', 'layer2', 'layer1', 'conv1']);
});

test('the second filling and the controls are measured of every image, the stability of the maps where it is asked for', async () => {
  const { arrays } = await examined({ thorough: [true, false], source: { ...networkSource(), layers: ['last'] } });
  const value = examine.read({ header: { ...both.header, layers: ['last'], nativeEdges: [2] }, arrays: { ...arrays, images: Int32Array.of(17, 40) } });
  for (const { donor, surroundings, controls } of Object.values(value.perturbation)) {
    const known = (trials: readonly unknown[]): boolean[] => trials.map((trial) => trial !== undefined);
    expect(donor.map(known)).toEqual([[true, true], [true, true]]);
    expect(surroundings.map(known)).toEqual([[true, true]]);
    expect(Object.values(controls).map(known)).toEqual(Array.from({ length: 4 }, () => [true, true]));
    // Another filling of the same image gives other values in the same order.
    expect(surroundings[0]![0]!.whole).toBe(donor[0]![0]!.whole);
    expect(surroundings[0]![0]!.replaced).not.toBe(donor[0]![0]!.replaced);
    expect([donor[0]![0]!.shifted.length, surroundings[0]![0]!.shifted.length]).toEqual([2, 1]);
  }
  expect(arrays['perturbation/network']!.filter((number) => !Number.isNaN(number))).toHaveLength(2 * perturbationCount(1, false));
  const [last] = value.layers;
  expect(last!.entropy).toHaveLength(4);
  expect([...last!.entropy].map(Number.isFinite)).toEqual([true, true, false, false]);
  expect(last!.stability.subarray(2 * stabilityMeasures.length).every(Number.isNaN)).toBe(true);
  const ofMap = Object.fromEntries(stabilityMeasures.map((measure, k) => [measure, last!.stability[k]!]));
  // The smaller the change is, the more the map itself is what is seen; the same map elsewhere is another one.
  for (const kind of ['moved', 'noisy', 'elsewhere']) {
    expect(ofMap[kind]).toBeGreaterThan(0);
    expect(ofMap[`${kind}Overlap`]! >= 0 && ofMap[`${kind}Overlap`]! <= 1).toBe(true);
  }
  expect(ofMap['noisy']).toBeLessThan(ofMap['elsewhere']!);
  expect(faithfulnessAt(last!, 3).correlation).toBe(arrays['faithfulness/last']![3 * 25]);
});

test('maps are moved back as the images were moved: a network that swaps the directions exactly has no error', async () => {
  const folded = foldRegressor(regressor);
  const learning = await learningContext(1);
  const mapsOf: MapsOf = (batch, objective) => networkMaps(learning, folded, batch, objective, networkSource());
  const own = await mapsOf(gatherImages(images, [0]), input.objective);
  if (!own.ok) return expect.fail(own.findings[0]!.code);
  // One network serves both directions, so the map of y is that of x on the anti-transposed image.
  const mapping = { mapsOf, boundary: 'open', separates: true } as const;
  const stability = await mapStability(mapping, unpackImage(images, 0), own.value.map((ofDirections) => ofDirections.map(([map]) => map!)), { ...input, mirrorInvariance: { along: false, across: false } }, createRng(1));
  if (!stability.ok) return expect.fail(stability.findings[0]!.code);
  for (const numbers of stability.value) {
    expect(numbers).toHaveLength(2 * stabilityMeasures.length);
    for (const d of [0, 1]) {
      expect(numbers[d * stabilityMeasures.length]).toBeLessThan(1e-4);
      expect(numbers[d * stabilityMeasures.length + 1]).toBeGreaterThan(0.99);
    }
  }
});

test('noise changes one pixel in a hundred and keeps the volume fraction', () => {
  const image = unpackImage(images, 0);
  const noisy = withNoise(image, createRng(5));
  expect(volumeFraction(noisy)).toBe(volumeFraction(image));
  expect(noisy.data.filter((pixel, p) => pixel !== image.data[p])).toHaveLength(10);
});

test('random weights give another map, where it is asked for', async () => {
  // Finer maps have enough positions to show it: 64 per image.
  const last = (d: number, e: number): number => both.arrays['randomized/layer1.0']![5 * (2 * e + d) + 4]!;
  const mean = [last(0, 0), last(1, 0), last(0, 1), last(1, 1)].reduce((sum, value) => sum + value / 4, 0);
  expect(mean).toBeLessThan(0.8);
  for (const value of both.arrays['randomized/layer1.0']!) expect(value >= 0 && value <= 1).toBe(true);
  const { arrays } = await examined({ thorough: [true, false] });
  expect(arrays['randomized/layer1.0']!.subarray(0, 10)).toEqual(both.arrays['randomized/layer1.0']!.subarray(0, 10));
  expect(arrays['randomized/layer1.0']!.subarray(10).every(Number.isNaN)).toBe(true);
});

test('a network that answers everything alike has maps without contrast: nothing is ranked, nothing fails', async () => {
  const { parameters } = networks.networks[0]!;
  const silent = { ...networks, networks: [{ ...networks.networks[0]!, parameters: new Float32Array(parameters.length) }] };
  const { arrays } = await examined({ source: { ...networkSource(), regressor: encodeNetworks(silent) } });
  expect(faithfulnessMeasures.every((_, k) => Number.isNaN(arrays['faithfulness/last']![k]))).toBe(true);
  expect(arrays['stability/last']!.every(Number.isNaN)).toBe(true);
  const value = examine.read({ header: { ...both.header, layers: networkSource().layers }, arrays: { ...arrays, images: Int32Array.of(17, 40) } });
  expect(value.perturbation['finite-elements'].donor.map((trials) => trials.map((trial) => trial !== undefined))).toEqual([[false, false], [false, false], [true, true]]);
});

test('exact contributions are examined by the finite elements alone', async () => {
  const source = { method: 'exact', edges: [6], contribution: 'total', phases: boronInAluminum, test: input.test, boundary: 'periodic' } as const;
  const alone = await examined({ source, objective: { ...input.objective, sense: 'minimize', directions: ['y'] } });
  expect(alone.header).toEqual({ nativeEdges: [32], parts: [] });
  const value = examine.read({ header: { ...alone.header, layers: ['edge-6'] }, arrays: { ...alone.arrays, images: Int32Array.of(17, 40) } });
  // They are not compared with themselves, and there are no weights; how complex and how stable they are is known.
  const [ofMaps] = value.layers;
  expect(ofMaps).toMatchObject({ layer: 'edge-6', nativeEdge: 32, randomized: new Float64Array(), entropy: new Float64Array() });
  expect(faithfulnessMeasures.filter((_, k) => Number.isFinite(ofMaps!.faithfulness[k]))).toEqual(['gini']);
  expect(ofMaps!.stability).toHaveLength(2 * stabilityMeasures.length);
  expect(ofMaps!.stability.every((number) => number >= 0)).toBe(true);
  expect([...value.perturbation.network.donor, ...value.perturbation.network.surroundings].flat().every((trial) => trial === undefined)).toBe(true);
  const tester = createVirtualTester(32, boronInAluminum, input.test);
  const [ofSquares, again] = value.perturbation['finite-elements'].donor;
  // Their own ranking is not measured twice.
  expect(again).toEqual([undefined, undefined]);
  for (const i of [0, 1]) {
    expect(ofSquares![i]!.whole).toBe(tester.run(unpackImage(images, i)).youngsModulus!.y);
    for (const values of [ofSquares![i]!.own, ...ofSquares![i]!.shifted]) expect([values.length, Array.from(values).every(Number.isFinite)]).toEqual([6, true]);
  }
});

test('images that are not periodic are examined without going around their edges', async () => {
  const open = await examined({ boundary: 'open' });
  expect(Object.keys(open.arrays)).toEqual(Object.keys(both.arrays));
  const [ofOpen, ofPeriodic] = [open, both].map(({ header, arrays }) => examine.read({ header: { ...header, layers: networkSource().layers }, arrays: { ...arrays, images: Int32Array.of(17, 40) } }));
  // The map itself is the same, what it is compared with is moved in another way.
  const measures = faithfulnessMeasures.length;
  expect(ofOpen!.layers[0]!.faithfulness.subarray(0, measures)).toEqual(ofPeriodic!.layers[0]!.faithfulness.subarray(0, measures));
  expect(ofOpen!.layers[0]!.faithfulness.subarray(measures, 2 * measures)).not.toEqual(ofPeriodic!.layers[0]!.faithfulness.subarray(measures, 2 * measures));
  const [trialOpen, trialPeriodic] = [ofOpen!, ofPeriodic!].map(({ perturbation }) => perturbation['finite-elements'].donor[0]![0]!);
  expect(trialOpen!.whole).toBe(trialPeriodic!.whole);
  expect(trialOpen!.shifted).not.toEqual(trialPeriodic!.shifted);
});
