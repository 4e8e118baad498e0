/* Predicted over measured values of the hold-out. */
import { html, type TemplateResult } from 'lit';
import { unpackColumn } from '#protocol/packed';
import type { ObjectiveView } from '#protocol/result';
import type { ParityView, TrainingOutcome } from '#protocol/views/network-views';
import { axisLook, chart, tooltipLook, type ChartOption } from '#media/shared/chart';
import { axisTitle } from '#display/properties';
import { fixed, numberText } from '#display/numbers';
import { themeColors } from '#media/shared/theme';

export function paritySections({ quality }: TrainingOutcome, objective: ObjectiveView, theme: number): TemplateResult[] {
  return quality.map((parity) => html`<figure>
    <figcaption><h2>Predicted against measured, ${parity.direction}</h2><p class="muted">R² ${fixed(parity.r2, 4)}; each point is one image of the hold-out</p></figcaption>
    <div class="chart" role="img" aria-label=${`Predicted over measured ${objective.name} along ${parity.direction} of ${parity.images.length} held-out images, R² ${fixed(parity.r2, 4)}`}
      ${chart(() => parityOption(parity, objective), [parity, theme])}></div>
  </figure>`);
}

function parityOption({ direction, images, measured, predicted }: ParityView, objective: ObjectiveView): ChartOption {
  const { fibers, muted } = themeColors();
  const { scale, unit, symbol } = objective;
  const [x, y, index] = [unpackColumn(measured), unpackColumn(predicted), unpackColumn(images)];
  const points = Array.from(x, (value, i): [number, number] => [value * scale, y[i]! * scale]);
  const all = points.flat();
  const [least, most] = all.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const margin = 0.04 * (most - least || Math.abs(most) || 1);
  const [min, max] = [least - margin, most + margin];
  const range = { min, max, scale: true };
  const ends = axisLook('', 0).axisLabel;
  const axisLabel = { ...ends, showMinLabel: false, showMaxLabel: false };
  return {
    grid: { left: 56, right: 16, top: 14, bottom: 44, outerBoundsMode: 'none' },
    tooltip: {
      ...tooltipLook(), trigger: 'item',
      formatter: (point) => {
        const at = (point as { dataIndex: number }).dataIndex;
        return `image ${index[at]}\nmeasured ${numberText(objective, x[at]!)}\npredicted ${numberText(objective, y[at]!)}`;
      },
    },
    xAxis: { type: 'value', ...range, ...axisLook(`measured ${axisTitle(objective, direction)}`, 28), axisLabel },
    yAxis: { type: 'value', ...range, ...axisLook(`predicted ${symbol}${unit === '' ? '' : ` (${unit})`}`, 38), axisLabel },
    series: [
      { type: 'line', data: [[min, min], [max, max]], silent: true, showSymbol: false, lineStyle: { color: muted, width: 1, type: [5, 4] }, tooltip: { show: false } },
      { type: 'scatter', data: points, symbolSize: 5, large: points.length > 2000, itemStyle: { color: fibers, opacity: 0.75 } },
    ],
  };
}
