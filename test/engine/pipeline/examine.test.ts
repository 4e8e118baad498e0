import { beforeAll, expect, test } from 'vitest';
import type { Artifact } from '#engine/core/artifact';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { packImages, unpackImage } from '#engine/grid/microstructure-batch';
import { regressorFor, type TrainedNetworks, type TrainedRegressor } from '#engine/learning/training/regressor';
import { encodeNetworks } from '#engine/learning/training/training-artifacts';
import { predict } from '#engine/learning/training/predict';
import { trainRegressor } from '#engine/learning/training/train-regressor';
import { examineJob, type ExamineInput } from '#engine/pipeline/jobs/examine-job';
import type { NetworkSource } from '#engine/pipeline/jobs/map-source';
import { gatherImages } from '#engine/pipeline/gather-images';
import { examine } from '#engine/pipeline/stages/examine';
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
    randomizes: [true, true],
    shifts: 2,
  };
  both = await examined();
});

test('an image is examined the same alone as beside others', async () => {
  const second = await examined({ images: gatherImages(images, [1]), donors: gatherImages(donors, [1]), indices: [40], randomizes: [true] });
  expect(second.header).toEqual(both.header);
  for (const [name, array] of Object.entries(second.arrays)) {
    const half = both.arrays[name]!.length / 2;
    expect(array).toEqual(both.arrays[name]!.subarray(half));
  }
  const otherwise = await examined({ seed: 8, source: { ...networkSource(), layers: ['last'] } });
  expect(otherwise.arrays['randomized/last']).not.toEqual(both.arrays['randomized/last']);
  expect(otherwise.arrays['correlations/last']).toEqual(both.arrays['correlations/last']);
});

test('the image and its replaced self are measured by both', async () => {
  const value = examine.read({ header: { ...both.header, layers: networkSource().layers }, arrays: { ...both.arrays, images: Int32Array.of(17, 40) } });
  const tester = createVirtualTester(32, boronInAluminum, input.test);
  const { x, y } = tester.run(unpackImage(images, 1)).youngsModulus!;
  // The layers' rankings, and that of the finite elements.
  expect(value.perturbation['finite-elements']).toHaveLength(3);
  const exact = value.perturbation['finite-elements'][2]![1]!;
  expect(exact.whole).toBe(Math.min(x, y));
  expect(exact.shifted).toHaveLength(2);
  expect(Array.from(exact.own)).not.toEqual(Array.from(exact.shifted[0]!));
  const predicted = await predict(await learningContext(1), regressor, images);
  expect(value.perturbation.network[2]![0]!.whole / Math.min(predicted.x[0]!, predicted.y[0]!)).toBeCloseTo(1, 5);
  expect(value.layers.map(({ nativeEdge }) => nativeEdge)).toEqual([2, 8]);
  expect(value.parts).toEqual(['fc', 'layer3', 'layer2', 'layer1', 'conv1']);
});

test('random weights give another map, where it is asked for', async () => {
  // Finer maps have enough positions to show it: 64 per image.
  const last = (d: number, e: number): number => both.arrays['randomized/layer1.0']![5 * (2 * e + d) + 4]!;
  const mean = [last(0, 0), last(1, 0), last(0, 1), last(1, 1)].reduce((sum, value) => sum + value / 4, 0);
  expect(mean).toBeLessThan(0.8);
  for (const value of both.arrays['randomized/layer1.0']!) expect(value >= 0 && value <= 1).toBe(true);
  const { arrays } = await examined({ randomizes: [true, false] });
  expect(arrays['randomized/layer1.0']!.subarray(0, 10)).toEqual(both.arrays['randomized/layer1.0']!.subarray(0, 10));
  expect(arrays['randomized/layer1.0']!.subarray(10).every(Number.isNaN)).toBe(true);
});

test('a network that answers everything alike has maps without contrast: nothing is ranked, nothing fails', async () => {
  const { parameters } = networks.networks[0]!;
  const silent = { ...networks, networks: [{ ...networks.networks[0]!, parameters: new Float32Array(parameters.length) }] };
  const { arrays } = await examined({ source: { ...networkSource(), regressor: encodeNetworks(silent) } });
  expect(arrays['correlations/last']!.every(Number.isNaN)).toBe(true);
  const value = examine.read({ header: { ...both.header, layers: networkSource().layers }, arrays: { ...arrays, images: Int32Array.of(17, 40) } });
  expect(value.perturbation['finite-elements'].map((trials) => trials.map((trial) => trial !== undefined))).toEqual([[false, false], [false, false], [true, true]]);
});

test('exact contributions are examined by the finite elements alone', async () => {
  const source = { method: 'exact', scales: [4], contribution: 'total', phases: boronInAluminum, test: input.test } as const;
  const alone = await examined({ source, objective: { ...input.objective, sense: 'minimize', directions: ['y'] } });
  expect(alone.header).toEqual({ nativeEdges: [32], parts: [] });
  const value = examine.read({ header: { ...alone.header, layers: ['scale-4'] }, arrays: { ...alone.arrays, images: Int32Array.of(17, 40) } });
  // They are not compared with themselves, and there are no weights.
  expect(value.layers).toEqual([{ layer: 'scale-4', nativeEdge: 32, correlations: new Float64Array(4).fill(NaN), randomized: new Float64Array() }]);
  expect(value.perturbation.network.flat().every((trial) => trial === undefined)).toBe(true);
  const tester = createVirtualTester(32, boronInAluminum, input.test);
  const [ofScale, exact] = value.perturbation['finite-elements'];
  for (const i of [0, 1]) {
    expect(ofScale![i]!.whole).toBe(tester.run(unpackImage(images, i)).youngsModulus!.y);
    expect(exact![i]!.whole).toBe(ofScale![i]!.whole);
    for (const values of [ofScale![i]!.own, ...ofScale![i]!.shifted]) expect([values.length, Array.from(values).every(Number.isFinite)]).toEqual([6, true]);
  }
});
