/* The training panel: how the network learned, also while it learns. */
import { html, nothing, type TemplateResult } from 'lit';
import { countText, fixed } from '#display/numbers';
import { subscript } from '#display/properties';
import type { Directional, Property } from '#domain/objective';
import type { Panel } from '#media/shared/panel';
import { startPanel } from '#media/shared/start-panel';
import type { ObjectiveView } from '#protocol/result';
import type { TrainingOutcome, TrainingView } from '#protocol/views/network-views';
import { curveSection, paritySections } from './charts';
import './training.css';

startPanel({ name: 'training', title: 'Training', viewOptions: {}, stage: 'learn', follows: 'progress', render });

function render(panel: Panel<'training'>): TemplateResult | undefined {
  const view = panel.content('training', {});
  if (!view || view.networks.length === 0) return undefined;
  return html`<header class="heading">
      <p class="muted">network ${view.network}, predicts ${view.objective.name} along ${view.objective.directions.join(' and ')}</p>
      <h1>${headline(view)}</h1>
      ${view.outcome ? html`<p class="muted">${outcomeWords(view.outcome)}</p>` : nothing}
    </header>
    ${view.outcome ? qualityTable(view.outcome, view.objective) : nothing}
    <div class="charts">
      ${view.networks.map((curve) => curveSection(curve, view, panel.theme))}
      ${view.outcome ? paritySections(view.outcome, view.objective, panel.theme) : nothing}
    </div>`;
}

function headline({ outcome, networks, epochs }: TrainingView): string {
  if (outcome) return `R² ${outcome.quality.map(({ r2 }) => fixed(r2, 3)).join(' and ')} on the hold-out`;
  const done = networks.at(-1)?.epochs.length ?? 0;
  return `Epoch ${done} of ${epochs}`;
}

function outcomeWords({ parameterCount, trainingCount, holdOutCount, backend }: NonNullable<TrainingView['outcome']>): string {
  return `${countText(parameterCount)} parameters, trained on ${countText(trainingCount)} images and judged by ${countText(holdOutCount)} others; computed by ${backend}.`;
}

/** With the paper's numbers, which are those of its own 20 000 images. */
export function qualityTable({ quality }: TrainingOutcome, { property, symbol }: ObjectiveView): TemplateResult {
  return html`<table class="quality" aria-label="Quality on the hold-out">
    <thead><tr><th scope="col">on the hold-out</th><th scope="col">R²</th><th scope="col">the paper’s R²</th><th scope="col">mean squared error, labels in 0 … 1</th></tr></thead>
    <tbody>${quality.map(({ direction, r2, mse }) => html`<tr>
      <th scope="row">${symbol}<sub>${subscript(property, direction)}</sub></th><td>${fixed(r2, 4)}</td><td>${fixed(paperR2[property][direction], 4)}</td><td>${mse.toExponential(1)}</td>
    </tr>`)}</tbody>
  </table>`;
}

const paperR2: Readonly<Record<Property, Directional>> = {
  'youngs-modulus': { x: 0.9711, y: 0.9591 },
  'poisson-ratio': { x: 0.927, y: 0.9124 },
  'thermal-expansion': { x: 0.8653, y: 0.9373 },
};
