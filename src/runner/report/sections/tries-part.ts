/* What an arm is worth when few of its cells can be built and tested: the best of k patches, as a table and as curves. */
import { imageWord } from '#display/database';
import { widestLimit } from '#display/limits';
import { numberText, percentText } from '#display/numbers';
import { propertyText } from '#display/properties';
import type { BestOfTries, CaseResult } from '#engine/api';
import { type ArmInView, armsInView, displayIn } from '../case-view';
import { curve, logAxis, plotArea, rangeOf, valueAxis } from '../page/chart-parts';
import { html, type Markup } from '../page/html';
import { colorOf, inkColor, legendEntry, limitColor, lineMark } from '../page/legend';
import { type Chart, renderChart } from '../page/render-chart';

const rows: readonly number[] = [1, 3, 10, 30, 100];

/** Below this share of draws with a feasible design, their mean is that of lucky draws. */
const usual = 0.5;

type TriedArm = ArmInView & { readonly tries: readonly [BestOfTries, ...BestOfTries[]] };

export function triesPart(result: CaseResult, id: string): Markup {
  const arms = armsInView(result).flatMap((inView): TriedArm[] => {
    const [first, ...others] = inView.arm.tries ?? [];
    return first === undefined || inView.arm.designs.length === 0 ? [] : [{ ...inView, tries: [first, ...others] }];
  });
  if (arms.length === 0) return html``;
  const anyCurve = arms.some(({ tries }) => tries.filter(isUsual).length > 1);
  return html`<h4>Few tries</h4>
<p>What ${arms.length > 1 ? 'the arms are' : 'the explanation is'} worth when few cells can be built and tested: some of an arm’s patches are drawn at random, and the best feasible cell is kept. The numbers are means over all draws, counted exactly. A patch that gives no cell, or one that is not feasible, is a try without a design; patches with the same cell count once, and regions that gave no patch do not count. The value is the mean over the draws that have a feasible design; where fewer than half have one, it is in parentheses, and the curves leave it out: it is what a lucky draw reaches. The gain over the best image is a mean over all draws, and nothing where no design beats it, because then the image is the better choice.</p>
${table(result, arms)}
${anyCurve ? figure(result, arms, id) : undefined}`;
}

function isUsual({ feasible }: BestOfTries): boolean {
  return feasible >= usual;
}

function table(result: CaseResult, arms: readonly TriedArm[]): Markup {
  const { objective } = result.problem;
  const display = displayIn(result, objective.property);
  const suffix = display.unit === '' ? '' : ` (${display.unit})`;
  const image = Math.abs(result.database.best.objectiveValue);
  const cells = (each: BestOfTries | undefined): Markup => {
    if (!each) return html`<td>–</td><td>–</td><td>–</td>`;
    const value = each.best === undefined ? '–' : isUsual(each) ? numberText(display, each.best) : `(${numberText(display, each.best)})`;
    return html`<td>${value}</td><td>${percentText(each.feasible, 0)}</td><td>${percentText(each.gain / image, 2)}</td>`;
  };
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">tries</th>${arms.map(({ look }) => html`<th scope="col">best feasible ${display.symbol}${suffix}<br><small>${look.title}</small></th><th scope="col">draws with a feasible design<br><small>${look.title}</small></th><th scope="col">gain over the best image<br><small>${look.title}</small></th>`)}</tr></thead>
<tbody>${rows.filter((row) => arms.some(({ tries }) => tries.some((each) => each.tries === row))).map((row) => html`<tr><th scope="row">${row}</th>${arms.map(({ tries }) => cells(tries.find((each) => each.tries === row)))}</tr>`)}</tbody>
</table></div>`;
}

function figure(result: CaseResult, arms: readonly TriedArm[], id: string): Markup {
  const { property, sense } = result.problem.objective;
  return html`<figure class="with-legend">
${renderChart(chart(result, arms, `${id}-tries`))}
<figcaption><ul class="legend">
${arms.map(({ look }) => legendEntry(lineMark(colorOf(look), false), look.designs))}
${legendEntry(lineMark(inkColor, true), `best ${imageWord(result.problem.database)}, ${propertyText(property, result.database.best.objectiveValue)}`)}
${result.limits[0] ? legendEntry(lineMark(limitColor, false), `physical limit: ${result.limits[0].name}`) : undefined}
</ul><p>The best feasible design to expect of a number of tries. ${sense === 'maximize' ? 'A higher curve' : 'A lower curve'} is better; where it crosses the dashed line, the design to expect is as good as the best image.</p></figcaption>
</figure>`;
}

function chart(result: CaseResult, arms: readonly TriedArm[], id: string): Chart {
  const { objective, construct } = result.problem;
  const { symbol, unit, scale } = displayIn(result, objective.property);
  const limit = result.limits[0] && widestLimit(result.limits[0], objective, construct.fraction);
  const image = result.database.best.objectiveValue * scale;
  const curves = arms.map(({ look, tries }) => ({ look, points: tries.filter(isUsual).map(({ tries: count, best }): readonly [number, number] => [count, best! * scale]) }));
  const axis = logAxis('tries', { min: 1, max: Math.max(10, ...arms.flatMap(({ tries }) => tries.map((each) => each.tries))) }, 30);
  const level = (value: number): readonly (readonly [number, number])[] => [[axis.min, value], [axis.max, value]];
  const values = [...curves.flatMap(({ points }) => points.map(([, value]) => value)), image, ...(limit ? [limit.value * scale] : [])];
  return {
    id,
    label: `Expected best feasible ${symbol} of each arm by the number of tries`,
    width: 560,
    height: 300,
    option: {
      grid: plotArea(66, 18, 16, 50),
      xAxis: axis,
      yAxis: valueAxis(`best ${symbol}${unit === '' ? '' : ` (${unit})`}`, rangeOf(values, 0.04), 46),
      series: [
        curve(level(image), inkColor, { dashed: true }),
        ...(limit ? [curve(level(limit.value * scale), limitColor, { width: 2 })] : []),
        ...curves.map(({ look, points }) => curve(points, colorOf(look), { width: 2.4 })),
      ],
    },
  };
}
