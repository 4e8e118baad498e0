/*
 * The sanity check of Adebayo et al. 2018 (arXiv 1810.03292): a map that explains what was learned must change when the
 * learned weights are discarded. The weights are re-randomized as before a training, part by part, from the output
 * backward.
 */
import { planOf, type NetworkPlan } from '#domain/networks';
import { initialParameters, initialStatistics, layoutOf } from '../network/parameter-layout';
import type { Rng } from '#engine/core/rng';
import type { RegressorNetwork, TrainedRegressor } from '../training/regressor';

/** The parts of a network in the order in which they are re-randomized, e.g. `fc`, `layer3`, …, `conv1`. */
export function networkParts({ stages }: NetworkPlan): readonly string[] {
  return ['fc', ...stages.map((_, s) => `layer${s + 1}`).reverse(), 'conv1'];
}

/** For each count, the regressor with the first `count` of its `networkParts` re-randomized, including running statistics. */
export function weightRandomizer(regressor: TrainedRegressor, rng: Rng): (count: number) => TrainedRegressor {
  const plan = planOf(regressor.kind);
  const layout = layoutOf(plan);
  const [freshParameters, freshStatistics] = [initialParameters(layout, rng), initialStatistics(layout)];
  return (count) => {
    const parts = networkParts(plan).slice(0, count);
    const randomize = (network: RegressorNetwork): RegressorNetwork => {
      const [parameters, statistics] = [network.parameters.slice(), network.statistics.slice()];
      for (const { name, offset, size } of layout.parameters) {
        if (parts.includes(partOf(name))) parameters.set(freshParameters.subarray(offset, offset + size), offset);
      }
      for (const { name, channels, meanOffset, varianceOffset } of layout.statistics) {
        if (!parts.includes(partOf(name))) continue;
        for (const offset of [meanOffset, varianceOffset]) statistics.set(freshStatistics.subarray(offset, offset + channels), offset);
      }
      return { ...network, parameters, statistics };
    };
    return { ...regressor, networks: regressor.networks.map(randomize) };
  };
}

/** `layer2.0.bn1.weight` belongs to `layer2`, the stem's normalization to `conv1`. */
function partOf(name: string): string {
  const [first] = name.split('.') as [string];
  return first === 'bn1' ? 'conv1' : first;
}
