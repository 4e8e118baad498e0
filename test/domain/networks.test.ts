import { expect, test } from 'vitest';
import { layersOf, mapEdge, namedLayers, nearestResolution, networks, planOf, reductionOf } from '#domain/networks';

const namesOf = (kind: (typeof networks)[number]): string[] => layersOf(planOf(kind)).map(({ name }) => name);

test('layers are those of torchvision', () => {
  expect(namesOf('compact')).toEqual([
    'conv1',
    'layer1.0.conv1', 'layer1.0.conv2', 'layer1.0',
    'layer2.0.downsample.0', 'layer2.0.conv1', 'layer2.0.conv2', 'layer2.0', 'layer2.1.conv1', 'layer2.1.conv2', 'layer2.1',
    'layer3.0.downsample.0', 'layer3.0.conv1', 'layer3.0.conv2', 'layer3.0', 'layer3.1.conv1', 'layer3.1.conv2', 'layer3.1',
  ]);
  expect(namesOf('resnet18').slice(0, 3)).toEqual(['conv1', 'maxpool', 'layer1.0.conv1']);
});

test.each(networks)('%s: every layer has its name, and ends of stages have others besides', (network) => {
  const named = namedLayers(network);
  for (const name of namesOf(network)) expect(named.get(name as never)?.name).toBe(name);
  expect(new Set([...named.values()].map(({ name }) => name)).size).toBe(namesOf(network).length);
  const { stages } = planOf(network);
  stages.forEach(({ blocks }, s) => {
    const end = `layer${s + 1}.${blocks - 1}`;
    expect(named.get(`layer${s + 1}`)?.name).toBe(end);
    expect(named.get(s === stages.length - 1 ? 'last' : (`stage-${stages.length - 1 - s}` as 'stage-1'))?.name).toBe(end);
  });
  expect([...named.keys()][0]).toBe('last');
});

test.each([
  ['compact', 'conv1', 32], ['compact', 'layer1.0.conv2', 32], ['compact', 'stage-1', 16], ['compact', 'layer2.0.downsample.0', 16], ['compact', 'layer3', 8],
  ['resnet18', 'conv1', 64], ['resnet18', 'maxpool', 32], ['resnet18', 'stage-3', 32], ['resnet18', 'layer3.1.conv1', 8], ['resnet18', 'last', 4],
  ['compact', 'layer4', undefined],
] as const)('maps of %s at %s have %s positions along an edge at 128 pixels', (network, layer, edge) => {
  expect(mapEdge(network, layer, 128)).toBe(edge);
});

test('last feature maps are 4 × 4 for resnet18 and 8 × 8 for compact at 128 pixels', () => {
  expect(128 / reductionOf(planOf('resnet18'))).toBe(4);
  expect(128 / reductionOf(planOf('compact'))).toBe(8);
});

test('the nearest resolution is the nearest power of two by its ratio', () => {
  expect([0, 20, 45, 46, 100, 181, 182, 5000].map(nearestResolution)).toEqual([32, 32, 32, 64, 128, 128, 256, 1024]);
});
