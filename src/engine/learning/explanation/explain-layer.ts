/* The layer that a file names as a place in a network. */
import { layersOf, namedLayers, type LayerName, type NetworkPlan } from '#domain/networks';
import { ensure } from '#engine/core/bug-error';
import { failure, success, type Result } from '#engine/core/finding';
import { placeBehind, type LayerPlace } from '../network/evaluate-network';

/** Finding `layer-missing`, with the names of all layers, when the network does not have it. */
export function placeOfLayer(plan: NetworkPlan, layer: LayerName): Result<LayerPlace> {
  const named = namedLayers(plan.kind).get(layer);
  if (named === undefined) {
    return failure(
      'layer-missing',
      `Network ${plan.kind} has no layer ${layer}.`,
      `Explain the last layer, one of the ${plan.stages.length - 1} stages before it, or one of ${layersOf(plan).map(({ name }) => name).join(', ')}.`,
    );
  }
  const place = placeBehind(plan, named.name);
  ensure(place !== undefined, `${plan.kind} has a place behind ${named.name}`);
  return success(place);
}
