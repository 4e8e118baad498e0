import { createInputEncoder, type InputEncoder } from './input-encoding';
import type { NetworkKind } from './learning-settings';
import { layoutOf, planOf, type NetworkPlan, type ParameterLayout } from './network-plan';

/** A network's plan and what follows from it for images of one resolution. */
export interface NetworkSetup {
  readonly plan: NetworkPlan;
  readonly layout: ParameterLayout;
  readonly encoder: InputEncoder;
}

/** Sets a network up for images of `resolution` × `resolution` pixels. */
export function setUpNetwork(kind: NetworkKind, resolution: number): NetworkSetup {
  const plan = planOf(kind);
  return { plan, layout: layoutOf(plan), encoder: createInputEncoder(plan, resolution) };
}
