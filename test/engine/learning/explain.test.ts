import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Sense } from '#domain/objective';
import type { NetworkMethod } from '#domain/explanation';
import { layersOf, planOf, type LayerName } from '#domain/networks';
import { Cancelled } from '#engine/core/run-context';
import { imageOf } from '#engine/grid/image-2d';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { explain, rectified, type ActivationMap } from '#engine/learning/explanation/explain';
import { signedMaps } from '#engine/learning/explanation/grad-ram';
import {
  createEvaluationNetwork, foldNormalizations, forwardFrom, forwardInEvaluation, forwardTo, inputTensor,
  loadEvaluationNetwork, positionAfter, type LayerPosition,
} from '#engine/learning/network/evaluation-network';
import { setUpNetwork } from '#engine/learning/network/network-input';
import { foldRegressor, predict } from '#engine/learning/training/predict';
import { regressorFor, type TrainedRegressor } from '#engine/learning/training/regressor';
import { antiTranspose, identity, transformRaster } from '#engine/learning/network/symmetry';
import { trainRegressor } from '#engine/learning/training/train-regressor';
import { learningContext } from '#test/support/learning-context';
import { stripedDataset, stripedSettings } from '#test/support/striped-dataset';

const { images } = stripedDataset(60);
const last = positionAfter(planOf('compact'), 'layer3.1')!;
const earlier = positionAfter(planOf('compact'), 'layer2.1')!;
let regressor: TrainedRegressor;
/** Grad-RAM at the last layer, x, maximize. */
let plain: readonly ActivationMap[];

beforeAll(async () => {
  const trained = await trainRegressor(await learningContext(1), stripedDataset(60), { ...stripedSettings, epochs: 4 }, { member: 0, members: 1 }, {});
  if (!trained.ok) throw new Error(trained.findings[0]!.message);
  regressor = regressorFor(trained.value, 'youngs-modulus');
  plain = await maps('x');
});

function expectClose(actual: Float32Array, expected: Float32Array): void {
  actual.forEach((value, p) => expect(value).toBeCloseTo(expected[p]!, 4));
}

async function maps(
  direction: 'x' | 'y',
  sense: Sense = 'maximize',
  batch: MicrostructureBatch = images,
  layer: LayerName = 'last',
  method: NetworkMethod = 'grad-ram',
): Promise<readonly ActivationMap[]> {
  const before = tf.memory().numTensors;
  const explained = await explain(await learningContext(1), foldRegressor(regressor), batch, direction, sense, method, [layer]);
  expect(tf.memory().numTensors).toBe(before);
  if (!explained.ok) throw new Error(explained.findings[0]!.code);
  return explained.value[0]!;
}

/** The network that the regressor's weights make. */
function evaluationNetwork() {
  const setup = setUpNetwork('compact', 32);
  const { parameters, statistics } = regressor.networks[0]!;
  return { ...setup, network: createEvaluationNetwork(setup.plan, setup.layout, parameters, statistics) };
}

describe('the signed map', () => {
  test('before global average pooling sums to the output minus the bias', async () => {
    await learningContext(1);
    const { network, encoder, layout } = evaluationNetwork();
    const input = inputTensor(encoder, images, Int32Array.from({ length: 10 }, (_, i) => i), identity);
    const { maps: signed, outputs, edge } = await signedMaps(network, forwardTo(network, input, [last])[0]!, last, 'grad-ram', 1);
    const bias = regressor.networks[0]!.parameters[layout.parameters.find(({ name }) => name === 'fc.bias')!.offset]!;
    outputs.forEach((output, i) => {
      const sum = signed.subarray(i * edge * edge, (i + 1) * edge * edge).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(output - bias, 4);
      expect(Math.abs(output - bias)).toBeGreaterThan(1e-3);
    });
    network.dispose();
    input.dispose();
  });

  test('at an earlier layer weighs each feature map by its mean gradient', async () => {
    await learningContext(1);
    const { network, encoder } = evaluationNetwork();
    const input = inputTensor(encoder, images, Int32Array.of(3), identity);
    const { maps: signed } = await signedMaps(network, forwardTo(network, input, [earlier])[0]!, earlier, 'grad-ram', 1);
    // The sum of the map is Σ_k mean(A_k) Σ ∂y/∂A_k: how the output would begin to change if each
    // feature map were shifted by its own mean.
    const [before, after, step] = tf.tidy(() => {
      const features = forwardTo(network, input, [earlier])[0]!.main;
      const shift = tf.mean(features, [1, 2], true);
      const output = (share: number): number => forwardFrom(network, { main: tf.add(features, tf.mul(shift, share)) }, earlier).dataSync()[0]!;
      return [output(-1e-2), output(1e-2), 2e-2];
    });
    const slope = (after - before) / step;
    expect(signed.reduce((a, b) => a + b, 0) / slope).toBeCloseTo(1, 1);
    tf.dispose(input);
    network.dispose();
  });
});

describe('variants of the map', () => {
  test('HiResCAM is Grad-RAM before global average pooling, and another map at an earlier layer', async () => {
    (await maps('x', 'maximize', images, 'last', 'hires-cam')).forEach(({ signed }, i) => expectClose(signed, plain[i]!.signed));
    const [hires, gradRam] = [await maps('x', 'maximize', images, 'stage-1', 'hires-cam'), await maps('x', 'maximize', images, 'stage-1')];
    expect(hires.some(({ signed }, i) => signed.some((value, p) => Math.abs(value - gradRam[i]!.signed[p]!) > 0.01 * Math.max(...gradRam[i]!.signed)))).toBe(true);
  });

  test('LayerCAM takes nothing away: it is at least Grad-RAM before pooling, for both senses', async () => {
    for (const sense of ['maximize', 'minimize'] as const) {
      const weighed = await maps('x', sense);
      (await maps('x', sense, images, 'last', 'layer-cam')).forEach(({ signed }, i) =>
        signed.forEach((value, p) => expect(value).toBeGreaterThanOrEqual(weighed[i]!.signed[p]! - 1e-4)),
      );
    }
  });
});

describe('activation maps', () => {
  test('are rectified, scaled to 1, and of the images’ size', async () => {
    const all = await maps('x');
    expect(all.length).toBe(60);
    for (const { signed, nativeEdge, heat } of all) {
      expect([nativeEdge, heat.width, heat.height]).toEqual([2, 32, 32]);
      expect(Math.min(...heat.data)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...heat.data)).toBe(Math.max(...signed) > 0 ? 1 : 0);
    }
    expect(all.filter(({ signed }) => Math.max(...signed) > 0).length).toBeGreaterThan(10);
    expect(all.some(({ signed }) => Math.min(...signed) < 0)).toBe(true);
  });

  test('carry the prediction', async () => {
    const predictions = await predict(await learningContext(1), regressor, images);
    for (const direction of ['x', 'y'] as const) {
      (await maps(direction)).forEach(({ prediction }, i) => expect(prediction / predictions[direction][i]!).toBeCloseTo(1, 5));
    }
  });

  test('flip their sign with the objective: no position drives the output both ways', async () => {
    const [up, down] = [await maps('x', 'maximize'), await maps('x', 'minimize')];
    const { network, encoder } = evaluationNetwork();
    const input = inputTensor(encoder, images, Int32Array.from({ length: 60 }, (_, i) => i), identity);
    const { maps: signed } = await signedMaps(network, forwardTo(network, input, [last])[0]!, last, 'grad-ram', 1);
    up.forEach((map, i) => {
      const [raises, lowers] = [rectified(map.signed), rectified(down[i]!.signed)];
      raises.forEach((value, p) => {
        expect(value * lowers[p]!).toBe(0);
        expect(value - lowers[p]!).toBeCloseTo(signed[4 * i + p]!, 5);
      });
    });
    input.dispose();
    network.dispose();
  });

  test('of y are those of x on the anti-transposed image, turned back', async () => {
    const turned = packImages(
      Array.from({ length: 8 }, (_, i) => {
        const pixels = Float32Array.from({ length: 1024 }, (_, p) => (images.packed[i * 128 + (p >> 3)]! >> (7 - (p & 7))) & 1);
        return imageOf('binary', 32, 32, Uint8Array.from(transformRaster(pixels, 32, antiTranspose)));
      }),
      32,
    );
    const [y, x] = [await maps('y'), await maps('x', 'maximize', turned)];
    x.forEach(({ signed, heat, prediction }, i) => {
      expect(y[i]!.signed).toEqual(transformRaster(signed, 2, antiTranspose));
      // Upsampling rounds in another order on the turned map.
      transformRaster(heat.data, 32, antiTranspose).forEach((value, p) => expect(y[i]!.heat.data[p]).toBeCloseTo(value, 5));
      expect(y[i]!.prediction).toBe(prediction);
    });
  });

  test.each([[0], [1]])('of an image that is all %s are finite', async (value) => {
    const constant = packImages([imageOf('binary', 32, 32, new Uint8Array(1024).fill(value))], 32);
    for (const sense of ['maximize', 'minimize'] as const) {
      const [map] = await maps('x', sense, constant);
      expect([...map!.signed, ...map!.heat.data, map!.prediction].every(Number.isFinite)).toBe(true);
    }
  });

  test('are all zero, not NaN, where nothing drives the output', async () => {
    const silent = { ...regressor, networks: [{ ...regressor.networks[0]!, parameters: new Float32Array(regressor.parameterCount) }] };
    const explained = await explain(await learningContext(1), foldRegressor(silent), images, 'x', 'maximize', 'grad-ram', ['last'], Int32Array.of(0));
    expect(explained.ok && explained.value[0]![0]).toMatchObject({ heat: { data: new Float32Array(1024) }, prediction: silent.networks[0]!.scale.mean });
  });

  test('of earlier layers are finer; a layer that the network lacks is a finding', async () => {
    const [finer] = await maps('x', 'maximize', images, 'stage-1');
    const [finest] = await maps('x', 'maximize', images, 'stage-2');
    expect([finer!.nativeEdge, finest!.nativeEdge]).toEqual([4, 8]);
    await expect(maps('x', 'maximize', images, 'stage-3')).rejects.toThrow('layer-missing');
  });

  test('of several layers are those of each alone, in the order that is asked for', async () => {
    // `layer1.0.conv2` lies inside a block, whose shortcut is what `conv1` made.
    const layers = ['last', 'conv1', 'layer1.0.conv2', 'stage-2'] as const;
    const context = await learningContext(1);
    const before = tf.memory().numTensors;
    const all = await explain(context, foldRegressor(regressor), images, 'y', 'minimize', 'grad-ram', layers);
    expect(tf.memory().numTensors).toBe(before);
    const alone = [];
    for (const layer of layers) alone.push(await maps('y', 'minimize', images, layer));
    expect(all.ok && all.value).toEqual(alone);
  });

  test('that are cancelled leave no tensors', async () => {
    const context = await learningContext(1);
    const before = tf.memory().numTensors;
    let looks = 0;
    const signal = {
      aborted: false,
      throwIfAborted() {
        if (++looks === 2) throw new Cancelled('enough');
      },
    };
    await expect(explain({ ...context, signal }, foldRegressor(regressor), images, 'x', 'maximize', 'grad-ram', ['stage-1', 'last'])).rejects.toThrow(Cancelled);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('named layers', () => {
  test.each([
    ['layer3', 'last'], ['layer3.1', 'last'], ['layer2', 'stage-1'], ['layer2.1', 'stage-1'], ['layer1.0', 'stage-2'],
  ] as const)('%s is %s', async (name, other) => {
    const [a, b] = [await maps('y', 'maximize', images, name), await maps('y', 'maximize', images, other)];
    expect(a.map(({ signed }) => signed)).toEqual(b.map(({ signed }) => signed));
  });

  test.each(layersOf(planOf('compact')).map(({ name }) => name))('%s: the output is computed from its features, and its gradient is their effect', async (name) => {
    await learningContext(1);
    const { network, encoder } = evaluationNetwork();
    const input = inputTensor(encoder, images, Int32Array.of(7), identity);
    const place = positionAfter(planOf('compact'), name)!;
    const { maps: hires } = await signedMaps(network, forwardTo(network, input, [place])[0]!, place, 'hires-cam', 1);
    tf.tidy(() => {
      const features = forwardTo(network, input, [place])[0]!;
      const output = (share: number): number =>
        forwardFrom(network, { ...features, [place.output]: tf.mul(features[place.output]!, 1 + share) }, place).dataSync()[0]!;
      expect(output(0)).toBeCloseTo(forwardInEvaluation(network, input).dataSync()[0]!, 5);
      // Σ (∂y/∂A) A is how y begins to change when all of A grows by its own share.
      const slope = (output(3e-4) - output(-3e-4)) / 6e-4;
      expect(Math.abs(hires.reduce((a, b) => a + b, 0) / slope - 1)).toBeLessThan(0.06);
    });
    input.dispose();
    network.dispose();
  });

  test('that the network lacks are refused with a list of those that it has', async () => {
    const refused = await explain(await learningContext(1), foldRegressor(regressor), images, 'x', 'maximize', 'grad-ram', ['last', 'layer2.7']);
    expect(refused).toMatchObject({ ok: false, findings: [{ code: 'layer-missing', remedy: expect.stringContaining('layer2.1.conv2, layer2.1, layer3.0') as string }] });
  });
});

test('what leads to several layers is computed once', async () => {
  await learningContext(1);
  const { network, encoder } = evaluationNetwork();
  const input = inputTensor(encoder, images, Int32Array.of(5), identity);
  /** How many kernels run. */
  const kernelsTo = async (...places: LayerPosition[]): Promise<number> => {
    const { kernels } = await tf.profile(() => tf.tidy(() => void forwardTo(network, input, places)));
    return kernels.length;
  };
  expect(await kernelsTo(earlier)).toBeGreaterThan(10);
  expect(await kernelsTo(earlier, last)).toBe(await kernelsTo(last));
  expect(await kernelsTo(last, earlier)).toBe(await kernelsTo(last));
  input.dispose();
  network.dispose();
});

test.each(['wasm', 'cpu'] as const)('folded weights in shared memory make the same network, on backend %s', async (backend) => {
  await learningContext(1, backend);
  const { network, encoder, plan, layout } = evaluationNetwork();
  const folded = new Float32Array(new SharedArrayBuffer(4 * layout.parameterCount));
  const { parameters, statistics } = regressor.networks[0]!;
  foldNormalizations(layout, parameters, statistics, folded);
  const loaded = loadEvaluationNetwork(plan, layout, folded);
  // A network does not follow shared weights that another thread changes.
  folded.fill(NaN);
  const input = inputTensor(encoder, images, Int32Array.of(5, 6), identity);
  const [own, shared] = [network, loaded].map((each) => tf.tidy(() => forwardInEvaluation(each, input).dataSync()));
  expect(shared).toEqual(own);
  input.dispose();
  network.dispose();
  loaded.dispose();
});

test('an evaluation network is the function that prediction uses', async () => {
  const context = await learningContext(1);
  const { network, encoder } = evaluationNetwork();
  const input = inputTensor(encoder, images, Int32Array.of(5), identity);
  const output = tf.tidy(() => forwardInEvaluation(network, input).dataSync()[0]!);
  const { mean, deviation } = regressor.networks[0]!.scale;
  expect((await predict(context, regressor, images, Int32Array.of(5))).x[0]).toBe(mean + deviation * output);
  input.dispose();
  network.dispose();
});
