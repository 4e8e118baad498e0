/* The layers of each network that can be explained, by the words of a file. */
import type { CaseSpecification } from './specification';

type Network = CaseSpecification['learning']['network'];
export type LayerName = CaseSpecification['explain']['layers'][number];

/** Residual blocks of each stage. */
const blocks: Readonly<Record<Network, readonly number[]>> = { compact: [1, 2, 2], resnet18: [2, 2, 2, 2] };

/**
 * Every word for a layer of a network, the last layer first, with the place that it names: several words
 * may name the end of a stage. Convolutions and blocks are named as in torchvision's resnet.py.
 */
export function layersOf(network: Network): ReadonlyMap<LayerName, string> {
  const stages = blocks[network];
  const endOf = (stage: number): string => `layer${stage}.${stages[stage - 1]! - 1}`;
  const numbers = stages.map((_, s) => stages.length - s);
  return new Map<LayerName, string>([
    ...numbers.map((stage, s) => [(['last', 'stage-1', 'stage-2', 'stage-3'] as const)[s]!, endOf(stage)] as const),
    ...numbers.map((stage) => [`layer${stage}`, endOf(stage)] as const),
    ...numbers.flatMap((stage) => namesOfStage(stage, stages[stage - 1]!)).map((name) => [name, name] as const),
    ...(network === 'resnet18' ? [['maxpool', 'maxpool'] as const] : []),
    ['conv1', 'conv1'] as const,
  ]);
}

/** Pixels of an image along a position of the last map; each stage before has positions half as wide. */
const coarsest: Readonly<Record<Network, number>> = { compact: 16, resnet18: 32 };

/** Positions along an edge of a layer's map; undefined when the network has no such layer. */
export function mapEdge(network: Network, layer: LayerName, resolution: number): number | undefined {
  const place = layersOf(network).get(layer);
  if (place === undefined) return undefined;
  // Convolutions of a stage have its size already; the stem's of resnet18 is pooled after it.
  const stage = Number(/^layer(\d)/.exec(place)?.[1] ?? 1);
  const finer = blocks[network].length - stage + (network === 'resnet18' && place === 'conv1' ? 1 : 0);
  return (resolution / coarsest[network]) * 2 ** finer;
}

/** Blocks and their convolutions, the last first; the first block of a later stage has a convolution in its shortcut. */
function namesOfStage(stage: number, count: number): `layer${string}`[] {
  return Array.from({ length: count }, (_, b) => `layer${stage}.${count - 1 - b}` as const).flatMap((block) => [
    block,
    `${block}.conv2` as const,
    `${block}.conv1` as const,
    ...(stage > 1 && block.endsWith('.0') ? [`${block}.downsample.0` as const] : []),
  ]);
}
