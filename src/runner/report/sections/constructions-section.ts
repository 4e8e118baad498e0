/* One construction compared with the other one on the same patches. */
import { independentWord } from '#display/database';
import { countText, numberText, percentText, probabilityStatement } from '#display/numbers';
import { significanceLevel } from '#display/significance';
import type { ArmComparison, CaseResult, PairedArm, PairedComparison, SignedRankResult } from '#engine/api';
import { armsInView, displayIn } from '../case-view';
import { constructionName, pairedSentence } from '../construction-words';
import { html, type Markup } from '../page/html';

/** Nothing where no arm is constructed from the patches of the case's own. */
export function constructionsSection(result: CaseResult, id: string): Markup {
  return html`${result.comparisons.flatMap((comparison) => (comparison.paired ? [sectionOf(result, comparison, comparison.paired, id)] : []))}`;
}

function sectionOf(result: CaseResult, { arms: names }: ArmComparison, paired: PairedComparison, id: string): Markup {
  const independent = independentWord(result.problem.database);
  const { look } = armsInView(result).find(({ arm }) => arm.name === names[1])!;
  const title = `${id}-construction-${names[1]}`;
  const [first, second] = names.map((name) => constructionName(result, name)) as [string, string];
  const { bothFeasible, firstBetter, secondBetter, patches } = paired;
  return html`<section aria-labelledby="${title}">
<h3 id="${title}">One construction versus the other</h3>
<p>${look.meaning}</p>
<p class="lead">${pairedSentence(result, names, paired)}</p>
${table(result, names, paired)}
<p>${bothFeasible === 0 ? 'No patch gave a feasible cell in both.' : html`${countText(bothFeasible)} of ${countText(patches)} patches gave a feasible cell in both: ${first} made the better one of ${countText(firstBetter)} (${percentText(firstBetter / bothFeasible)}), ${second} of ${countText(secondBetter)} (${percentText(secondBetter / bothFeasible)}).`}
Patches of one ${independent} are alike, so the tests have one number per ${independent}, the mean over its patches, and ask whether these differences tend to one side. Wilcoxon’s signed rank test, two-sided: share of feasible patches, ${testWords(paired.feasibleByImage, independent)}; value of cells feasible in both, ${testWords(paired.valuesByImage, independent)}. A difference is reported if p is below ${significanceLevel}. A patch whose cell another patch gave already counts as one without a cell.</p>
</section>`;
}

function testWords({ positive, negative, zero, pTwoSided, method }: SignedRankResult, independent: string): string {
  return `${countText(positive)} ${independent}s for the first construction, ${countText(negative)} for the second, ${countText(zero)} for neither, ${probabilityStatement(pTwoSided)} (${method === 'exact' ? 'exact' : 'normal approximation with correction for ties'})`;
}

function table(result: CaseResult, names: ArmComparison['arms'], { arms, patches }: PairedComparison): Markup {
  const display = displayIn(result, result.problem.objective.property);
  const suffix = display.unit === '' ? '' : ` (${display.unit})`;
  const constraints = arms[0].violations.length > 0 ? arms[0].violations : arms[1].violations;
  const value = (reached: PairedArm['best']): string => (reached ? numberText(display, reached.objectiveValue) : '–');
  const percent = (reached: PairedArm['best']): string => (reached?.percentOfLimit === undefined ? '–' : reached.percentOfLimit.toFixed(1));
  const row = ({ cells, feasible, best, median, violations }: PairedArm, name: string): Markup => html`<tr><th scope="row">${constructionName(result, name)}</th>${share(cells, patches)}${share(feasible, patches)}<td>${value(best)}</td><td>${percent(best)}</td><td>${value(median)}</td><td>${percent(median)}</td>${constraints.map((_, c) => share(violations[c]?.count ?? 0, cells))}</tr>`;
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">of ${countText(patches)} patches</th><th scope="col">give a cell</th><th scope="col">give a feasible one</th><th scope="col">best feasible ${display.symbol}${suffix}</th><th scope="col">% of limit</th><th scope="col">median of the feasible${suffix}</th><th scope="col">% of limit</th>${constraints.map(({ name }) => html`<th scope="col">cells that violate ${name}</th>`)}</tr></thead>
<tbody>${arms.map((arm, i) => row(arm, names[i]!))}</tbody>
</table></div>`;
}

function share(count: number, total: number): Markup {
  return html`<td>${countText(count)} (${percentText(count / total)})</td>`;
}
