import { expect, test } from 'vitest';
import { layerNamesOf } from '#engine/learning/network/evaluate-network';
import { placeOfLayer } from '#engine/learning/explanation/explain-layer';
import type { ExplainLayer } from '#engine/learning/explanation/explain-settings';
import { planOf } from '#engine/learning/network/network-plan';
import { layersOf, mapEdge } from '#language/network-layers';

test.each(['compact', 'resnet18'] as const)('%s: the language knows the layers that the engine has, and which are the same', (network) => {
  const plan = planOf(network);
  const layers = layersOf(network);
  expect(layerNamesOf(plan).filter((name) => !layers.has(name as ExplainLayer))).toEqual([]);
  for (const [layer, place] of layers) {
    const found = placeOfLayer(plan, layer as ExplainLayer);
    expect(found.ok, layer).toBe(true);
    expect(placeOfLayer(plan, place as ExplainLayer)).toEqual(found);
  }
  expect(new Set(layers.values()).size).toBe(layerNamesOf(plan).length);
});

test.each([
  ['compact', 'conv1', 32], ['compact', 'layer1.0.conv2', 32], ['compact', 'stage-1', 16], ['compact', 'layer2.0.downsample.0', 16], ['compact', 'layer3', 8],
  ['resnet18', 'conv1', 64], ['resnet18', 'maxpool', 32], ['resnet18', 'stage-3', 32], ['resnet18', 'layer3.1.conv1', 8], ['resnet18', 'last', 4],
  ['compact', 'layer4', undefined],
] as const)('maps of %s at %s have %s positions along an edge at 128 pixels', (network, layer, edge) => {
  expect(mapEdge(network, layer, 128)).toBe(edge);
});
