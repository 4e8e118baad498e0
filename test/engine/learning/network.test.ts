/* Networks against PyTorch on the same weights and images. */
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { NetworkKind } from '#domain/networks';
import { createEvaluationNetwork, predictBatch } from '#engine/learning/network/evaluation-network';
import { setUpNetwork } from '#engine/learning/network/network-input';
import { computeShard, shardSize } from '#engine/learning/training/shard-gradient';
import { identity } from '#engine/learning/network/symmetry';
import { learningContext } from '#test/support/learning-context';
import { waveEdge as edge, waveImages as images, waveWeights } from '#test/support/wave-network';

const golden = JSON.parse(readFileSync(new URL('../../golden/learning/torch-reference.json', import.meta.url), 'utf8'));

function relative(actual: number, expected: number, scale: number): number {
  return Math.abs(actual - expected) / scale;
}

describe.each(['compact', 'resnet18'] as const)('%s as in torch', (kind: NetworkKind) => {
  const setup = setUpNetwork(kind, edge);
  const { layout } = setup;
  const { parameters, statistics } = waveWeights(layout);

  test('in evaluation', async () => {
    await learningContext(0);
    const before = tf.memory().numTensors;
    const network = createEvaluationNetwork(setup.plan, layout, parameters, statistics);
    const outputs = await predictBatch(network, setup.encoder, images, Int32Array.of(0, 1, 2, 3), identity);
    network.dispose();
    const expected: number[] = golden[kind].evaluation;
    const scale = Math.max(...expected.map(Math.abs));
    outputs.forEach((output, i) => expect(relative(output, expected[i]!, scale)).toBeLessThan(1e-4));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('in training: loss and all gradients', async () => {
    await learningContext(0);
    const before = tf.memory().numTensors;
    const target = new Float32Array(shardSize(layout));
    const examples = [0.5, -1, 0.25, 2].map((label, image) => ({ image, symmetry: identity, labels: [label] }));
    await computeShard(setup, parameters, images, examples, target);
    expect(tf.memory().numTensors).toBe(before);

    const { loss, gradientNorms, gradientWaves } = golden[kind];
    expect(relative(target.at(-1)!, loss, loss)).toBeLessThan(5e-4);
    layout.parameters.forEach(({ offset, size }, a) => {
      const gradient = target.subarray(offset, offset + size);
      const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
      const wave = gradient.reduce((sum, g, i) => sum + g * Math.sin(0.9 * i), 0);
      expect(relative(norm, gradientNorms[a], gradientNorms[a])).toBeLessThan(2e-3);
      expect(relative(wave, gradientWaves[a], gradientNorms[a] * Math.sqrt(Math.log(size + 2)))).toBeLessThan(2e-3);
    });
  });
});
