/*
 * The case's own test beside the periodic one. For thermal expansion the boundary conditions decide
 * the answer, so no number of one test may be read as the other's.
 */
import type { Objective } from '#domain/objective';
import { propertyOf, type CaseResult, type DesignResult } from '#engine/api';
import { type ArmInView, armsInView, displayIn } from '../case-view';
import { numberText } from '#display/numbers';
import { subscript, testName } from '#display/properties';
import { limitAt, percentOfBound } from '#display/limits';
import { designName } from '#display/arms';
import { html, type Content, type Markup } from '../html/html';

export function periodicSection(result: CaseResult, id: string): Markup {
  const rows = armsInView(result).flatMap((inView) => periodicRows(result, inView));
  if (rows.length === 0) return html``;
  const { problem } = result;
  const { name, property, symbol, unit } = displayIn(result, problem.objective.property);
  const suffix = unit === '' ? undefined : html` <small>${unit}</small>`;
  const columns = html`<th scope="col">${symbol}<sub>${subscript(property, 'x')}</sub>${suffix}</th><th scope="col">${symbol}<sub>${subscript(property, 'y')}</sub>${suffix}</th>`;
  return html`<section aria-labelledby="${id}-periodic-title">
<h3 id="${id}-periodic-title">The ${problem.test} test beside the periodic test</h3>
<p>The ranking uses ${testName(problem.test)}. In a large body made of many cells each cell is held by its neighbors; the periodic test measures that, and for ${name} it can read quite differently.</p>
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
    .map(({ design, i }) => row(result, design, designName(look, i + 1)));
}

function hasProperty({ periodic }: DesignResult, { property }: Objective): boolean {
  return property !== 'thermal-expansion' || periodic?.thermalExpansion !== undefined;
}

function row(result: CaseResult, design: DesignResult, name: string): Markup {
  const { problem: { objective }, limits } = result;
  const display = displayIn(result, objective.property);
  const own = propertyOf(design.measured, objective.property);
  const periodic = propertyOf(design.periodic!, objective.property);
  const bound = limits.find(({ test }) => test === 'periodic') ?? limits.find(({ test }) => test === 'any');
  const limit = bound && limitAt(bound, design.volumeFraction);
  const values = objective.directions.map((direction) => periodic[direction]);
  const worst = objective.sense === 'maximize' ? Math.min(...values) : Math.max(...values);
  const pair = ({ x, y }: { x: number; y: number }): Content => html`<td>${numberText(display, x)}</td><td>${numberText(display, y)}</td>`;
  return html`<tr><th scope="row">${name}</th>${pair(own)}<td>${design.limit ? `${design.limit.percent.toFixed(1)} %` : '–'}</td>${pair(periodic)}<td>${limit === undefined ? '–' : `${percentOfBound(worst, limit, objective).toFixed(1)} %`}</td></tr>`;
}
