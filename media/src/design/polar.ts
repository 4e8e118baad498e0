/* Moduli in every direction, by the periodic test. */
import { html, nothing, type TemplateResult } from 'lit';
import { unpackColumn } from '#protocol/packed';
import type { RankedDesign } from '#protocol/result';
import { chart, type ChartOption } from '#media/shared/chart';
import { radios, type Option } from '#media/shared/controls';
import { fittingDisplay, numberText, quantityText } from '#display/numbers';
import { themeColors } from '#media/shared/theme';
import type { DesignChoice, DesignPanel } from './choice';

type Modulus = DesignChoice['modulus'];

const moduli: readonly Option<Modulus>[] = [['youngsModulus', 'E'], ['poissonRatio', 'ν'], ['shearModulus', 'G']];

export function polarSection(panel: DesignPanel, { arm, rank, name }: RankedDesign): TemplateResult | typeof nothing {
  const view = panel.latest('design', { arm, rank });
  if (!view) return nothing;
  const { modulus } = panel.choice;
  const column = unpackColumn(view.polar[modulus]);
  const display = fittingDisplay(modulus === 'poissonRatio' ? 'number' : 'stress', column);
  const values = Array.from(column, (value) => value * display.scale);
  const symbol = moduli.find(([each]) => each === modulus)![1];
  const range = `${numberText(display, Math.min(...column))} – ${quantityText(display, Math.max(...column))}`;
  const label = `${symbol} of ${name} in every direction, by the periodic test: ${range}`;
  return html`<figure aria-label="Moduli in every direction">
    <figcaption class="bar"><h2>${symbol}(θ)</h2>${radios('modulus', moduli, modulus, (chosen) => panel.choose({ modulus: chosen }))}<small>${range}, by the periodic test</small></figcaption>
    <div class="polar" role="img" aria-label=${label} ${chart(() => polarOption(values), [view, modulus, panel.theme])}></div>
  </figure>`;
}

/** The whole turn: directions repeat after half of it. */
function polarOption(values: readonly number[]): ChartOption {
  const { 'series-1': main, muted, rule } = themeColors();
  const step = 180 / values.length;
  const turn = [...values, ...values, values[0]!].map((value, i): [number, number] => [value, i * step]);
  const least = Math.min(0, ...values);
  return {
    polar: { radius: '78%' },
    angleAxis: {
      type: 'value', min: 0, max: 360, interval: 45, startAngle: 0, clockwise: false,
      axisLine: { lineStyle: { color: rule } }, axisTick: { show: false }, splitLine: { lineStyle: { color: rule } },
      axisLabel: { color: muted, fontSize: 11, formatter: (angle: number) => (angle === 360 ? '' : `${angle}°`) },
    },
    radiusAxis: {
      type: 'value', min: least, splitNumber: 3, axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: rule } },
      axisLabel: { color: muted, fontSize: 10, showMinLabel: false, showMaxLabel: false },
    },
    series: [{ type: 'line', coordinateSystem: 'polar', data: turn, showSymbol: false, silent: true, lineStyle: { color: main, width: 2 }, areaStyle: { color: main, opacity: 0.12 } }],
  };
}
