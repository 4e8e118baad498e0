/*
 * What one TensorFlow.js backend finds, as one line of JSON: the layers and the training steps of
 * test/golden/learning/torch-backends.json, and how many tensors each public function of `learning` leaves.
 * In a process of its own, because a software driver is chosen by the environment that a process starts with.
 *
 * Arguments: backend, path of the golden file, folder of the WebAssembly files, root of the project.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { rangeOf } from '#engine/learning/network/parameter-layout';
import { createRng } from '#engine/core/rng';
import { neverAborted, silentProgress } from '#engine/core/run-context';
import { stepAdam } from '#engine/learning/training/optimizer';
import { openBackend, type BackendHost, type BackendName, type LearningContext } from '#engine/learning/backend/backend';
import { normalizeBatch } from '#engine/learning/backend/batch-normalization';
import { explain } from '#engine/learning/explanation/explain';
import { linearHead } from '#engine/learning/network/training-network';
import { createEvaluationNetwork } from '#engine/learning/network/evaluation-network';
import { setUpNetwork } from '#engine/learning/network/network-input';
import { foldRegressor, predict } from '#engine/learning/training/predict';
import { fitNetwork, sharedTrainingSizes } from '#engine/learning/training/fit-network';
import { initialProgress, writeInitialFit } from '#engine/learning/training/fit-state';
import { averageGradients, computeShard, lossesOf, shardSize } from '#engine/learning/training/shard-gradient';
import type { TrainedRegressor } from '#engine/learning/training/regressor';
import { identity } from '#engine/learning/network/symmetry';
import { joinTraining, shardCount } from '#engine/learning/training/team';
import { labelScale, labelsOf, shardOf } from '#engine/learning/training/regression-dataset';
import { stripedDataset, stripedSettings, type StripedDataset } from '#test/support/striped-dataset';
import { digest, drawWaveImages, waveNumbers, waveWeights } from '#test/support/wave-network';

/** What torch_backends.py stores. */
export interface BackendGolden {
  readonly layers: readonly LayerCase[];
  readonly training: { readonly steps: number; readonly rate: number; readonly edge: number; readonly losses: readonly number[]; readonly weights: readonly Digest[] };
}

export type Digest = readonly [norm: number, wave: number];

interface LayerCase {
  readonly kind: 'convolution' | 'max-pooling' | 'normalization' | 'head';
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly stride?: number;
  readonly padding?: number;
  /** Of the output, then of the gradient of each input. */
  readonly digests: readonly Digest[];
}

/** What this program answers. */
export interface BackendNumbers {
  readonly backend: string;
  readonly layers: readonly (readonly Digest[])[];
  readonly losses: readonly number[];
  readonly weights: readonly Digest[];
  /** Tensors before and after each function. */
  readonly tensors: Readonly<Record<string, readonly [number, number]>>;
}

const [backend, golden, wasmPath, root] = process.argv.slice(2) as [BackendName, string, string, string];
const { layers, training } = JSON.parse(readFileSync(golden, 'utf8')) as BackendGolden;
const fromRoot = createRequire(`${root}/package.json`);
const host: BackendHost = {
  softwareAdapters: 'accepted',
  importPackage: (name) => import(pathToFileURL(fromRoot.resolve(name)).href),
  async prepareFor() {
    const { create, globals } = (await this.importPackage('webgpu')) as { create(flags: string[]): unknown; globals: object };
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
  },
};

function operationOf({ kind, stride, padding }: LayerCase): (...inputs: tf.Tensor[]) => tf.Tensor {
  return (...inputs) => {
    switch (kind) {
      case 'convolution':
        return tf.conv2d(inputs[0] as tf.Tensor4D, inputs[1] as tf.Tensor4D, stride!, padding!, 'NHWC', 1, 'floor');
      case 'max-pooling':
        return tf.maxPool(inputs[0] as tf.Tensor4D, 3, stride!, padding!, 'floor');
      case 'head':
        return linearHead(inputs[0] as tf.Tensor4D, inputs[1] as tf.Tensor2D, inputs[2] as tf.Tensor1D);
      case 'normalization': {
        const [x, scale, shift, residual] = inputs as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.Tensor4D];
        const { result, mean, variance } = normalizeBatch(x, scale, shift, { residual, rectify: true });
        tf.dispose([mean, variance]);
        return result;
      }
    }
  };
}

async function layerNumbers(layer: LayerCase): Promise<Digest[]> {
  const operation = operationOf(layer);
  const results = tf.tidy(() => {
    const inputs = layer.shapes.map((shape, a) => tf.tensor(waveNumbers(shape.reduce((x, y) => x * y, 1), a, 0, 1), [...shape]));
    const result = operation(...inputs);
    return [result, ...tf.grads(operation)(inputs, tf.tensor(waveNumbers(result.size, 9, 0, 1), result.shape))];
  });
  const digests: Digest[] = [];
  for (const tensor of results) digests.push(digest((await tensor.data()) as Float32Array));
  tf.dispose(results);
  return digests;
}

async function trainingNumbers(): Promise<Pick<BackendNumbers, 'losses' | 'weights'>> {
  const { steps, rate, edge } = training;
  const setup = setUpNetwork('compact', edge);
  const { layout } = setup;
  const { parameters } = waveWeights(layout);
  const examples = [0.5, -1, 0.25, 2].map((label, image) => ({ image, symmetry: identity, labels: [label] }));
  const shards = Array.from({ length: shardCount }, () => new Float32Array(shardSize(layout)));
  const all = rangeOf(layout, 0, 1);
  const moments = { first: new Float32Array(layout.parameterCount), second: new Float32Array(layout.parameterCount) };
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    for (const [s, shard] of shards.entries()) await computeShard(setup, parameters, drawWaveImages(4, edge), shardOf(examples, s), shard);
    losses.push(...lossesOf(layout, examples, shards));
    stepAdam(parameters, averageGradients(examples, shards, all), moments, layout, all, step + 1, rate, { ...stripedSettings, optimizer: 'adam' });
  }
  return { losses, weights: layout.parameters.map(({ offset, size }) => digest(parameters.subarray(offset, offset + size))) };
}

/**
 * The smallest training that there is: one step on two images, one for the validation. `trainRegressor` consists of this and
 * of predictions of the images that it holds out, which take a software driver much longer.
 */
async function smallestTraining(context: LearningContext, dataset: StripedDataset): Promise<TrainedRegressor> {
  const settings = { ...stripedSettings, epochs: 1, batchSize: 4 };
  const split = { training: Int32Array.of(0, 1), validation: Int32Array.of(2), holdOut: Int32Array.of(3) };
  const serves = ['x', 'y'] as const;
  const scale = labelScale(labelsOf(dataset, 'youngs-modulus'), split, serves);
  const team = { member: 0, members: 1 };
  const shared = joinTraining(team, sharedTrainingSizes(split.validation.length, settings), context.signal);
  writeInitialFit(shared.fit, settings, context.rng);
  const fitted = await fitNetwork(context, setUpNetwork('compact', dataset.images.resolution), { dataset, split, serves, scales: [scale], settings }, initialProgress, context.rng, team, shared, () => Promise.resolve());
  if (!fitted.ok) throw new Error(fitted.findings[0]!.message);
  const { bestParameters: parameters, bestStatistics: statistics, bestEpoch, curve } = fitted.value;
  return {
    kind: 'compact',
    resolution: dataset.images.resolution,
    backend: context.backend.name,
    version: context.backend.version,
    parameterCount: parameters.length,
    networks: [{ serves, scale, parameters, statistics, bestEpoch, curve }],
    split,
    quality: [],
  };
}

async function tensorNumbers(context: LearningContext): Promise<BackendNumbers['tensors']> {
  const counts: Record<string, [number, number]> = {};
  const counted = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = tf.memory().numTensors;
    const value = await work();
    counts[name] = [before, tf.memory().numTensors];
    return value;
  };
  const dataset = stripedDataset(4, 16);
  const regressor = await counted('fitNetwork', () => smallestTraining(context, dataset));
  await counted('predict', () => predict(context, regressor, dataset.images, Int32Array.of(0, 1)));
  for (const method of ['grad-ram', 'hires-cam', 'layer-cam'] as const) {
    for (const layer of ['last', 'stage-1'] as const) {
      await counted(`explain by ${method} at ${layer}`, () => explain(context, foldRegressor(regressor), dataset.images, 'y', 'maximize', method, [layer], Int32Array.of(0)));
    }
  }
  await counted('createEvaluationNetwork', async () => {
    const { plan, layout } = setUpNetwork('compact', 16);
    createEvaluationNetwork(plan, layout, regressor.networks[0]!.parameters, regressor.networks[0]!.statistics).dispose();
  });
  return counts;
}

const opened = await openBackend({ backend, wasmPath, host });
if (!opened.ok) throw new Error(opened.findings[0]!.message);
const numbers: BackendNumbers = {
  backend: tf.getBackend(),
  layers: await Array.fromAsync(layers, layerNumbers),
  ...(await trainingNumbers()),
  tensors: await tensorNumbers({ signal: neverAborted, progress: silentProgress, rng: createRng(1), backend: opened.value }),
};
console.log(JSON.stringify(numbers));
// Dawn would keep the process alive.
process.exit();
