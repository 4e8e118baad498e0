/* The images that are selected, or without a selection the best ones: as pictures, for the eye and for keys. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Sense } from '#domain/objective';
import { families } from '#domain/microstructures';
import type { ScatterView } from '#protocol/views/database-views';
import { button } from '#media/shared/controls';
import { countText, numberText, quantityText } from '#display/numbers';
import { imagesOf } from '#media/shared/pixels';
import { thumbnails } from '#media/shared/thumbnails';
import type { DatabaseChoice, DatabasePanel } from './choice';
import { isInside, type Clouds } from './cloud';

/** Pictures that are shown at most. */
const most = 96;

export function selectionSection(panel: DatabasePanel, view: ScatterView, clouds: Clouds): TemplateResult {
  const { objective } = view;
  const { brush } = panel.choice;
  const { values } = clouds.images;
  const found = selectedImages(clouds, panel.choice, objective.sense);
  const indices = found.slice(0, most);
  const page = indices.length > 0 ? panel.content('database', { indices }) : undefined;
  const images = page ? imagesOf(page.images) : [];
  const pictures = indices.flatMap((index, i) => (images[i]
    ? [{ key: index, image: images[i], caption: numberText(objective, values[index]!), label: `Image ${index}, ${families[clouds.images.families[index]!]}: ${objective.symbol} ${quantityText(objective, values[index]!)} in the worse direction` }]
    : []));
  return html`<section class="gallery" aria-labelledby="selection-title">
    <header class="bar">
      <h2 id="selection-title" aria-live="polite">${brush ? `${countText(found.length)} selected` : 'The best images'}</h2>
      ${brush ? button('Clear the selection', () => panel.replaceChoice(withoutBrush(panel.choice))) : nothing}
      <small>${brush && found.length > most ? `the best ${most} of them; ` : ''}click one for its heat map</small>
    </header>
    ${thumbnails('Images, the best first', pictures, -1, (image) => panel.open({ panel: 'heatMap', place: { image } }))}
  </section>`;
}

let last: { readonly clouds: Clouds; readonly hidden: DatabaseChoice['hidden']; readonly brush: DatabaseChoice['brush']; readonly found: readonly number[] } | undefined;

/** Indices of shown images in the brush, if there is one, the best first. */
function selectedImages(clouds: Clouds, { hidden, brush }: DatabaseChoice, sense: Sense): readonly number[] {
  if (last?.clouds === clouds && last.hidden === hidden && last.brush === brush) return last.found;
  const { x, y, values, families: codes } = clouds.images;
  const shown = families.map((family) => !hidden.includes(family));
  const better = sense === 'maximize' ? -1 : 1;
  const found = Array.from(x.keys())
    .filter((i) => shown[codes[i]!]! && (!brush || isInside(brush, x[i]!, y[i]!)))
    .sort((a, b) => better * (values[a]! - values[b]!));
  last = { clouds, hidden, brush, found };
  return found;
}

function withoutBrush({ brush: _brush, ...rest }: DatabaseChoice): DatabaseChoice {
  return rest;
}
