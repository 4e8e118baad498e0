/*
 * Weights of a network outside a training: files for PyTorch, and weights that a training starts from (transfer learning).
 *
 * PyTorch keeps arrays with torchvision's names: torchvision's names, convolutions as [outputs, inputs,
 * height, width], the linear layer as [outputs, inputs]; ours are [height, width, inputs, outputs] and
 * [inputs, outputs]. Weights that were trained elsewhere, e.g. on photographs, have three color channels and a different head:
 * the channels of the first convolution are summed, which corresponds to a gray image, and the head is ignored.
 */
import { planOf, type NetworkKind } from '#domain/networks';
import type { Direction } from '#domain/objective';
import { failure, success, type Result } from '#domain/finding';
import { layoutOf, type ParameterLayout, type ParameterPlan } from '../network/parameter-layout';
import type { TrainedNetwork, TrainedNetworks } from './regressor';

/** A named array with PyTorch's order of axes. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** An array with a number type that weights cannot have. */
export interface UnreadTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The name of the type in safetensors, such as `I64`. */
  readonly type: string;
}

/** All arrays of a trained network with the given number of outputs, in the form that PyTorch loads as a state dict. */
export function torchTensors(
  kind: NetworkKind,
  outputs: number,
  { parameters, statistics }: Pick<TrainedNetwork, 'parameters' | 'statistics'>,
): readonly NamedTensor[] {
  const layout = layoutOf(planOf(kind), outputs);
  return [
    ...layout.parameters.map((plan) => ({
      name: plan.name,
      shape: torchShape(plan),
      values: toTorch(plan, parameters.subarray(plan.offset, plan.offset + plan.size)),
    })),
    ...layout.statistics.flatMap(({ name, channels, meanOffset, varianceOffset }) => [
      { name: `${name}.running_mean`, shape: [channels], values: statistics.subarray(meanOffset, meanOffset + channels) },
      { name: `${name}.running_var`, shape: [channels], values: statistics.subarray(varianceOffset, varianceOffset + channels) },
    ]),
  ];
}

/** The largest number of mismatches that a finding lists. */
const mostListed = 6;

/**
 * The parameters of a network before its head (`ParameterLayout.headOffset` of them), in our order of axes. Running
 * statistics are ignored, because the first mini-batch replaces them. Finding: `weights-mismatch`.
 */
export function backboneFromTorch(kind: NetworkKind, tensors: readonly (NamedTensor | UnreadTensor)[]): Result<Float32Array> {
  const layout = layoutOf(planOf(kind));
  const given = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const backbone = new Float32Array(layout.headOffset);
  const mismatches: string[] = [];
  for (const plan of layout.parameters) {
    if (plan.offset >= layout.headOffset) continue;
    const tensor = given.get(plan.name);
    const mismatch = mismatchOf(plan, tensor);
    if (mismatch === undefined) backbone.set(fromTorch(plan, tensor as NamedTensor), plan.offset);
    else mismatches.push(mismatch);
  }
  mismatches.push(...unknownNames(layout, tensors).map((name) => `${name} is not one of its arrays`));
  if (mismatches.length === 0) return success(backbone);
  const listed = mismatches.slice(0, mostListed).join('; ');
  const more = mismatches.length > mostListed ? `; and ${mismatches.length - mostListed} more` : '';
  return failure(
    'weights-mismatch',
    `The weights do not fit ${kind}: ${listed}${more}.`,
    `Choose a file with weights of ${kind} under torchvision's names, or choose the network that the file belongs to.`,
  );
}

function mismatchOf(plan: ParameterPlan, tensor: NamedTensor | UnreadTensor | undefined): string | undefined {
  const { name } = plan;
  if (tensor === undefined) return `${name} is missing`;
  if ('type' in tensor) return `${name} is of type ${tensor.type} instead of F32, F64, F16 or BF16`;
  const wanted = torchShape(plan);
  const fits = tensor.shape.length === wanted.length && tensor.shape.every((size, axis) => size === wanted[axis] || (sumsChannels(plan) && axis === 1));
  if (!fits) return `${name} is ${shapeText(tensor.shape)} instead of ${wanted.map((size, axis) => (sumsChannels(plan) && axis === 1 ? 'any' : size)).join(' × ')}`;
  const wrong = tensor.values.findIndex((value) => !Number.isFinite(value));
  return wrong < 0 ? undefined : `${name} contains ${tensor.values[wrong]}`;
}

/** Names that belong neither to parameters, nor to running statistics, nor to the head. */
function unknownNames({ parameters, statistics, headOffset }: ParameterLayout, tensors: readonly (NamedTensor | UnreadTensor)[]): readonly string[] {
  const known = new Set([
    ...parameters.filter(({ offset }) => offset < headOffset).map(({ name }) => name),
    ...statistics.flatMap(({ name }) => [`${name}.running_mean`, `${name}.running_var`, `${name}.num_batches_tracked`]),
  ]);
  return tensors.map(({ name }) => name).filter((name) => !known.has(name) && !name.startsWith('fc.')).toSorted();
}

/** Whether the network has one input channel, so that the channels of a color network are summed. */
function sumsChannels({ name, shape }: ParameterPlan): boolean {
  return name === 'conv1.weight' && shape[2] === 1;
}

function torchShape({ shape }: ParameterPlan): readonly number[] {
  if (shape.length === 4) return [shape[3]!, shape[2]!, shape[0]!, shape[1]!];
  return shape.length === 2 ? [shape[1]!, shape[0]!] : shape;
}

function toTorch({ shape }: ParameterPlan, values: Float32Array): Float32Array {
  if (shape.length === 1) return values;
  const outputs = shape.at(-1)!;
  const inputs = shape.at(-2)!;
  const taps = values.length / (inputs * outputs);
  const target = new Float32Array(values.length);
  for (let tap = 0; tap < taps; tap++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) target[(o * inputs + i) * taps + tap] = values[(tap * inputs + i) * outputs + o]!;
    }
  }
  return target;
}

/** The inverse of `toTorch`; inputs beyond those of the shape are added to the last one. */
function fromTorch({ shape }: ParameterPlan, { values, shape: given }: NamedTensor): Float32Array {
  if (shape.length === 1) return values;
  const outputs = shape.at(-1)!;
  const inputs = shape.at(-2)!;
  const givenInputs = given[1]!;
  const taps = values.length / (givenInputs * outputs);
  const target = new Float32Array(taps * inputs * outputs);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < givenInputs; i++) {
      const input = Math.min(i, inputs - 1);
      for (let tap = 0; tap < taps; tap++) target[(tap * inputs + input) * outputs + o]! += values[(o * givenInputs + i) * taps + tap]!;
    }
  }
  return target;
}

function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'a single number' : shape.join(' × ');
}

/** The initial parameters of one or two networks without their heads, which are always random at the start. */
export interface PretrainedWeights {
  readonly kind: NetworkKind;
  /** One network for both directions, or one per direction; entry i of a backbone is parameter i of the layout. */
  readonly networks: readonly { readonly serves: readonly Direction[]; readonly backbone: Float32Array }[];
}

/** Weights from a file; both directions start from the same weights. Findings: those of `backboneFromTorch`. */
export function pretrainedFromTorch(kind: NetworkKind, tensors: readonly (NamedTensor | UnreadTensor)[]): Result<PretrainedWeights> {
  const backbone = backboneFromTorch(kind, tensors);
  return backbone.ok ? success({ kind, networks: [{ serves: ['x', 'y'], backbone: backbone.value }] }) : backbone;
}

/** The final weights of another case's training. */
export function pretrainedFrom({ kind, networks }: TrainedNetworks): PretrainedWeights {
  const { headOffset } = layoutOf(planOf(kind));
  return { kind, networks: networks.map(({ serves, parameters }) => ({ serves, backbone: parameters.subarray(0, headOffset) })) };
}

/** The backbone for a network: that of the network which predicted its first direction. */
export function backboneFor({ networks }: PretrainedWeights, serves: readonly Direction[]): Float32Array {
  return networks.find((network) => network.serves.includes(serves[0]!))!.backbone;
}
