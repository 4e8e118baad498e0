import { describe, expect, test } from 'vitest';
import { planOf } from '#domain/networks';
import { initialParameters, initialStatistics, layoutOf } from '#engine/learning/network/parameter-layout';
import { createRng } from '#engine/core/rng';
import { networkParts, weightRandomizer } from '#engine/learning/explanation/randomize-weights';
import type { RegressorNetwork, TrainedRegressor } from '#engine/learning/training/regressor';
import { namedArrays } from '#engine/learning/training/training-artifacts';

const layout = layoutOf(planOf('compact'));
const learned: Pick<RegressorNetwork, 'parameters' | 'statistics'> = {
  parameters: new Float32Array(layout.parameterCount).fill(2),
  statistics: new Float32Array(layout.statisticsCount).fill(3),
};
const regressor = { kind: 'compact', resolution: 32, networks: [learned] } as unknown as TrainedRegressor;

describe('weights are drawn anew', () => {
  test('part after part from the output back, normalizations with their convolutions', () => {
    expect(networkParts(planOf('compact'))).toEqual(['fc', 'layer3', 'layer2', 'layer1', 'conv1']);
    expect(networkParts(planOf('resnet18'))).toEqual(['fc', 'layer4', 'layer3', 'layer2', 'layer1', 'conv1']);
    const randomize = weightRandomizer(regressor, createRng(1));
    const kept = (count: number): string[] =>
      namedArrays('compact', 1, randomize(count).networks[0]!)
        .filter(({ name, values }) => values.every((value) => value === (/running/.test(name) ? 3 : 2)))
        .map(({ name }) => name);
    expect(kept(0)).toHaveLength(namedArrays('compact', 1, learned).length);
    expect(kept(1).filter((name) => name.startsWith('fc'))).toEqual([]);
    expect(kept(1)).toContain('layer3.1.bn2.running_var');
    expect(kept(3).map((name) => name.split('.')[0]).filter((part, i, all) => all.indexOf(part) === i)).toEqual(['conv1', 'bn1', 'layer1']);
    expect(kept(5)).toEqual([]);
  });

  test('as before a training, the same from the same stream', () => {
    const { parameters, statistics } = weightRandomizer(regressor, createRng(1))(5).networks[0]!;
    expect(parameters).toEqual(initialParameters(layout, createRng(1)));
    expect(statistics).toEqual(initialStatistics(layout));
    expect(weightRandomizer(regressor, createRng(2))(5).networks[0]!.parameters).not.toEqual(parameters);
  });
});
