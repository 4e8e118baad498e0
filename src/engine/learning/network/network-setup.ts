import { planOf, type NetworkKind, type NetworkPlan } from '#domain/networks';
import { layoutOf, type ParameterLayout } from './parameter-layout';
import { createInputEncoder, type InputEncoder } from './input-encoding';

/** A network's plan and what follows from it for images of one resolution. */
export interface NetworkSetup {
  readonly plan: NetworkPlan;
  readonly layout: ParameterLayout;
  readonly encoder: InputEncoder;
}

/** Sets a network up for images of `resolution` × `resolution` pixels, with an output a property. */
export function setUpNetwork(kind: NetworkKind, resolution: number, outputs = 1): NetworkSetup {
  const plan = planOf(kind);
  return { plan, layout: layoutOf(plan, outputs), encoder: createInputEncoder(plan, resolution) };
}
