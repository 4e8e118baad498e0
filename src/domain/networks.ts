/*
 * The two regressors as plain data: a stem, residual stages of basic blocks, global average pooling,
 * one linear layer. `resnet18` is He et al. 2016 (arXiv 1512.03385, table 1) with one input channel
 * and one output per property. `compact` (ours) begins with a lossless 4 × 4 space-to-depth, so its first
 * convolution already works on a quarter of the resolution, and has three narrow stages.
 * Layers are named as in torchvision's resnet.py.
 */
import type { Interval } from './intervals';

/** Which network. */
export const networks = ['compact', 'resnet18'] as const;
export type NetworkKind = (typeof networks)[number];

/** A network, apart from its weights. */
export interface NetworkPlan {
  readonly kind: NetworkKind;
  /** Edge of the square of pixels that becomes the channels of one input position; 1 leaves the image. */
  readonly spaceToDepth: number;
  readonly stem: { readonly kernel: number; readonly stride: number; readonly channels: number; readonly maxPooling: boolean };
  readonly stages: readonly { readonly channels: number; readonly blocks: number; readonly stride: number }[];
}

const plans: Readonly<Record<NetworkKind, NetworkPlan>> = {
  compact: {
    kind: 'compact',
    spaceToDepth: 4,
    stem: { kernel: 3, stride: 1, channels: 32, maxPooling: false },
    stages: [
      { channels: 32, blocks: 1, stride: 1 },
      { channels: 48, blocks: 2, stride: 2 },
      { channels: 64, blocks: 2, stride: 2 },
    ],
  },
  resnet18: {
    kind: 'resnet18',
    spaceToDepth: 1,
    stem: { kernel: 7, stride: 2, channels: 64, maxPooling: true },
    stages: [
      { channels: 64, blocks: 2, stride: 1 },
      { channels: 128, blocks: 2, stride: 2 },
      { channels: 256, blocks: 2, stride: 2 },
      { channels: 512, blocks: 2, stride: 2 },
    ],
  },
};

/** The plan of a network. */
export function planOf(kind: NetworkKind): NetworkPlan {
  return plans[kind];
}

/** A basic block's place: names, sizes, and whether its shortcut is a convolution. */
export interface BlockPlan {
  readonly name: string;
  readonly inputs: number;
  readonly channels: number;
  readonly stride: number;
  readonly projects: boolean;
}

/** The blocks of each stage in order. */
export function blocksOf(plan: NetworkPlan): readonly (readonly BlockPlan[])[] {
  let inputs = plan.stem.channels;
  return plan.stages.map(({ channels, blocks, stride }, s) =>
    Array.from({ length: blocks }, (_, b) => {
      const block = {
        name: `layer${s + 1}.${b}`,
        inputs,
        channels,
        stride: b === 0 ? stride : 1,
        projects: b === 0 && (stride !== 1 || inputs !== channels),
      };
      inputs = channels;
      return block;
    }),
  );
}

/** A layer of a network that can be explained. */
export interface NetworkLayer {
  /** As torchvision names its module. */
  readonly name: string;
  /** The stem's convolution and pooling, or what a block does: its shortcut's convolution, its two convolutions, and their sum. */
  readonly kind: 'stem' | 'pooling' | 'projection' | 'first' | 'second' | 'sum';
  readonly stride: number;
  /** Pixels of the image along one position of the layer's map. */
  readonly reduction: number;
}

/** All layers in the order of evaluation. */
export function layersOf(plan: NetworkPlan): readonly NetworkLayer[] {
  let reduction = plan.spaceToDepth;
  const layer = (name: string, kind: NetworkLayer['kind'], stride: number): NetworkLayer => ({ name, kind, stride, reduction: reduction * stride });
  const layers = [layer('conv1', 'stem', plan.stem.stride)];
  reduction *= plan.stem.stride;
  if (plan.stem.maxPooling) {
    layers.push(layer('maxpool', 'pooling', 2));
    reduction *= 2;
  }
  for (const { name, stride, projects } of blocksOf(plan).flat()) {
    if (projects) layers.push(layer(`${name}.downsample.0`, 'projection', stride));
    layers.push(layer(`${name}.conv1`, 'first', stride));
    reduction *= stride;
    layers.push(layer(`${name}.conv2`, 'second', 1), layer(name, 'sum', 1));
  }
  return layers;
}

/** By how much the last feature map is smaller than the image. */
export function reductionOf(plan: NetworkPlan): number {
  return layersOf(plan).at(-1)!.reduction;
}

/** The end of the last stage, and of the stages that many before it. */
export const stageEnds = ['last', 'stage-1', 'stage-2', 'stage-3'] as const;

/** A layer by a word: the end of a stage counted from the last or by its number, or a name in torchvision's resnet.py, such as `layer2.1`, `layer3.0.conv1`, `conv1`. */
export type LayerName = (typeof stageEnds)[number] | 'conv1' | 'maxpool' | `layer${string}`;

/** Every word for a layer of a network, the last layer first; several words may name the end of a stage. */
export function namedLayers(kind: NetworkKind): ReadonlyMap<LayerName, NetworkLayer> {
  const plan = planOf(kind);
  const layers = layersOf(plan).toReversed();
  const ends = blocksOf(plan).map((blocks) => layers.find(({ name }) => name === blocks.at(-1)!.name)!).toReversed();
  return new Map([
    ...ends.map((end, s) => [stageEnds[s]!, end] as const),
    ...ends.map((end, s) => [`layer${ends.length - s}`, end] as const),
    ...layers.map((layer) => [layer.name as LayerName, layer] as const),
  ]);
}

/** Positions along an edge of a layer's map; undefined when the network has no such layer. */
export function mapEdge(kind: NetworkKind, layer: LayerName, resolution: number): number | undefined {
  const found = namedLayers(kind).get(layer);
  return found && resolution / found.reduction;
}

/** Pixels along an edge of an image: powers of two, because networks halve it several times. */
export const resolutions: Interval = { lower: 32, upper: 1024 };

/** The resolution nearest by its ratio. */
export function nearestResolution(pixels: number): number {
  const [least, most] = [Math.log2(resolutions.lower), Math.log2(resolutions.upper)];
  return 2 ** Math.min(most, Math.max(least, Math.round(Math.log2(Math.max(1, pixels)))));
}
