/* Losses over the epochs, and predicted over measured values of the hold-out. */
import { html, nothing, type TemplateResult } from 'lit';
import { counted, fixed, numberText } from '#display/numbers';
import { axisTitle } from '#display/properties';
import { axisLook, chart, type ChartOption, tooltipLook } from '#media/shared/chart';
import { themeColors } from '#media/shared/theme';
import { unpackColumn } from '#protocol/packed';
import type { ObjectiveView } from '#protocol/result';
import type { EpochView, ParityView, TrainingCurve, TrainingOutcome, TrainingView } from '#protocol/views/network-views';

export function curveSection(curve: TrainingCurve, view: TrainingView, theme: number): TemplateResult {
  const { epochs, bestEpoch, serves } = curve;
  const last = epochs.at(-1);
  const label = `Loss of the network for ${serves.join(' and ')} over ${counted(epochs.length, 'epoch')}${last ? `; the last one ${last.trainLoss.toExponential(1)} in training${last.validationLoss === undefined ? '' : ` and ${last.validationLoss.toExponential(1)} on validation images`}; epoch ${bestEpoch} is selected` : ''}`;
  const validated = epochs.some(({ validationLoss }) => validationLoss !== undefined);
  return html`<figure>
    <figcaption><h2>Learning${view.networks.length > 1 ? ` ${serves.join(' and ')}` : ''}</h2>
      <p class="keys"><span><svg class="key plain" aria-hidden="true"><path class="train" d="M0 6h22"></path></svg>training</span>${validated ? html`<span><svg class="key plain" aria-hidden="true"><path class="validation" d="M0 6h22"></path></svg>validation images</span>` : nothing}<span><svg class="key plain" aria-hidden="true"><circle class="best" cx="11" cy="6" r="4"></circle></svg>selected epoch</span></p></figcaption>
    <div class="chart" role="img" aria-label=${label} ${chart(() => curveOption(epochs, bestEpoch, view.epochs), [epochs, bestEpoch, theme])}></div>
  </figure>`;
}

function curveOption(epochs: readonly EpochView[], bestEpoch: number, planned: number): ChartOption {
  const { 'series-1': main, muted } = themeColors();
  // A loss of zero, which only constant labels give, has no logarithm.
  const line = (of: 'trainLoss' | 'validationLoss'): [number, number][] =>
    epochs.flatMap((each): [number, number][] => (each[of] !== undefined && each[of] > 0 ? [[each.epoch, each[of]]] : []));
  const [training, validation] = [line('trainLoss'), line('validationLoss')];
  const best = (validation.length > 0 ? validation : training).filter(([epoch]) => epoch === bestEpoch);
  const losses = [...training, ...validation].map(([, loss]) => loss);
  const decade = (round: 'floor' | 'ceil', value: number): number => 10 ** Math[round](Math.log10(value));
  return {
    grid: { left: 72, right: 16, top: 14, bottom: 44, outerBoundsMode: 'none' },
    tooltip: { ...tooltipLook(), trigger: 'axis', valueFormatter: (value) => Number(value).toExponential(2) },
    xAxis: { type: 'value', min: 0, max: Math.max(planned, epochs.length), minInterval: 1, ...axisLook('epoch', 28) },
    yAxis: {
      type: 'log', ...(losses.length > 0 && { min: decade('floor', Math.min(...losses)), max: decade('ceil', Math.max(...losses)) }),
      ...axisLook('mean squared error', 50), axisLabel: { ...axisLook('', 0).axisLabel, formatter: (value: number) => String(Number(value.toPrecision(2))) },
    },
    series: [
      { type: 'line', name: 'training', data: training, symbolSize: 3, lineStyle: { color: muted, width: 1.6, type: [5, 4] }, itemStyle: { color: muted } },
      { type: 'line', name: 'validation', data: validation, symbolSize: 3, lineStyle: { color: main, width: 2 }, itemStyle: { color: main } },
      { type: 'scatter', name: 'selected epoch', data: best, symbolSize: 9, silent: true, tooltip: { show: false }, itemStyle: { color: main } },
    ],
  };
}

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
