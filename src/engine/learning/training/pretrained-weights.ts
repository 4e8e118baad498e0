/* Weights that a training starts from instead of random ones: transfer learning. */
import { planOf, type NetworkKind } from '#domain/networks';
import type { Direction } from '#domain/objective';
import { layoutOf } from '../network/parameter-layout';
import { success, type Result } from '#engine/core/finding';
import type { TrainedNetworks } from './regressor';
import { backboneFromTorch, type NamedTensor, type UnreadTensor } from './torch-weights';

/** The parameters of one or two networks without their heads, which are always drawn afresh. */
export interface PretrainedWeights {
  readonly kind: NetworkKind;
  /** One for both directions, or one a direction; entry i of a backbone is parameter i of the layout. */
  readonly networks: readonly { readonly serves: readonly Direction[]; readonly backbone: Float32Array }[];
}

/** Weights from elsewhere: both directions start from the same. Findings: those of `backboneFromTorch`. */
export function pretrainedFromTorch(kind: NetworkKind, tensors: readonly (NamedTensor | UnreadTensor)[]): Result<PretrainedWeights> {
  const backbone = backboneFromTorch(kind, tensors);
  return backbone.ok ? success({ kind, networks: [{ serves: ['x', 'y'], backbone: backbone.value }] }) : backbone;
}

/** Weights that another case's training ended with. */
export function pretrainedFrom({ kind, networks }: TrainedNetworks): PretrainedWeights {
  const { headOffset } = layoutOf(planOf(kind));
  return { kind, networks: networks.map(({ serves, parameters }) => ({ serves, backbone: parameters.subarray(0, headOffset) })) };
}

/** The backbone for a network: that which served its first direction. */
export function backboneFor({ networks }: PretrainedWeights, serves: readonly Direction[]): Float32Array {
  return networks.find((network) => network.serves.includes(serves[0]!))!.backbone;
}
