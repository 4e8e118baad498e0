/* What topology optimization adds: how its runs went, what their starts are worth, and what it makes of the designs. */
import { groupLook } from '#display/starts';
import { durationText } from '#display/durations';
import { counted, countText, fixed, numberText, percentText } from '#display/numbers';
import type { CaseResult, OptimizationResult, StartGroup, TargetReached } from '#engine/api';
import { armsInView, displayIn } from '../case-view';
import { secondsOfIteration, secondsOfStarts } from '../optimization-summary';
import { comparisonSentences, fewRunsSentence, summarySentences, targetBase, targetText } from '../optimization-words';
import { html, type Markup } from '../page/html';
import { bestCells, refinedCells, resemblingCells } from './optimization-cells';
import { optimizationFigure } from './optimization-chart';

export function optimizationSection(result: CaseResult, id: string): Markup {
  const { optimization } = result;
  if (optimization === undefined) return html``;
  return html`<section aria-labelledby="${id}-optimization-title">
<h3 id="${id}-optimization-title">Optimization</h3>
<p>${summarySentences(result, optimization).join(' ')}</p>
${optimizationFigure(result, optimization, `${id}-optimization`)}
${groupTable(result, optimization)}
${comparisons(result, optimization)}
${bestCells(result, optimization)}
${refinedCells(result)}
${resemblingCells(result, optimization)}
</section>`;
}

function groupTable(result: CaseResult, optimization: OptimizationResult): Markup {
  const { objective, arms } = result.problem;
  const display = displayIn(result, objective.property);
  const { symbol, unit } = display;
  const suffix = unit === '' ? '' : ` (${unit})`;
  const { targets, groups, runs } = optimization;
  const ownSolver = runs.some(({ solverIterations }) => solverIterations > 0) ? html`<br><small>of the solver</small>` : undefined;
  const row = (group: StartGroup): Markup => {
    const seconds = secondsOfIteration(result, group);
    const starts = secondsOfStarts(result, group);
    return html`<tr><th scope="row">${groupLook(group.name, arms).title}</th><td>${countText(group.runs)}</td><td>${group.best === undefined ? '–' : numberText(display, group.best)}</td><td>${group.median === undefined ? '–' : numberText(display, group.median)}</td>${group.reached.map((reached) => reachedCells(reached, group, seconds))}<td>${starts === undefined ? '–' : starts === 0 ? 'none' : durationText(starts)}</td></tr>`;
  };
  return html`<div class="scroll"><table class="groups">
<caption>Runs by what they started from</caption>
<thead><tr><th scope="col" rowspan="2">started from</th><th scope="col" rowspan="2">runs</th><th scope="col" rowspan="2">best ${symbol}${suffix}</th><th scope="col" rowspan="2">median${suffix}</th>${targets.map((target) => html`<th scope="colgroup" colspan="3">reach ${targetText(target)}</th>`)}<th scope="col" rowspan="2">making the starts</th></tr>
<tr>${targets.map(() => html`<th scope="col">runs</th><th scope="col">iterations${ownSolver}</th><th scope="col">seconds</th>`)}</tr></thead>
<tbody>${groups.map(row)}</tbody>
</table></div>
<p>${targets.map(targetText).join(' and ')} are shares of ${targetBase(targets)}; a run reaches one with its first feasible cut that is as good. A run that does not end feasible counts as the worst in the median. ${ownSolver ? 'Iterations, iterations of the solver' : 'Iterations'} and seconds are expected running times: what all runs of the group took until they reached the value or ended, over the number of runs that reached it. Seconds are the wall time of the stage on all threads, also of the earlier run that its value came from. A dash: no run reached it, or the time is not known.</p>`;
}

function reachedCells({ runs, iterations, solverIterations }: TargetReached, group: StartGroup, seconds: number | undefined): Markup {
  if (runs === 0) return html`<td>0 %</td><td>–</td><td>–</td>`;
  const count = (value: number): string => countText(Math.round(value));
  const time = seconds === undefined ? NaN : seconds * iterations;
  return html`<td>${percentText(runs / group.runs, 0)}</td><td>${count(iterations)}${solverIterations > 0 ? html`<br><small>${count(solverIterations)}</small>` : undefined}</td><td>${Number.isFinite(time) ? fixed(time, time < 10 ? 1 : 0) : '–'}</td>`;
}

function comparisons(result: CaseResult, optimization: OptimizationResult): Markup {
  const { comparisons: all } = optimization;
  if (all.length === 0) return html``;
  const few = fewRunsSentence(optimization);
  return html`<h4>What a start from an explained design is worth</h4>
${armsInView(result).map((inView) => (inView.arm.spec.proposals === 'starts' && inView.look.meaning ? html`<p>${inView.look.meaning}</p>` : undefined))}
<ul>${all.map((comparison) => html`<li>${comparisonSentences(result, optimization, comparison).join(' ')}</li>`)}</ul>
<p>Final values are compared by the Mann–Whitney U test, times until a target by the log-rank test, in which a run that ends before it never reaches it. ${counted(all.length, 'comparison')} ${all.length === 1 ? 'was' : 'were'} made, and p values are not corrected for their number.${few === undefined ? '' : ` ${few}`}</p>`;
}
