/* What a training benchmark trains: a network, images with labels, and what the first step must find. */
import type { BackendChoice, LearningSettings } from '#domain/learning';
import { planOf, type NetworkKind } from '#domain/networks';
import { initialParameters, layoutOf, rangeOf } from '#engine/learning/network/parameter-layout';
import { createRng } from '#engine/core/rng';
import { packImages } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '#engine/learning/backend/backend';
import { setUpNetwork } from '#engine/learning/network/network-input';
import { shardOf, type RegressionDataset } from '#engine/learning/training/regression-dataset';
import { averageGradients, computeShard, lossesOf, shardSize } from '#engine/learning/training/shard-gradient';
import { identity } from '#engine/learning/network/symmetry';
import { shardCount } from '#engine/learning/training/team';
import { databaseImage } from './images';

const edge = 128;

/** One epoch of so many steps; both directions shared, so that it is one network. */
export interface TrainWork {
  readonly settings: LearningSettings;
  readonly dataset: RegressionDataset;
  readonly edge: number;
  readonly steps: number;
  /** All weights before the first step. */
  readonly parameters: Float32Array;
  /** A first batch, its images 0 or 1 a pixel. */
  readonly batch: readonly { readonly pixels: Uint8Array; readonly label: number }[];
  /** How many of the batch each shard has; batch normalization sees one shard at a time. */
  readonly parts: readonly number[];
}

/** Mean squared error before the first step, and the Euclidean norm of its gradient. */
export interface FirstStep {
  readonly loss: number;
  readonly gradientNorm: number;
}

/** Work on database images whose labels are random: how fast it goes does not depend on them. */
export function trainWork(network: NetworkKind, batchSize: number, steps: number, backend: BackendChoice): TrainWork {
  const rng = createRng(8);
  const training = (steps * batchSize) / 2;
  const count = Math.max(50, training + 10);
  const images = Array.from({ length: count }, (_, index) => databaseImage(edge, index));
  const labels = (name: string): Float64Array => {
    const stream = rng.fork(name);
    return Float64Array.from(images, () => stream.normal());
  };
  const drawn = { x: labels('x'), y: labels('y') };
  const dataset = { images: packImages(images, edge), labels: { 'youngs-modulus': drawn }, mirrorInvariance: { along: true, across: true } };
  const settings: LearningSettings = {
    network, properties: ['youngs-modulus'], epochs: 1, batchSize, learningRate: 1e-3, optimizer: 'adam', weightDecay: 0, schedule: 'constant',
    directions: 'shared', augmentation: 'symmetries', holdOut: 1 - training / count, validation: 0, backend,
  };
  const batch = images.slice(0, batchSize).map(({ data }, i) => ({ pixels: data, label: drawn.x[i]! }));
  const parts = Array.from({ length: shardCount }, (_, shard) => shardOf(batch, shard).length);
  return { settings, dataset, edge, steps, parameters: initialParameters(layoutOf(planOf(network)), rng), batch, parts };
}

/** The first step of the work by our own code, in this thread. */
export async function firstStep(context: LearningContext, { settings, dataset, edge: resolution, parameters, batch }: TrainWork): Promise<FirstStep> {
  context.signal.throwIfAborted();
  const setup = setUpNetwork(settings.network, resolution);
  const { layout } = setup;
  const examples = batch.map(({ label }, image) => ({ image, symmetry: identity, labels: [label] }));
  const shards = Array.from({ length: shardCount }, () => new Float32Array(shardSize(layout)));
  for (const [s, shard] of shards.entries()) await computeShard(setup, parameters, dataset.images, shardOf(examples, s), shard);
  const [loss] = lossesOf(layout, examples, shards);
  const gradient = averageGradients(examples, shards, rangeOf(layout, 0, 1)).subarray(0, layout.parameterCount);
  return { loss: loss!, gradientNorm: Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0)) };
}
