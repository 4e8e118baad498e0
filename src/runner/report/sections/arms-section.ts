/* What the explanation is worth beside luck: both arms in numbers and as a picture. */
import type { ArmResult, CaseResult } from '#engine/api';
import { summarizeArm, type ArmSummary } from '../arm-summary';
import { armDistribution } from '../charts/arm-distribution';
import { controlColor, designColor, inkColor, limitColor } from '../charts/palette';
import { renderChart } from '../charts/render-chart';
import { counted, countText, displayIn, percentText, probabilityStatement, propertyNumber, propertyText } from '../display-property';
import { html, type Content, type Markup } from '../html/html';
import { significanceLevel } from '../verdict';
import { line } from './scatter-section';

export function armsSection(result: CaseResult, id: string): Markup {
  const designs = result.explained.designs.length + (result.control?.designs.length ?? 0);
  return html`<section aria-labelledby="${id}-arms-title">
<h3 id="${id}-arms-title">Explanation against luck</h3>
${result.control ? html`<p>The control repeats everything with as many patches of the same sizes, placed at random in the same exceptional images. What the explained designs reach beyond it is the explanation’s own merit.</p>` : html`<p>This case asks for no control arm (<code>compare control</code>): its designs can be compared with the database, not with luck.</p>`}
${armTable(result)}
${significanceText(result)}
${designs === 0 ? undefined : distribution(result, id)}
${failures(result)}
</section>`;
}

function armTable(result: CaseResult): Markup {
  const { objective } = result.problem;
  const display = displayIn(result, objective.property);
  const arms: [string, ArmSummary][] = [['critical regions', summarizeArm(objective, result.explained)]];
  if (result.control) arms.push(['random patches (control)', summarizeArm(objective, result.control)]);
  const value = (number: number | undefined): string => (number === undefined ? '–' : propertyNumber(display, number));
  const { symbol, unit } = display;
  const suffix = unit === '' ? '' : ` (${unit})`;
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">arm</th><th scope="col">patches</th><th scope="col">designs</th><th scope="col">feasible</th><th scope="col">beat the database</th><th scope="col">best feasible ${symbol}${suffix}</th><th scope="col">best tenth reaches${suffix}</th><th scope="col">median${suffix}</th></tr></thead>
<tbody>${arms.map(
    ([name, arm]) => html`<tr><th scope="row">${name}</th><td>${countText(arm.attempts)}</td><td>${countText(arm.designs)}</td><td>${countText(arm.feasible)}</td><td>${countText(arm.beating)}</td><td>${value(arm.best?.objectiveValue)}</td><td>${value(arm.bestTenth)}</td><td>${value(arm.median)}</td></tr>`,
  )}
<tr><th scope="row">best random image</th><td colspan="4"></td><td>${value(result.database.best.objectiveValue)}</td><td></td><td></td></tr></tbody>
</table></div>`;
}

function significanceText({ significance }: CaseResult): Content {
  if (!significance) return undefined;
  const { u, firstCount, secondCount, pOneSided, pTwoSided, method } = significance.byImage;
  return html`<p>A design from a critical region beats one from a random patch in ${percentText(significance.superiority)} of all pairs, feasible or not.
Designs of one image are alike, so the test takes one number an image: the mean of its designs. Mann–Whitney U test on ${countText(firstCount)} and ${counted(secondCount, 'image')}: U = ${countText(u)} of ${countText(firstCount * secondCount)} pairs;
${probabilityStatement(pOneSided)} that chance alone does this well (one-sided), ${probabilityStatement(pTwoSided)} either way (two-sided);
${method === 'exact' ? 'exact' : 'normal approximation with correction for ties'}; called a difference below ${significanceLevel}.</p>`;
}

function distribution(result: CaseResult, id: string): Markup {
  const { property, sense } = result.problem.objective;
  return html`<figure class="with-legend">
${renderChart(armDistribution(result, `${id}-arms`))}
<figcaption><ul class="legend">
${legendLine(designColor, false, 'designs from critical regions')}
${result.control ? legendLine(controlColor, false, 'designs from random patches') : undefined}
${legendLine(inkColor, true, `best random image, ${propertyText(property, result.database.best.objectiveValue)}`)}
${result.limits[0] ? legendLine(limitColor, false, `physical limit: ${result.limits[0].name}`) : undefined}
</ul><p>How large a share of all designs reaches a value. ${sense === 'maximize' ? 'A curve further right' : 'A curve further left'} is better.</p></figcaption>
</figure>`;
}

function legendLine(color: string, dashed: boolean, text: string): Markup {
  return html`<li><svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">${line(color, dashed)}</svg><span>${text}</span></li>`;
}

function failures({ explained, control }: CaseResult): Content {
  const arms = [explained, ...(control ? [control] : [])].filter((arm) => arm.failures.length > 0);
  if (arms.length === 0) return undefined;
  return html`<p>Patches that gave no design:</p>
<ul>${arms.flatMap((arm) => arm.failures.map((failure) => html`<li>${armName(arm)}: ${countText(failure.count)} × ${failure.message} <code>${failure.reason}</code></li>`))}</ul>`;
}

function armName({ arm }: ArmResult): string {
  return arm === 'explained' ? 'critical regions' : 'random patches';
}
