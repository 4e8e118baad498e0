/* The best designs of each arm, with everything that was checked. */
import { families } from '#domain/microstructures';
import { propertyOf, unpackImage, type CaseResult, type DesignResult } from '#engine/api';
import { type ArmInView, armsInView, displayIn } from '../case-view';
import { designName } from '#display/arms';
import { subscript } from '#display/properties';
import { countText, numberText } from '#display/numbers';
import { html, type Markup } from '../html/html';
import { encodeBinaryPng, pngDataUri } from '../pictures/encode-png';
import { checkCell } from './constraint-cells';

/** Rows of each arm; all designs are in designs.csv. */
const shownRows = 20;

export function designsTables(result: CaseResult, id: string): Markup {
  const arms = armsInView(result).filter(({ arm }) => arm.designs.length > 0);
  return html`<section aria-labelledby="${id}-designs-title">
<h3 id="${id}-designs-title">Designs</h3>
${arms.length === 0 ? html`<p>There is none.</p>` : undefined}
${arms.map((inView) => armTable(result, inView))}
</section>`;
}

function armTable(result: CaseResult, inView: ArmInView): Markup {
  const { arm, look } = inView;
  const { objective } = result.problem;
  const { property, symbol, unit } = displayIn(result, objective.property);
  const suffix = unit === '' ? '' : html`<small>${unit}</small>`;
  const names = arm.designs[0]!.constraints.map(({ name }) => name);
  const framed = framesRegions(arm.designs);
  const shown = Math.min(shownRows, arm.designs.length);
  return html`<div class="scroll"><table class="designs">
<caption>${shown < arm.designs.length ? `The first ${shown} of ${countText(arm.designs.length)}` : `All ${shown}`} designs from ${look.sources}: feasible ones first, then by the objective. All are in designs.csv.</caption>
<thead><tr><th scope="col">cell</th><th scope="col">design</th><th scope="col">image</th>${framed ? html`<th scope="col">threshold</th>` : undefined}<th scope="col">patch <small>pixels</small></th><th scope="col">${symbol}<sub>${subscript(property, 'x')}</sub> ${suffix}</th><th scope="col">${symbol}<sub>${subscript(property, 'y')}</sub> ${suffix}</th><th scope="col">of limit</th>${names.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">feasible</th><th scope="col">beats database</th></tr></thead>
<tbody>${arm.designs.slice(0, shownRows).map((design, i) => row(result, inView, design, i))}</tbody>
</table></div>`;
}

/** Whether the patches frame critical regions, so that layer and threshold say where they come from. */
function framesRegions(designs: readonly DesignResult[]): boolean {
  return designs.every(({ source, parent }) => !source.borrowed && !parent);
}

function row(result: CaseResult, { arm, look }: ArmInView, design: DesignResult, i: number): Markup {
  const { property } = result.problem.objective;
  const display = displayIn(result, property);
  const { x, y } = propertyOf(design.measured, property);
  const { source } = design;
  const name = designName(look, i + 1);
  return html`<tr><td><img class="cell" src="${pngDataUri(encodeBinaryPng(unpackImage(arm.cells, i)))}" alt="cell of ${name}" width="40" height="40"></td><th scope="row">${name}</th><td>${source.image}<br><small>${families[source.family]}</small></td>${framesRegions(arm.designs) ? html`<td>${source.threshold}<br><small>${source.layer}</small></td>` : undefined}<td>${source.patch.edge}</td><td>${numberText(display, x)}</td><td>${numberText(display, y)}</td><td>${design.limit ? `${design.limit.percent.toFixed(1)} %` : '–'}</td>${design.constraints.map((check) => html`<td>${checkCell(check)}</td>`)}<td>${yesNo(design.feasible)}</td><td>${yesNo(design.beatsDatabase)}</td></tr>`;
}

function yesNo(yes: boolean): Markup {
  return yes ? html`<span class="yes">✓</span> yes` : html`<span class="no">✗</span> no`;
}
