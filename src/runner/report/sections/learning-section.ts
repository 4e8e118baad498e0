/* How well the network predicts what it is asked to explain. */
import type { CaseResult } from '#engine/api';
import { learningCurve } from '../charts/learning-curve';
import { mainColor, limitColor } from '../charts/palette';
import { parityChart } from '../charts/parity';
import { renderChart } from '../charts/render-chart';
import { counted, countText, fixed, scientific } from '#display/numbers';
import { displayOf } from '#display/properties';
import { durationText } from '#display/durations';
import { html, type Content, type Markup } from '../html/html';
import { dot, line } from './scatter-section';

export function learningSection(result: CaseResult, id: string): Markup {
  const { learning } = result;
  return html`<section aria-labelledby="${id}-learning-title">
<h3 id="${id}-learning-title">The network</h3>
<p>${sentence(result)}</p>
${qualityTable(result)}
<div class="charts">
${learning.networks.map((network, i) =>
    network.curve.length === 0
      ? undefined
      : html`<figure>${renderChart(learningCurve(network, `${id}-curve-${i}`))}<figcaption><ul class="legend inline">
${legendEntry(line(limitColor, true), 'training')}${learning.split.validation.length > 0 ? legendEntry(line(mainColor, false), 'validation') : undefined}${legendEntry(dot(mainColor), `kept: epoch ${network.bestEpoch}`)}</ul>
Mean squared error of normalized labels, network for ${network.serves.join(' and ')}.</figcaption></figure>`,
  )}
${[...learning.quality, ...learning.otherQuality].map((quality) => html`<figure>${renderChart(parityChart(result, quality, `${id}-parity-${quality.property}-${quality.direction}`))}<figcaption>Held-out images along ${quality.direction}, colored by family as above.</figcaption></figure>`)}
</div>
</section>`;
}

function sentence(result: CaseResult): string {
  const { learning, explainedOn } = result;
  const { split } = learning;
  const parameters = learning.networks.reduce((sum, network) => sum + network.parameters.length, 0);
  const networks = learning.networks.length === 1 ? `One ${learning.network} network serves all directions` : `One ${learning.network} network a direction`;
  return (
    `${networks}, ${countText(parameters)} parameters in all, trained for ${epochsText(result)} on ${counted(split.training.length, 'image')}` +
    ` in ${durationText(learning.trainSeconds)} on TensorFlow.js ${learning.backend} (${learning.backendReason}).` +
    (explainedOn.every((name) => name === learning.backend) ? '' : ` Its maps were computed on ${explainedOn.join(' and ')}.`) +
    (split.validation.length > 0 ? ` ${counted(split.validation.length, 'image')} beside these chose the epoch that is kept.` : ' The last epoch is kept.') +
    ` ${countText(split.holdOut.length)} images were held out: they had no part in the training, and judge it below.`
  );
}

/** `16 epochs`, or `23 and 31 of 50 epochs` where patience ended the trainings before. */
function epochsText({ problem, learning }: CaseResult): string {
  const { epochs } = problem.learning;
  const run = learning.networks.map(({ curve }) => curve.length);
  return run.every((count) => count === epochs) ? counted(epochs, 'epoch') : `${run.join(' and ')} of ${counted(epochs, 'epoch')}`;
}

function qualityTable({ learning }: CaseResult): Content {
  return html`<div class="scroll"><table><thead><tr><th scope="col">property</th><th scope="col">hold-out R²</th><th scope="col">mean squared error, normalized</th><th scope="col">held-out images</th></tr></thead>
<tbody>${[...learning.quality, ...learning.otherQuality].map(({ property, direction, r2, mse, measured }) => html`<tr><th scope="row">${displayOf(property).symbol} along ${direction}</th><td>${fixed(r2, 4)}</td><td>${scientific(mse, 2)}</td><td>${countText(measured.length)}</td></tr>`)}</tbody></table></div>`;
}

function legendEntry(symbol: Markup, text: string): Markup {
  return html`<li><svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">${symbol}</svg><span>${text}</span></li>`;
}
