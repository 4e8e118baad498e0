import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import type { LearningSettings } from '#domain/learning';
import { planOf } from '#domain/networks';
import { layoutOf } from '#engine/learning/network/parameter-layout';
import type { Artifact } from '#engine/core/artifact';
import { Cancelled, neverAborted, type CancellationSignal } from '#engine/core/run-context';
import { imageOf } from '#engine/grid/image-2d';
import { packImages, unpackImage } from '#engine/grid/microstructure-batch';
import { sharedTrainingSizes } from '#engine/learning/training/fit-network';
import { writeInitialFit, type FitArrays } from '#engine/learning/training/fit-state';
import { predict } from '#engine/learning/training/predict';
import { pretrainedFrom, type PretrainedWeights } from '#engine/learning/training/torch-weights';
import type { RegressionDataset } from '#engine/learning/training/regression-dataset';
import { createRng } from '#engine/core/rng';
import { regressorFor, type TrainedNetworks } from '#engine/learning/training/regressor';
import {
  decodeCheckpoint, decodeNetworks, decodeRegressor, encodeCheckpoint, encodeNetworks, namedArrays,
  type TrainingCheckpoint,
} from '#engine/learning/training/training-artifacts';
import { antiTranspose, transformRaster } from '#engine/learning/network/symmetry';
import { joinTraining, type Team } from '#engine/learning/training/team';
import { createTeamMemory, trainRegressor } from '#engine/learning/training/train-regressor';
import { learningContext } from '#test/support/learning-context';
import { stripedDataset, stripedSettings, withModuli } from '#test/support/striped-dataset';

const alone: Team = { member: 0, members: 1 };
/** Pixels, the fewest that the compact network takes. */
const edge = 16;
const dataset = stripedDataset(60, edge);

/** A rate at which the loss goes up and down. */
const restless = { learningRate: 0.02, schedule: 'constant' } as const;

afterEach(() => {
  expect(tf.memory().numTensors).toBe(0);
});

async function train(
  settings: Partial<LearningSettings> = {},
  { team = alone, data = dataset, pretrained, resumeFrom, onEpoch, signal = neverAborted, seed = 1 }: {
    readonly team?: Team;
    readonly data?: RegressionDataset;
    readonly pretrained?: PretrainedWeights;
    readonly resumeFrom?: TrainingCheckpoint;
    readonly onEpoch?: (checkpoint: TrainingCheckpoint) => void;
    readonly signal?: CancellationSignal;
    readonly seed?: number;
  } = {},
): Promise<TrainedNetworks> {
  const context = await learningContext(seed, 'wasm', signal);
  const trained = await trainRegressor(context, data, { ...stripedSettings, ...settings }, team, {
    ...(pretrained && { pretrained }),
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
    const { quality, networks, split } = await train({ epochs: 10 }, { data: stripedDataset(120) });
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
  });

  test('the epoch with the smallest validation loss is kept, which is that of its weights', async () => {
    const checkpoints: TrainingCheckpoint[] = [];
    const regressor = await train({ epochs: 4, ...restless }, { onEpoch: (checkpoint) => checkpoints.push(structuredClone(checkpoint)) });
    const { bestEpoch, curve, parameters, outputs } = regressor.networks[0]!;
    const { minimum, maximum } = outputs[0]!;
    const losses = curve.map(({ validationLoss }) => validationLoss!);
    expect(bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(parameters).toEqual(checkpoints[bestEpoch - 1]!.fits[0]!.parameters);

    const { validation } = regressor.split;
    const predicted = await predict(await learningContext(1), regressorFor(regressor, 'youngs-modulus'), dataset.images, validation);
    const errors = (['x', 'y'] as const).flatMap((direction) =>
      Array.from(validation, (image, i) => ((predicted[direction][i]! - dataset.labels['youngs-modulus'][direction][image]!) / (maximum - minimum)) ** 2),
    );
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length / Math.min(...losses)).toBeCloseTo(1, 4);
  });

  test('without validation images the last epoch is kept', async () => {
    const { networks, split } = await train({ epochs: 3, ...restless, validation: 0 });
    expect(split).toMatchObject({ training: { length: 48 }, validation: { length: 0 } });
    expect(networks[0]!.bestEpoch).toBe(3);
    expect(networks[0]!.curve[0]).not.toHaveProperty('validationLoss');
  });

  test('the hold-out has no part in it: other labels there give the same weights', async () => {
    const regressor = await train({ epochs: 1 });
    const held = new Set(regressor.split.holdOut);
    const other = await train({ epochs: 1 }, { data: withModuli(dataset, (values) => values.map((value, image) => (held.has(image) ? -7 * value : value))) });
    expect(other.networks).toEqual(regressor.networks);
    expect(other.quality[0]!.r2).not.toBe(regressor.quality[0]!.r2);
  });

  test('patience ends a training when the validation loss has not fallen for so long', async () => {
    const patience = 2;
    const { curve, bestEpoch } = (await train({ epochs: 40, ...restless, patience })).networks[0]!;
    expect(curve.length).toBeLessThan(40);
    expect(curve.length - bestEpoch).toBe(patience);
    // It had not waited for as long before.
    let best = 0;
    for (const { epoch, validationLoss } of curve.slice(0, -1)) {
      if (best === 0 || validationLoss! < curve[best - 1]!.validationLoss!) best = epoch;
      expect(epoch - best).toBeLessThan(patience);
    }
  });

  test('separate directions: two networks of one each, each from its own labels', async () => {
    const { networks, quality } = await train({ directions: 'separate', epochs: 1 });
    expect(networks.map(({ serves }) => serves)).toEqual([['x'], ['y']]);
    expect(networks[0]!.parameters).not.toEqual(networks[1]!.parameters);
    expect(quality.length).toBe(2);
  });

  test('resnet18 trains', async () => {
    const { networks } = await train({ network: 'resnet18', epochs: 1, batchSize: 32, augmentation: 'none' }, { data: stripedDataset(60) });
    expect(networks[0]!.parameters.length).toBe(11_170_753);
    expect(Number.isFinite(networks[0]!.curve[0]!.validationLoss)).toBe(true);
    expect(namedArrays('resnet18', 1, networks[0]!).map(({ name }) => name)).toContain('layer4.1.bn2.running_var');
  });

  test('a shared network predicts y of an image as x of the anti-transposed one', async () => {
    const regressor = regressorFor(await train({ epochs: 1 }), 'youngs-modulus');
    const { images } = dataset;
    const turned = packImages(
      Array.from({ length: images.count }, (_, i) => {
        const pixels = Float32Array.from(unpackImage(images, i).data);
        return imageOf('binary', edge, edge, Uint8Array.from(transformRaster(pixels, edge, antiTranspose)));
      }),
      edge,
    );
    const context = await learningContext(1);
    const { x, y } = await predict(context, regressor, images);
    expect(y).not.toEqual(x);
    expect(await predict(context, regressor, turned)).toEqual({ x: y, y: x });
  });
});

test('an epoch that showed near copies is not selected once there are others, and patience does not count it', async () => {
  const { curve, bestEpoch } = (await train({ epochs: 4, ...restless, learningRate: 0.05, augmentation: 'shifts', patience: 1 }, { seed: 6 })).networks[0]!;
  const [, second, third, last] = curve.map(({ validationLoss }) => validationLoss!);
  // The first three epochs show near copies; the loss of the second is less than that of the third and of the last.
  expect(second).toBeLessThan(third!);
  expect(second).toBeLessThan(last!);
  expect(bestEpoch).toBe(4);
});

describe('several properties at once', () => {
  const both = { properties: ['youngs-modulus', 'poisson-ratio'] } as const;

  test('are learned by one network and judged each, the loss being the mean of their normalized errors', async () => {
    const data = stripedDataset(120);
    const trained = await train({ ...both, epochs: 10 }, { data });
    const { outputs, curve, bestEpoch, parameters } = trained.networks[0]!;
    expect(outputs.map(({ property }) => property)).toEqual(['youngs-modulus', 'poisson-ratio']);
    expect(parameters.length).toBe(layoutOf(planOf('compact'), 2).parameterCount);
    expect(trained.quality.map(({ property, direction }) => `${property} ${direction}`)).toEqual([
      'youngs-modulus x', 'youngs-modulus y', 'poisson-ratio x', 'poisson-ratio y',
    ]);
    for (const { property, direction, r2, measured, images } of trained.quality) {
      expect(r2).toBeGreaterThan(0.9);
      expect(measured[0]).toBe(data.labels[property as 'poisson-ratio'][direction][images[0]!]);
    }
    const errors: number[] = [];
    for (const [p, property] of both.properties.entries()) {
      const predicted = await predict(await learningContext(1), regressorFor(trained, property), data.images, trained.split.validation);
      const { minimum, maximum } = outputs[p]!;
      for (const direction of ['x', 'y'] as const) {
        trained.split.validation.forEach((image, i) => errors.push(((predicted[direction][i]! - data.labels[property][direction][image]!) / (maximum - minimum)) ** 2));
      }
    }
    const loss = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(loss / curve[bestEpoch - 1]!.validationLoss!).toBeCloseTo(1, 3);
  });

  test('are stored together and read one by one', async () => {
    const trained = await train({ ...both, epochs: 1, directions: 'separate' });
    const artifact = stored(encodeNetworks(trained));
    expect(decodeNetworks(artifact)).toEqual({ ok: true, value: trained });
    const ratio = decodeRegressor(artifact, 'poisson-ratio');
    expect(ratio).toEqual({ ok: true, value: regressorFor(trained, 'poisson-ratio') });
    expect(ratio.ok && ratio.value.networks[1]!.parameters.length).toBe(layoutOf(planOf('compact')).parameterCount);
  });

  test('end with the same bytes after every interruption and with two members, from weights of a network of one property', async () => {
    // Two of the three epochs show near copies.
    const shifted = { ...both, epochs: 3, augmentation: 'shifts' } as const;
    const pretrained = pretrainedFrom(await train({ epochs: 1 }));
    const checkpoints: TrainingCheckpoint[] = [];
    const whole = await train(shifted, { pretrained, onEpoch: (checkpoint) => checkpoints.push(structuredClone(checkpoint)) });
    for (const resumeFrom of checkpoints) expect(await train(shifted, { pretrained, resumeFrom })).toEqual(whole);
    const shared = createTeamMemory(dataset.images.count, { ...stripedSettings, ...both });
    expect(await Promise.all([0, 1].map((member) => train(shifted, { pretrained, team: { member, members: 2, shared } })))).toEqual([whole, whole]);
  });
});

describe('a training that starts from weights', () => {
  test('has them all but the head, which is drawn as ever', () => {
    const { headOffset } = layoutOf(planOf('compact'));
    const backbone = new Float32Array(headOffset).fill(0.25);
    const [fresh, { parameters }] = [undefined, backbone].map((given) => {
      const { fit } = joinTraining({ member: 0, members: 1 }, sharedTrainingSizes(0, stripedSettings), neverAborted);
      writeInitialFit(fit, stripedSettings, createRng(1), given);
      return fit;
    }) as [FitArrays, FitArrays];
    expect(parameters.subarray(0, headOffset)).toEqual(backbone);
    expect(parameters.subarray(headOffset)).toEqual(fresh.parameters.subarray(headOffset));
  });

  test('learns in one epoch what a fresh one does not', async () => {
    const before = await train({ epochs: 6 });
    const [fresh, transferred] = [await train({ epochs: 1 }), await train({ epochs: 1 }, { pretrained: pretrainedFrom(before) })];
    expect(transferred.quality[0]!.mse).toBeLessThan(0.5 * fresh.quality[0]!.mse);
  });

  test('takes for each network that of its own direction, and ends with the same bytes after every interruption and with two members', async () => {
    const pretrained = pretrainedFrom(await train({ epochs: 1, directions: 'separate' }));
    const settings = { epochs: 1, directions: 'separate' } as const;
    const checkpoints: TrainingCheckpoint[] = [];
    const whole = await train(settings, { pretrained, onEpoch: (checkpoint) => checkpoints.push(structuredClone(checkpoint)) });
    for (const resumeFrom of checkpoints) expect(await train(settings, { pretrained, resumeFrom })).toEqual(whole);

    const shared = createTeamMemory(dataset.images.count, { ...stripedSettings, ...settings });
    expect(await Promise.all([0, 1].map((member) => train(settings, { pretrained, team: { member, members: 2, shared } })))).toEqual([whole, whole]);

    const swapped = { ...pretrained, networks: pretrained.networks.map(({ serves }, i) => ({ serves, backbone: pretrained.networks[1 - i]!.backbone })) };
    const other = await train(settings, { pretrained: swapped });
    for (const n of [0, 1]) expect(other.networks[n]!.parameters).not.toEqual(whole.networks[n]!.parameters);
    await expect(train(settings, { pretrained: swapped, resumeFrom: checkpoints[0]! })).rejects.toThrow('checkpoint-foreign');
  });
});

describe('the same bytes', () => {
  test('for one seed, others for another', async () => {
    const first = await train({ epochs: 1 });
    expect(await train({ epochs: 1 })).toEqual(first);
    expect((await train({ epochs: 1 }, { seed: 2 })).networks[0]!.parameters).not.toEqual(first.networks[0]!.parameters);
  });

  test.each([{ directions: 'shared', epochs: 3, interruptions: 3 }, { directions: 'separate', epochs: 2, interruptions: 4 }] as const)('after every interruption, $directions directions', async ({ directions, epochs, interruptions }) => {
    const checkpoints: Artifact[] = [];
    const whole = await train({ directions, epochs }, { onEpoch: (checkpoint) => checkpoints.push(stored(encodeCheckpoint(checkpoint))) });
    expect(checkpoints.length).toBe(interruptions);
    for (const artifact of checkpoints) {
      const resumeFrom = decodeCheckpoint(artifact);
      if (!resumeFrom.ok) throw new Error(resumeFrom.findings[0]!.message);
      expect(await train({ directions, epochs }, { resumeFrom: resumeFrom.value })).toEqual(whole);
    }
  });

  test('after interruptions of a training that patience ends: at the first and the last epoch of each network', async () => {
    const settings = { epochs: 40, ...restless, patience: 1, directions: 'separate' } as const;
    const checkpoints: TrainingCheckpoint[] = [];
    const whole = await train(settings, { onEpoch: (checkpoint) => checkpoints.push(structuredClone(checkpoint)) });
    const epochs = whole.networks.map(({ curve }) => curve.length);
    expect(checkpoints.length).toBe(epochs[0]! + epochs[1]!);
    for (const at of [0, epochs[0]! - 1, epochs[0]!, checkpoints.length - 1]) expect(await train(settings, { resumeFrom: checkpoints[at]! })).toEqual(whole);
  });

  test('with two members as with one', async () => {
    const settings = { ...stripedSettings, epochs: 2, batchSize: 13 };
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
    const data = withModuli(dataset, (values, direction) => (direction === 'x' ? values.map(() => NaN) : values));
    await expect(train({}, { data })).rejects.toThrow('label-not-finite');
  });
});

describe('artifacts', () => {
  test('a regressor comes back from the store as it was', async () => {
    const regressor = await train({ epochs: 1, directions: 'separate' });
    const artifact = encodeNetworks(regressor);
    expect(artifact.arrays['x/layer1.0.conv1.weight']!.length).toBe(9 * 32 * 32);
    expect(decodeNetworks(stored(artifact))).toEqual({ ok: true, value: regressor });
  });

  test('a checkpoint keeps the best weights once when they are those of its last epoch', async () => {
    const checkpoints: Artifact[] = [];
    const { curve } = (await train({ epochs: 6, ...restless }, { onEpoch: (checkpoint) => checkpoints.push(encodeCheckpoint(checkpoint)) })).networks[0]!;
    const losses = curve.map(({ validationLoss }) => validationLoss!);
    const atItsBest = losses.map((loss, e) => loss <= Math.min(...losses.slice(0, e + 1)));
    expect(new Set(atItsBest)).toEqual(new Set([true, false]));
    expect(checkpoints.map(({ arrays }) => !('0/bestParameters' in arrays))).toEqual(atItsBest);
  });

  test('damage is a finding', async () => {
    const { header, arrays } = encodeNetworks(await train({ epochs: 1 }));
    const { 'xy/fc.bias': _, ...rest } = arrays;
    expect(decodeRegressor({ header, arrays: rest }, 'youngs-modulus')).toMatchObject({ ok: false, findings: [{ code: 'regressor-unreadable', message: expect.stringContaining('xy/fc.bias') }] });
    expect(decodeCheckpoint({ header: {}, arrays: {} })).toMatchObject({ ok: false, findings: [{ code: 'checkpoint-unreadable' }] });
  });
});
