/*
 * The layout of a network's arrays in one flat array of parameters and one of statistics. Parameters are named as in
 * torchvision's resnet.py; the axes have TensorFlow's order (convolution [height, width, inputs, outputs], linear
 * [inputs, outputs]).
 */
import { blocksOf, type NetworkPlan } from '#domain/networks';
import type { Rng } from '#engine/core/rng';

/** A named array of a network. */
export interface ParameterPlan {
  readonly name: string;
  readonly shape: readonly number[];
  /** The index of its first number in the flat array of all parameters. */
  readonly offset: number;
  readonly size: number;
  readonly role: 'convolution' | 'normalization-scale' | 'normalization-shift' | 'linear-weight' | 'linear-bias';
}

/** The position of the running mean and variance of a normalization in the flat array of statistics. */
export interface StatisticsPlan {
  /** e.g. `layer1.0.bn1`; its arrays end in `.running_mean` and `.running_var`. */
  readonly name: string;
  readonly channels: number;
  readonly meanOffset: number;
  readonly varianceOffset: number;
}

/** All arrays of a network in the order of their use. */
export interface ParameterLayout {
  readonly parameters: readonly ParameterPlan[];
  readonly parameterCount: number;
  /** The index of the first parameter of the head, the linear layer, which comes last. */
  readonly headOffset: number;
  readonly outputs: number;
  readonly statistics: readonly StatisticsPlan[];
  readonly statisticsCount: number;
}

/** A range of a network's flat parameters, from `from` up to but not including `to`. */
export interface ParameterRange {
  readonly from: number;
  readonly to: number;
}

/** One of several nearly equal ranges of all parameters. */
export function rangeOf({ parameterCount }: ParameterLayout, part: number, parts: number): ParameterRange {
  const start = (of: number): number => Math.floor((parameterCount * of) / parts);
  return { from: start(part), to: start(part + 1) };
}

/** Names, shapes and positions of all arrays of a network; the head has one output per property. */
export function layoutOf(plan: NetworkPlan, outputs = 1): ParameterLayout {
  const parameters: ParameterPlan[] = [];
  const statistics: StatisticsPlan[] = [];
  let parameterCount = 0;
  let statisticsCount = 0;
  const add = (name: string, shape: readonly number[], role: ParameterPlan['role']): void => {
    const size = shape.reduce((product, n) => product * n, 1);
    parameters.push({ name, shape, offset: parameterCount, size, role });
    parameterCount += size;
  };
  const addConvolution = (name: string, normalization: string, kernel: number, inputs: number, channels: number): void => {
    add(`${name}.weight`, [kernel, kernel, inputs, channels], 'convolution');
    add(`${normalization}.weight`, [channels], 'normalization-scale');
    add(`${normalization}.bias`, [channels], 'normalization-shift');
    statistics.push({ name: normalization, channels, meanOffset: statisticsCount, varianceOffset: statisticsCount + channels });
    statisticsCount += 2 * channels;
  };
  addConvolution('conv1', 'bn1', plan.stem.kernel, plan.spaceToDepth ** 2, plan.stem.channels);
  for (const block of blocksOf(plan).flat()) {
    addConvolution(`${block.name}.conv1`, `${block.name}.bn1`, 3, block.inputs, block.channels);
    addConvolution(`${block.name}.conv2`, `${block.name}.bn2`, 3, block.channels, block.channels);
    if (block.projects) addConvolution(`${block.name}.downsample.0`, `${block.name}.downsample.1`, 1, block.inputs, block.channels);
  }
  const headOffset = parameterCount;
  const features = plan.stages.at(-1)!.channels;
  add('fc.weight', [features, outputs], 'linear-weight');
  add('fc.bias', [outputs], 'linear-bias');
  return { outputs, parameters, parameterCount, headOffset, statistics, statisticsCount };
}

/**
 * Random initial weights: convolutions by He et al. 2015 (arXiv 1502.01852) over their outputs, as in torchvision;
 * normalizations 1 and 0; the linear layer uniform in ±1/√inputs.
 */
export function initialParameters(layout: ParameterLayout, rng: Rng): Float32Array {
  const values = new Float32Array(layout.parameterCount);
  for (const { name, shape, offset, size, role } of layout.parameters) {
    const stream = rng.fork(name);
    const target = values.subarray(offset, offset + size);
    if (role === 'convolution') {
      const deviation = Math.sqrt(2 / (shape[0]! * shape[1]! * shape[3]!));
      for (let i = 0; i < size; i++) target[i] = deviation * stream.normal();
    } else if (role === 'normalization-scale') {
      target.fill(1);
    } else if (role === 'linear-weight') {
      const bound = 1 / Math.sqrt(shape[0]!);
      for (let i = 0; i < size; i++) target[i] = stream.between(-bound, bound);
    }
  }
  return values;
}

/** Running statistics before the first step: mean 0, variance 1. */
export function initialStatistics(layout: ParameterLayout): Float32Array {
  const values = new Float32Array(layout.statisticsCount);
  for (const { varianceOffset, channels } of layout.statistics) values.fill(1, varianceOffset, varianceOffset + channels);
  return values;
}
