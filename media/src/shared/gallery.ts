/* Galleries: many small images of which one is chosen, and all designs of an arm in one. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { countText, numberText, quantityText } from '#display/numbers';
import type { ArmView, CaseResultView, RankedDesign } from '#protocol/result';
import { button, radios } from './controls';
import { drawPixels, imagesOf, paint, phaseColoring, type Pixels } from './images';
import type { Panel } from './panel';

/** Pictures that are asked for together; 200 of 128 × 128 pixels are half a megabyte. */
const page = 200;

/** Part of the choice of panels with a gallery. */
export interface GalleryChoice {
  /** Designs that are shown. */
  readonly galleryCount: number;
}

export const initialGallery: GalleryChoice = { galleryCount: page };

/** A panel that shows designs by arm and rank. */
export type GalleryPanel = Pick<Panel<'design' | 'skeleton', GalleryChoice>, 'content' | 'choice' | 'choose'> & {
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
export function galleryImages({ content, choice }: Pick<GalleryPanel, 'content' | 'choice'>, arm: string, count: number): ReadonlyMap<number, Pixels> {
  const images = new Map<number, Pixels>();
  for (let from = 1; from <= Math.min(count, choice.galleryCount); from += page) {
    const view = content('gallery', { arm, from, to: from + page - 1 });
    if (view) imagesOf(view.images).forEach((image, i) => images.set(view.from + i, image));
  }
  return images;
}

export function gallerySection(panel: GalleryPanel, result: CaseResultView, { arm, rank }: { readonly arm: string; readonly rank: number }): TemplateResult {
  const designs = armOf(result, arm)?.designs ?? [];
  const images = galleryImages(panel, arm, designs.length);
  const [display] = result.displays;
  const pictures = designs.slice(0, panel.choice.galleryCount).flatMap((design) => {
    const image = images.get(design.rank);
    if (!image) return [];
    return [{ key: design.rank, image, caption: numberText(display ?? result.objective, design.objectiveValue), label: labelOf(design, result), dim: !design.feasible }];
  });
  const left = designs.length - panel.choice.galleryCount;
  return html`<section class="gallery" aria-labelledby="gallery-title">
    <header class="bar">
      <h2 id="gallery-title">${countText(designs.length)} ${designs.length === 1 ? 'design' : 'designs'}</h2>
      ${result.arms.length > 1 ? radios('from', result.arms.map(({ name, look }) => [name, look.sources] as const), arm, (other) => panel.go({ arm: other, rank: 1 })) : undefined}
      <small>${result.objective.symbol}${result.objective.unit === '' ? '' : ` in ${result.objective.unit}`}${result.objective.directions.length > 1 ? ', the worse direction' : ''}; pale ones break a constraint</small>
    </header>
    ${thumbnails('Designs, the best first', pictures, rank, (other) => panel.go({ arm, rank: other }))}
    ${left > 0 ? button(`Show ${countText(Math.min(left, page))} more`, () => panel.choose({ galleryCount: panel.choice.galleryCount + page })) : undefined}
  </section>`;
}

function labelOf({ name, objectiveValue, limit, feasible }: RankedDesign, { objective }: CaseResultView): string {
  const share = limit ? `, ${limit.percent.toFixed(0)} % of the limit` : '';
  return `${name}: ${objective.symbol} ${quantityText(objective, objectiveValue)}${share}${feasible ? '' : ', not feasible'}`;
}

export interface Thumbnail {
  readonly key: number;
  readonly image: Pixels;
  /** Below the picture, short. */
  readonly caption: string;
  /** For screen readers and as a hint. */
  readonly label: string;
  /** Drawn back: it is not feasible, or the like. */
  readonly dim?: boolean;
}

export function thumbnails(label: string, pictures: readonly Thumbnail[], chosen: number, choose: (key: number) => void): TemplateResult {
  const walk = (event: KeyboardEvent): void => {
    const at = pictures.findIndex(({ key }) => key === chosen);
    const next = pictures[nextPlace(event, at, pictures.length)];
    if (!next || next.key === chosen) return;
    event.preventDefault();
    choose(next.key);
    const list = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()));
  };
  const active = pictures.some(({ key }) => key === chosen) ? chosen : pictures[0]?.key;
  return html`<div class="thumbnails" role="listbox" aria-label=${label} @keydown=${walk}>
    ${repeat(pictures, ({ key }) => key, ({ key, image, caption, label: name, dim }) => html`<div
      role="option" class=${dim ? 'thumbnail dim' : 'thumbnail'} aria-selected=${key === chosen} aria-label=${name} title=${name}
      tabindex=${key === active ? 0 : -1} @click=${() => choose(key)}><canvas ${paint((canvas) => drawPixels(canvas, image, phaseColoring(image)), [image])}></canvas><span>${caption}</span></div>`)}
  </div>`;
}

/** Where a key leads from a place; the row's length is measured from the pictures as they lie. */
function nextPlace(event: KeyboardEvent, at: number, count: number): number {
  const options = [...(event.currentTarget as HTMLElement).children] as HTMLElement[];
  const perRow = Math.max(1, options.filter(({ offsetTop }) => offsetTop === options[0]!.offsetTop).length);
  const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + perRow, ArrowUp: at - perRow, Home: 0, End: count - 1 };
  const next = steps[event.key];
  return next === undefined || next < 0 || next >= count ? at : next;
}
