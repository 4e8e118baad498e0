/* The exceptional images, the best first, to choose from. */
import { html, nothing, type TemplateResult } from 'lit';
import { unpackColumn } from '#protocol/packed';
import type { ScatterView } from '#protocol/views/database-views';
import { button } from '#media/shared/controls';
import { numberText, quantityText } from '#display/numbers';
import { imagesOf } from '#media/shared/pixels';
import { thumbnails } from '#media/shared/thumbnails';
import type { HeatMapPanel } from './choice';
import type { Place } from './place';

/** Pictures that are shown at most. */
const most = 120;

export function imageStrip(panel: HeatMapPanel, scatter: ScatterView, place: Place): TemplateResult | typeof nothing {
  const order = exceptionalOf(scatter);
  if (order.length === 0) return nothing;
  const indices = order.slice(0, most);
  const page = panel.content('database', { indices: indices.map(({ image }) => image) });
  const images = page ? imagesOf(page.images) : [];
  const { objective } = scatter;
  const pictures = indices.flatMap(({ image, value }, i) =>
    images[i] ? [{ key: image, image: images[i], caption: numberText(objective, value), label: `Image ${image}: ${objective.symbol} ${quantityText(objective, value)} in the worse direction` }] : []);
  const other = order.every(({ image }) => image !== place.image);
  return html`<section class="gallery" aria-labelledby="strip-title">
    <header class="bar"><h2 id="strip-title">${order.length} exceptional ${order.length === 1 ? 'image' : 'images'}</h2>
      <small>${objective.symbol}${objective.unit === '' ? '' : ` in ${objective.unit}`}, the worse direction</small>
      ${other ? button('All images', () => panel.open({ panel: 'database' })) : nothing}</header>
    ${thumbnails('Exceptional images, the best first', pictures, place.image, (image) => panel.go({ ...place, image }))}
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
  const worst = objective.sense === 'maximize' ? Math.min : Math.max;
  const valueOf = (image: number): number => worst(...objective.directions.map((direction) => (direction === 'x' ? x : y)[image]!));
  const better = objective.sense === 'maximize' ? -1 : 1;
  return Array.from(unpackColumn(outliers))
    .flatMap((flag, image) => (flag === 1 ? [{ image, value: valueOf(image) }] : []))
    .sort((a, b) => better * (a.value - b.value));
}
