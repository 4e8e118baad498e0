/* The heat map panel: what matters in an image, as the network sees it, or by the finite elements alone. */
import { html, nothing, type TemplateResult } from 'lit';
import { faithfulnessText } from '#display/correlation';
import { numberText, quantityText } from '#display/numbers';
import { subscript } from '#display/properties';
import { edgeOf, type Contribution } from '#domain/explanation';
import { compareObjective, objectiveValue } from '#domain/objective';
import { button, wholeNumber } from '#media/shared/controls';
import { thumbnails } from '#media/shared/gallery';
import { imagesOf } from '#media/shared/images';
import { previewSection } from '#media/shared/preview';
import { startPanel } from '#media/shared/start-panel';
import { unpackColumn } from '#protocol/packed';
import { type CaseResultView, imageOfOrigin, type ObjectiveView } from '#protocol/result';
import type { ScatterView } from '#protocol/views/database-views';
import type { HeatMapView } from '#protocol/views/network-views';
import { type HeatMapPanel, initialViewOptions, mapBar, type Place, queryOf, regionAt, shownThreshold, thresholdBar } from './controls';
import { mapFigure } from './map-image';
import './heat-map.css';

startPanel({ name: 'heatMap', title: 'Heat map', viewOptions: initialViewOptions, stage: 'explain', follows: 'stages', render });

function render(panel: HeatMapPanel): TemplateResult | undefined {
  const scatter = panel.content('scatter', {});
  // Designs come later than maps: until then the best image is shown.
  const result = panel.content('result', {});
  // Exact contributions need no run: until all images are tested, the first one is shown.
  if (!scatter && !panel.replies().some(({ kind }) => kind === 'waiting')) return undefined;
  const place: Place = panel.place ?? { image: bestImage(result) ?? scatter?.best ?? 0 };
  const view = panel.latest('heatMap', queryOf(place));
  if (!view) return undefined;
  const threshold = shownThreshold(panel, view);
  return html`${result ? previewSection(panel, result, place.image) : nothing}
    <article class="heat-map" aria-busy=${view.index !== place.image}>
      <div class="picture">${mapFigure(panel.viewOptions, view, threshold)}</div>
      <div class="side">
        ${facts(view, view.objective, threshold)}
        ${wholeNumber('image', { least: 0, most: view.count - 1, value: place.image, onChange: (image) => panel.go({ ...place, image }) })}
        ${mapBar(panel, view, place)}
        ${thresholdBar(panel, view, place)}
      </div>
    </article>
    ${scatter ? imageStrip(panel, scatter, place) : nothing}`;
}

/** The source of the best design. */
function bestImage(result: CaseResultView | undefined): number | undefined {
  const best = result?.arms[0].designs[0];
  return best && imageOfOrigin(best.origin);
}

export function facts(view: HeatMapView, objective: ObjectiveView, threshold: number | undefined): TemplateResult {
  const { index, outlier, measured, maps } = view;
  return html`<header class="heading">
      <p class="muted">${outlier === undefined ? 'image of the database' : outlier ? 'exceptional image' : 'ordinary image'}</p>
      <h1>Image ${index}</h1>
      <p>${maps.map(({ direction, predicted }) => html`<span class="value">${objective.symbol}<sub>${subscript(objective.property, direction)}</sub> ${quantityText(objective, measured[direction])}${predicted === undefined ? nothing : html` <small>predicted ${quantityText(objective, predicted)}</small>`}</span> `)}</p>
    </header>
    <p class="region-words">${regionWords(view, threshold)}</p>
    ${view.method === 'exact' ? exactSection(view) : html`<section class="faithfulness" aria-labelledby="faithfulness-title">
      <h2 id="faithfulness-title">How far the map can be trusted</h2>
      ${trustWords(view)}
      ${maps.map((map) => html`<p>${faithfulnessText(map.direction, map.evidence, map.faithfulness)}</p>`)}
    </section>`}`;
}

/** What the contribution of a square is. */
const meanings: Readonly<Record<Contribution, string>> = {
  total: 'how much farther it brings the property toward the objective than gray of the image’s own share of white',
  arrangement: 'how much farther it brings the property toward the objective than gray of its own share of white',
  efficiency: 'how much more a white pixel of it brings the property toward the objective than a black one',
};

function exactSection(view: HeatMapView): TemplateResult {
  const { layer, contribution, maps } = view;
  return html`<section class="faithfulness" aria-labelledby="faithfulness-title">
      <h2 id="faithfulness-title">What the map shows</h2>
      <p>At each pixel, the exact contribution of the square of ${edgeOf(layer)} pixels around it, by finite elements and without a network: ${meanings[contribution!]}, to first order and beyond what the whole image has.</p>
      ${trustWords(view)}
      ${maps.filter(({ evidence }) => !evidence).map(({ direction }) => html`<p>${faithfulnessText(direction, false, undefined)}</p>`)}
    </section>`;
}

function trustWords({ trust }: HeatMapView): TemplateResult | typeof nothing {
  return trust === undefined ? nothing : html`<p>${trust}</p>`;
}

function regionWords(view: HeatMapView, threshold: number | undefined): string {
  const region = regionAt(view, threshold);
  if (!region) return 'Release the slider to see the patch.';
  if (region.kind === 'refused') return `No design from here: ${region.message}`;
  if (threshold === undefined) return `The square of ${region.patch.edge} × ${region.patch.edge} pixels that contributes most is outlined: a patch.`;
  return `The critical region’s patch is ${region.patch.edge} × ${region.patch.edge} pixels.`;
}

/** The largest number of images that are shown. */
const most = 120;

function imageStrip(panel: HeatMapPanel, scatter: ScatterView, place: Place): TemplateResult | typeof nothing {
  const order = exceptionalOf(scatter);
  if (order.length === 0) return nothing;
  const indices = order.slice(0, most);
  const page = panel.content('database', { indices: indices.map(({ image }) => image) });
  const images = page ? imagesOf(page.images) : [];
  const { objective } = scatter;
  const items = indices.flatMap(({ image, value }, i) =>
    images[i] ? [{ key: image, image: images[i], caption: numberText(objective, value), label: `Image ${image}: ${objective.symbol} ${quantityText(objective, value)} in the worse direction` }] : []);
  const other = order.every(({ image }) => image !== place.image);
  return html`<section class="gallery" aria-labelledby="strip-title">
    <header class="bar"><h2 id="strip-title">${order.length} exceptional ${order.length === 1 ? 'image' : 'images'}</h2>
      <small>${objective.symbol}${objective.unit === '' ? '' : ` in ${objective.unit}`}, the worse direction</small>
      ${other ? button('All images', () => panel.open({ panel: 'database' })) : nothing}</header>
    ${thumbnails('Exceptional images, the best first', items, place.image, (image) => panel.go({ ...place, image }))}
  </section>`;
}

interface Ranked {
  readonly image: number;
  /** The worse direction. */
  readonly value: number;
}

const orders = new WeakMap<ScatterView, readonly Ranked[]>();

function exceptionalOf(scatter: ScatterView): readonly Ranked[] {
  let order = orders.get(scatter);
  if (!order) orders.set(scatter, (order = rank(scatter)));
  return order;
}

function rank({ outliers, images, objective }: ScatterView): Ranked[] {
  if (!outliers) return [];
  const [x, y] = [unpackColumn(images.x), unpackColumn(images.y)];
  const valueOf = (image: number): number => objectiveValue(objective, { x: x[image]!, y: y[image]! });
  return Array.from(unpackColumn(outliers))
    .flatMap((flag, image) => (flag === 1 ? [{ image, value: valueOf(image) }] : []))
    .sort((a, b) => compareObjective(objective, a.value, b.value));
}
