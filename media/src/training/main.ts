/* The training panel: how the network learned, also while it learns. */
import { html, nothing, type TemplateResult } from 'lit';
import type { TrainingView } from '#protocol/views/network-views';
import { countText, fixed } from '#display/numbers';
import type { Panel } from '#media/shared/panel';
import { startPanel } from '#media/shared/start-panel';
import { curveSection } from './curve';
import { paritySections } from './parity';
import { qualityTable } from './quality';
import './training.css';

startPanel({ name: 'training', title: 'Training', choice: {}, stage: 'learn', follows: 'progress', draw });

function draw(panel: Panel<'training'>): TemplateResult | undefined {
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
  return `${countText(parameterCount)} parameters, learned from ${countText(trainingCount)} images and judged by ${countText(holdOutCount)} others; computed by ${backend}.`;
}
