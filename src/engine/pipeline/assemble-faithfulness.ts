import type { Objective } from '#engine/validation/objective';
import type { MapFaithfulness } from './case-result';
import type { CriticalRegions } from './stages/explain';

/** The mean rank correlations of each layer's and direction's maps with the exact contributions. */
export function assembleFaithfulness({ layers }: Pick<CriticalRegions, 'layers'>, { directions }: Objective): MapFaithfulness[] {
  return layers.flatMap(({ layer, nativeEdge, faithfulness }) =>
    directions.map((direction, d) => {
      const stride = 2 * directions.length;
      const numbers = (offset: number): number[] => Array.from(faithfulness).filter((value, i) => i % stride === 2 * d + offset && !Number.isNaN(value));
      const [correlations, beyond] = [numbers(0), numbers(1)];
      return { layer, direction, nativeResolution: nativeEdge, count: correlations.length, correlation: meanOf(correlations), beyondWhiteShare: meanOf(beyond) };
    }),
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
