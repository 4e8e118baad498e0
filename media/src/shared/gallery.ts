/* Galleries: many small images of which one is chosen, and all designs of an arm in one. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { countText, numberText, quantityText } from '#display/numbers';
import type { ArmView, CaseResultView, RankedDesign } from '#protocol/result';
import { button, radios } from './controls';
import { drawPixels, imagesOf, paint, phaseColoring, type Pixels } from './images';
import type { Panel } from './panel';

/** Images that are requested together; 200 of 128 × 128 pixels are half a megabyte. */
const page = 200;

/** The view options of panels with a gallery. */
export interface GalleryViewOptions {
  /** Designs that are shown. */
  readonly galleryCount: number;
}

export const initialGallery: GalleryViewOptions = { galleryCount: page };

/** A panel that shows designs by arm and rank. */
type GalleryPanel = Pick<Panel<'design' | 'skeleton', GalleryViewOptions>, 'content' | 'viewOptions' | 'setViewOptions'> & {
  go(place: { readonly arm: string; readonly rank: number }): void;
};

/** The best design; of the first arm that has one. */
export function firstDesign({ arms }: CaseResultView): { readonly arm: string; readonly rank: number } {
  return { arm: (arms.find(({ designs }) => designs.length > 0) ?? arms[0]).name, rank: 1 };
}

/** An arm by its name. */
export function armOf({ arms }: CaseResultView, name: string): ArmView | undefined {
  return arms.find((arm) => arm.name === name);
}

/** The cells that are known, by rank. */
export function galleryImages({ content, viewOptions }: Pick<GalleryPanel, 'content' | 'viewOptions'>, arm: string, count: number): ReadonlyMap<number, Pixels> {
  const images = new Map<number, Pixels>();
  for (let from = 1; from <= Math.min(count, viewOptions.galleryCount); from += page) {
    const view = content('gallery', { arm, from, to: from + page - 1 });
    if (view) imagesOf(view.images).forEach((image, i) => images.set(view.from + i, image));
  }
  return images;
}

export function gallerySection(panel: GalleryPanel, result: CaseResultView, { arm, rank }: { readonly arm: string; readonly rank: number }): TemplateResult {
  const designs = armOf(result, arm)?.designs ?? [];
  const images = galleryImages(panel, arm, designs.length);
  const [display] = result.displays;
  const items = designs.slice(0, panel.viewOptions.galleryCount).flatMap((design) => {
    const image = images.get(design.rank);
    if (!image) return [];
    return [{ key: design.rank, image, caption: numberText(display ?? result.objective, design.objectiveValue), label: labelOf(design, result), dim: !design.feasible }];
  });
  const left = designs.length - panel.viewOptions.galleryCount;
  return html`<section class="gallery" aria-labelledby="gallery-title">
    <header class="bar">
      <h2 id="gallery-title">${countText(designs.length)} ${designs.length === 1 ? 'design' : 'designs'}</h2>
      ${result.arms.length > 1 ? radios('from', result.arms.map(({ name, look }) => [name, look.sources] as const), arm, (other) => panel.go({ arm: other, rank: 1 })) : undefined}
      <small>${result.objective.symbol}${result.objective.unit === '' ? '' : ` in ${result.objective.unit}`}${result.objective.directions.length > 1 ? ', the worse direction' : ''}; pale ones break a constraint</small>
    </header>
    ${thumbnails('Designs, the best first', items, rank, (other) => panel.go({ arm, rank: other }))}
    ${left > 0 ? button(`Show ${countText(Math.min(left, page))} more`, () => panel.setViewOptions({ galleryCount: panel.viewOptions.galleryCount + page })) : undefined}
  </section>`;
}

function labelOf({ name, objectiveValue, limit, feasible }: RankedDesign, { objective }: CaseResultView): string {
  const share = limit ? `, ${limit.percent.toFixed(0)} % of the limit` : '';
  return `${name}: ${objective.symbol} ${quantityText(objective, objectiveValue)}${share}${feasible ? '' : ', not feasible'}`;
}

export interface Thumbnail {
  readonly key: number;
  readonly image: Pixels;
  /** Below the image, short. */
  readonly caption: string;
  /** For screen readers and as a hint. */
  readonly label: string;
  /** Pale, for example because it is not feasible. */
  readonly dim?: boolean;
  /** A color below the image that says what it belongs to. */
  readonly mark?: string;
}

export function thumbnails(label: string, items: readonly Thumbnail[], chosen: number, onChoose: (key: number) => void): TemplateResult {
  const walk = (event: KeyboardEvent): void => {
    const at = items.findIndex(({ key }) => key === chosen);
    const next = items[nextIndex(event, at, items.length)];
    if (!next || next.key === chosen) return;
    event.preventDefault();
    onChoose(next.key);
    const list = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()));
  };
  const active = items.some(({ key }) => key === chosen) ? chosen : items[0]?.key;
  return html`<div class="thumbnails" role="listbox" aria-label=${label} @keydown=${walk}>
    ${repeat(items, ({ key }) => key, ({ key, image, caption, label: name, dim, mark }) => html`<div
      role="option" class=${dim ? 'thumbnail dim' : 'thumbnail'} aria-selected=${key === chosen} aria-label=${name} title=${name}
      tabindex=${key === active ? 0 : -1} @click=${() => onChoose(key)}><canvas ${paint((canvas) => drawPixels(canvas, image, phaseColoring(image)), [image])}></canvas>${mark === undefined ? nothing : html`<i class="swatch ${mark}"></i>`}<span>${caption}</span></div>`)}
  </div>`;
}

/** The index that a key leads to; the length of a row is measured from the layout. */
function nextIndex(event: KeyboardEvent, at: number, count: number): number {
  const options = [...(event.currentTarget as HTMLElement).children] as HTMLElement[];
  const perRow = Math.max(1, options.filter(({ offsetTop }) => offsetTop === options[0]!.offsetTop).length);
  const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + perRow, ArrowUp: at - perRow, Home: 0, End: count - 1 };
  const next = steps[event.key];
  return next === undefined || next < 0 || next >= count ? at : next;
}
