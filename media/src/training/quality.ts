import { html, type TemplateResult } from 'lit';
import type { ObjectiveView } from '#protocol/result';
import type { TrainingOutcome } from '#protocol/views/network-views';
import { fixed } from '#display/numbers';
import { subscript } from '#display/properties';
import { paperR2 } from './paper';

/** Beside the paper's numbers, which are of its own images and 20 000 of them. */
export function qualityTable({ quality }: TrainingOutcome, { property, symbol }: ObjectiveView): TemplateResult {
  return html`<table class="quality" aria-label="Quality on the hold-out">
    <thead><tr><th scope="col">on the hold-out</th><th scope="col">R²</th><th scope="col">the paper’s R²</th><th scope="col">mean squared error, labels in 0 … 1</th></tr></thead>
    <tbody>${quality.map(({ direction, r2, mse }) => html`<tr>
      <th scope="row">${symbol}<sub>${subscript(property, direction)}</sub></th><td>${fixed(r2, 4)}</td><td>${fixed(paperR2[property][direction], 4)}</td><td>${mse.toExponential(1)}</td>
    </tr>`)}</tbody>
  </table>`;
}
