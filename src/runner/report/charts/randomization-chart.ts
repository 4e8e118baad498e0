/* How much of the maps is left when the network forgets what it learned, part after part. */
import type { FaithfulnessResult } from '#engine/api';
import { curve, plotArea, valueAxis } from './chart-parts';
import { familyColors } from './palette';
import type { Chart } from './render-chart';

/** Colors of layers in their order. */
export const layerColors = [familyColors.particles, familyColors.cells, familyColors.fibers, familyColors.spinodal] as const;

/** One curve a layer, the mean of its directions. */
export function randomizationChart({ maps, parts }: FaithfulnessResult, id: string): Chart {
  const layers = [...new Set(maps.map(({ layer }) => layer))];
  return {
    id,
    label: 'Rank correlation of the maps with those of a network whose parts are drawn anew, from the output back',
    width: 360,
    height: 300,
    option: {
      grid: plotArea(60, 18, 16, 50),
      xAxis: {
        ...valueAxis('drawn anew, from the output back', { min: 0, max: parts.length }, 30),
        interval: 1,
        axisLabel: { color: 'var(--muted)', fontSize: 12, formatter: (value: number) => (value === 0 ? 'none' : (parts[value - 1] ?? '')) },
      },
      yAxis: valueAxis('likeness to the map', { min: 0, max: 1 }, 42),
      series: layers.map((layer, l) => {
        const own = maps.filter((each) => each.layer === layer);
        const mean = (p: number): number => own.reduce((sum, { randomized }) => sum + randomized[p]!.mean, 0) / own.length;
        return curve([[0, 1], ...parts.map((_, p) => [p + 1, mean(p)] as const)], layerColors[l % layerColors.length]!, { width: 2.2 });
      }),
    },
  };
}
