/* One design in numbers, each with the test that gave it, and its moduli in every direction. */
import { html, nothing, type TemplateResult } from 'lit';
import { regionText } from '#display/maps';
import { countText, fittingDisplay, gainText, numberText, percentText, quantityText } from '#display/numbers';
import { type PropertyDisplay, testName } from '#display/properties';
import { startText } from '#display/starts';
import { objectiveValue, type Directional, type Property } from '#domain/objective';
import { chart, type ChartOption } from '#media/shared/chart';
import { button, type Option, radios } from '#media/shared/controls';
import { armOf } from '#media/shared/gallery';
import { themeColors } from '#media/shared/theme';
import { unpackColumn } from '#protocol/packed';
import { hasSteps, imageOfOrigin, type CaseResultView, type ConstraintNumbers, type RankedDesign, type TestNumbers } from '#protocol/result';
import type { DesignViewOptions, DesignPanel } from './cell-image';

type Facts = TemplateResult | typeof nothing;

export function heading(design: RankedDesign, { objective }: CaseResultView): TemplateResult {
  const worst = objective.directions.length > 1 ? ', the worse of x and y' : ` along ${objective.directions[0] ?? 'x'}`;
  return html`<header class="heading">
    <p class="muted">${design.name} · ${percentText(design.volumeFraction)} white</p>
    <h1><span class="symbol">${objective.symbol}</span> ${quantityText(objective, design.objectiveValue)}</h1>
    <p class="muted">${objective.name}${worst}, by ${testName(design.measured.test)}</p>
    ${finerLine(design, objective)}
    <p class="badges">
      ${design.feasible ? html`<span class="badge good">✓ feasible</span>` : html`<span class="badge bad">✗ breaks a constraint</span>`}
      ${design.beatsDatabase ? html`<span class="badge good">✓ beats the database</span>` : html`<span class="badge even">below the database</span>`}
    </p>
  </header>`;
}

/** Stairs of one pixel are half as high at twice the resolution: what is left of the value there. */
function finerLine({ finer }: RankedDesign, objective: CaseResultView['objective']): Facts {
  const value = finer?.[fields[objective.property]];
  return value ? html`<p class="muted finer">At twice the resolution, each pixel as four: ${quantityText(objective, objectiveValue(objective, value))}</p>` : nothing;
}

/** The value compared with the limit, the best image, and the best designs of the other arms. */
export function comparisons(design: RankedDesign, result: CaseResultView): TemplateResult {
  const { objective, database, arms } = result;
  const parent = parentOf(result, design);
  const others = arms.filter(({ name, designs }) => name !== design.arm && designs.length > 0);
  const row = (name: string, value: number): TemplateResult => html`<tr>
    <th scope="row">${name}</th><td>${quantityText(objective, value)}</td><td class="gain">${gainText(design.objectiveValue, value, objective.sense)}</td>
  </tr>`;
  return html`${design.limit ? limitBar(design.limit, objective) : nothing}
    <table class="comparisons" aria-label="Comparison of the design">
      <tbody>
        ${parent ? row(`${parent.name}, its start`, parent.objectiveValue) : nothing}
        ${row(`best of ${countText(database.count)} images`, database.best.objectiveValue)}
        ${others.map(({ look, designs }) => row(`best ${look.design}`, designs[0]!.objectiveValue))}
      </tbody>
    </table>
    ${result.comparisons.map(({ arms: names, verdict }) => (verdict !== undefined && names.includes(design.arm) ? html`<p class="muted verdict">${verdict}</p>` : nothing))}`;
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
export function origin(panel: DesignPanel, result: CaseResultView, design: RankedDesign): TemplateResult {
  const { arm, candidate, rank, origin: from } = design;
  const { optimizes } = armOf(result, arm)!;
  const parent = parentOf(result, design);
  const image = imageOfOrigin(from);
  const map = from.kind === 'patch' ? { layer: from.layer, ...(from.threshold !== undefined && { threshold: from.threshold }) } : {};
  return html`<section class="origin" aria-label="Origin">
    <p>${parent ? `${optimizes ? 'Refined' : 'Made'} from ${parent.name}, which was made of ${sourceWords(result, parent)}.` : `${optimizes ? 'Optimized from' : from.kind === 'picture' ? 'The picture' : 'Made of'} ${sourceWords(result, design)}${optimizes || from.kind !== 'picture' ? '' : ', as it is'}.`}</p>
    <div class="bar">
      ${parent ? button(`Parent ${parent.name}`, () => panel.go({ arm: parent.arm, rank: parent.rank }), { title: 'The design that it began with' }) : nothing}
      ${optimizes ? button('Optimization', () => panel.open({ panel: 'optimization', place: { run: { arm, candidate } } }), { title: 'From its start to this cell, iteration by iteration' }) : nothing}
      ${image === undefined ? nothing : button('Heat map', () => panel.open({ panel: 'heatMap', place: { image, ...map } }), { title: `What matters in image ${image}` })}
      ${hasSteps(design) ? button('Skeleton', () => panel.open({ panel: 'skeleton', place: { arm, rank } }), { title: 'From the image to this cell, step by step' }) : nothing}
    </div>
  </section>`;
}

function parentOf(result: CaseResultView, { origin: { parent } }: RankedDesign): RankedDesign | undefined {
  return parent && armOf(result, parent.arm)?.designs.find(({ candidate }) => candidate === parent.candidate);
}

/** `a critical region (layer last, threshold 60 %), 34 pixels wide, in image 213 (fibers)`. */
function sourceWords(result: CaseResultView, { arm, origin: from }: RankedDesign): string {
  switch (from.kind) {
    case 'start':
    case 'picture':
      return startText(from);
    case 'image':
      return `image ${from.image} (${from.family})`;
    case 'patch': {
      const { one } = armOf(result, arm)!.look;
      const { borrowed, patch, image, family } = from;
      return `${borrowed ? one : `${one} (${regionText(from)})`}, ${patch.edge} pixels wide, in image ${image} (${family})`;
    }
  }
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
