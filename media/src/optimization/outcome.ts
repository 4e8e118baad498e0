/* What the runs say of their starts: how often and how soon each group comes close to the best value known. */
import { html, nothing, type TemplateResult } from 'lit';
import { countText, percentText, probabilityStatement, quantityText } from '#display/numbers';
import type { GroupComparison, OptimizationView } from '#protocol/views/optimization-views';

export function outcomeSection({ outcome, groups, objective }: OptimizationView): TemplateResult | typeof nothing {
  if (!outcome) return nothing;
  const { targets, bestKnown, comparisons } = outcome;
  const first = comparisons[0]?.groups[0];
  const titleOf = (name: string): string => groups.find((group) => group.name === name)?.title ?? name;
  const quantity = (value: number | undefined): string => (value === undefined ? '–' : quantityText(objective, value));
  return html`<section class="outcome" aria-labelledby="outcome-title">
    <h2 id="outcome-title">What a start is worth</h2>
    ${bestKnown === undefined ? nothing : html`<p class="muted">The best value known is ${quantityText(objective, bestKnown)}. A run reaches ${targets.map(({ share, value }) => `${percentText(share, digitsOf(share))}${value === undefined ? '' : ` with ${quantityText(objective, value)}`}`).join(', ')}${targets[0]?.scale === 'gain-over-database' ? '; shares are of the gain over the best image' : ''}.</p>`}
    <div class="wide" role="region" tabindex="0" aria-label="Groups of starts"><table>
      <thead><tr><th scope="col">starts</th><th scope="col">runs</th><th scope="col">best</th><th scope="col">median</th>${targets.map(({ share }) => html`<th scope="col">reach ${percentText(share, digitsOf(share))}</th><th scope="col">iterations per hit</th>`)}${first === undefined ? nothing : html`<th scope="col">worse than ${titleOf(first)}</th>`}</tr></thead>
      <tbody>${outcome.groups.map(({ name, runs, best, median, reached }) => html`<tr>
        <th scope="row">${titleOf(name)}</th><td>${countText(runs)}</td><td>${quantity(best)}</td><td>${quantity(median)}</td>
        ${reached.map((target) => html`<td>${countText(target.runs)}</td><td>${target.iterations === undefined ? '–' : countText(Math.round(target.iterations))}</td>`)}
        ${first === undefined ? nothing : html`<td>${comparisonText(comparisons.find(({ groups: [, other] }) => other === name))}</td>`}
      </tr>`)}</tbody>
    </table></div>
    ${first === undefined ? nothing : html`<p class="muted">The last column is the share of pairs in which a run of “${titleOf(first)}” ends with the better value, and the one-sided p value (Mann–Whitney).</p>`}
  </section>`;
}

/** `99 %`, `99.9 %`. */
function digitsOf(share: number): number {
  return Number.isInteger(Math.round(1e6 * share) / 1e4) ? 0 : 1;
}

/** `70 %, p = 0.020`: how often a run of the first group ends better than one of another group. */
function comparisonText(comparison: GroupComparison | undefined): string {
  return comparison ? `${percentText(comparison.superiority, 0)}, ${probabilityStatement(comparison.pOneSided)}` : '–';
}
