/* What the image measures, what the network says, and how far its map can be trusted, in words. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ObjectiveView } from '#protocol/result';
import type { HeatMapView } from '#protocol/views/network-views';
import { quantityText } from '#display/numbers';
import { subscript } from '#display/properties';
import { faithfulnessText } from '#display/correlation';
import { regionAt } from './threshold';

export function facts(view: HeatMapView, objective: ObjectiveView, threshold: number): TemplateResult {
  const { index, outlier, measured, maps } = view;
  return html`<header class="heading">
      <p class="muted">${outlier ? 'exceptional image' : 'ordinary image'}</p>
      <h1>Image ${index}</h1>
      <p>${maps.map(({ direction, predicted }) => html`<span class="value">${objective.symbol}<sub>${subscript(objective.property, direction)}</sub> ${quantityText(objective, measured[direction])}${predicted === undefined ? nothing : html` <small>predicted ${quantityText(objective, predicted)}</small>`}</span> `)}</p>
    </header>
    <p class="region-words">${regionWords(view, threshold)}</p>
    <section class="faithfulness" aria-labelledby="faithfulness-title">
      <h2 id="faithfulness-title">How far the map can be trusted</h2>
      ${maps.map((map) => html`<p>${faithfulnessText(map.direction, map.faithfulness)}</p>`)}
    </section>`;
}

function regionWords(view: HeatMapView, threshold: number): string {
  const region = regionAt(view, threshold);
  if (!region) return 'Release the slider to see the patch.';
  if (region.kind === 'refused') return `No design from here: ${region.message}`;
  return `The critical region’s patch is ${region.patch.edge} × ${region.patch.edge} pixels.`;
}
