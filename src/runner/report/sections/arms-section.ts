/* The explanation compared with chance, and all arms in numbers: how many designs of each reach a value. */
import { imageWord, independentWord } from '#display/database';
import { widestLimit } from '#display/limits';
import { counted, countText, numberText, percentText, probabilityStatement } from '#display/numbers';
import { propertyText } from '#display/properties';
import { significanceLevel } from '#display/significance';
import { compareObjective } from '#domain/objective';
import type { ArmComparison, ArmResult, CaseResult } from '#engine/api';
import { type ArmInView, armsInView, displayIn, hasControl, isDrawn, isOtherConstruction, optimizes, summarizeArm } from '../case-view';
import { curve, plotArea, rangeOf, valueAxis } from '../page/chart-parts';
import { type Content, html, type Markup } from '../page/html';
import { colorOf, inkColor, legendEntry, limitColor, lineMark } from '../page/legend';
import { type Chart, renderChart } from '../page/render-chart';
import { listed } from '#units/sentences';
import { triesPart } from './tries-part';

export function armsSection(result: CaseResult, id: string): Markup {
  const arms = armsInView(result);
  const rivals = arms.slice(1).filter(isDrawn);
  // Constructions have a section of their own; their pairs of designs are compared here like all others.
  const others = rivals.filter((inView) => !isOtherConstruction(result, inView));
  const compared = result.comparisons.filter(({ arms: [, name] }) => rivals.some(({ arm }) => arm.name === name));
  return html`<section aria-labelledby="${id}-arms-title">
<h3 id="${id}-arms-title">Explanation versus chance</h3>
${hasControl(result) ? undefined : html`<p>This case has no control arm (<code>compare control</code>): its designs can be compared with the database, but not with chance.</p>`}
${[...others, ...arms.filter(isPictures)].map(({ arm, look }) => (look.meaning === undefined ? undefined : html`<p>${look.meaning}${imagesText(result, arm)}</p>`))}
${armTable(result, arms)}
${compared.map((comparison) => comparisonText(comparison, arms, independentWord(result.problem.database)))}
${arms.every(({ arm }) => arm.designs.length === 0) ? undefined : distribution(result, arms, id)}
${triesPart(result, id)}
${failures(arms)}
</section>`;
}

/** How many images an arm took that are not exceptional, and whether they gave as many patches. */
function imagesText({ outliers, database }: CaseResult, { ownImages }: ArmResult): string {
  if (ownImages === undefined) return '';
  const { images, patches, patchesOfOutliers } = ownImages;
  const others = database.images.count - outliers.length;
  const first = images < outliers.length ? `Only ${counted(others, 'image')} ${others === 1 ? 'is' : 'are'} not exceptional, so it took all of them` : `It took ${countText(images)} of the ${countText(others)} images that are not exceptional`;
  return ` ${first}; they gave ${counted(patches, 'patch', 'patches')}, ${patches < patchesOfOutliers ? `fewer than the ${countText(patchesOfOutliers)}` : 'as many as those'} of the exceptional images.`;
}

function armTable(result: CaseResult, arms: readonly ArmInView[]): Markup {
  const { objective } = result.problem;
  const display = displayIn(result, objective.property);
  const value = (number: number | undefined): string => (number === undefined ? '–' : numberText(display, number));
  const { symbol, unit } = display;
  const suffix = unit === '' ? '' : ` (${unit})`;
  const row = ({ arm, look }: ArmInView): Markup => {
    const { attempts, designs, feasible, beating, best, bestTenth, median } = summarizeArm(objective, arm);
    return html`<tr><th scope="row">${look.title}</th><td>${countText(attempts)}</td><td>${countText(designs)}</td><td>${countText(feasible)}</td><td>${countText(beating)}</td><td>${value(best?.objectiveValue)}</td><td>${value(bestTenth)}</td><td>${value(median)}</td></tr>`;
  };
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">arm</th><th scope="col">${triedWords(arms)}</th><th scope="col">designs</th><th scope="col">feasible</th><th scope="col">beat the database</th><th scope="col">best feasible ${symbol}${suffix}</th><th scope="col">best tenth reaches${suffix}</th><th scope="col">median${suffix}</th></tr></thead>
<tbody>${arms.map(row)}
<tr><th scope="row">best ${imageWord(result.problem.database)}</th><td colspan="4"></td><td>${value(result.database.best.objectiveValue)}</td><td></td><td></td></tr></tbody>
</table></div>`;
}

function comparisonText({ arms: names, superiority, byImage }: ArmComparison, arms: readonly ArmInView[], independent: string): Markup {
  const { u, firstCount, secondCount, pOneSided, pTwoSided, method } = byImage;
  const [first, second] = names.map((name) => arms.find(({ arm }) => arm.name === name)!.look.one);
  return html`<p>A design from ${first} beats one from ${second} in ${percentText(superiority)} of all pairs, feasible or not.
Designs of one ${independent} are alike, so the significance test takes one number per ${independent}, the mean of its designs. Mann–Whitney U test on ${countText(firstCount)} and ${counted(secondCount, independent)}: U = ${countText(u)} of ${countText(firstCount * secondCount)} pairs;
${probabilityStatement(pOneSided)} that chance alone does this well (one-sided), ${probabilityStatement(pTwoSided)} either way (two-sided);
${method === 'exact' ? 'exact' : 'normal approximation with correction for ties'}; reported as a difference if p is below ${significanceLevel}.</p>`;
}

/** What the arms try: `patches`, `patches or starts`, `patches, starts or pictures`. */
function triedWords(arms: readonly ArmInView[]): string {
  return listed(['patches', ...(arms.some(optimizes) ? ['starts'] : []), ...(arms.some(isPictures) ? ['pictures'] : [])], 'or');
}

function isPictures({ arm }: ArmInView): boolean {
  return arm.spec.proposals === 'pictures';
}

function distribution(result: CaseResult, arms: readonly ArmInView[], id: string): Markup {
  const { property, sense } = result.problem.objective;
  return html`<figure class="with-legend">
${renderChart(armDistribution(result, arms, `${id}-arms`))}
<figcaption><ul class="legend">
${arms.map(({ look }) => legendEntry(lineMark(colorOf(look), false), look.designs))}
${legendEntry(lineMark(inkColor, true), `best ${imageWord(result.problem.database)}, ${propertyText(property, result.database.best.objectiveValue)}`)}
${result.limits[0] ? legendEntry(lineMark(limitColor, false), `physical limit: ${result.limits[0].name}`) : undefined}
</ul><p>The share of all designs that reach a value. ${sense === 'maximize' ? 'A curve further right' : 'A curve further left'} is better.</p></figcaption>
</figure>`;
}

function failures(arms: readonly ArmInView[]): Content {
  if (arms.every(({ arm }) => arm.failures.length === 0)) return undefined;
  return html`<p>${arms.some((inView) => optimizes(inView) && inView.arm.failures.length > 0) ? 'Patches and starts' : 'Patches'} that gave no design:</p>
<ul>${arms.flatMap(({ arm, look }) => arm.failures.map((failure) => html`<li>${look.sources}: ${countText(failure.count)} × ${failure.message} <code>${failure.reason}</code></li>`))}</ul>`;
}

type Point = readonly [number, number];

function armDistribution(result: CaseResult, arms: readonly ArmInView[], id: string): Chart {
  const { objective, construct } = result.problem;
  const { symbol, unit, scale } = displayIn(result, objective.property);
  const limit = result.limits[0] && widestLimit(result.limits[0], objective, construct.fraction);
  const best = result.database.best.objectiveValue * scale;
  const values = arms.flatMap(({ arm: { designs } }) => designs.map((design) => design.objectiveValue * scale));
  const range = rangeOf([...values, best, ...(limit ? [limit.value * scale] : [])], 0.04);
  const worse = objective.directions.length > 1 ? ' in the worse direction' : '';
  return {
    id,
    label: `Share of the designs of each arm that reach a value of ${symbol}`,
    width: 560,
    height: 340,
    option: {
      grid: plotArea(60, 18, 16, 50),
      xAxis: valueAxis(`${symbol}${worse}${unit === '' ? '' : ` (${unit})`}`, range, 30),
      yAxis: { ...valueAxis('designs that reach it (%)', { min: 0, max: 100 }, 40) },
      series: [
        curve(vertical(best), inkColor, { dashed: true }),
        ...(limit ? [curve(vertical(limit.value * scale), limitColor, { width: 2 })] : []),
        ...arms.map(({ arm, look }) => curve(reaching(arm, result, scale), colorOf(look), { width: 2.4 })),
      ],
    },
  };
}

function vertical(value: number): Point[] {
  return [[value, 0], [value, 100]];
}

/** Steps from the best design (one of n reaches it) to the worst (all do). */
function reaching({ designs }: ArmResult, { problem: { objective } }: CaseResult, scale: number): Point[] {
  const values = designs.map((design) => design.objectiveValue).sort((a, b) => compareObjective(objective, a, b));
  return values.flatMap((value, i): Point[] => [
    [value * scale, (100 * i) / values.length],
    [value * scale, (100 * (i + 1)) / values.length],
  ]);
}
