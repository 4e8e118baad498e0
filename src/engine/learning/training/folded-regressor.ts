/* A regressor as far as it is asked and explained, never trained on: what an evaluation network is made of. */
import { planOf, type NetworkKind } from '#domain/networks';
import type { Direction } from '#domain/objective';
import { layoutOf } from '../network/parameter-layout';
import { foldNormalizations } from '../network/fold-normalizations';
import type { LabelScale } from './regression-dataset';
import type { TrainedRegressor } from './regressor';

/** One network, folded. */
export interface FoldedNetwork {
  /** Directions that it predicts, as in `TrainedNetwork`. */
  readonly serves: readonly Direction[];
  /** Property = mean + deviation × output, SI. */
  readonly scale: LabelScale;
  /** What `foldNormalizations` makes of its parameters and statistics. */
  readonly parameters: Float32Array;
}

/** Plain data, so it can cross threads; in shared memory a thread needs no copy of its own. */
export interface FoldedRegressor {
  readonly kind: NetworkKind;
  readonly resolution: number;
  readonly networks: readonly FoldedNetwork[];
}

/** Folds a regressor's networks, each into `reserve(count)` float32. */
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
