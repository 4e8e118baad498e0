import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import type { Artifact } from '#engine/core/artifact';
import { Cancelled, neverAborted, type CancellationSignal } from '#engine/core/run-context';
import { imageOf } from '#engine/grid/image-2d';
import { packImages, unpackImage } from '#engine/grid/microstructure-batch';
import type { LearningSettings } from '#engine/learning/learning-settings';
import { predict } from '#engine/learning/predict';
import type { RegressionDataset } from '#engine/learning/regression-dataset';
import { decodeRegressor, encodeRegressor, namedArrays, type TrainedRegressor } from '#engine/learning/regressor';
import { antiTranspose, transformRaster } from '#engine/learning/symmetry';
import type { Team } from '#engine/learning/team';
import { createTeamMemory, trainRegressor } from '#engine/learning/train-regressor';
import { decodeCheckpoint, encodeCheckpoint, type TrainingCheckpoint } from '#engine/learning/training-checkpoint';
import { learningContext } from '#test/support/learning-context';
import { stripedDataset, stripedSettings } from '#test/support/striped-dataset';

const alone: Team = { member: 0, members: 1 };
const dataset = stripedDataset(60);

afterEach(() => {
  expect(tf.memory().numTensors).toBe(0);
});

async function train(
  settings: Partial<LearningSettings> = {},
  { team = alone, data = dataset, resumeFrom, onEpoch, signal = neverAborted, seed = 1 }: {
    readonly team?: Team;
    readonly data?: RegressionDataset;
    readonly resumeFrom?: TrainingCheckpoint;
    readonly onEpoch?: (checkpoint: TrainingCheckpoint) => void;
    readonly signal?: CancellationSignal;
    readonly seed?: number;
  } = {},
): Promise<TrainedRegressor> {
  const context = await learningContext(seed, 'wasm', signal);
  const trained = await trainRegressor(context, data, { ...stripedSettings, ...settings }, team, {
    ...(resumeFrom && { resumeFrom }),
    ...(onEpoch && { onEpoch }),
  });
  if (!trained.ok) throw new Error(trained.findings[0]!.code);
  return trained.value;
}

/** As the store and threads give an artifact back. */
function stored({ header, arrays }: Artifact): Artifact {
  return { header: JSON.parse(JSON.stringify(header)), arrays: structuredClone(arrays) };
}

describe('what is learned', () => {
  test('both directions of a rule that can be learned, with one network', async () => {
    const { quality, networks, split, parameterCount } = await train({ epochs: 10 }, { data: stripedDataset(120) });
    expect(quality.map(({ direction }) => direction)).toEqual(['x', 'y']);
    for (const { r2, mse, measured, predicted } of quality) {
      expect(r2).toBeGreaterThan(0.9);
      expect(mse).toBeLessThan(0.01);
      // R² once more, from the parity data.
      const mean = measured.reduce((a, b) => a + b) / measured.length;
      const [residual, spread] = [predicted, new Float64Array(measured.length).fill(mean)].map((guess) => measured.reduce((sum, m, i) => sum + (m - guess[i]!) ** 2, 0));
      expect(r2).toBeCloseTo(1 - residual! / spread!, 12);
    }
    expect(networks.map(({ serves }) => serves)).toEqual([['x', 'y']]);
    expect(networks[0]!.curve.length).toBe(10);
    expect(networks[0]!.curve.at(-1)!.trainLoss).toBeLessThan(0.2 * networks[0]!.curve[0]!.trainLoss);
    expect(split.holdOut.length).toBe(24);
    expect(parameterCount).toBe(networks[0]!.parameters.length);
  });

  test('the epoch with the smallest hold-out loss is kept, and quality is that of its weights', async () => {
    const checkpoints: TrainingCheckpoint[] = [];
    const { networks, quality } = await train({ epochs: 4, learningRate: 0.02, schedule: 'constant' }, { onEpoch: (checkpoint) => checkpoints.push(structuredClone(checkpoint)) });
    const losses = networks[0]!.curve.map(({ holdOutLoss }) => holdOutLoss);
    expect(networks[0]!.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(networks[0]!.parameters).toEqual(checkpoints[networks[0]!.bestEpoch - 1]!.fits[0]!.parameters);
    // Both directions have as many held-out images, so the loss is the mean of the two errors.
    expect((quality[0]!.mse + quality[1]!.mse) / 2 / Math.min(...losses)).toBeCloseTo(1, 4);
  });

  test('separate directions: two networks of one each, each from its own labels', async () => {
    const { networks, quality } = await train({ directions: 'separate', epochs: 2 });
    expect(networks.map(({ serves }) => serves)).toEqual([['x'], ['y']]);
    expect(networks[0]!.parameters).not.toEqual(networks[1]!.parameters);
    expect(quality.length).toBe(2);
  });

  test('resnet18 trains', async () => {
    const { networks, parameterCount } = await train({ network: 'resnet18', epochs: 1, batchSize: 32 });
    expect(parameterCount).toBe(11_170_753);
    expect(Number.isFinite(networks[0]!.curve[0]!.holdOutLoss)).toBe(true);
    expect(namedArrays('resnet18', networks[0]!).map(({ name }) => name)).toContain('layer4.1.bn2.running_var');
  });

  test('a shared network predicts y of an image as x of the anti-transposed one', async () => {
    const regressor = await train({ epochs: 1 });
    const { images } = dataset;
    const turned = packImages(
      Array.from({ length: images.count }, (_, i) => {
        const pixels = Float32Array.from(unpackImage(images, i).data);
        return imageOf('binary', 32, 32, Uint8Array.from(transformRaster(pixels, 32, antiTranspose)));
      }),
      32,
    );
    const context = await learningContext(1);
    const { x, y } = await predict(context, regressor, images);
    expect(y).not.toEqual(x);
    expect(await predict(context, regressor, turned)).toEqual({ x: y, y: x });
  });
});

describe('the same bytes', () => {
  test('for one seed, others for another', async () => {
    const first = await train();
    expect(await train()).toEqual(first);
    expect((await train({}, { seed: 2 })).networks[0]!.parameters).not.toEqual(first.networks[0]!.parameters);
  });

  test.each(['shared', 'separate'] as const)('after every interruption, %s directions', async (directions) => {
    const checkpoints: Artifact[] = [];
    const whole = await train({ directions }, { onEpoch: (checkpoint) => checkpoints.push(stored(encodeCheckpoint(checkpoint))) });
    expect(checkpoints.length).toBe(directions === 'shared' ? 3 : 6);
    for (const artifact of checkpoints) {
      const resumeFrom = decodeCheckpoint(artifact);
      if (!resumeFrom.ok) throw new Error(resumeFrom.findings[0]!.message);
      expect(await train({ directions }, { resumeFrom: resumeFrom.value })).toEqual(whole);
    }
  });

  test('with two members as with one', async () => {
    const settings = { ...stripedSettings, batchSize: 13 };
    const shared = createTeamMemory(dataset.images.count, settings);
    const both = await Promise.all([0, 1].map((member) => train(settings, { team: { member, members: 2, shared } })));
    const single = await train(settings);
    expect(both).toEqual([single, single]);
  });
});

describe('a training that stops', () => {
  test('on cancellation, with all its members', async () => {
    const shared = createTeamMemory(dataset.images.count, stripedSettings);
    let asked = 0;
    const signal: CancellationSignal = {
      get aborted() {
        return asked > 5;
      },
      throwIfAborted() {
        asked += 1;
        if (asked > 5) throw new Cancelled('enough');
      },
    };
    const members = await Promise.allSettled([
      train({}, { team: { member: 0, members: 2, shared } }),
      train({}, { team: { member: 1, members: 2, shared }, signal }),
    ]);
    for (const member of members) expect(member).toMatchObject({ status: 'rejected', reason: { name: 'Cancelled' } });
  });

  test('on divergence, with a finding', async () => {
    await expect(train({ learningRate: 1e30, schedule: 'constant', optimizer: 'adam' })).rejects.toThrow('training-diverged');
  });

  test('on a checkpoint of another training', async () => {
    const checkpoints: TrainingCheckpoint[] = [];
    await train({ epochs: 1 }, { onEpoch: (checkpoint) => checkpoints.push(structuredClone(checkpoint)) });
    await expect(train({ epochs: 2 }, { resumeFrom: checkpoints[0]! })).rejects.toThrow('checkpoint-foreign');
  });

  test('on labels that are no numbers', async () => {
    const data = { ...dataset, labels: { x: dataset.labels.x.map(() => NaN), y: dataset.labels.y } };
    await expect(train({}, { data })).rejects.toThrow('label-not-finite');
  });
});

describe('artifacts', () => {
  test('a regressor comes back from the store as it was', async () => {
    const regressor = await train({ epochs: 1, directions: 'separate' });
    const artifact = encodeRegressor(regressor);
    expect(artifact.arrays['x/layer1.0.conv1.weight']!.length).toBe(9 * 32 * 32);
    expect(decodeRegressor(stored(artifact))).toEqual({ ok: true, value: regressor });
  });

  test('damage is a finding', async () => {
    const { header, arrays } = encodeRegressor(await train({ epochs: 1 }));
    const { 'xy/fc.bias': _, ...rest } = arrays;
    expect(decodeRegressor({ header, arrays: rest })).toMatchObject({ ok: false, findings: [{ code: 'regressor-unreadable', message: expect.stringContaining('xy/fc.bias') }] });
    expect(decodeCheckpoint({ header: {}, arrays: {} })).toMatchObject({ ok: false, findings: [{ code: 'checkpoint-unreadable' }] });
  });
});
