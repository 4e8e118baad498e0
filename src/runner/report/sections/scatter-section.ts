/* The property scatter with its legend. */
import { families } from '#domain/microstructures';
import { type CaseResult } from '#engine/api';
import { armsInView } from '../case-view';
import type { ArmLook } from '#display/arms';
import { counted, countText, percentText } from '#display/numbers';
import { displayOf, propertyText, testName } from '#display/properties';
import { widestLimit } from '#display/limits';
import { colorOf, familyColors, inkColor, limitColor, mutedColor } from '../charts/palette';
import { propertyScatter } from '../charts/property-scatter';
import { renderChart } from '../charts/render-chart';
import { html, rawMarkup, type Markup } from '../html/html';

export function scatterSection(result: CaseResult, id: string): Markup {
  const { name } = displayOf(result.problem.objective.property);
  return html`<section aria-labelledby="${id}-scatter-title">
<h3 id="${id}-scatter-title">Designs among the random images</h3>
<figure class="with-legend">
${renderChart(propertyScatter(result, `${id}-scatter`))}
<figcaption>
${legend(result)}
<p>Each point is one cell; its ${name} along x and y comes from ${testName(result.problem.test)}. On the dashed diagonal both directions are equal.
Rest the pointer on one of the best designs to read its name and values.</p>
</figcaption>
</figure>
</section>`;
}

function legend(result: CaseResult): Markup {
  const { problem, database, outliers } = result;
  const { property } = problem.objective;
  const counts = families.map((_, code) => database.families.reduce((count, family) => count + Number(family === code), 0));
  const limit = result.limits[0];
  const shown = limit && widestLimit(limit, problem.objective, problem.construct.fraction);
  const difference = problem.constraints.find(({ kind, property: constrained }) => kind === 'difference' && constrained === property);
  return html`<ul class="legend">
${armsInView(result).map(({ arm, look }) => entry(mark(look), `${counted(arm.designs.length, 'design')} from ${look.title}`))}
${limit && shown ? entry(line(limitColor, false), `physical limit: ${limit.name}, ${propertyText(property, shown.value)} at ${percentText(shown.volumeFraction)} white`) : undefined}
${families.map((family, code) => (counts[code] ? entry(dot(familyColors[family]), `${family}, ${counted(counts[code]!, 'image')}`) : undefined))}
${entry(ring(), `${counted(outliers.length, 'outlier')}: the ${percentText(problem.explain.outlierShare, 0)} best in every direction asked for`)}
${difference?.kind === 'difference' ? entry(rawMarkup('<rect x="1" y="3" width="20" height="10" fill="var(--band)"/>'), `directions differ by less than ${percentText(difference.limit, 0)}`) : undefined}
${entry(line(mutedColor, true), 'equal properties')}
</ul>
<p class="note">Best image: number ${countText(database.best.index)} (${families[database.families[database.best.index]!]}), ${propertyText(property, database.best.x)} along x, ${propertyText(property, database.best.y)} along y.</p>`;
}

function entry(symbol: Markup, text: string): Markup {
  return html`<li><svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">${symbol}</svg><span>${text}</span></li>`;
}

export function dot(color: string): Markup {
  return rawMarkup(`<circle cx="11" cy="8" r="4" fill="${color}"/>`);
}

export function line(color: string, dashed: boolean): Markup {
  return rawMarkup(`<path d="M1 8h20" stroke="${color}" stroke-width="2"${dashed ? ' stroke-dasharray="5 3"' : ''}/>`);
}

function ring(): Markup {
  return rawMarkup(`<circle cx="11" cy="8" r="4" fill="none" stroke="${inkColor}"/>`);
}

function mark(look: ArmLook): Markup {
  const corners = look.shape.map(([x, y]) => `${11 + 7 * x} ${8 + 7 * y}`).join('L');
  return rawMarkup(`<path d="M${corners}z" fill="${colorOf(look)}"/>`);
}
