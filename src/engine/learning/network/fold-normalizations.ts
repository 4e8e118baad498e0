/*
 * Batch normalization with fixed statistics is a factor and a shift a channel, which the convolution before
 * it can take over (W' = W s/√(v + ε), b' = shift − m s/√(v + ε)): the same function with fewer passes.
 */
import type { ParameterLayout } from './parameter-layout';
import { ensure } from '#engine/core/bug-error';
import { normalizationEpsilon } from '../backend/batch-normalization';

/**
 * Writes flat parameters with the running statistics folded into them to `target`, in the same order: the
 * convolutions' weights are the folded ones, each normalization's scale is 1 and its shift the folded bias.
 */
export function foldNormalizations(layout: ParameterLayout, parameters: Float32Array, statistics: Float32Array, target: Float32Array): void {
  ensure(parameters.length === layout.parameterCount, 'parameters fit the network');
  ensure(statistics.length === layout.statisticsCount, 'statistics fit the network');
  ensure(target.length === layout.parameterCount, 'folded parameters fit the network');
  const places = new Map(layout.parameters.map((place) => [place.name, place]));
  let convolution = 0;
  for (const { offset, size, role } of layout.parameters) {
    if (role === 'linear-weight' || role === 'linear-bias') target.set(parameters.subarray(offset, offset + size), offset);
    if (role !== 'convolution') continue;
    const { name, channels, meanOffset, varianceOffset } = layout.statistics[convolution++]!;
    const scale = places.get(`${name}.weight`)!.offset;
    const shift = places.get(`${name}.bias`)!.offset;
    const factors = new Float64Array(channels);
    for (let c = 0; c < channels; c++) {
      factors[c] = parameters[scale + c]! / Math.sqrt(statistics[varianceOffset + c]! + normalizationEpsilon);
      target[scale + c] = 1;
      target[shift + c] = parameters[shift + c]! - statistics[meanOffset + c]! * factors[c]!;
    }
    for (let i = offset; i < offset + size; i += channels) {
      for (let c = 0; c < channels; c++) target[i + c] = parameters[i + c]! * factors[c]!;
    }
  }
}
