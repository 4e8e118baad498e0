import type { Direction } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '../backend/backend';
import { createEvaluationNetwork } from '../network/network';
import { setUpNetwork } from '../network/network-setup';
import { predictBatch } from '../network/predict-batch';
import type { TrainedRegressor } from './regressor';
import { viewOf } from './training-examples';

/** The property in both directions, SI; entry i belongs to image `indices[i]`, by default to image i. */
export async function predict(
  context: LearningContext,
  regressor: TrainedRegressor,
  images: MicrostructureBatch,
  indices: Int32Array = Int32Array.from({ length: images.count }, (_, i) => i),
): Promise<{ readonly x: Float64Array; readonly y: Float64Array }> {
  ensure(images.resolution === regressor.resolution, 'images have the resolution that the network was trained on');
  const { plan, layout, encoder } = setUpNetwork(regressor.kind, regressor.resolution);
  const results = { x: new Float64Array(indices.length), y: new Float64Array(indices.length) };
  for (const { serves, scale, parameters, statistics } of regressor.networks) {
    const network = createEvaluationNetwork(plan, layout, parameters, statistics);
    try {
      for (const direction of serves) {
        context.signal.throwIfAborted();
        const outputs = await predictBatch(network, encoder, images, indices, viewOf(serves, direction));
        for (let i = 0; i < outputs.length; i++) results[direction][i] = scale.mean + scale.deviation * outputs[i]!;
      }
    } finally {
      network.dispose();
    }
  }
  return results;
}

/** The network of a regressor that predicts a direction. */
export function networkFor<Network extends { readonly serves: readonly Direction[] }>(
  { networks }: { readonly networks: readonly Network[] },
  direction: Direction,
): Network {
  const network = networks.find(({ serves }) => serves.includes(direction));
  ensure(network !== undefined, `a network serves ${direction}`);
  return network;
}
