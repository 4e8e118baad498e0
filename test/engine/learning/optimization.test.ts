/* Optimizer steps, learning rates and upsampling against PyTorch. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ParameterLayout } from '#engine/learning/network/parameter-layout';
import { learningRateAt, stepAdam } from '#engine/learning/training/optimizer';
import { upsample } from '#engine/learning/explanation/explain';
import { stripedSettings } from '#test/support/striped-dataset';
import { waveNumbers } from '#test/support/wave-network';

const golden = JSON.parse(readFileSync(new URL('../../golden/learning/torch-reference.json', import.meta.url), 'utf8'));

const layout = (role: 'convolution' | 'normalization-scale'): ParameterLayout => ({
  parameters: [{ name: 'p', shape: [6], offset: 0, size: 6, role }],
  parameterCount: 6,
  headOffset: 6,
  outputs: 1,
  statistics: [],
  statisticsCount: 0,
});

describe('stepAdam', () => {
  const run = (optimizer: 'adam' | 'adamw', role: 'convolution' | 'normalization-scale'): number[] => {
    const parameters = waveNumbers(6, 1, 0, 1);
    const moments = { first: new Float32Array(6), second: new Float32Array(6) };
    for (let step = 0; step < 5; step++) {
      stepAdam(parameters, waveNumbers(6, 2 + step, 0, 0.5), moments, layout(role), { from: 0, to: 6 }, step + 1, 0.01, { ...stripedSettings, optimizer, weightDecay: 0.1 });
    }
    return [...parameters];
  };

  test.each(['adam', 'adamw'] as const)('%s as in torch', (optimizer) => {
    run(optimizer, 'convolution').forEach((value, i) => expect(value).toBeCloseTo(golden[optimizer][i], 6));
  });

  test('normalizations do not decay', () => {
    run('adamw', 'normalization-scale').forEach((value, i) => expect(value).toBeCloseTo(golden.adam[i], 6));
  });
});

describe('learningRateAt', () => {
  const rates = (schedule: 'one-cycle' | 'decay' | 'constant', steps: number): number[] =>
    Array.from({ length: steps }, (_, step) => learningRateAt({ ...stripedSettings, learningRate: 0.01, schedule }, step, steps));

  test('one-cycle as in torch', () => {
    rates('one-cycle', 40).forEach((rate, step) => expect(rate).toBeCloseTo(golden.oneCycle[step], 12));
  });

  test('one-cycle of a single step is finite', () => {
    expect(rates('one-cycle', 1).every(Number.isFinite)).toBe(true);
  });

  test('decay halves the rate five times', () => {
    expect(rates('decay', 6)).toEqual([0.01, 0.005, 0.0025, 0.00125, 0.000625, 0.0003125]);
  });

  test('constant', () => {
    expect(rates('constant', 2)).toEqual([0.01, 0.01]);
  });
});

describe('upsample', () => {
  test('as in torch', () => {
    upsample(waveNumbers(16, 3, 1, 1), 4, 10).forEach((value, i) => expect(value).toBeCloseTo(golden.upsampling[i], 6));
  });

  test('keeps a constant and the center of mass', () => {
    expect(upsample(new Float32Array(9).fill(2), 3, 12)).toEqual(new Float32Array(144).fill(2));
  });
});
