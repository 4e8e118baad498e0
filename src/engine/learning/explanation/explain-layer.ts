/* The layer that a file names as a place in a network. */
import { failure, success, type Result } from '#engine/core/finding';
import { layerNamesOf, placeBehind, type LayerPlace } from '../network/evaluate-network';
import type { ExplainLayer } from './explain-settings';
import { blocksOf, type NetworkPlan } from '../network/network-plan';

/** Finding `layer-missing`, with the names of all layers, when the network does not have it. */
export function placeOfLayer(plan: NetworkPlan, layer: ExplainLayer): Result<LayerPlace> {
  const stage = stageOf(plan, layer);
  const name = stage === undefined ? layer : (blocksOf(plan)[stage - 1]?.at(-1)?.name ?? '');
  const place = placeBehind(plan, name);
  if (place !== undefined) return success(place);
  return failure(
    'layer-missing',
    `Network ${plan.kind} has no layer ${layer}.`,
    `Explain the last layer, one of the ${plan.stages.length - 1} stages before it, or one of ${layerNamesOf(plan).join(', ')}.`,
  );
}

/** The stage (1 = first) whose end is meant; undefined when the layer is no stage. */
function stageOf({ stages }: NetworkPlan, layer: ExplainLayer): number | undefined {
  if (layer === 'last') return stages.length;
  if (layer.startsWith('stage-')) return stages.length - Number(layer.slice('stage-'.length));
  return /^layer\d+$/.test(layer) ? Number(layer.slice('layer'.length)) : undefined;
}
