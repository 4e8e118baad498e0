/* One design in numbers, each with the test that gave it, and its moduli in every direction. */
import { html, nothing, type TemplateResult } from 'lit';
import { countText, fittingDisplay, gainText, numberText, percentText, quantityText } from '#display/numbers';
import { type PropertyDisplay, testName } from '#display/properties';
import type { Directional, Property } from '#domain/objective';
import { chart, type ChartOption } from '#media/shared/chart';
import { button, type Option, radios } from '#media/shared/controls';
import { armOf } from '#media/shared/gallery';
import { themeColors } from '#media/shared/theme';
import { unpackColumn } from '#protocol/packed';
import type { CaseResultView, ConstraintNumbers, RankedDesign, TestNumbers } from '#protocol/result';
import type { DesignViewOptions, DesignPanel } from './cell-image';

type Facts = TemplateResult | typeof nothing;

export function heading(design: RankedDesign, { objective }: CaseResultView): TemplateResult {
  const worst = objective.directions.length > 1 ? ', the worse of x and y' : ` along ${objective.directions[0] ?? 'x'}`;
  return html`<header class="heading">
    <p class="muted">${design.name} · ${percentText(design.volumeFraction)} white</p>
    <h1><span class="symbol">${objective.symbol}</span> ${quantityText(objective, design.objectiveValue)}</h1>
    <p class="muted">${objective.name}${worst}, by ${testName(design.measured.test)}</p>
    <p class="badges">
      ${design.feasible ? html`<span class="badge good">✓ feasible</span>` : html`<span class="badge bad">✗ breaks a constraint</span>`}
      ${design.beatsDatabase ? html`<span class="badge good">✓ beats the database</span>` : html`<span class="badge even">below the database</span>`}
    </p>
  </header>`;
}

/** The value compared with the limit, the best image, and the best designs of the other arms. */
export function comparisons(design: RankedDesign, { objective, database, arms }: CaseResultView): TemplateResult {
  const others = arms.filter(({ name, designs }) => name !== design.arm && designs.length > 0);
  const row = (name: string, value: number): TemplateResult => html`<tr>
    <th scope="row">${name}</th><td>${quantityText(objective, value)}</td><td class="gain">${gainText(design.objectiveValue, value, objective.sense)}</td>
  </tr>`;
  return html`${design.limit ? limitBar(design.limit, objective) : nothing}
    <table class="comparisons" aria-label="Comparison of the design">
      <tbody>
        ${row(`best of ${countText(database.count)} random images`, database.best.objectiveValue)}
        ${others.map(({ look, designs }) => row(`best from ${look.sources}`, designs[0]!.objectiveValue))}
      </tbody>
    </table>`;
}

function limitBar({ value, percent }: NonNullable<RankedDesign['limit']>, display: PropertyDisplay): TemplateResult {
  const words = `${percent.toFixed(1)} % of the physical limit`;
  const share = Math.min(100, percent);
  return html`<div class="limit">
    <svg class="track" role="meter" aria-label=${words} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${share}><rect width="${share}%" height="100%"></rect></svg>
    <p><strong>${percent.toFixed(1)} %</strong> of the physical limit, ${quantityText(display, value)}</p>
  </div>`;
}

/** The results of the case's own test, and of the periodic test if there are any. */
export function testTables({ measured, periodic }: RankedDesign, { displays }: CaseResultView): TemplateResult {
  return html`${testTable(measured, displays)}${periodic ? testTable(periodic, displays) : nothing}`;
}

const fields: Readonly<Record<Property, 'youngsModulus' | 'poissonRatio' | 'thermalExpansion'>> = {
  'youngs-modulus': 'youngsModulus',
  'poisson-ratio': 'poissonRatio',
  'thermal-expansion': 'thermalExpansion',
};

function testTable(numbers: TestNumbers, displays: readonly PropertyDisplay[]): TemplateResult {
  const rows = displays.flatMap((display) => {
    const value: Directional | undefined = numbers[fields[display.property]];
    return value ? [html`<tr><th scope="row">${display.name}${display.unit === '' ? '' : html` <small>${display.unit}</small>`}</th><td>${numberText(display, value.x)}</td><td>${numberText(display, value.y)}</td></tr>`] : [];
  });
  return html`<table aria-label=${`By ${testName(numbers.test)}`}>
    <thead><tr><th scope="col">by ${testName(numbers.test)}</th><th scope="col">along x</th><th scope="col">along y</th></tr></thead>
    <tbody>${rows}</tbody>
  </table>`;
}

export function constraintTable({ constraints }: RankedDesign, { displays }: CaseResultView): Facts {
  if (constraints.length === 0) return nothing;
  return html`<table aria-label="Constraints">
    <thead><tr><th scope="col">constraint</th><th scope="col">measured</th><th scope="col"><span aria-hidden="true"></span></th></tr></thead>
    <tbody>${constraints.map((each) => html`<tr>
      <th scope="row">${each.name}</th><td>${measuredText(each, displays)}</td>
      <td class=${each.satisfied ? 'yes' : 'no'}>${each.satisfied ? '✓ holds' : '✗ broken'}</td>
    </tr>`)}</tbody>
  </table>`;
}

function measuredText({ quantity, measured }: ConstraintNumbers, displays: readonly PropertyDisplay[]): string {
  const display = displays.find(({ property }) => property === quantity);
  return display ? quantityText(display, measured) : percentText(measured);
}

/** The origin of the design, with links to it. */
export function origin(panel: DesignPanel, result: CaseResultView, { arm, rank, origin: from }: RankedDesign): TemplateResult {
  if (from.kind !== 'patch') return html`<section class="origin" aria-label="Origin"><p>Optimized from ${from.kind === 'image' ? `image ${from.image} (${from.family})` : `start ${from.number + 1} of the family ${from.family}`}.</p></section>`;
  const { image, family, layer, threshold, patch, borrowed, parent } = from;
  const { one } = armOf(result, arm)!.look;
  const patchWords = borrowed ? one : `${one} of layer ${layer}, threshold ${percentText(threshold, 0)}`;
  const parentName = parent && armOf(result, parent.arm)?.designs.find(({ candidate }) => candidate === parent.candidate)?.name;
  const words = parentName === undefined ? patchWords : `${parentName}, which comes from a patch`;
  return html`<section class="origin" aria-label="Origin">
    <p>Made of ${words}, ${patch.edge} pixels wide, in image ${image} (${family}).</p>
    <div class="bar">
      ${button('Heat map', () => panel.open({ panel: 'heatMap', place: { image, layer, threshold } }), { title: `Why image ${image} is exceptional` })}
      ${button('Skeleton', () => panel.open({ panel: 'skeleton', place: { arm, rank } }), { title: 'From the image to this cell, step by step' })}
    </div>
  </section>`;
}

type Modulus = DesignViewOptions['modulus'];

const moduli: readonly Option<Modulus>[] = [['youngsModulus', 'E'], ['poissonRatio', 'ν'], ['shearModulus', 'G']];

export function polarSection(panel: DesignPanel, { arm, rank, name }: RankedDesign): TemplateResult | typeof nothing {
  const view = panel.latest('design', { arm, rank });
  if (!view) return nothing;
  const { modulus } = panel.viewOptions;
  const column = unpackColumn(view.polar[modulus]);
  const display = fittingDisplay(modulus === 'poissonRatio' ? 'number' : 'stress', column);
  const values = Array.from(column, (value) => value * display.scale);
  const symbol = moduli.find(([each]) => each === modulus)![1];
  const range = `${numberText(display, Math.min(...column))} – ${quantityText(display, Math.max(...column))}`;
  const label = `${symbol} of ${name} in every direction, by the periodic test: ${range}`;
  return html`<figure aria-label="Moduli in every direction">
    <figcaption class="bar"><h2>${symbol}(θ)</h2>${radios('modulus', moduli, modulus, (chosen) => panel.setViewOptions({ modulus: chosen }))}<small>${range}, by the periodic test</small></figcaption>
    <div class="polar" role="img" aria-label=${label} ${chart(() => polarOption(values), [view, modulus, panel.theme])}></div>
  </figure>`;
}

/** The full circle: directions repeat after half of it. */
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
