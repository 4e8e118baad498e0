/* Use of a trained regressor: predictions, and the folded form that explanations need. */
import { planOf, type NetworkKind } from '#domain/networks';
import type { Direction } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '../backend/backend';
import { createEvaluationNetwork, foldNormalizations, predictBatch } from '../network/evaluation-network';
import { setUpNetwork } from '../network/network-input';
import { layoutOf } from '../network/parameter-layout';
import { viewOf, type LabelScale } from './regression-dataset';
import type { TrainedRegressor } from './regressor';

/** The property in both directions, SI; entry i belongs to image `indices[i]`, by default to image i. */
export async function predict(
  context: LearningContext,
  regressor: TrainedRegressor,
  images: MicrostructureBatch,
  indices: Int32Array = Int32Array.from({ length: images.count }, (_, i) => i),
): Promise<{ readonly x: Float64Array; readonly y: Float64Array }> {
  ensure(images.resolution === regressor.resolution, 'the images have the resolution that the network was trained on');
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

/** One network, folded. */
export interface FoldedNetwork {
  /** The directions that it predicts, as in `TrainedNetwork`. */
  readonly serves: readonly Direction[];
  /** Property = mean + deviation × output, SI. */
  readonly scale: LabelScale;
  /** The parameters from `foldNormalizations`. */
  readonly parameters: Float32Array;
}

/** A regressor that only predicts and is explained, as plain data for other threads; in shared memory threads need no copies. */
export interface FoldedRegressor {
  readonly kind: NetworkKind;
  readonly resolution: number;
  readonly networks: readonly FoldedNetwork[];
}

/** Folds the networks of a regressor, each into `reserve(count)` float32 numbers. */
export function foldRegressor(
  { kind, resolution, networks }: TrainedRegressor,
  reserve: (count: number) => Float32Array = (count) => new Float32Array(count),
): FoldedRegressor {
  const layout = layoutOf(planOf(kind));
  return {
    kind,
    resolution,
    networks: networks.map(({ serves, scale, parameters, statistics }) => {
      const folded = reserve(layout.parameterCount);
      foldNormalizations(layout, parameters, statistics, folded);
      return { serves, scale, parameters: folded };
    }),
  };
}
