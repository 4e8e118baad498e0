/* Predicted over measured values of the hold-out, one direction. */
import { families } from '#domain/microstructures';
import { type CaseResult, type HoldOutQuality } from '#engine/api';
import { displayOf } from '#display/properties';
import { cloud, curve, plotArea, rangeOf, valueAxis } from './chart-parts';
import { familyColors, mutedColor } from './palette';
import type { Chart } from './render-chart';

export function parityChart({ database }: CaseResult, quality: HoldOutQuality, id: string): Chart {
  const { symbol, unit, scale } = displayOf(quality.property, [...quality.measured, ...quality.predicted]);
  const points = Array.from(quality.measured, (measured, i) => [measured * scale, quality.predicted[i]! * scale] as const);
  const range = rangeOf(points.flat(), 0.04);
  const suffix = unit === '' ? '' : ` (${unit})`;
  const xAxis = valueAxis(`measured ${symbol} along ${quality.direction}${suffix}`, range, 30);
  const yAxis = valueAxis(`predicted${suffix}`, range, 46);
  return {
    id,
    label: `Predicted over measured ${symbol} along ${quality.direction} of ${points.length} held-out images`,
    width: 360,
    height: 340,
    option: {
      grid: plotArea(66, 18, 16, 50),
      xAxis,
      yAxis,
      series: [
        curve([[xAxis.min, xAxis.min], [xAxis.max, xAxis.max]], mutedColor, { dashed: true, width: 1 }),
        ...families.map((family, code) =>
          cloud(points.filter((_, i) => database.families[quality.images[i]!] === code), familyColors[family], 4.5, 0.8),
        ),
      ],
    },
  };
}
