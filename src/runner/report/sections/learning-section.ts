/* How well the network predicts: its quality on the hold-out, its losses over the epochs, predicted over measured values. */
import { durationText } from '#display/durations';
import { counted, countText, fixed, scientific } from '#display/numbers';
import { displayOf } from '#display/properties';
import { imageKinds } from '#domain/microstructures';
import type { CaseResult, HoldOutQuality, LearningResult, TrainedNetwork } from '#engine/api';
import { cloud, curve, logAxis, plotArea, rangeOf, valueAxis } from '../page/chart-parts';
import { type Content, html, type Markup } from '../page/html';
import { dotMark, familyColors, inkColor, legendEntry, limitColor, lineMark, mainColor, mutedColor } from '../page/legend';
import { type Chart, renderChart } from '../page/render-chart';

export function learningSection(result: CaseResult, id: string): Markup {
  const { learning } = result;
  if (!learning) return html``;
  return html`<section aria-labelledby="${id}-learning-title">
<h3 id="${id}-learning-title">The network</h3>
<p>${sentence(result, learning)}</p>
${qualityTable(learning)}
<div class="charts">
${learning.networks.map((network, i) =>
    network.curve.length === 0
      ? undefined
      : html`<figure>${renderChart(learningCurve(network, `${id}-curve-${i}`))}<figcaption><ul class="legend inline">
${legendEntry(lineMark(limitColor, true), 'training')}${learning.split.validation.length > 0 ? legendEntry(lineMark(mainColor, false), 'validation') : undefined}${legendEntry(dotMark(mainColor), `selected: epoch ${network.bestEpoch}`)}</ul>
Mean squared error of normalized labels, network for ${network.serves.join(' and ')}.</figcaption></figure>`,
  )}
${[...learning.quality, ...learning.otherQuality].map((quality) => html`<figure>${renderChart(parityChart(result, quality, `${id}-parity-${quality.property}-${quality.direction}`))}<figcaption>Held-out images along ${quality.direction}, colored by family as above.</figcaption></figure>`)}
</div>
</section>`;
}

function sentence(result: CaseResult, learning: LearningResult): string {
  const { explainedOn } = result;
  const { split } = learning;
  const parameters = learning.networks.reduce((sum, network) => sum + network.parameters.length, 0);
  const networks = learning.networks.length === 1 ? `One ${learning.network} network serves all directions` : `One ${learning.network} network per direction`;
  return (
    `${networks}, ${countText(parameters)} parameters in all, trained for ${epochsText(result, learning)} on ${counted(split.training.length, 'image')}` +
    ` in ${durationText(learning.trainSeconds)} on TensorFlow.js ${learning.backend} (${learning.backendReason}).` +
    (explainedOn.every((name) => name === learning.backend) ? '' : ` Its maps were computed on ${explainedOn.join(' and ')}.`) +
    (split.validation.length > 0 ? ` ${counted(split.validation.length, 'image')} were withheld from weight updates and used to choose the epoch.` : ' The last epoch was selected.') +
    ` ${countText(split.holdOut.length)} images were held out of the training; the network is judged by them below.`
  );
}

/** `16 epochs`, or `23 and 31 of 50 epochs` where patience stopped the trainings earlier. */
function epochsText({ problem }: CaseResult, { networks }: LearningResult): string {
  const epochs = problem.learning!.epochs;
  const run = networks.map(({ curve }) => curve.length);
  return run.every((count) => count === epochs) ? counted(epochs, 'epoch') : `${run.join(' and ')} of ${counted(epochs, 'epoch')}`;
}

function qualityTable(learning: LearningResult): Content {
  return html`<div class="scroll"><table><thead><tr><th scope="col">property</th><th scope="col">hold-out R²</th><th scope="col">mean squared error, normalized</th><th scope="col">held-out images</th></tr></thead>
<tbody>${[...learning.quality, ...learning.otherQuality].map(({ property, direction, r2, mse, measured }) => html`<tr><th scope="row">${displayOf(property).symbol} along ${direction}</th><td>${fixed(r2, 4)}</td><td>${scientific(mse, 2)}</td><td>${countText(measured.length)}</td></tr>`)}</tbody></table></div>`;
}

function learningCurve({ curve: epochs, bestEpoch, serves }: TrainedNetwork, id: string): Chart {
  const train = epochs.map(({ epoch, trainLoss }) => [epoch, trainLoss] as const);
  const validation = epochs.flatMap(({ epoch, validationLoss }) => (validationLoss === undefined ? [] : [[epoch, validationLoss] as const]));
  // A loss of zero, which only constant labels give, has no logarithm.
  const losses = [...train, ...validation].map(([, loss]) => loss).filter((loss) => loss > 0);
  const range = rangeOf(losses.length > 0 ? losses : [0.1, 1], 0);
  const last = epochs.at(-1)?.epoch ?? 1;
  const kept = (validation.length > 0 ? validation : train).filter(([epoch]) => epoch === bestEpoch);
  return {
    id,
    label: `Training${validation.length > 0 ? ' and validation' : ''} loss over ${counted(epochs.length, 'epoch')} of the network for ${serves.join(' and ')}`,
    width: 360,
    height: 340,
    option: {
      grid: plotArea(68, 18, 16, 50),
      xAxis: valueAxis('epoch', { min: 0, max: Math.max(last, 6) }, 30),
      yAxis: logAxis('mean squared error', range, 50),
      series: [
        curve(train, limitColor, { dashed: true, width: 1.8 }),
        curve(validation, mainColor, { width: 2.2 }),
        ...(epochs.length === 1 ? [cloud(train, limitColor, 7, 1)] : []),
        cloud(kept, inkColor, 11, 1),
        cloud(kept, mainColor, 7, 1),
      ],
    },
  };
}

function parityChart({ database }: CaseResult, quality: HoldOutQuality, id: string): Chart {
  const { symbol, unit, scale } = displayOf(quality.property, [...quality.measured, ...quality.predicted]);
  const points = Array.from(quality.measured, (measured, i) => [measured * scale, quality.predicted[i]! * scale] as const);
  const range = rangeOf(points.flat(), 0.04);
  const suffix = unit === '' ? '' : ` (${unit})`;
  const xAxis = valueAxis(`measured ${symbol} along ${quality.direction}${suffix}`, range, 30);
  const yAxis = valueAxis(`predicted${suffix}`, range, 46);
  return {
    id,
    label: `Predicted over measured ${symbol} along ${quality.direction} of ${points.length} held-out images`,
    width: 360,
    height: 340,
    option: {
      grid: plotArea(66, 18, 16, 50),
      xAxis,
      yAxis,
      series: [
        curve([[xAxis.min, xAxis.min], [xAxis.max, xAxis.max]], mutedColor, { dashed: true, width: 1 }),
        ...imageKinds.map((family, code) =>
          cloud(points.filter((_, i) => database.families[quality.images[i]!] === code), familyColors[family], 4.5, 0.8),
        ),
      ],
    },
  };
}
