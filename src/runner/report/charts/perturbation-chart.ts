/* How fast images lose their advantage, or win it back, when regions are exchanged in the order of a map. */
import type { PerturbationCurves, PerturbationResult } from '#engine/api';
import { replacedShares } from '#engine/api';
import { curve, plotArea, rangeOf, valueAxis } from './chart-parts';
import { otherColor, mainColor, limitColor } from './palette';
import type { Chart } from './render-chart';

type Way = keyof PerturbationCurves;

/** Curves by the finite elements for a layer, beside chance and the exact ranking, and for the layer by the network. */
export function perturbationChart({ ranking, finiteElements, network }: PerturbationResult, exact: PerturbationResult | undefined, way: Way, id: string): Chart {
  const shares = [0, ...replacedShares, 1];
  const points = (curves: PerturbationCurves | undefined) => (curves?.[way] ?? []).map((advantage, k) => [100 * shares[k]!, Number((100 * advantage).toFixed(2))] as const);
  const all = [exact?.finiteElements?.own, finiteElements?.shifted, network?.own, finiteElements?.own].map(points);
  const [byExact, elsewhere, byNetwork, own] = all as [typeof all[0], typeof all[0], typeof all[0], typeof all[0]];
  return {
    id,
    label: `Advantage of the images over the share of regions ${way === 'deletion' ? 'exchanged' : 'brought back'} in the order of layer ${ranking}`,
    width: 360,
    height: 300,
    option: {
      grid: plotArea(60, 18, 16, 50),
      xAxis: valueAxis(way === 'deletion' ? 'regions exchanged (%)' : 'regions brought back (%)', { min: 0, max: 100 }, 30),
      yAxis: valueAxis('advantage kept (%)', rangeOf([0, 100, ...all.flat().map(([, advantage]) => advantage)], 0), 42),
      series: [
        curve(byExact, limitColor, { width: 1.6 }),
        curve(elsewhere, otherColor, { dashed: true, width: 2 }),
        curve(byNetwork, mainColor, { dashed: true, width: 1.6 }),
        curve(own, mainColor, { width: 2.4 }),
      ],
    },
  };
}
