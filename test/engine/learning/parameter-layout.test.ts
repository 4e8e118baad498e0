import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { blocksOf, planOf } from '#domain/networks';
import { initialParameters, layoutOf } from '#engine/learning/network/parameter-layout';
import { createRng } from '#engine/core/rng';

const golden = JSON.parse(readFileSync(new URL('../../golden/learning/torch-reference.json', import.meta.url), 'utf8'));

describe('layouts', () => {
  test('resnet18 has 11.2 M parameters', () => {
    // He et al. 2016 with 1000 classes and 3 colors: 11 689 512. Without the classes' 513 000, the two
    // colors' 6 272 weights, and with one output's 513.
    expect(layoutOf(planOf('resnet18')).parameterCount).toBe(11_689_512 - 513_000 - 6_272 + 513);
  });

  test.each(['resnet18', 'compact'] as const)('%s has the arrays of the same network in torch', (kind) => {
    const layout = layoutOf(planOf(kind));
    expect(layout.parameters.map(({ name }) => name)).toEqual(golden[kind].names);
    expect(layout.parameterCount).toBe(golden[kind].parameters);
  });

  test('arrays lie one behind the other', () => {
    const { parameters, parameterCount } = layoutOf(planOf('compact'));
    let end = 0;
    for (const { offset, size, shape } of parameters) {
      expect(offset).toBe(end);
      expect(size).toBe(shape.reduce((a, b) => a * b));
      end += size;
    }
    expect(end).toBe(parameterCount);
  });

  test('projections are where the size changes', () => {
    expect(blocksOf(planOf('resnet18')).flat().filter(({ projects }) => projects).map(({ name }) => name)).toEqual(['layer2.0', 'layer3.0', 'layer4.0']);
  });
});

describe('fresh weights', () => {
  const layout = layoutOf(planOf('compact'));

  test('have the spread of He et al. and follow from the seed', () => {
    const values = initialParameters(layout, createRng(1));
    const { offset, size, shape } = layout.parameters.find(({ name }) => name === 'layer3.1.conv2.weight')!;
    const weights = values.subarray(offset, offset + size);
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / size;
    expect(variance / (2 / (9 * shape[3]!))).toBeCloseTo(1, 1);
    expect(initialParameters(layout, createRng(1))).toEqual(values);
    expect(initialParameters(layout, createRng(2))).not.toEqual(values);
  });
});
