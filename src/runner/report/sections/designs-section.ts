/*
 * The best designs of each arm with everything that was checked, and their own test next to the periodic one. For
 * thermal expansion the boundary conditions determine the result, so numbers of the two tests cannot replace each other.
 */
import { designName } from '#display/arms';
import { startText } from '#display/starts';
import { limitAt } from '#display/limits';
import { mapText } from '#display/maps';
import { countText, numberText, percentText } from '#display/numbers';
import { propertyText, subscript, testName } from '#display/properties';
import { percentOfLimit } from '#domain/limits';
import { imageKinds } from '#domain/microstructures';
import { objectiveValue, type Objective } from '#domain/objective';
import { type CaseResult, type ConstraintCheck, type DesignResult, type DesignSource, propertyOf, unpackImage } from '#engine/api';
import { type ArmInView, armsInView, displayIn } from '../case-view';
import { encodeBinaryPng, pngDataUri } from '../page/encode-png';
import { type Content, html, type Markup } from '../page/html';

/** Rows of each arm; all designs are in designs.csv. */
const shownRows = 20;

export function designsTables(result: CaseResult, id: string): Markup {
  const arms = armsInView(result).filter(({ arm }) => arm.designs.length > 0);
  return html`<section aria-labelledby="${id}-designs-title">
<h3 id="${id}-designs-title">Designs</h3>
${arms.length === 0 ? html`<p>There are no designs.</p>` : undefined}
${arms.map((inView) => designTable(result, inView))}
</section>`;
}

function designTable(result: CaseResult, inView: ArmInView): Markup {
  const { arm, look } = inView;
  const { objective } = result.problem;
  const { property, symbol, unit } = displayIn(result, objective.property);
  const suffix = unit === '' ? '' : html`<small>${unit}</small>`;
  const names = arm.designs[0]!.constraints.map(({ name }) => name);
  const columns = originColumns(result, inView);
  const shown = Math.min(shownRows, arm.designs.length);
  return html`<div class="scroll"><table class="designs">
<caption>${shown < arm.designs.length ? `The first ${shown} of ${countText(arm.designs.length)}` : `All ${shown}`} ${look.designs}: feasible ones first, then by the objective. All are in designs.csv.</caption>
<thead><tr><th scope="col">cell</th><th scope="col">design</th>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}<th scope="col">${symbol}<sub>${subscript(property, 'x')}</sub> ${suffix}</th><th scope="col">${symbol}<sub>${subscript(property, 'y')}</sub> ${suffix}</th><th scope="col">of limit</th>${names.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">feasible</th><th scope="col">beats database</th></tr></thead>
<tbody>${arm.designs.slice(0, shownRows).map((design, i) => designRow(result, inView, columns, design, i))}</tbody>
</table></div>`;
}

/** What a table says of where its designs come from. */
interface OriginColumn {
  readonly title: Content;
  cell(design: DesignResult): Content;
}

function originColumns(result: CaseResult, { arm: { designs } }: ArmInView): OriginColumn[] {
  if (designs.some(({ parent }) => parent !== undefined)) return [{ title: 'began with', cell: ({ parent }) => (parent ? parentName(result, parent) : '–') }];
  if (designs.some(({ source }) => source.kind !== 'patch')) return [{ title: 'start', cell: ({ source }) => startOfSource(source) }];
  // Layer and threshold describe the origin of patches that frame critical regions; of squares, the patch says it all.
  const framed = designs.every(({ source }) => source.kind === 'patch' && !source.borrowed && source.threshold !== undefined);
  return [
    { title: 'image', cell: ({ source }) => ('image' in source ? html`${source.image}<br><small>${imageKinds[source.family]}</small>` : '–') },
    ...(framed ? [{ title: 'threshold', cell: ({ source }: DesignResult): Content => (source.kind === 'patch' ? html`${source.threshold}<br><small>${mapText(source.layer).replace(/^layer /, '')}</small>` : '–') }] : []),
    { title: html`patch <small>pixels</small>`, cell: ({ source }) => (source.kind === 'patch' ? source.patch.edge : '–') },
  ];
}

/** `design-003`. */
function parentName(result: CaseResult, { arm: name, candidate }: NonNullable<DesignResult['parent']>): string {
  const parents = armsInView(result).find(({ arm }) => arm.name === name);
  const index = parents?.arm.designs.findIndex((design) => design.candidate === candidate) ?? -1;
  return index < 0 ? `number ${candidate} of ${name}` : designName(parents!.look, index + 1);
}

/** What a whole cell was made of: `noise 3`, `image 17`, `mine.png`. */
export function startOfSource(source: DesignSource): string {
  return 'image' in source ? `image ${source.image}` : startText(source);
}

function designRow(result: CaseResult, { arm, look }: ArmInView, columns: readonly OriginColumn[], design: DesignResult, i: number): Markup {
  const { property } = result.problem.objective;
  const display = displayIn(result, property);
  const { x, y } = propertyOf(design.measured, property);
  const name = designName(look, i + 1, design.source);
  return html`<tr><td><img class="cell" src="${pngDataUri(encodeBinaryPng(unpackImage(arm.cells, i)))}" alt="cell of ${name}" width="40" height="40"></td><th scope="row">${name}</th>${columns.map(({ cell }) => html`<td>${cell(design)}</td>`)}<td>${numberText(display, x)}</td><td>${numberText(display, y)}</td><td>${design.limit ? `${design.limit.percent.toFixed(1)} %` : '–'}</td>${design.constraints.map((check) => html`<td>${checkCell(check)}</td>`)}<td>${yesNo(design.feasible)}</td><td>${yesNo(design.beatsDatabase)}</td></tr>`;
}

function yesNo(yes: boolean): Markup {
  return yes ? html`<span class="yes">✓</span> yes` : html`<span class="no">✗</span> no`;
}

export function periodicSection(result: CaseResult, id: string): Markup {
  const rows = armsInView(result).flatMap((inView) => periodicRows(result, inView));
  if (rows.length === 0) return html``;
  const { problem } = result;
  const { name, property, symbol, unit } = displayIn(result, problem.objective.property);
  const suffix = unit === '' ? undefined : html` <small>${unit}</small>`;
  const columns = html`<th scope="col">${symbol}<sub>${subscript(property, 'x')}</sub>${suffix}</th><th scope="col">${symbol}<sub>${subscript(property, 'y')}</sub>${suffix}</th>`;
  return html`<section aria-labelledby="${id}-periodic-title">
<h3 id="${id}-periodic-title">The ${problem.test} test next to the periodic test</h3>
<p>The ranking uses ${testName(problem.test)}. In a large body of many cells the neighbors constrain each cell. The periodic test measures that, and its ${name} can be quite different.</p>
<div class="scroll"><table>
<thead><tr><th scope="col" rowspan="2">design</th><th scope="colgroup" colspan="3">${problem.test}</th><th scope="colgroup" colspan="3">periodic</th></tr>
<tr>${columns}<th scope="col">of limit</th>${columns}<th scope="col">of limit</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>
</section>`;
}

function periodicRows(result: CaseResult, { arm, look }: ArmInView): Markup[] {
  return arm.designs
    .flatMap((design, i) => (design.periodic && hasProperty(design, result.problem.objective) ? [{ design, i }] : []))
    .slice(0, look.periodicRows)
    .map(({ design, i }) => periodicRow(result, design, designName(look, i + 1, design.source)));
}

function hasProperty({ periodic }: DesignResult, { property }: Objective): boolean {
  return property !== 'thermal-expansion' || periodic?.thermalExpansion !== undefined;
}

function periodicRow(result: CaseResult, design: DesignResult, name: string): Markup {
  const { problem: { objective }, limits } = result;
  const display = displayIn(result, objective.property);
  const own = propertyOf(design.measured, objective.property);
  const periodic = propertyOf(design.periodic!, objective.property);
  const bound = limits.find(({ test }) => test === 'periodic') ?? limits.find(({ test }) => test === 'any');
  const limit = bound && limitAt(bound, design.volumeFraction);
  const percent = limit === undefined ? undefined : percentOfLimit(objectiveValue(objective, periodic), limit, objective.sense);
  const pair = ({ x, y }: { x: number; y: number }): Content => html`<td>${numberText(display, x)}</td><td>${numberText(display, y)}</td>`;
  return html`<tr><th scope="row">${name}</th>${pair(own)}<td>${design.limit ? `${design.limit.percent.toFixed(1)} %` : '–'}</td>${pair(periodic)}<td>${percent === undefined ? '–' : `${percent.toFixed(1)} %`}</td></tr>`;
}

/** `✓ 3.2 %` or `✗ 14.0 %`. */
function checkCell({ satisfied, quantity, measured }: ConstraintCheck): Markup {
  const sign = satisfied ? html`<span class="yes">✓</span>` : html`<span class="no">✗</span>`;
  const value = quantity === 'share' ? percentText(measured, 2) : propertyText(quantity, measured);
  return html`${sign} ${value}<span class="hidden"> ${satisfied ? 'satisfied' : 'broken'}</span>`;
}

/** All checks of a design in one line. */
export function checkList(checks: readonly ConstraintCheck[]): Markup {
  return html`<p class="checks">${checks.map((check) => html`<span>${check.name}: ${checkCell(check)}</span>`)}</p>`;
}
