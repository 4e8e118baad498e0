/*
 * The charts of a study: one per setting. Along it, each variant has a box of all designs of each arm and a mark at its best
 * feasible design. With a second setting, the values of that one stand side by side in place of the arms; with more than
 * that, or with too many values, marks alone are shown. Variants that differ in their seeds alone become marks with mean and
 * standard deviation.
 */
import { looksOf, markShapes, type MarkShape } from '#display/arms';
import { propertyText, type PropertyDisplay } from '#display/properties';
import type { VariedSetting } from '#domain/study';
import { boxes, marks, plotArea, rangeOf, segments, valueAxis, wordAxis } from '#runner/report/page/chart-parts';
import { html, type Markup } from '#runner/report/page/html';
import { armMark, inkColor, legendEntry, limitColor, lineMark } from '#runner/report/page/legend';
import { type ChartHint, renderChart } from '#runner/report/page/render-chart';
import { armNamed, armsOf, groupBySeed, meanOf, realSettings } from './compare-variants';
import { slotsOf } from './setting-slots';
import type { StudyResult, VariantResult } from './study-result';
import { displayOfStudy } from './study-words';
import { settingsText } from '#domain/study';

/** What stands side by side at each value of the setting. */
interface Series {
  readonly title: string;
  readonly color: string;
  readonly shape: MarkShape;
  readonly arm: string;
  takes(variant: VariantResult): boolean;
}

/** More series at a value cannot be distinguished. */
const mostSeries = 6;

export function studyCharts(study: StudyResult): Markup {
  const settings = realSettings(study);
  const shown = (settings.length === 0 ? study.settings : settings).filter(({ values }) => values.length > 1);
  if (shown.length === 0 || study.variants.every(({ outcome }) => outcome?.arms.every(({ designs }) => designs === 0) ?? true)) return html``;
  return html`<section aria-labelledby="charts-title">
<h3 id="charts-title">${shown.length === 1 ? `Designs by ${shown[0]!.name}` : 'Designs by each setting'}</h3>
${shown.map((setting, i) => chartOf(study, setting, shown.filter((other) => other !== setting), `chart-${i + 1}`))}
</section>`;
}

function chartOf(study: StudyResult, setting: VariedSetting, others: readonly VariedSetting[], id: string): Markup {
  const display = displayOfStudy(study);
  const { objective } = study;
  const seeds = (groupBySeed(study)?.length ?? 1) > 1;
  const [other] = others;
  const splits = others.length === 1 && other!.values.length <= mostSeries;
  const pooled = others.length > 0 && !splits;
  const series = splits ? seriesOfSetting(study, other!) : seriesOfArms(study);
  const glyphs = seeds ? 'spread' : pooled ? 'marks' : 'boxes';
  const { positions, range, gap, note } = slotsOf(setting);
  const width = series.length * positions.length > 30 ? 1090 : 640;
  const height = 380;
  const [left, right] = [66, 16];
  // Glyphs of a value share most of the distance to the next one.
  const pitch = (0.84 * gap) / series.length;
  const halfWidth = Math.min(0.4 * pitch, (15 * (range.max - range.min)) / (width - left - right));
  const drawn = series.map((each, s) => {
    const items = study.variants.filter((variant) => each.takes(variant)).flatMap((variant): Item[] => {
      const arm = armNamed(variant, each.arm);
      const at = positions[setting.values.findIndex(({ text }) => text === variant.settings[setting.name])];
      return arm && at !== undefined ? [{ variant, at, x: at + (s - (series.length - 1) / 2) * Math.min(pitch, 2.6 * halfWidth), box: arm.box, best: arm.best?.objectiveValue }] : [];
    });
    return { ...each, items };
  });
  const scaled = (value: number): number => value * display.scale;
  const lines = linesAt(study, setting, positions, gap);
  const values = [
    ...drawn.flatMap(({ items }) => items.flatMap(({ box = [], best }) => [...(glyphs === 'boxes' ? box : []), ...(best === undefined ? [] : [best])])),
    ...[...lines.images, ...lines.limits].map(([[, value]]) => value),
  ].map(scaled);
  const scaledLines = (all: Lines): Lines => all.map(([[x0, y0], [x1, y1]]) => [[x0, scaled(y0)], [x1, scaled(y1)]] as const);
  const labels = setting.values.map(({ text }) => text);
  const rotate = Math.max(...labels.map(({ length }) => length)) * 7 * labels.length > width - left - right ? 35 : 0;
  const bottom = rotate === 0 ? 52 : 96;
  const title = `best and all ${display.symbol}${display.unit === '' ? '' : ` (${display.unit})`}`;
  const chart = renderChart({
    id,
    label: `${display.name} of the designs by ${setting.name}${splits ? ` and ${other!.name}` : ''}`,
    width,
    height,
    hints: drawn.flatMap(({ items, title: name }) => items.flatMap((item) => hintOf(item, name, display, glyphs))),
    option: {
      grid: plotArea(left, right, 14, bottom),
      xAxis: wordAxis(setting.name, range, setting.values.map(({ text }, i) => ({ at: positions[i]!, text })), bottom - 22, rotate),
      yAxis: valueAxis(glyphs === 'boxes' ? title : title.replace('best and all', 'best'), rangeOf(values, 0.05), 46),
      series: [
        segments(scaledLines(lines.images), inkColor, { dashed: true }),
        segments(scaledLines(lines.limits), limitColor, { width: 2 }),
        ...drawn.flatMap(({ items, color, shape }) => [
          ...(glyphs === 'boxes' ? [boxes(items.flatMap(({ x, box }) => (box ? [{ x, halfWidth, values: box.map(scaled) as unknown as typeof box }] : [])), color)] : []),
          ...(glyphs === 'spread' ? [segments(spreadsOf(items, halfWidth, scaled), color, { width: 2 })] : []),
          marks(items.flatMap(({ x, best }) => (best === undefined ? [] : [[x, scaled(best)] as const])), shape, color),
        ]),
      ],
    },
  });
  const anyImage = lines.images.length > 0;
  return html`<figure class="${width > 640 ? 'wide' : 'with-legend'}">
${chart}
<figcaption><ul class="legend">
${series.map(({ title: name, shape, color }) => legendEntry(armMark({ shape, color: color.slice('var(--'.length, -1) }), name))}
${anyImage ? legendEntry(lineMark(inkColor, true), 'best image') : undefined}
${lines.limits.length > 0 ? legendEntry(lineMark(limitColor, false), 'physical limit') : undefined}
</ul><p>${explanation(glyphs, splits, series.length)} ${objective.sense === 'maximize' ? 'Higher' : 'Lower'} is better.${note === undefined ? '' : ` ${note}`}</p></figcaption>
</figure>`;
}

interface Item {
  readonly variant: VariantResult;
  /** Of the value of the setting, and of the glyph. */
  readonly at: number;
  readonly x: number;
  readonly box: readonly [number, number, number, number, number] | undefined;
  readonly best: number | undefined;
}

type Glyphs = 'boxes' | 'marks' | 'spread';
type Lines = readonly (readonly [readonly [number, number], readonly [number, number]])[];

function explanation(glyphs: Glyphs, splits: boolean, series: number): string {
  const order = series > 1 ? ' At each value they stand in the order of this list.' : '';
  const ofOwn = splits ? ' of the case’s own arm; other arms are in the table' : '';
  switch (glyphs) {
    case 'boxes':
      return `A box holds the middle half of all designs${splits ? ' of the case’s own arm' : ''}, its line is the median, its whiskers reach the extremes; the mark is the best feasible design${splits ? '; other arms are in the table' : ''}.${order}`;
    case 'marks':
      return `A mark is the best feasible design of a variant; the other settings differ between marks of the same value.${order}`;
    case 'spread':
      return `A mark is the best feasible design of one seed${ofOwn}; the long line is their mean, the short ones are one standard deviation away.${order}`;
  }
}

function seriesOfArms({ variants }: StudyResult): Series[] {
  const arms = armsOf(variants);
  const looks = looksOf(arms.map(({ spec }) => spec));
  return arms.slice(0, mostSeries).map(({ name }): Series => {
    const { designs, color, shape } = looks.get(name)!;
    return { title: designs, color: `var(--${color})`, shape, arm: name, takes: () => true };
  });
}

function seriesOfSetting({ variants }: StudyResult, { name, values }: VariedSetting): Series[] {
  const [own] = armsOf(variants);
  return values.map(({ text }, i): Series => ({
    title: `${name} ${text}`, color: `var(--series-${i + 1})`, shape: markShapes[i]!, arm: own!.name, takes: ({ settings }) => settings[name] === text,
  }));
}

/** The best image and the limit at each value of the setting, each number there once. */
function linesAt({ variants }: StudyResult, setting: VariedSetting, positions: readonly number[], gap: number): { readonly images: Lines; readonly limits: Lines } {
  const at = (pick: (outcome: NonNullable<VariantResult['outcome']>) => number | undefined): Lines =>
    setting.values.flatMap(({ text }, i) => {
      const here = variants.filter(({ settings }) => settings[setting.name] === text).flatMap(({ outcome }) => (outcome && pick(outcome)) ?? []);
      return [...new Set(here)].map((value) => [[positions[i]! - 0.5 * gap, value], [positions[i]! + 0.5 * gap, value]] as const);
    });
  return { images: at(({ bestImage }) => bestImage), limits: at(({ limit }) => limit) };
}

/** Mean and mean ± deviation of the items at each value. */
function spreadsOf(items: readonly Item[], halfWidth: number, scaled: (value: number) => number): Lines {
  const places = [...new Set(items.map(({ x }) => x))];
  return places.flatMap((x) => {
    const { mean, deviation } = meanOf(items.filter((item) => item.x === x).map(({ best }) => best));
    if (Number.isNaN(mean)) return [];
    const bar = (value: number, half: number) => [[x - half, scaled(value)], [x + half, scaled(value)]] as const;
    if (Number.isNaN(deviation)) return [bar(mean, halfWidth)];
    return [bar(mean, halfWidth), bar(mean - deviation, halfWidth / 2), bar(mean + deviation, halfWidth / 2), [[x, scaled(mean - deviation)], [x, scaled(mean + deviation)]] as const];
  });
}

function hintOf({ variant, x, best, box }: Item, title: string, display: PropertyDisplay, glyphs: Glyphs): ChartHint[] {
  if (best === undefined) return [];
  const median = glyphs === 'boxes' && box ? `, median of all designs ${propertyText(display.property, box[2], display)}` : '';
  return [{ x, y: best * display.scale, text: `${settingsText(variant.settings)}, ${title}: best ${propertyText(display.property, best, display)}${median}` }];
}
