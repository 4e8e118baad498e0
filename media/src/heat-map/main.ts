/* The heat map panel: why an image is exceptional, as the network sees it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CaseResultView } from '#protocol/result';
import { startPanel } from '#media/shared/start-panel';
import { previewSection } from '#media/shared/preview';
import { initialChoice, type HeatMapPanel } from './choice';
import { facts } from './facts';
import { imageStrip } from './image-strip';
import { mapBar } from './map-bar';
import { pictureOf } from './picture';
import { queryOf, type Place } from './place';
import { shownThreshold, thresholdBar } from './threshold';
import './heat-map.css';

startPanel({ name: 'heatMap', title: 'Heat map', choice: initialChoice, stage: 'explain', follows: 'stages', draw });

function draw(panel: HeatMapPanel): TemplateResult | undefined {
  const scatter = panel.content('scatter', {});
  // Designs come later than maps: until then the best image is shown.
  const result = panel.content('result', {});
  if (!scatter) return undefined;
  const place: Place = panel.place ?? { image: bestImage(result) ?? scatter.best };
  const view = panel.latest('heatMap', queryOf(place));
  if (!view) return undefined;
  const threshold = shownThreshold(panel, view);
  return html`${result ? previewSection(panel, result, place.image) : nothing}
    <article class="heat-map" aria-busy=${view.index !== place.image}>
      <div class="picture">${pictureOf(panel.choice, view, threshold)}</div>
      <div class="side">
        ${facts(view, scatter.objective, threshold)}
        ${mapBar(panel, view, place)}
        ${thresholdBar(panel, view, place)}
      </div>
    </article>
    ${imageStrip(panel, scatter, place)}`;
}

/** The source of the best design. */
function bestImage(result: CaseResultView | undefined): number | undefined {
  return result?.arms[0].designs[0]?.origin.image;
}
