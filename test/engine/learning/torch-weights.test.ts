/* Weights in PyTorch's order: against PyTorch, there and back, and what does not fit. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planOf, type NetworkKind } from '#domain/networks';
import { layoutOf } from '#engine/learning/network/parameter-layout';
import { createEvaluationNetwork, predictBatch } from '#engine/learning/network/evaluation-network';
import { setUpNetwork } from '#engine/learning/network/network-input';
import { identity } from '#engine/learning/network/symmetry';
import { backboneFromTorch, torchTensors, type NamedTensor, type UnreadTensor } from '#engine/learning/training/torch-weights';
import { learningContext } from '#test/support/learning-context';
import { waveEdge, waveImages, waveNetworkFile, waveNumbers, waveWeights } from '#test/support/wave-network';

const golden = JSON.parse(readFileSync(new URL('../../golden/learning/safetensors-reference.json', import.meta.url), 'utf8'));

/** Outputs for the four images of the golden numbers. */
async function outputsOf(kind: NetworkKind, parameters: Float32Array, statistics: Float32Array): Promise<Float32Array> {
  await learningContext(0);
  const { plan, layout, encoder } = setUpNetwork(kind, waveEdge);
  const network = createEvaluationNetwork(plan, layout, parameters, statistics);
  const outputs = await predictBatch(network, encoder, waveImages, Int32Array.of(0, 1, 2, 3), identity);
  network.dispose();
  return outputs;
}

function tensorsOf(kind: NetworkKind): NamedTensor[] {
  return [...torchTensors(kind, 1, waveWeights(layoutOf(planOf(kind))))];
}

function messageOf(kind: NetworkKind, tensors: readonly (NamedTensor | UnreadTensor)[]): string {
  const backbone = backboneFromTorch(kind, tensors);
  if (backbone.ok) return 'fits';
  expect(backbone.findings[0]!.code).toBe('weights-mismatch');
  return backbone.findings[0]!.message;
}

test('PyTorch has read the very file that we write, and predicts from it what we predict', async () => {
  expect(createHash('sha256').update(waveNetworkFile()).digest('hex')).toBe(golden.ourFile.sha256);
  const { parameters, statistics } = waveWeights(layoutOf(planOf('compact')));
  const outputs = await outputsOf('compact', parameters, statistics);
  outputs.forEach((output, i) => expect(Math.abs(output / golden.ourFile.outputs[i] - 1)).toBeLessThan(1e-4));
});

test('weights of three colors predict from a gray picture what PyTorch does from three equal channels', async () => {
  const { parameters, statistics } = waveWeights(layoutOf(planOf('resnet18')));
  const colors = { name: 'conv1.weight', shape: [64, 3, 7, 7], values: waveNumbers(64 * 3 * 49, 900, 0, 0.05) };
  const others = tensorsOf('resnet18').filter(({ name }) => name !== 'conv1.weight' && !name.startsWith('fc.'));
  const extras = [
    { name: 'fc.weight', shape: [1000, 512], values: new Float32Array(512_000) },
    { name: 'bn1.num_batches_tracked', shape: [], type: 'I64' },
  ];
  const backbone = backboneFromTorch('resnet18', [...extras, ...others, colors]);
  if (!backbone.ok) throw new Error(backbone.findings[0]!.message);
  parameters.set(backbone.value);
  const outputs = await outputsOf('resnet18', parameters, statistics);
  outputs.forEach((output, i) => expect(Math.abs(output / golden.colorWeights[i] - 1)).toBeLessThan(1e-4));
});

test.each(['compact', 'resnet18'] as const)('%s comes back as it was, but for its head', (kind) => {
  const layout = layoutOf(planOf(kind));
  const { parameters } = waveWeights(layout);
  expect(layout.headOffset).toBe(layout.parameters.find(({ name }) => name === 'fc.weight')!.offset);
  expect(backboneFromTorch(kind, tensorsOf(kind))).toEqual({ ok: true, value: parameters.slice(0, layout.headOffset) });
});

describe('what does not fit is listed', () => {
  test('another network, and no more than a few of its arrays', () => {
    const message = messageOf('resnet18', tensorsOf('compact'));
    expect(message).toMatch(/^The weights do not fit resnet18: conv1\.weight is 32 × 16 × 3 × 3 instead of 64 × any × 7 × 7; bn1\.weight is 32 instead of 64; /);
    expect(message).toMatch(/; and \d+ more\.$/);
    expect(message.split(';')).toHaveLength(7);
  });

  test.each([
    ['is missing', (tensors: NamedTensor[]) => tensors.filter(({ name }) => name !== 'layer2.0.bn1.bias'), 'layer2.0.bn1.bias is missing.'],
    ['is unknown', (tensors: NamedTensor[]) => [...tensors, { name: 'layer2.7.conv1.weight', shape: [1], values: new Float32Array(1) }], 'layer2.7.conv1.weight is not one of its arrays.'],
    ['is no number', (tensors: NamedTensor[]) => tensors.map((tensor) => (tensor.name === 'bn1.bias' ? { ...tensor, values: tensor.values.map(() => NaN) } : tensor)), 'bn1.bias contains NaN.'],
    ['is of whole numbers', (tensors: NamedTensor[]) => tensors.map((tensor) => (tensor.name === 'bn1.bias' ? { name: tensor.name, shape: tensor.shape, type: 'I64' } : tensor)), 'bn1.bias is of type I64 instead of F32, F64, F16 or BF16.'],
    ['has other channels than a network that sees sixteen', (tensors: NamedTensor[]) => tensors.map((tensor) => (tensor.name === 'conv1.weight' ? { ...tensor, shape: [32, 48, 3, 3] } : tensor)), 'conv1.weight is 32 × 48 × 3 × 3 instead of 32 × 16 × 3 × 3.'],
  ])('an array %s', (_, change, message) => {
    expect(messageOf('compact', change(tensorsOf('compact')))).toBe(`The weights do not fit compact: ${message}`);
  });
});
