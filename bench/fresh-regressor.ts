/* A network with the weights that a training starts from: as fast as a trained one. */
import { planOf, type NetworkKind } from '#domain/networks';
import { initialParameters, initialStatistics, layoutOf } from '#engine/learning/network/parameter-layout';
import type { Artifact } from '#engine/core/artifact';
import { createRng } from '#engine/core/rng';
import { encodeNetworks } from '#engine/learning/training/training-artifacts';

export function freshRegressor(kind: NetworkKind, resolution: number): Artifact {
  const layout = layoutOf(planOf(kind));
  return encodeNetworks({
    kind,
    resolution,
    backend: 'wasm',
    version: 'none',
    networks: [
      {
        serves: ['x', 'y'],
        outputs: [{ property: 'youngs-modulus', mean: 0, deviation: 1, minimum: 0, maximum: 1 }],
        parameters: initialParameters(layout, createRng(1)),
        statistics: initialStatistics(layout),
        bestEpoch: 1,
        curve: [],
      },
    ],
    split: { training: new Int32Array(), validation: new Int32Array(), holdOut: new Int32Array() },
    quality: [],
  });
}
