/* The optimization panel: how every topology optimization goes, and what it makes of its start. */
import { html, nothing, type TemplateResult } from 'lit';
import { counted, countText, numberText, quantityText } from '#display/numbers';
import { testName } from '#display/properties';
import { isBetter } from '#domain/objective';
import { button, checkbox, radios } from '#media/shared/controls';
import { thumbnails } from '#media/shared/gallery';
import { shapePath } from '#media/shared/shapes';
import { startPanel } from '#media/shared/start-panel';
import type { OptimizationRunView, OptimizationView } from '#protocol/views/optimization-views';
import { outcomeSection } from './outcome';
import { runDetail } from './run-detail';
import { followedRun, rankedRuns, runsOf, shownRun, type Run } from './runs';
import { runWords, valueChart } from './value-chart';
import { initialViewOptions, type OptimizationPanel } from './view-options';
import './optimization.css';

startPanel({ name: 'optimization', title: 'Optimization', viewOptions: initialViewOptions, stage: 'construct', follows: 'progress', render });

/** The last view, and the run that is followed. */
let [last, followed]: [OptimizationView | undefined, OptimizationRunView | undefined] = [undefined, undefined];

function render(panel: OptimizationPanel): TemplateResult | undefined {
  const view = panel.content('optimization', {});
  if (!view) return undefined;
  if (view !== last) [last, followed] = [view, followedRun(followed, last, view)];
  if (view.arms.length === 0) return words('This case has no optimizations.', 'The entry “refine optimization” makes its best designs starts of a topology optimization; “compare optimization” compares them with optimized cells.');
  if (view.runs.length === 0) return words('No optimization has a start.', 'The arms that are refined have no designs. Lower the threshold, or look at an earlier layer: more and larger regions are tried.');
  const all = runsOf(view);
  const begun = rankedRuns(all, view.objective.sense);
  const visible = begun.filter(({ group }) => !panel.viewOptions.hidden.includes(group.name));
  const shown = shownRun(begun, panel.place, followed);
  return html`${heading(view, begun[0])}
    <div class="optimization">
      <section class="values" aria-label="Values over the iterations">
        ${shown ? valueChart(panel, view, visible, shown) : html`<p class="muted">No optimization has tested a cell yet.</p>`}
        ${legend(panel, view, all)}
      </section>
      ${shown ? runDetail(panel, view, shown) : nothing}
    </div>
    ${gallery(panel, view, visible, shown)}
    ${outcomeSection(view)}`;
}

function words(heading: string, line: string): TemplateResult {
  return html`<section class="placeholder" role="status"><h1>Optimization</h1><p class="heading">${heading}</p><p>${line}</p></section>`;
}

function heading({ objective, runs }: OptimizationView, best: Run | undefined): TemplateResult {
  const ended = runs.filter(({ state }) => state === 'ended' || state === 'refused').length;
  const worst = objective.directions.length > 1 ? ', the worse of x and y' : ` along ${objective.directions[0] ?? 'x'}`;
  const value = best?.value === undefined || !best.isFeasible ? '' : `, the best ${quantityText(objective, best.value)}`;
  return html`<header class="heading">
    <p class="muted">topology optimization of ${objective.name}${worst}, by ${testName(objective.test)}</p>
    <h1>${ended < runs.length ? `${countText(ended)} of ${counted(runs.length, 'optimization')} done` : counted(runs.length, 'optimization')}${value}</h1>
    ${refusals(runs)}
  </header>`;
}

function refusals(runs: readonly OptimizationRunView[]): TemplateResult | typeof nothing {
  const refused = runs.filter(({ state }) => state === 'refused').length;
  return refused === 0 ? nothing : html`<p class="muted">${counted(refused, 'start')} could not be optimized, because the objective has no gradient there.</p>`;
}

/** Which groups are shown, and what the lines mean. */
function legend({ viewOptions, setViewOptions }: OptimizationPanel, { groups, limit, bestImage, objective, runs }: OptimizationView, all: readonly Run[]): TemplateResult {
  const { hidden, range } = viewOptions;
  const count = (name: string): number => runs.filter(({ group }) => group === name).length;
  const some = bestImage && all.some(({ values }) => values.some((value) => isBetter(objective, value, bestImage.objectiveValue)));
  return html`<aside class="legend" aria-label="Legend and filters">
    <ul>${groups.map(({ name, title, color, shape }) => html`<li>
      ${checkbox(`${title}, ${countText(count(name))}`, !hidden.includes(name), (shown) => setViewOptions({ hidden: shown ? hidden.filter((each) => each !== name) : [...hidden, name] }))}
      <svg class="key plain" viewBox="-11 -6 22 12" aria-hidden="true"><path class="line ${color}" d="M-11 0h22"></path><path class="end ${color}" d=${shapePath(shape, 5)}></path></svg>
    </li>`)}</ul>
    <p class="keys">
      ${limit ? html`<span>${lineMark('limit')}physical limit, ${quantityText(objective, limit.widest.value)}</span>` : nothing}
      ${bestImage ? html`<span>${lineMark('muted')}best image, ${quantityText(objective, bestImage.objectiveValue)}</span>` : nothing}
      <span><svg class="key plain" aria-hidden="true"><circle class="hollow" cx="11" cy="6" r="4"></circle></svg>breaks a constraint</span>
    </p>
    ${some ? radios('values', [['all', 'all'], ['better', 'better than the best image']], range, (chosen) => setViewOptions({ range: chosen })) : nothing}
  </aside>`;
}

function lineMark(color: 'limit' | 'muted'): TemplateResult {
  return html`<svg class="key plain" aria-hidden="true"><path class="line ${color}" d="M0 6h22"></path></svg>`;
}

function gallery(panel: OptimizationPanel, { objective, runs }: OptimizationView, visible: readonly Run[], shown: Run | undefined): TemplateResult {
  const { galleryCount } = panel.viewOptions;
  const left = visible.length - galleryCount;
  const items = visible.slice(0, galleryCount).map((run) => ({
    key: run.index, image: run.cell!, caption: run.value === undefined ? '–' : numberText(objective, run.value), label: runWords(run, objective), dim: !run.isFeasible, mark: run.group.color,
  }));
  const waiting = runs.filter(({ state }) => state === 'waiting').length;
  const choose = (index: number): void => panel.go({ run: { arm: runs[index]!.arm, candidate: runs[index]!.candidate } });
  return html`<section class="gallery" aria-labelledby="gallery-title">
    <header class="bar">
      <h2 id="gallery-title">${counted(visible.length, 'cell')}</h2>
      <small>${objective.symbol}${objective.unit === '' ? '' : ` in ${objective.unit}`}${objective.directions.length > 1 ? ', the worse direction' : ''}; pale ones break a constraint${waiting > 0 ? `; ${counted(waiting, 'start')} still to begin` : ''}</small>
      ${panel.place?.run && runs.some(({ state }) => state === 'running') ? button('Follow the run', () => panel.go({}), { title: 'Show the optimization that is running' }) : nothing}
    </header>
    ${thumbnails('Cells, the best first', items, shown?.index ?? -1, choose)}
    ${left > 0 ? button(`Show ${countText(left)} more`, () => panel.setViewOptions({ galleryCount: visible.length })) : nothing}
  </section>`;
}
